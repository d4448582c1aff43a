"""C30: one thing has one name throughout a paper."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.shipped import shipped
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

Place = tuple[SourceLine, tuple[int, int]]
_ENOUGH = 2


def find(text: CheckedText) -> Iterator[Found]:
    """Look for both names of each known pair, and for column heads that differ between tables."""
    lines = text.lines_in(Zone.TITLE, Zone.BODY, Zone.RECIPIENTS)
    written = "\n".join(line.text for line in lines).lower()
    for pair in shipped("terms")["pairs"]:
        # Most papers hold no name of most pairs: one search in all the text spares one in each line.
        if not any(pair[name].lower() in written for name in ("one", "other")):
            continue
        one, other = _places(lines, pair["one"]), _places(lines, pair["other"])
        if not one and pair.get("always") and _places(lines, pair["always"]):
            continue
        if not one or (not other and not _places(lines, pair.get("always", ""))):
            continue
        rare, right = (one, pair["other"]) if not other or len(one) <= len(other) else (other, pair["one"])
        for line, span in rare:
            yield at(pair["variant"], line, span, pair["note"], right if pair["variant"] != "units" else None)
    yield from _with_ward(text)
    yield from _ordinal_columns(text)


def _places(lines: list[SourceLine], words: str) -> list[Place]:
    if not words:
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return [(line, match.span()) for line in lines for match in pattern.finditer(line.text)]


def _with_ward(text: CheckedText) -> Iterator[Found]:
    """The body with and without "phường"; pointed out once."""
    lines = text.lines_in(Zone.BODY)
    for name in shipped("terms")["with_ward"]:
        places = _places(lines, name)
        long = [(line, span) for line, span in places if re.match(r" (?:phường|xã)(?!\w)", line.text[span[1] :])]
        short = [place for place in places if place not in long]
        if not long or not short:
            continue
        rare = long if len(long) <= len(short) else short
        line, span = rare[0]
        yield at("with_ward", line, span, f"“{name}” lúc có, lúc không kèm tên cấp.")


def _ordinal_columns(text: CheckedText) -> Iterator[Found]:
    heads = [
        (line, cell)
        for line in text.lines
        if len(line.cells) > 1 and (cell := line.cells[0].replace(" ", "")) in _ORDINALS
    ]
    used = {cell for _, cell in heads}
    if len(used) < _ENOUGH:
        return
    for line, cell in heads:
        if cell != "STT":
            yield at(
                "ordinal_column", line, (0, len(line.cells[0])), "Cột thứ tự đặt tên khác nhau giữa các biểu.", "STT"
            )


_ORDINALS = frozenset({"STT", "TT", "T/T", "T"})

CHECK = Check(
    id="C30",
    title="Một việc, hai tên gọi",
    variants={
        "units": "Một nhóm đơn vị được gọi bằng hai tên.",
        "terms": "Một cụm từ quen dùng viết hai cách.",
        "style": "Hai cách viết cùng nghĩa trong một kế hoạch.",
        "with_ward": "Tên cơ quan lúc có, lúc không kèm cấp.",
        "ordinal_column": "Tên cột thứ tự khác nhau giữa các biểu.",
    },
    find=find,
)
