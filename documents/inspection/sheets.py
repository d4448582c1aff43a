"""The pages of a PDF as lines of glyphs with their places, in points from the top left."""

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

MM = 72 / 25.4
_SUBSET = re.compile(r"^[A-Z]{6}\+")
PAGE_LIMIT = 400
_STYLE = re.compile(r"[-,]?(Bold|Italic|Oblique|Regular|Roman)+|PS|MT")


class TooManyPagesError(ValueError):
    """The file has more pages than any paper."""


@dataclass(frozen=True)
class Line:
    """Glyphs on one baseline, without the white space around them."""

    page: int
    chars: tuple[dict, ...]
    baseline: float

    @cached_property
    def text(self) -> str:
        """Return the text as it would be copied out of the file."""
        return "".join(char["text"] for char in self.chars)

    @property
    def x0(self) -> float:
        """Return the left edge in points."""
        return self.chars[0]["x0"]

    @property
    def x1(self) -> float:
        """Return the right edge in points."""
        return self.chars[-1]["x1"]

    @property
    def centre(self) -> float:
        """Return the middle between both edges in points."""
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        """Return the upper edge of the highest glyph in points."""
        return min(char["top"] for char in self.chars)

    @cached_property
    def size(self) -> float:
        """Return the commonest glyph size in points, to a tenth."""
        return Counter(round(char["size"], 1) for char in self.chars).most_common(1)[0][0]

    @cached_property
    def sizes(self) -> set[float]:
        """Return every glyph size of the line in points, to a tenth."""
        return {round(char["size"], 1) for char in self.chars}

    @property
    def bold(self) -> bool:
        """Return whether every visible glyph is bold."""
        return all("Bold" in char["fontname"] for char in self.chars if char["text"].strip())

    @property
    def any_bold(self) -> bool:
        """Return whether some visible glyph is bold."""
        return any("Bold" in char["fontname"] for char in self.chars if char["text"].strip())

    @property
    def italic(self) -> bool:
        """Return whether every visible glyph is italic."""
        return all(is_italic(char) for char in self.chars if char["text"].strip())

    @property
    def any_italic(self) -> bool:
        """Return whether some visible glyph is italic."""
        return any(is_italic(char) for char in self.chars if char["text"].strip())


@dataclass
class Sheet:
    """One page: its lines, thin horizontal rules, table areas and rotated text."""

    number: int
    width: float
    height: float
    chars: list[dict]
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    tables: list[tuple[float, float, float, float]] = field(default_factory=list)
    overlay: str = ""

    @property
    def portrait(self) -> bool:
        """Return whether the page stands upright."""
        return self.height > self.width

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines outside tables, from top to bottom; columns are not parted here."""
        return lines_of(self.number, [char for char in self.chars if not self._in_table(char)])

    def _in_table(self, char: dict) -> bool:
        middle = (char["top"] + char["bottom"]) / 2
        return any(x0 <= char["x0"] <= x1 and top <= middle <= bottom for x0, top, x1, bottom in self.tables)


def is_italic(char: dict) -> bool:
    """Return whether a glyph comes from an italic face."""
    return "Italic" in char["fontname"] or "Oblique" in char["fontname"]


def family(fontname: str) -> str:
    """Return the family of a font name without subset mark and style."""
    return re.sub(r"[^A-Za-z]", "", _STYLE.sub("", _SUBSET.sub("", fontname)))


def lines_of(page: int, chars: list[dict], *, part_columns: bool = False) -> list[Line]:
    """Return the glyphs gathered into lines.

    Args:
        page: page number, from 1.
        chars: glyphs of one page.
        part_columns: end a line where glyphs stand more than 2 points apart, as
            they do between the columns of the head and of the signatures (in
            justified text that gap is only a wide space).
    """
    rows: list[list[dict]] = []
    for char in sorted(chars, key=lambda one: (one["baseline"], one["x0"])):
        if rows and abs(rows[-1][0]["baseline"] - char["baseline"]) < 1:
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = []
    for row in rows:
        row.sort(key=lambda one: one["x0"])
        for part in _columns(row) if part_columns else [row]:
            line = _line(page, part)
            if line:
                lines.append(line)
    return lines


def read(data: bytes) -> list[Sheet]:
    """Return the pages of a PDF; raises whatever the reader raises for a file that is none.

    Raises:
        TooManyPagesError: more than ``PAGE_LIMIT`` pages.
    """
    import pdfplumber  # noqa: PLC0415 -- slow to load, and only the inspection needs it

    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > PAGE_LIMIT:
            raise TooManyPagesError
        return [_sheet(number, page) for number, page in enumerate(document.pages, 1)]


def _sheet(number: int, page) -> Sheet:
    upright, turned = [], []
    for char in page.chars:
        char["baseline"] = float(page.height) - char["matrix"][5]
        char["text"] = unicodedata.normalize("NFC", char["text"]) if len(char["text"]) > 1 else char["text"]
        (upright if abs(char["matrix"][1]) < 1e-6 else turned).append(char)
    thin = [one for one in (*page.lines, *page.rects, *page.curves) if one["height"] < 1.5 and one["width"] > 3]
    rules = [(float(one["x0"]), float(one["x1"]), (one["top"] + one["bottom"]) / 2) for one in thin]
    # Looking for tables is slow, and a page with only the two rules of a paper has none.
    tables = [table.bbox for table in page.find_tables() if len(table.cells) > 1] if len(thin) > 4 else []
    overlay = "".join(char["text"] for char in turned)
    return Sheet(number, float(page.width), float(page.height), upright, rules, tables, overlay)


def _columns(row: list[dict]) -> list[list[dict]]:
    parts = [[row[0]]]
    for char in row[1:]:
        if char["x0"] - parts[-1][-1]["x1"] > 2:
            parts.append([])
        parts[-1].append(char)
    return parts


def _line(page: int, chars: list[dict]) -> Line | None:
    start, end = 0, len(chars)
    while start < end and chars[start]["text"].isspace():
        start += 1
    while end > start and chars[end - 1]["text"].isspace():
        end -= 1
    return Line(page, tuple(chars[start:end]), chars[start]["baseline"]) if start < end else None
