"""Rows of a page in reading order: the two columns of a letterhead or of the signing one after the other."""

import re
from dataclasses import dataclass, field

from documents.markup import Run

LEAST_GUTTER = 6.0  # points
_NARROW = 60.0  # points: a wider gap in a single row is never a stretched space
_WIDE = 1.8  # of the size: a narrower stripe between two nameless columns is chance
_SIGNING = re.compile(r"^\W*Nơi nhận", re.IGNORECASE)
_HEAD = re.compile(
    r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H[ÒO]A XÃ HỘI|^\W*Nơi nhận|^\W*T/M|^\W*TM\.|^Số\b|ngày .{0,6}tháng .{0,6}năm", re.IGNORECASE
)
_AFTER_STAMP = 170.0  # points from the position of the signer to the name, where the stamp goes
_SAME_CENTRE = 45.0


@dataclass(frozen=True)
class Stretch:
    """Text on one baseline without a wide gap, in points from the top left of its page."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Band:
    """Rows set in two columns and the empty stripe between them."""

    low: float
    high: float
    left: list[Stretch] = field(default_factory=list)
    right: list[Stretch] = field(default_factory=list)
    bottom: float = 0.0
    rows: int = 0

    def takes(self, row: list[Stretch]) -> bool:
        """Take a row in if it keeps to the columns; return whether it did."""
        if len(row) > 2 or row[0].top - self.bottom > _AFTER_STAMP:
            return False
        sides = [self._side(stretch) for stretch in row]
        if "" in sides or (len(row) == 2 and sides != ["left", "right"]):
            return False
        if sides == ["left"] and row[0].top - self.bottom > 3 * row[0].size:
            return False
        low = max([self.low, *(one.x1 for one, side in zip(row, sides, strict=True) if side == "left")])
        high = min([self.high, *(one.x0 for one, side in zip(row, sides, strict=True) if side == "right")])
        if high - low < LEAST_GUTTER:
            return False
        self.add(row, sides, low, high)
        return True

    def add(self, row: list[Stretch], sides: list[str], low: float, high: float) -> None:
        """Put the stretches of a row into their columns."""
        self.low, self.high = low, high
        for stretch, side in zip(row, sides, strict=True):
            (self.left if side == "left" else self.right).append(stretch)
        self.bottom = max(self.bottom, *(one.bottom for one in row))
        self.rows += 1

    def _side(self, stretch: Stretch) -> str:
        column, side = (self.left, "left") if stretch.centre < (self.low + self.high) / 2 else (self.right, "right")
        edge = min(one.x0 for one in column)
        middle = sum((min(one.x0 for one in column), max(one.x1 for one in column))) / 2
        fits = abs(stretch.x0 - edge) <= 4 or abs(stretch.centre - middle) <= _SAME_CENTRE
        hangs = side == "left" and edge <= stretch.x0 <= edge + 30
        return side if fits or hangs else ""


def in_reading_order(rows: list[list[Stretch]]) -> list[tuple[str, list[Stretch]]]:
    """Return the rows as ("body", [row]) and ("column", [its rows]) from the top down."""
    found: list[tuple[str, list[Stretch]]] = []
    place = 0
    while place < len(rows):
        band, end = _band(rows, place)
        if band is None:
            found.extend(("body", [one]) for one in _whole(rows[place]))
            place += 1
            continue
        _take_back(found, band)
        found.extend([("column", band.left), ("column", band.right)])
        place = end
    return found


def joined(row: list[Stretch]) -> Stretch:
    """Return the stretches of a row as one."""
    first, last = row[0], row[-1]
    runs = list(first.runs)
    for one in row[1:]:
        runs += [Run(" "), *one.runs]
    top, bottom = min(one.top for one in row), max(one.bottom for one in row)
    return Stretch(first.page, first.x0, last.x1, top, bottom, first.size, tuple(runs))


def _band(rows: list[list[Stretch]], start: int) -> tuple[Band | None, int]:
    row = rows[start]
    if len(row) != 2:
        return None, start
    band = Band(low=row[0].x1, high=row[1].x0)
    band.add(row, ["left", "right"], row[0].x1, row[1].x0)
    end = start + 1
    while end < len(rows) and band.takes(rows[end]):
        end += 1
    named = any(_HEAD.search(one.text) for one in (*band.left, *band.right))
    wide = band.high - band.low > _WIDE * row[0].size
    if named or (wide and len(band.left) > 1 and len(band.right) > 1):
        return band, end
    return None, start


def _whole(row: list[Stretch]) -> list[Stretch]:
    """Return a row that is no part of columns: its stretches as one, unless they stand far apart."""
    if len(row) > 1 and max(after.x0 - before.x1 for before, after in zip(row, row[1:], strict=False)) > _NARROW:
        return row
    return [joined(row)]


def _take_back(found: list[tuple[str, list[Stretch]]], band: Band) -> None:
    """Give the band the rows just above it that already stood in one of its columns, a little higher than the other."""
    while found and found[-1][0] == "body":
        row = found[-1][1][0]
        first = (*band.left[:1], *band.right[:1])
        near = min(one.top for one in first) - row.bottom < 1.5 * row.size
        right = row.x0 > band.low + LEAST_GUTTER and abs(row.centre - band.right[0].centre) <= _SAME_CENTRE
        left = row.x1 < band.high - LEAST_GUTTER and (
            _SIGNING.search(row.text) is not None or (len(found) <= 2 and abs(row.centre - band.left[0].centre) <= _SAME_CENTRE)
        )
        if not near or not (left or right):
            return
        (band.right if right else band.left).insert(0, row)
        found.pop()
