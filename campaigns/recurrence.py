"""When a clause that recurs falls due again: "định kỳ trước ngày 15 hằng tháng", hằng quý, 6 tháng, hằng năm."""

import calendar
import datetime as dt
import re
import unicodedata

from documents import deadlines

# A phrase that names the period but no day repeats the day of its first turn, so many months later.
# With their tones: "quý" is a quarter, "quy định" a rule.
_PERIOD = re.compile(r"(?<!\w)(?:(?:6 tháng|nửa năm)|(tháng)|(quý)|(năm))(?!\w)", re.IGNORECASE)
_MONTHS = {None: 6, 1: 1, 2: 3, 3: 12}


def turn_after(phrase: str, *, first: dt.date | None, after: dt.date) -> dt.date | None:
    """Return the last day of the first turn of `phrase` later than `after`; None when nothing tells it.

    Several days in one phrase ("6 tháng trước ngày 15/6, năm trước ngày 15/12") take turns. `first` is the day of the
    first turn where the phrase names none and somebody told it.
    """
    found = deadlines.parse(phrase, today=after + dt.timedelta(days=1))
    days = [one.last_day for one in found if one.rule == deadlines.Rule.RECURRING and one.last_day]
    if days:
        return min(days)
    months = _period(phrase)
    if first is None or months is None:
        return None
    passed = (after.year - first.year) * 12 + after.month - first.month
    count = max(passed // months, 0)
    while (day := _months_later(first, months * count)) <= after:
        count += 1
    return day


def _period(phrase: str) -> int | None:
    found = _PERIOD.search(unicodedata.normalize("NFC", phrase))
    return _MONTHS[found.lastindex] if found else None


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one; the end of a month stays the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if at_end else min(day.day, last))
