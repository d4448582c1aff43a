"""Dates as Party papers write them, both ways.

Padding (format rule 3.5): a day below 10 and the months 1 and 2 take a zero,
the months 3 to 9 do not: "05/5/2026", "ngày 03 tháng 02 năm 2026".
"""

import re
from datetime import date

_SHORT = re.compile(r"(?<![\d/])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?![\d/])")
_LONG = re.compile(r"ngày\s{1,5}(\d{1,2})\s{1,5}tháng\s{1,5}(\d{1,2})\s{1,5}năm\s{1,5}(\d{4})", re.IGNORECASE)


def short(day: date) -> str:
    """Return "05/5/2026", the form used in running text."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def long(day: date) -> str:
    """Return "ngày 05 tháng 5 năm 2026", the form of the head of a paper."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def long_blank(expected: date | None) -> str:
    """Return the head's date with a blank day, for signature by hand; month too if none is foreseen."""
    if expected is None:
        return f"ngày{_GAP}tháng{_GAP}năm{_GAP}"
    return f"ngày{_GAP}tháng {_month(expected.month)} năm {expected.year}"


def month(day: date) -> str:
    """Return "5/2026", as in "trong tháng 5/2026"."""
    return f"{_month(day.month)}/{day.year}"


def parse(text: str) -> date:
    """Return the one date in ``text``, day before month, in either form.

    Raises:
        ValueError: no date, several, or a day that does not exist.
    """
    found = [*_SHORT.findall(text), *_LONG.findall(text)]
    if len(found) != 1:
        raise ValueError("Expected one date.")
    day, month_number, year = (int(part) for part in found[0])
    return date(year, month_number, day)


_GAP = " " * 6


def _month(number: int) -> str:
    return f"{number:02d}" if number < 3 else str(number)
