"""An outline and its forms as plain text, the way an office types or pastes them, read into values.

    I. Công tác lãnh đạo                    a heading, by its number: "I.", "1.", "1.1." or "a)"
    - Số buổi, số người dự                  what is to be written under it
    Biểu 1. Danh mục văn bản                a form
    STT | Số, ký hiệu | Kết quả > Năm 2026  its columns; before ">" the header shared with the neighbours
    + Đảng ủy                               a group of its rows
"""

import re
from dataclasses import replace

from campaigns.choices import ColumnKind
from campaigns.plan_content import ColumnText, FormText, OutlineText

_GREAT = re.compile(r"(?:[IVX]{1,6})[.-] ?(?=\S)")
_MIDDLE = re.compile(r"\d{1,2}\. ?(?=\D)")
_SMALL = re.compile(r"(?:\d{1,2}\.\d{1,2}\.?|[a-zđ]\)) ?(?=\S)")
_FORM = re.compile(r"Biểu(?: (?:số )?\d{1,2})?[.:]? ?(?=\S)", re.IGNORECASE)
_ORDER = frozenset({"stt", "tt", "số tt", "số thứ tự"})
_LONGEST = 400  # characters of a heading; a longer line that begins with a number is a paragraph


def read_outline(text: str) -> tuple[tuple[OutlineText, ...], tuple[FormText, ...]]:
    """Return the headings and the forms of a pasted outline; nothing of the text is left out."""
    headings: list[OutlineText] = []
    forms: list[FormText] = []
    for line in filter(None, (" ".join(line.replace("*", "").lstrip("#").split()) for line in text.splitlines())):
        if (title := _FORM.match(line)) and "|" not in line:
            forms.append(FormText(line[title.end() :], columns=()))
        elif forms and "|" in line and not forms[-1].columns:
            forms[-1] = replace(forms[-1], columns=tuple(map(_column, filter(str.strip, line.split("|")))))
        elif forms:
            forms[-1] = replace(forms[-1], groups=_joined(forms[-1].groups, line.removeprefix("+ ")))
        elif level := _level(line):
            headings.append(OutlineText(_without_number(line), level))
        elif headings:
            headings[-1] = replace(headings[-1], guidance=_joined(headings[-1].guidance, line))
        else:
            headings.append(OutlineText(line))
    return tuple(headings), tuple(forms)


def _level(line: str) -> int:
    if len(line) > _LONGEST:
        return 0
    return next((level for level, mark in ((1, _GREAT), (3, _SMALL), (2, _MIDDLE)) if mark.match(line)), 0)


def _without_number(line: str) -> str:
    mark = _GREAT.match(line) or _SMALL.match(line) or _MIDDLE.match(line)
    return line[mark.end() :]


def _column(cell: str) -> ColumnText:
    group, _, title = cell.rpartition(">")
    title = title.strip()
    order = title.lower() in _ORDER
    kind = ColumnKind.ORDER if order else ColumnKind.DATE if title.lower().startswith("ngày") else ColumnKind.TEXT
    return ColumnText(title, group.strip(), kind.value, 5 if order else 20)


def _joined(text: str, line: str) -> str:
    return f"{text}\n{line}" if text else line
