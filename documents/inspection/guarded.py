"""Measuring a file nobody vouches for: in a child process with a limit of time and of memory.

A PDF of three kilobytes can unpack to gigabytes or name a page a million times.
Run as ``python -m documents.inspection.guarded PROFILE`` it reads the file from
standard input and answers in JSON.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

from documents.inspection.checklist import Finding, NotAPdfError, inspect
from documents.profiles import PROFILES, Profile

SIZE_LIMIT = 64 * 1024 * 1024
_MEMORY = 1536 * 1024 * 1024
_SECONDS = 90
_REFUSED = 3


def inspect_guarded(data: bytes, *, profile: Profile, seconds: int = _SECONDS) -> list[Finding]:
    """Return what :func:`documents.inspection.inspect` says of the file.

    Args:
        data: the whole file, at most ``SIZE_LIMIT`` bytes.
        profile: the rules to measure against.
        seconds: processor time after which the measuring is given up.

    Raises:
        NotAPdfError: no PDF, one without text, or one that takes more time or memory than any paper does.
    """
    if len(data) > SIZE_LIMIT:
        raise NotAPdfError("Tệp lớn hơn 64 MB nên không đo được.")
    # The command holds our own interpreter, our own module, the name of a profile and a number; the file is its input.
    command = [sys.executable, "-m", "documents.inspection.guarded", profile.name, str(seconds)]
    root = Path(__file__).resolve().parent.parent.parent
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=2 * seconds + 10, cwd=root)  # noqa: S603
    except subprocess.TimeoutExpired:
        done = None
    if done is not None and done.returncode == 0:
        return [Finding(**one) for one in json.loads(done.stdout)]
    if done is not None and done.returncode == _REFUSED:
        raise NotAPdfError(done.stdout.decode())
    raise NotAPdfError("Tệp PDF quá nặng hoặc quá phức tạp so với một văn bản nên không đo được.")


def main(profile: str, seconds: int) -> int:
    """Measure standard input within the limits; 0 with JSON, 3 with a sentence."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        findings = inspect(sys.stdin.buffer.read(), profile=PROFILES[profile])
    except NotAPdfError as problem:
        sys.stdout.write(str(problem))
        return _REFUSED
    json.dump([one.as_dict() for one in findings], sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
