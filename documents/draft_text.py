"""Text as people type it in one box, as the parts of a paper.

"I. Tên mục" and "1. Tên khoản: lời" begin headings, "- " and "+ " begin items,
any other line is a paragraph. Addressees and Nơi nhận are one a line; a purpose
may follow in brackets.
"""

import re
from collections.abc import Iterator

from documents.content import Block, Heading, Item, Paragraph, Recipient

_ROMAN = re.compile(r"([IVX]{1,5}[.-])\s+(\S.*)")
_ARABIC = re.compile(r"(\d{1,2}\.(?:\d{1,2}\.)?)\s+(\S.*)")
_NOTE = re.compile(r"(.*\S)\s*\(([^()]{1,60})\)")


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, empty lines left out."""
    for line in lines_of(text):
        if line[:2] in {"- ", "+ "}:
            yield Item(line[2:].strip(), line[0])
        elif match := _ROMAN.fullmatch(line):
            yield Heading(1, match[1], match[2].upper())
        elif match := _ARABIC.fullmatch(line):
            yield _heading(match[1], match[2])
        else:
            yield Paragraph(line)


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
