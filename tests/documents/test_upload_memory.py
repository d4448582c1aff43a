"""What the largest picture costs the process that takes it in (U-09: 200 MB), measured in a process of its own."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from documents.images import PIXEL_LIMIT

pytestmark = [pytest.mark.once, pytest.mark.proves("U-09")]
LIMIT = 200 * 1024  # kilobytes
UPRIGHT = 6  # a phone held upright: the points have to be turned
# Not getrusage: what it tells begins with the size of the process that started this one.
MEASURE = """
import sys
from documents.images import clean_image
def most():
    with open("/proc/self/status") as facts:
        return next(int(line.split()[1]) for line in facts if line.startswith("VmHWM"))
data = sys.stdin.buffer.read()
before = most()
kept = clean_image(data)
print(len(kept), most() - before)
"""


def largest(kind: str, mode: str) -> bytes:
    """The most points that are taken, of one colour: a file of some kilobytes that is 60-80 MB when it is opened."""
    exif = Image.Exif()
    exif[0x0112] = UPRIGHT
    target = io.BytesIO()
    Image.new(mode, (5_000, PIXEL_LIMIT // 5_000)).save(target, kind, exif=exif)
    return target.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory of a process in /proc")
@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA")])
def test_the_largest_picture_takes_at_most_200_mb(kind, mode):
    """Takes a second or two each: twenty million points are opened, turned and written anew."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=largest(kind, mode),
        capture_output=True,
        cwd=Path(settings.BASE_DIR),
        check=True,
    )
    kept, most = map(int, run.stdout.split())
    assert kept
    assert 0 < most <= LIMIT
