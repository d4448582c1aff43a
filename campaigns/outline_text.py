"""An outline and its forms as plain text, the way an office types or pastes them, read into values.

    I. Công tác lãnh đạo                    a heading, by its number: "I.", "1.", "1.1." or "a)"
    - Số buổi, số người dự                  what is to be written under it
    Biểu 1. Danh mục văn bản                a form
    STT | Số, ký hiệu | Kết quả > Năm 2026  its columns; before ">" the header shared with the neighbours
    + Đảng ủy                               a group of its rows
"""

import re
from dataclasses import replace

from campaigns.choices import ColumnFill, ColumnKind
from campaigns.plan_content import ColumnText, FormText, OutlineText

_GREAT = re.compile(r"(?:[IVX]{1,6})[.-] ?(?=\S)")
_MIDDLE = re.compile(r"\d{1,2}\. ?(?=\D)")
_SMALL = re.compile(r"(?:\d{1,2}\.\d{1,2}\.?|[a-zđ]\)) ?(?=\S)")
_FORM = re.compile(r"Biểu(?: (?:số )?\d{1,2})?[.:]? ?(?=\S)", re.IGNORECASE)
_KINDS = {"ngày": ColumnKind.DATE, "tỷ": ColumnKind.PERCENT}  # "Tỷ lệ"
_ORDER = frozenset({"stt", "tt", "số tt", "số thứ tự"})
_DOCUMENT = (
    (ColumnFill.DOCUMENT_NUMBER, ("số hiệu", "số, ký hiệu", "số và ký hiệu", "số ký hiệu")),
    (ColumnFill.DOCUMENT_TITLE, ("tên văn bản", "trích yếu")),
    (ColumnFill.DOCUMENT_DAY, ("ngày phát hành", "ngày ban hành", "ngày văn bản", "ngày, tháng")),
    (ColumnFill.DOCUMENT_ISSUER, ("cơ quan ban hành", "tác giả")),
)
_LONGEST = 400  # characters of a heading; a longer line that begins with a number is a paragraph


def read_outline(text: str) -> tuple[tuple[OutlineText, ...], tuple[FormText, ...]]:
    """Return the headings and the forms of a pasted outline; nothing of the text is left out."""
    headings: list[OutlineText] = []
    forms: list[FormText] = []
    for line in filter(None, (" ".join(line.replace("*", "").lstrip("#").split()) for line in text.splitlines())):
        if (title := _FORM.match(line)) and "|" not in line:
            forms.append(FormText(line[title.end() :], columns=()))
        elif forms and "|" in line and not forms[-1].columns:
            columns = tuple(map(_column, filter(str.strip, line.split("|"))))
            forms[-1] = replace(forms[-1], columns=recognised(columns))
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
    return ColumnText(title, group.strip(), width=5 if title.lower() in _ORDER else 20)


def recognised(columns: tuple[ColumnText, ...]) -> tuple[ColumnText, ...]:
    """Return the columns with the kind their title speaks of, those of a list of documents to be filled from the register."""
    columns = tuple(replace(one, kind=_kind(one.title.lower()).value) for one in columns)
    marks = [_document_part(one.title.lower()) for one in columns]
    if not {ColumnFill.DOCUMENT_NUMBER, ColumnFill.DOCUMENT_TITLE} <= set(marks):
        return columns
    return tuple(replace(one, fill=mark.value) for one, mark in zip(columns, marks, strict=True))


def _kind(title: str) -> ColumnKind:
    return ColumnKind.ORDER if title in _ORDER else _KINDS.get(title.split(" ")[0], ColumnKind.TEXT)


def _document_part(title: str) -> ColumnFill:
    return next((fill for fill, words in _DOCUMENT if title.startswith(words)), ColumnFill.NONE)


def _joined(text: str, line: str) -> str:
    return f"{text}\n{line}" if text else line
