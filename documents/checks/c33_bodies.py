"""C33: bodies and provinces that were reorganised in 2025, by the day of the paper."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.paper_day import paper_day
from documents.checks.shipped import shipped
from documents.checks.spans import inside
from documents.checks.zones import Zone
from documents.reading.source import SourceLine


def find(text: CheckedText) -> Iterator[Found]:
    """Each old name once, at its first line; citations of old papers keep the names of their time."""
    day = paper_day(text)
    if day is None:
        return
    cited = {id(line): [] for line in text.lines}
    for line, citation in text.citations:
        cited[id(line)].append(citation.span)
    lines = [line for line in text.lines_in(*Zone) if line]
    for pattern, new, since, early in _bodies():
        if day < since and not early:
            continue
        place = _first(lines, pattern, cited)
        if place is None:
            continue
        line, span = place
        variant, when = ("outdated", "đã là") if day >= since else ("since_renamed", f"từ {since:%d/%m/%Y} là")
        yield at(variant, line, span, f"“{line.text[slice(*span)]}” {when}: {new}.")
    if day >= date.fromisoformat(shipped("reorganised")["provinces_from"]):
        place = _first(lines, _old_provinces(), cited)
        if place:
            yield at("former_province", *place, "Tỉnh này đã sáp nhập từ 01/7/2025; kiểm tra tên hiện nay.")


def _first(
    lines: list[SourceLine], pattern: re.Pattern, cited: dict[int, list]
) -> tuple[SourceLine, tuple[int, int]] | None:
    for line in lines:
        for match in pattern.finditer(line.text):
            if not inside(cited[id(line)], match.start()):
                return line, match.span()
    return None


@cache
def _bodies() -> list[tuple[re.Pattern, str, date, bool]]:
    return [
        (
            re.compile(rf"(?<!\w)(?:{row['old']})(?!\w)"),
            row["new"],
            date.fromisoformat(row["from"]),
            row.get("early", False),
        )
        for row in shipped("reorganised")["bodies"]
    ]


@cache
def _old_provinces() -> re.Pattern:
    names = "|".join(re.escape(name) for name in shipped("places")["former_provinces"])
    return re.compile(rf"(?<!\w)(?:tỉnh|Tỉnh ủy) (?:{names})(?!\w)")


CHECK = Check(
    id="C33",
    title="Tên cơ quan đã thay đổi",
    variants={
        "outdated": "Tên cơ quan không còn ở ngày của văn bản.",
        "since_renamed": "Tên đúng lúc ban hành, nay đã đổi.",
        "former_province": "Tên tỉnh trước khi sáp nhập.",
    },
    find=find,
)
