"""C19: what is alike is emphasised alike, headings and deadlines."""

import re
from collections.abc import Iterator

from documents import deadlines
from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_ITEM = re.compile(r"(\d{1,2})[.)-] ?")
_ROMAN = re.compile(r"[IVX]{1,5}[.-]")
_TABLE_TITLE = re.compile(r"(?:Biểu|Mẫu|Phụ lục)(?: số)? \d{1,2}\.?")
_FEW = 3


def find(text: CheckedText) -> Iterator[Found]:
    """Nothing is said of a source that shows no emphasis at all."""
    if not any(line.bold for line in text.lines):
        return
    body = text.lines_in(Zone.BODY)
    yield from _headings(body)
    yield from _deadlines(text, body)
    yield from _table_titles(text.lines_in(Zone.ANNEX))


def _headings(body: list[SourceLine]) -> Iterator[Found]:
    group: list[SourceLine] = []
    for line in [*body, None]:
        if line is not None and not _ROMAN.match(line.text):
            if _ITEM.match(line.text):
                group.append(line)
            continue
        bold = [one for one in group if _starts_bold(one)]
        plain = [one for one in group if one not in bold]
        if bold and plain and len(group) >= _FEW and len(bold) != len(plain):
            odd, how = (bold, "in đậm") if len(bold) < len(plain) else (plain, "không in đậm")
            for one in odd:
                end = one.text.find(":")
                message = f"Đề mục này {how}, khác các đề mục cùng cấp."
                yield at("heading", one, (0, end + 1 if 0 < end < 120 else min(len(one.text), 60)), message)
        group = []


def _starts_bold(line: SourceLine) -> bool:
    start = _ITEM.match(line.text).end()
    return bool(line.heading) or any(begin <= start < end for begin, end in line.bold)


def _deadlines(text: CheckedText, body: list[SourceLine]) -> Iterator[Found]:
    found = []
    for line in body:
        for one in deadlines.parse(line.text, today=text.context.today):
            start, end = one.span
            if one.last_day and any(char.isdigit() for char in line.text[start:end]):
                found.append((line, one.span, any(begin < end and start < stop for begin, stop in line.bold)))
    bold = sum(is_bold for *_, is_bold in found)
    if bold * 2 <= len(found):
        return
    for line, span, is_bold in found:
        if not is_bold:
            yield at("deadline", line, span, "Thời hạn này không in đậm như các thời hạn khác.")


def _table_titles(lines: list[SourceLine]) -> Iterator[Found]:
    titles = [line for line in lines if _TABLE_TITLE.match(line.text) and not line.cells]
    whole = [line for line in titles if sum(end - start for start, end in line.bold) > len(line.text) * 0.8]
    if not whole or len(whole) == len(titles):
        return
    for line in titles:
        if line not in whole and line.bold:
            yield at("table_title", line, (0, min(len(line.text), 60)), "Tên biểu in đậm không đều giữa các biểu.")


CHECK = Check(
    id="C19",
    title="In đậm không đều",
    variants={
        "heading": "Một đề mục in đậm khác các đề mục cùng cấp.",
        "deadline": "Một thời hạn in khác các thời hạn còn lại.",
        "table_title": "Tên các biểu in đậm khác nhau.",
    },
    find=find,
)
