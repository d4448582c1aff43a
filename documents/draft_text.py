"""Text as people type it in one box, as the parts of a paper.

"I. Tên mục" and "1. Tên khoản: lời" begin headings, "- " and "+ " begin items,
lines that begin with "|" are the rows of a table, the first its head: "| STT | Đơn vị |";
any other line is a paragraph. Addressees and Nơi nhận are one a line; a purpose
may follow in brackets.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from documents.content import Block, Column, Heading, Item, Paragraph, Recipient, Table

_ROMAN = re.compile(r"([IVX]{1,5}[.-])\s+(\S.*)")
_ARABIC = re.compile(r"(\d{1,2}\.(?:\d{1,2}\.)?)\s+(\S.*)")
_NARROW, _WIDE = 5, 40  # characters: a column of numbers, a column of sentences
_LEAST = 0.085  # of the width of the page: "STT" in bold with its margins does not break
_NOTE = re.compile(r"(.*\S)\s*\(([^()]{1,60})\)")


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, empty lines left out."""
    for in_table, lines in groupby(lines_of(text), key=lambda line: line.startswith("|")):
        if in_table:
            yield _table([_cells(line) for line in lines])
        else:
            yield from _running(lines)


def _running(lines: Iterator[str]) -> Iterator[Block]:
    for line in lines:
        if line[:2] in {"- ", "+ "}:
            yield Item(line[2:].strip(), line[0])
        elif match := _ROMAN.fullmatch(line):
            yield Heading(1, match[1], match[2].upper())
        elif match := _ARABIC.fullmatch(line):
            yield _heading(match[1], match[2])
        else:
            yield Paragraph(line)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _table(rows: list[list[str]]) -> Table:
    """A table whose columns are as wide as their words ask; numbers of order stand in the middle."""
    head, *rest = rows
    width = len(head)
    body = tuple(tuple((row + [""] * width)[:width]) for row in rest)
    longest = [max(len(row[place]) for row in (head, *body)) for place in range(width)]
    wide = [min(max(size, _NARROW), _WIDE) for size in longest]
    columns = tuple(
        Column(title, width=max(asked, _LEAST * sum(wide)), align="center" if size <= _NARROW else "left")
        for title, size, asked in zip(head, longest, wide, strict=True)
    )
    return Table(columns, body)


def lines_of(text: str) -> list[str]:
    """Return the lines of a box without the empty ones, single spaces."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def addressees_of(text: str) -> tuple[str, ...]:
    """Return the addressees; a dash or an end mark typed by hand is dropped."""
    return tuple(line.lstrip("-+ ").rstrip(" ;,.") for line in lines_of(text) if line.strip("-+ ;,."))


def recipients_of(text: str) -> tuple[Recipient, ...]:
    """Return the lines of Nơi nhận; "Thường trực Tỉnh ủy (báo cáo)" carries a purpose."""
    return tuple(_recipient(line) for line in addressees_of(text))


def _recipient(line: str) -> Recipient:
    match = _NOTE.fullmatch(line)
    return Recipient(match[1], match[2]) if match else Recipient(line)


def _heading(marker: str, rest: str) -> Block:
    """A short title is bold, alone or before a colon; a whole sentence that begins with a number is a paragraph."""
    title, colon, text = rest.partition(":")
    if colon and len(title) <= 120:
        return Heading(2, marker, title, f":{text}")
    if len(rest) <= 120 and rest[-1] not in ".;":
        return Heading(2, marker, rest)
    return Paragraph(f"{marker} {rest}")
