"""What a plan asks its units to write: the parts of its outline and its forms, as values; nothing here reads the database.

A part is one screen of the unit: a section of the outline (a great heading with those below it) or one biểu. Its slug is
its address and the beginning of the places a report may be returned on: "muc-1-II" and "muc-1-II.3", "bieu-2".
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from campaigns.choices import ColumnFill, ColumnKind
from documents.text import FIELD_LIMIT, clean_text
from reports.cells import read_cell

MOST_ROWS = 200  # of one group of one biểu
HEADING, FORM = "muc-", "bieu-"


@dataclass(frozen=True)
class HeadingPart:
    """A heading of the outline; `number` is "II.3", `asks` tells whether something is to be written under it."""

    pk: int
    place: str
    number: str
    title: str
    level: int
    guidance: str
    fill: str
    asks: bool


@dataclass(frozen=True)
class SectionPart:
    """A great heading with everything below it."""

    slug: str
    title: str
    headings: tuple[HeadingPart, ...]

    @property
    def asking(self):
        """Headings under which something is to be written."""
        return [one for one in self.headings if one.asks]


@dataclass(frozen=True)
class ColumnPart:
    """A column of a biểu."""

    pk: int
    title: str
    group: str
    kind: str
    options: tuple[str, ...]
    fill: str
    width: int

    @property
    def key(self):
        """Name of the column in what is kept."""
        return str(self.pk)


@dataclass(frozen=True)
class FormPart:
    """A biểu; `groups` are the names of the parts of its rows, one empty name when there are none."""

    slug: str
    pk: int
    number: int
    title: str
    groups: tuple[str, ...]
    columns: tuple[ColumnPart, ...]
    repeating: bool
    blank_rows: int
    wide: bool
    first: dt.date | None
    last: dt.date | None

    @property
    def asking(self):
        """Columns that are written: all but the order, which the program counts."""
        return [one for one in self.columns if one.kind != ColumnKind.ORDER]

    @property
    def counts(self):
        """Whether a column holds quantities: then equal rows of two units are two facts, not one."""
        return any(one.kind in {ColumnKind.NUMBER, ColumnKind.PERCENT} for one in self.columns)

    @property
    def lists_documents(self):
        """Whether its rows can be taken from the register of documents."""
        return any(one.fill in ColumnFill.DOCUMENTS for one in self.columns)

    def read(self, column: ColumnPart, raw: str) -> str:
        """The value of one cell; raises ValidationError."""
        return read_cell(column.kind, raw, options=column.options, first=self.first, last=self.last)


def place_label(place: str) -> str:
    """What people call a place of the outline or of a form: "Đề cương, mục II.3", "Biểu 2"; "" for another place."""
    if place.startswith(FORM):
        return f"Biểu {place.removeprefix(FORM)}"
    if place.startswith(HEADING):
        annex, _, number = place.removeprefix(HEADING).partition("-")
        return f"Đề cương, mục {number}" if annex == "1" else f"Phụ lục {annex}, mục {number}"
    return ""


def places_of(parts) -> list[tuple[str, str]]:
    """Places on which a report on these parts may be returned, with their names."""
    found = []
    for part in parts:
        if isinstance(part, FormPart):
            found.append((part.slug, f"{place_label(part.slug)}: {part.title}"[:120]))
        else:
            found.extend((one.place, f"{place_label(one.place)}: {one.title}"[:120]) for one in part.asking)
    return found


def part_of_place(parts, place: str):
    """The part that holds `place`; the first when it is not known, None without parts."""
    for part in parts:
        if place == part.slug or place.startswith(f"{part.slug}."):
            return part
    return parts[0] if parts else None


def is_empty_row(row: dict) -> bool:
    """Whether nothing was typed into a row."""
    return not any(str(text).strip() for text in row.get("c", {}).values())


def read_sheet(parts, content: dict) -> tuple[dict[int, str], list[tuple[int, int, dict]]]:
    """Return the texts (heading id -> text) and the rows (form id, group, cells) of what was typed; empty ones are left out.

    Raises:
        ValidationError: "answers", naming the first place that is not right.
    """
    texts, rows = {}, []
    for part in parts:
        if isinstance(part, FormPart):
            typed = [one for one in content.get("forms", {}).get(str(part.pk), []) if not is_empty_row(one)]
            rows.extend((part.pk, row["g"], _cells(part, row, number)) for number, row in enumerate(typed, 1))
            continue
        for heading in part.asking:
            raw = content.get("headings", {}).get(str(heading.pk), "")
            if text := clean_text(raw, limit=FIELD_LIMIT, multiline=True, name=f"Mục {heading.number}"):
                texts[heading.pk] = text
    return texts, rows


def _cells(part, row, number):
    found = {}
    for column in part.asking:
        try:
            value = part.read(column, row["c"].get(column.key, ""))
        except ValidationError as error:
            where = f"Biểu {part.number}, dòng {number}, cột “{column.title}”"
            raise ValidationError(f"{where}: {' '.join(error.messages)}", code="answers") from error
        if value:
            found[column.key] = value
    return found


def total_of(values) -> Decimal | None:
    """Sum of the numbers that are there; None when none is."""
    known = [Decimal(value) for value in values if value]
    return sum(known) if known else None
