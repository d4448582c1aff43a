"""What the largest picture costs the process that takes it in (U-09: 200 MB), measured in a process of its own."""

import io
import struct
import subprocess
import sys
import zlib
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
from django.core.exceptions import ValidationError
from documents import images
def most():
    with open("/proc/self/status") as facts:
        return next(int(line.split()[1]) for line in facts if line.startswith("VmHWM"))
data = sys.stdin.buffer.read()
if "unguarded" in sys.argv:
    images.PIXEL_LIMIT = images.Image.MAX_IMAGE_PIXELS = 10**9
before = most()
try:
    kept = len(images.clean_image(data))
except ValidationError as refused:
    kept = refused.code
print(kept, most() - before)
"""


def largest(kind: str, mode: str) -> bytes:
    """The most points that are taken, of one colour: a file of some kilobytes that is 60-80 MB when it is opened."""
    exif = Image.Exif()
    exif[0x0112] = UPRIGHT
    target = io.BytesIO()
    Image.new(mode, (5_000, PIXEL_LIMIT // 5_000)).save(target, kind, exif=exif)
    return target.getvalue()


def grey_png(side: int) -> bytes:
    """A whole PNG of side x side grey points, some kilobytes of file: written line by line, nothing of that size is in memory here."""
    pressed, packer = [], zlib.compressobj(1)
    line = b"\0" * (side + 1)  # "no filter", then the points
    for _ in range(side // 100):
        pressed.append(packer.compress(line * 100))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", b"".join([*pressed, packer.flush()])),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg_that_says(side: int) -> bytes:
    """A JPEG whose head says side x side points."""
    target = io.BytesIO()
    Image.new("RGB", (16, 16)).save(target, "JPEG")
    data = bytearray(target.getvalue())
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", side, side)
    return bytes(data)


def cleaned(data: bytes, *options: str) -> tuple[str, int]:
    """(bytes kept or why it was refused, kilobytes it took at most) in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, *options],
        input=data,
        capture_output=True,
        cwd=Path(settings.BASE_DIR),
        check=True,
    )
    kept, most = run.stdout.decode().split()
    return kept, int(most)


only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells the most memory of a process in /proc"
)


@only_linux
@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA")])
def test_the_largest_picture_takes_at_most_200_mb(kind, mode):
    """Takes a second or two each: twenty million points are opened, turned and written anew."""
    kept, most = cleaned(largest(kind, mode))
    assert int(kept)
    assert 0 < most <= LIMIT


@only_linux
@pytest.mark.parametrize("picture", [grey_png, jpeg_that_says])
def test_a_picture_of_20000_by_20000_points_is_refused_before_it_is_opened(picture):
    kept, most = cleaned(picture(20_000))
    assert kept == "too_many_pixels"
    assert most <= LIMIT // 10


@only_linux
def test_without_the_limit_a_picture_takes_more_than_200_mb():
    """Control, with a picture that this machine can bear: 12,000 x 12,000 grey points are 144 MB, twice."""
    kept, most = cleaned(grey_png(12_000), "unguarded")
    assert int(kept)
    assert most > LIMIT
