"""Deadline phrases of a plan: what day each one means, and how a day is written as a phrase.

Source: format rules, section 8. The last good day of "trước ngày D" is D - 1
(decisions 17); an impossible date gives no deadline, never a shifted one; words
without a day ("kịp thời", "theo quy định") give none either. Linear (D-05).
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from documents import dates
from documents.deadline_patterns import (
    COUNTED_UP_TO,
    LEAD,
    NOTICE,
    OCCASION,
    OPEN,
    PATTERNS,
    RECURRING,
    SPOKEN_LEAD,
    TOLD_OF,
)
from documents.flat_text import Flat, flatten


class Rule(StrEnum):
    """How a phrase binds its day; the values are those of the JSON contract."""

    BEFORE = "before"
    BY = "by"
    WITHIN_WEEK = "within_week"
    WITHIN_MONTH = "within_month"
    WITHIN_QUARTER = "within_quarter"
    WITHIN_HALF_YEAR = "within_half_year"
    WITHIN_YEAR = "within_year"
    AFTER_EVENT = "after_event"
    RECURRING = "recurring"
    ON_NOTICE = "on_notice"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline found in a text.

    Attributes:
        phrase: the words as they stand, with their leading word, without emphasis marks.
        rule: how they bind.
        last_day: the last day that is on time; None when the words give none.
        tentative: only foreseen ("dự kiến"), so it is never overdue.
        span: where the phrase stands in the original text.
        time: the hour before which, when one is given.
    """

    phrase: str
    rule: Rule
    last_day: date | None
    tentative: bool
    span: tuple[int, int]
    time: dt.time | None = None


class _ImpossibleError(ValueError):
    """The words name a day that is in no calendar."""


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DASHED = re.compile(r"(?<![\d/.-])(\d{1,2})-(\d{1,2})-(?=\d{4}(?!\d))")


def parse(text: str, *, today: date, labelled: bool = False) -> list[Deadline]:
    """Return the deadlines of ``text`` in their order; never raises.

    Args:
        text: a sentence, a clause or a whole plan.
        today: gives the year where a phrase names none, and the next turn of a recurring one.
        labelled: the text stands behind "Thời gian:" or in a column of deadlines, so that a bare day is one.
    """
    return [found for found in _scan(text, today, labelled=labelled) if isinstance(found, Deadline)]


def impossible(text: str, *, today: date) -> list[str]:
    """Return the phrases that name a day in no calendar, such as "trước ngày 31/6/2026"."""
    return [found for found in _scan(text, today) if isinstance(found, str)]


def wording(rule: Rule | str, day: date) -> str:
    """Return the phrase that means ``day`` is the last good day under ``rule``.

    Raises:
        ValueError: the rule names no day, or ``day`` is not the last day of its period.
    """
    rule = Rule(rule)
    if rule is Rule.BEFORE:
        return f"trước ngày {dates.short(day + timedelta(days=1))}"
    if rule is Rule.BY:
        return f"chậm nhất ngày {dates.short(day)}"
    quarter = (day.month + 2) // 3
    words = {
        Rule.WITHIN_MONTH: (_month_end(day.year, day.month), f"trong tháng {dates.month(day)}"),
        Rule.WITHIN_QUARTER: (
            _month_end(day.year, 3 * quarter),
            f"trong quý {['I', 'II', 'III', 'IV'][quarter - 1]}/{day.year}",
        ),
        Rule.WITHIN_HALF_YEAR: (
            _month_end(day.year, 6 if day.month <= 6 else 12),
            f"trong 6 tháng {'đầu' if day.month <= 6 else 'cuối'} năm {day.year}",
        ),
        Rule.WITHIN_YEAR: (date(day.year, 12, 31), f"trong năm {day.year}"),
    }
    if rule not in words or words[rule][0] != day:
        raise ValueError(f"No wording of {rule} ends on {day}.")
    return words[rule][1]


