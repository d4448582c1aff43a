"""C20: a paragraph that breaks off in the middle of a sentence."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.vietnamese import LOWER, UPPER
from documents.checks.zones import Zone
from documents.reading.source import SourceKind, SourceLine

_MARKED = re.compile(r"(?:[-+•–*]|\d{1,2}(?:\.\d{1,2})*[.)-]|[a-zđ][.)]|[IVX]{1,5}[.-]|\() ?")
_GOES_ON = re.compile(rf"[{LOWER}]")
_CAPITAL = re.compile(rf"[{UPPER}]")
_LONG = 40
_SHOWN = 30


def find(text: CheckedText) -> Iterator[Found]:
    """Compare the end of each paragraph of the body with the beginning of the next one."""
    if text.source.kind is SourceKind.PDF:
        return
    lines = list(zip(text.lines, text.zones, strict=True))
    for (line, zone), (following, next_zone) in zip(lines, lines[1:], strict=False):
        if zone is not Zone.BODY or next_zone is not Zone.BODY or line.cells or following.cells:
            continue
        if _is_broken(line, following):
            span = max(0, len(line.text) - _SHOWN), len(line.text)
            message = f"Câu bị ngắt sang đoạn khác ở dòng {following.number}; nối hai đoạn lại."
            yield at("broken", line, span, message)


def _is_broken(line: SourceLine, following: SourceLine) -> bool:
    if line.text.isupper() or line.heading or following.heading or following.text.isupper():
        return False
    if line.text.endswith(","):
        # "..., ⏎⏎ Ban Thường vụ": a list whose items begin with a mark ends its lines in commas rightly.
        return not _MARKED.match(following.text) and (
            not _MARKED.match(line.text) or bool(_GOES_ON.match(following.text))
        )
    if not line.text[-1].isalnum() or _MARKED.match(following.text):
        return False
    return bool(_GOES_ON.match(following.text)) and (len(line.text) >= _LONG or not _CAPITAL.match(line.text))


CHECK = Check(
    id="C20",
    title="Đoạn văn bị ngắt giữa câu",
    variants={"broken": "Một câu bị tách thành hai đoạn, thường do ngắt trang hoặc dán."},
    find=find,
)
