"""A PDF with a text layer as lines in reading order; ``SourceLine.number`` is the page."""

import json
import re
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError

from documents.markup import Run
from documents.reading.pdf_columns import Stretch, in_reading_order
from documents.reading.pdf_paragraphs import Measure, body_paragraphs, cell_text, column_paragraphs, runs_of
from documents.reading.source import Source, SourceKind, SourceLine
from documents.reading.styled import row_line, styled_line

WAIT = 30  # seconds by the clock; the process itself may use pdf_glyphs.SECONDS of the processor
_READER = Path(__file__).with_name("pdf_glyphs.py")
_BAD_FILE = 3  # as in pdf_glyphs, which is not imported here: its libraries have no place in the web process
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:Trang )?\d{1,3}(?:\s?/\s?\d{1,3})?[-–\s]*$", re.IGNORECASE)
_NO_UNICODE = re.compile(r"\(cid:\d+\)")
_LEAST_LETTERS = 40
_PASTE = "Đồng chí dán phần chữ vào tệp .txt hoặc Word rồi tải lên, hoặc chỉ dán dòng tên văn bản."


def pdf_source(content: bytes, *, name: str = "") -> Source:
    """Return the lines of a PDF: columns one after the other, broken rows joined, page numbers left out.

    Args:
        content: the whole file.
        name: the name it came under.

    Raises:
        ValidationError: ``no_text`` for a scan or for letters without Unicode, ``encrypted`` for a password or a broken
            file, ``too_heavy`` when reading it takes more than is reasonable.
    """
    found = _found(content)
    pages = [_page(number, page) for number, page in enumerate(found["pages"], start=1)]
    text = "".join(row.text for page in pages for row in page.rows)
    if sum(char.isalpha() for char in text) < _LEAST_LETTERS and not any(page.tables for page in pages):
        raise ValidationError(
            "Tệp PDF này là bản quét, không có lớp chữ nên chương trình không đọc được. Tệp chưa được lưu. %(paste)s",
            code="no_text",
            params={"paste": _PASTE},
        )
    if len(_NO_UNICODE.findall(text)) * 20 > len(text):
        raise ValidationError(
            "Chữ trong tệp PDF này không có bảng mã Unicode nên đọc ra sẽ sai. Tệp chưa được lưu. %(paste)s",
            code="no_text",
            params={"paste": _PASTE},
        )
    if found["cut"]:
        raise _too_heavy()
    return Source(lines=tuple(_lines(pages)), kind=SourceKind.PDF, name=name)


class _Page:
    """Rows of a page in reading order, and its tables by the height at which they begin."""

    def __init__(self, parts: list[tuple[str, list[Stretch]]], tables: list[tuple[float, list[list[str]]]]):
        self.parts = parts
        self.tables = tables

    @property
    def rows(self) -> list[Stretch]:
        return [row for _, rows in self.parts for row in rows]

    @property
    def body(self) -> list[Stretch]:
        return [row for kind, rows in self.parts if kind == "body" for row in rows]


def _found(content: bytes) -> dict:
    """Run the reader of PDFs as a process with limits and return what it says."""
    try:
        done = subprocess.run(  # noqa: S603 -- no word of the command comes from outside
            [sys.executable, "-I", str(_READER)],  # our own interpreter and file; the PDF comes on standard input
            input=content,
            capture_output=True,
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise _too_heavy() from late
    if done.returncode == _BAD_FILE:
        raise ValidationError(
            "Tệp PDF có mật khẩu hoặc bị hỏng nên không đọc được. Tệp chưa được lưu. %(paste)s",
            code="encrypted",
            params={"paste": _PASTE},
        )
    if done.returncode:
        raise _too_heavy()
    return json.loads(done.stdout)


def _too_heavy() -> ValidationError:
    return ValidationError(
        "Tệp PDF quá dài hoặc quá nặng nên chương trình không đọc hết. Tệp chưa được lưu. %(paste)s",
        code="too_heavy",
        params={"paste": _PASTE},
    )


def _page(number: int, page: dict) -> _Page:
    rows = [[_stretch(number, one) for one in row] for row in page["rows"]]
    for edge in (0, -1):
        if rows and len(rows[edge]) == 1 and _PAGE_NUMBER.match(rows[edge][0].text):
            del rows[edge]
    tables = [(table["box"][1], table["rows"]) for table in page["tables"]]
    return _Page(in_reading_order(rows), tables)


def _stretch(number: int, one: dict) -> Stretch:
    runs = tuple(Run(*run) for run in one["runs"])
    return Stretch(number, one["x0"], one["x1"], one["top"], one["bottom"], one["size"], runs)


def _lines(pages: list[_Page]) -> list[SourceLine]:
    measure = Measure(row for page in pages for row in page.body)
    lines: list[SourceLine | None] = []
    waiting: list[Stretch] = []
    heading: list[str] = []

    def flush():
        lines.extend(styled_line(rows[0].page, runs_of(rows)) for rows in body_paragraphs(waiting, measure))
        waiting.clear()

    for number, page in enumerate(pages, start=1):
        tables = sorted(page.tables)
        for kind, rows in page.parts:
            while tables and tables[0][0] < rows[0].top:
                flush()
                heading = _table(lines, number, tables.pop(0)[1], heading)
            if kind == "column":
                flush()
                lines.extend(styled_line(part[0].page, runs_of(part)) for part in column_paragraphs(rows))
            else:
                heading = []
                waiting.extend(rows)
        for _, rows in tables:
            flush()
            heading = _table(lines, number, rows, heading)
    flush()
    return [line for line in lines if line is not None]


def _table(lines: list[SourceLine | None], page: int, rows: list[list[str]], heading: list[str]) -> list[str]:
    """Add the rows of a table; a heading repeated on the next page is left out. Returns the heading."""
    rows = [[cell_text(cell) for cell in row] for row in rows]
    lines.extend(row_line(page, row) for row in (rows[1:] if rows[0] == heading else rows))
    return rows[0] if rows[0] != heading else heading
