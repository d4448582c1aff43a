"""C18: the shape of lists and numbering."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.spots import opening, place_of
from documents.checks.zones import Zone
from documents.reading.facts import SectionFacts
from documents.reading.source import SourceLine

_BULLET = re.compile(r"[-+•] ?\S")
_ROMAN_STYLE = re.compile(r"([IVX]{1,5})([.\-–/)])(?=\s?-?\s?\S)")
_GIVEN = re.compile(r"(?:\d{1,2}[.)-] ?)(Giao|Đề nghị|Yêu cầu) ")
_NUMERALS = {"I": 1, "V": 5, "X": 10}
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def find(text: CheckedText) -> Iterator[Found]:
    """Walk over the numbered sections."""
    lines = {}
    for line in text.lines:
        lines.setdefault(line.number, line)
    yield from _numbering(text.facts.sections, lines)
    yield from _styles(text, lines)
    for section, end in _leaves(text.facts.sections, None):
        yield from _lone(text, section, end)
    for section in _all(text.facts.sections):
        yield from _uneven(section, lines)


def _all(sections: tuple[SectionFacts, ...]) -> Iterator[SectionFacts]:
    for section in sections:
        yield section
        yield from _all(section.children)


def _leaves(sections: tuple[SectionFacts, ...], end: int | None) -> Iterator[tuple[SectionFacts, int | None]]:
    """Each section without children, and the line of the heading after it."""
    for place, section in enumerate(sections):
        after = sections[place + 1].line if place + 1 < len(sections) else end
        if section.children:
            yield from _leaves(section.children, after)
        else:
            yield section, after


def _lone(text: CheckedText, section: SectionFacts, end: int | None) -> Iterator[Found]:
    first = place_of(text, section.line + 1)
    last = len(text.lines) if end is None else place_of(text, end)
    pairs = zip(text.lines[first:last], text.zones[first:last], strict=True)
    content = [line for line, zone in pairs if zone is Zone.BODY]
    if end is None and len(content) > 1 and not _BULLET.match(content[-1].text):
        # Behind the last section stands the closing sentence.
        content = content[:-1]
    if len(content) == 1 and _BULLET.match(content[0].text):
        message = f"Mục “{section.title}” chỉ có một gạch đầu dòng; nên viết thành đoạn văn."
        yield at("lone_bullet", content[0], _bullet_words(content[0]), message)


def _bullet_words(line: SourceLine) -> tuple[int, int]:
    return 0, opening(line, words=6)[1]


def _numbering(sections: tuple[SectionFacts, ...], lines: dict[int, SourceLine]) -> Iterator[Found]:
    if len(sections) == 1 and sections[0].marker[:1].isdigit() and (line := lines.get(sections[0].line)):
        message = f"Chỉ có một mục con “{sections[0].marker}”; không đánh số khi không có mục thứ hai."
        yield at("lone_item", line, opening(line), message)
    expected = 0
    for section in sections:
        number, line = _number(section.marker), lines.get(section.line)
        expected = expected + 1
        # Some count a, b, c, d, e without đ.
        skips = section.marker == "e" and expected == 5
        if number and number != expected and line and not skips:
            message = f"Số thứ tự “{section.marker}” không liền với mục trước."
            yield at("numbering_gap", line, (0, min(len(line.text), 40)), message)
        expected = number or expected
        yield from _numbering(section.children, lines)


def _number(marker: str) -> int:
    last = marker.split(".")[-1]
    if last.isdigit():
        return int(last)
    if last and set(last) <= set(_NUMERALS):
        values = [_NUMERALS[char] for char in last]
        return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return _LETTERS.index(last) + 1 if len(last) == 1 and last in _LETTERS else 0


def _styles(text: CheckedText, lines: dict[int, SourceLine]) -> Iterator[Found]:
    used: dict[str, SourceLine] = {}
    for section in text.facts.sections:
        line = lines.get(section.line)
        match = _ROMAN_STYLE.match(line.text) if line else None
        if match is None:
            continue
        if used and match[2] not in used:
            message = f"Đánh số “{match[0]}” khác kiểu với “{next(iter(used.values())).text[:6].strip()}” ở trên; dùng một kiểu."
            yield at("mixed_markers", line, match.span(), message)
        used.setdefault(match[2], line)


def _uneven(section: SectionFacts, lines: dict[int, SourceLine]) -> Iterator[Found]:
    """One item of several begins with "Giao", the others do not."""
    items = [lines[child.line] for child in section.children if child.line in lines]
    given = [line for line in items if _GIVEN.match(line.text)]
    if len(items) >= 3 and len(given) == 1:
        match = _GIVEN.match(given[0].text)
        message = f"Chỉ mục này mở đầu bằng “{match[1]}”, các mục cùng cấp thì không; nên viết thống nhất."
        yield at("uneven_items", given[0], (match.start(1), match.end(1)), message)


CHECK = Check(
    id="C18",
    title="Hình thức liệt kê, đánh số",
    variants={
        "lone_bullet": "Một mục chỉ có một gạch đầu dòng.",
        "lone_item": "Một mục chỉ có một mục con được đánh số.",
        "numbering_gap": "Số thứ tự không liền nhau.",
        "mixed_markers": "Các mục lớn đánh số không cùng một kiểu.",
        "uneven_items": "Các mục cùng cấp mở đầu không thống nhất.",
    },
    find=find,
)