def _before(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    day = _date(match, today)
    if match["hour"]:
        return Rule.BY, day, False
    return Rule.BEFORE, day - timedelta(days=1), False


def _before_month(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    return Rule.BEFORE, _make(_year(match["y"], today), match["m"], "1") - timedelta(days=1), False


def _by(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    return Rule.BY, _date(match, today), False


def _monthly(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    number = int(match["d"])
    if not 1 <= number <= 31:
        raise _ImpossibleError
    shift = timedelta(days=1 if match["before"] else 0)
    year, month = today.year, today.month
    while True:
        day = date(year, month, min(number, calendar.monthrange(year, month)[1])) - shift
        if day >= today:
            return Rule.RECURRING, day, False
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _quarterly(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    number = int(match["d"])
    if not 1 <= number <= 30:
        raise _ImpossibleError
    days = [date(year, month, number) for year in (today.year, today.year + 1) for month in (3, 6, 9, 12)]
    shift = timedelta(days=1 if match["before"] else 0)
    return Rule.RECURRING, next(day - shift for day in days if day - shift >= today), False


def _yearly(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    shift = timedelta(days=1 if match.groupdict().get("before", "trước") else 0)
    days = [_make(year, match["m"], match["d"]) - shift for year in (today.year, today.year + 1)]
    return Rule.RECURRING, next(day for day in days if day >= today), False


def _in_month(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    month = int(match["m"])
    year = _year(match["y"], today)
    if not 1 <= month <= 12:
        raise _ImpossibleError
    part = (match["part"] or "").lower()
    day = {"đầu": date(year, month, 1), "giữa": date(year, month, 15)}.get(part, _month_end(year, month))
    return Rule.WITHIN_MONTH, day, False


def _in_quarter(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    text = match["q"].lower()
    number = _ROMAN.get(text) or int(text)
    return Rule.WITHIN_QUARTER, _month_end(_year(match["y"], today), 3 * number), False


def _in_half(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    month = 6 if match["half"].lower() == "đầu" else 12
    return Rule.WITHIN_HALF_YEAR, _month_end(_year(match["y"], today), month), False


def _in_year(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    year = _year(match["y"], today)
    part = (match["part"] or "").lower()
    return Rule.WITHIN_YEAR, {"đầu": date(year, 1, 1), "giữa": date(year, 6, 30)}.get(part, date(year, 12, 31)), False


def _in_week(match: re.Match, today: date) -> tuple[Rule, date, bool]:
    if not match["n"]:
        return Rule.WITHIN_WEEK, today + timedelta(days=6 - today.weekday()), False
    first = _make(_year(match["y"], today), match["m"], "1")
    week = (
        _ROMAN.get(match["n"].lower())
        or {"nhất": 1, "đầu": 1, "hai": 2, "ba": 3, "tư": 4}.get(match["n"].lower())
        or int(match["n"])
    )
    if week > 5:
        raise _ImpossibleError
    return Rule.WITHIN_WEEK, first + timedelta(days=6 - first.weekday() + 7 * (week - 1)), False


def _counted(match: re.Match, today: date) -> tuple[Rule, date | None, bool]:
    count = int(match["n"])
    if not match["d"]:
        return Rule.AFTER_EVENT, None, False
    day = _date(match, today)
    if not match["working"]:
        return Rule.AFTER_EVENT, day + timedelta(days=count), False
    while count:
        day += timedelta(days=1)
        # Public holidays are the ward's own data; the caller moves the day with its calendar.
        count -= day.weekday() < 5
    return Rule.AFTER_EVENT, day, False


def _after(match: re.Match, today: date) -> tuple[Rule, None, bool]:
    return Rule.AFTER_EVENT, None, match[0].lower().startswith("ngay")


def _recurring(match: re.Match, today: date) -> tuple[Rule, None, bool]:
    return Rule.RECURRING, None, False


Reader = Callable[[re.Match, date], tuple[Rule, date | None, bool]]
_READERS: dict[str, Reader] = {
    "monthly": _monthly,
    "quarterly": _quarterly,
    "yearly": _yearly,
    "counted": _counted,
    "before": _before,
    "before_month": _before_month,
    "by": _by,
    "after": _after,
    "in_month": _in_month,
    "in_quarter": _in_quarter,
    "in_half": _in_half,
    "in_year": _in_year,
    "in_week": _in_week,
    "recurring": _recurring,
}


def _scan(text: str, today: date, *, labelled: bool = False) -> list[Deadline | str]:
    """Return deadlines, and as plain strings the phrases with an impossible day, in the order of the text."""
    flat = flatten(str(text or ""))
    read = _DASHED.sub(r"\1/\2/", flat.text)  # as long as the original, so that places stay
    found: list[tuple[int, Deadline | str]] = []
    used = bytearray(len(read))
    for pattern, meaning, needs_lead in PATTERNS:
        for match in pattern.finditer(read):
            lead = _lead(read, match.start())
            whole = match.start() == 0 and match.end() >= len(read.rstrip(" .;,"))
            bound = lead or whole or labelled or meaning == "in_month" and _is_occasion(read, match.start())
            if any(used[match.start() : match.end()]) or (needs_lead and not bound):
                continue
            used[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            if COUNTED_UP_TO.search(read, max(0, match.start() - 16), match.start()):
                continue
            start = match.start() - len(_shown_lead(lead))
            tentative = "dự kiến" in lead.lower()
            found.append((start, _found(flat, match, start, _READERS[meaning], today, tentative=tentative)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])] or _without_day(flat, labelled=labelled)


def _found(flat: Flat, match: re.Match, start: int, reader: Reader, today: date, *, tentative: bool) -> Deadline | str:
    phrase = flat.text[start : match.end()].strip()
    start = match.end() - len(flat.text[start : match.end()].lstrip())
    try:
        rule, last_day, open_end = reader(match, today)
        hour = _hour(match)
    except (_ImpossibleError, OverflowError):
        return phrase
    return Deadline(phrase, rule, last_day, tentative or open_end, flat.span(start, match.end()), hour)


def _lead(text: str, start: int) -> str:
    """Return the words that lead into a phrase: "Hoàn thành ", "Thời gian: Dự kiến "."""
    match = LEAD.search(text[max(0, start - 60) : start])
    return match[0] if match else ""


def _is_occasion(text: str, start: int) -> bool:
    """Return whether a bare month tells when a meeting is held that is itself what is to be done."""
    before = text[max(0, start - 70) : start]
    held = OCCASION.search(before)
    return held is not None and not TOLD_OF.search(before[: held.start()])


def _shown_lead(lead: str) -> str:
    """Return the part of a lead that belongs to the phrase: labels such as "Thời gian:" do not."""
    lead = lead[lead.rfind(":") + 1 :].lstrip()
    while label := SPOKEN_LEAD.match(lead):
        lead = lead[label.end() :]
    return lead


def _without_day(flat: Flat, *, labelled: bool) -> list[Deadline]:
    """Return the one deadline of a phrase that, as a whole, gives no day."""
    text = flat.text.strip(" .;,()")
    rule = Rule.ON_NOTICE if NOTICE.fullmatch(text) else Rule.OPEN if OPEN.fullmatch(text) else None
    if rule is None and labelled and RECURRING.fullmatch(text):
        rule = Rule.RECURRING
    if rule is None:
        return []
    start = flat.text.index(text)
    return [Deadline(text, rule, None, False, flat.span(start, start + len(text)))]


def _hour(match: re.Match) -> dt.time | None:
    parts = match.groupdict()
    if not parts.get("hour"):
        return None
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    if hour > 23 or minute > 59:
        raise _ImpossibleError
    return dt.time(hour, minute)


def _date(match: re.Match, today: date) -> date:
    return _make(_year(match["y"], today), match["m"], match["d"])


def _make(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError as problem:
        raise _ImpossibleError from problem


def _year(text: str | None, today: date) -> int:
    year = int(text) if text else today.year
    if not 1930 <= year <= 2200:
        raise _ImpossibleError
    return year


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
