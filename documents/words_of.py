"""Any part of a paper as the words a person reads, for showing a difference."""

from datetime import date
from enum import Enum
from typing import Any

from documents import paper_text
from documents.content import (
    Annex,
    Heading,
    Item,
    Letterhead,
    NumberLine,
    Paragraph,
    PlaceDate,
    Recipient,
    Signature,
    Table,
)
from documents.markup import plain


def words_of(value: Any) -> str:
    """Return the words of a block, a line of Nơi nhận, a signature, an annex ... as they are read; "" for nothing."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "có", False: "không"}[value]
    if isinstance(value, Enum):
        return str(value.label)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str | int | float):
        return plain(str(value))
    return _words_of_part(value)


def _words_of_part(value: Any) -> str:
    if isinstance(value, Heading):
        return plain(paper_text.heading_marker(value) + paper_text.heading_rest(value))
    if isinstance(value, Item):
        return f"{value.mark} {plain(value.text)}"
    if isinstance(value, Paragraph):
        return plain(value.text)
    if isinstance(value, Table):
        return _table(value)
    if isinstance(value, Recipient):
        return f"{value.name} ({value.note})" if value.note else value.name
    if isinstance(value, Letterhead):
        return f"{value.superior}\n{value.body}"
    if isinstance(value, NumberLine):
        return paper_text.number_line_text(value)
    if isinstance(value, PlaceDate):
        return paper_text.place_date_line(value)
    if isinstance(value, Signature):
        return "\n".join(text for _, text in paper_text.signature_lines(value))
    if isinstance(value, Annex):
        return "\n".join(filter(None, [paper_text.annex_label(value), value.title, value.subject, *map(words_of, value.blocks)]))
    if isinstance(value, tuple):
        return "\n".join(map(words_of, value))
    return _words_of_copy(value)


def _words_of_copy(value: Any) -> str:
    parts = (value.kind, value.letterhead, value.number_line, value.place_date, value.signature, value.recipients)
    return "\n".join(filter(None, map(words_of, parts)))


def _table(table: Table) -> str:
    rows = [[column.title for column in table.columns], *table.rows, *([table.total] if table.total else [])]
    lines = [" | ".join(plain(text) for text in row) for row in rows]
    return "\n".join(filter(None, [plain(table.title), *lines]))
