"""The deadlines of an earlier plan moved to a new time: same order, working days, before the superior's own."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from campaigns.choices import ConferenceLevel, Product
from campaigns.deadline_phrases import phrase_for
from campaigns.directive_swap import Shelf
from campaigns.plan_content import PlanContent
from campaigns.services.deadline_chain import feasible_days
from documents import dates, deadlines
from units.workdays import WorkCalendar

# The order of steps that fall on one day in the old plan: a chain needs a day between them.
_CONFERENCE, _PREPARED, _STUDIED, _REPORTED, _COMPILED = range(5)
_CORE = re.compile(
    r"trước (?:ngày|\d)|chậm nhất|muộn nhất|đến hết|hết ngày|trong (?:ngày|tháng|quý|tuần|năm|6 tháng|nửa)|(?:đầu|giữa|cuối) (?:tháng|năm)|ngày",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_MONTH = re.compile(r"(?<!\w)tháng (\d{1,2})(/| năm )(\d{4})(?!\d)", re.IGNORECASE)
_AFTER = dt.timedelta(days=62)  # a day this long after the last deadline no longer belongs to the plan


@dataclass(frozen=True)
class Shift:
    """Where each day of the old plan goes: `nodes` by (day, place among the steps of that day)."""

    nodes: dict[tuple[dt.date, int], dt.date]
    old_start: dt.date
    today: dt.date
    calendar: WorkCalendar

    def day(self, old: dt.date, rank: int | None = None) -> dt.date:
        """Return the new day of `old`; by working days from the start when it is no step of its own."""
        same = [key for key in self.nodes if key[0] == old]
        if rank is not None and (old, rank) in self.nodes:
            return self.nodes[old, rank]
        if same:
            return self.nodes[max(same)]
        later = sorted(key for key in self.nodes if key[0] > old)
        moved = self.calendar.add_working_days(self.today, max(1, _distance(self.old_start, old, self.calendar)))
        return min(moved, self.nodes[later[0]]) if later else moved

    def phrase(self, deadline: deadlines.Deadline, rank: int | None = None) -> str:
        """Return the phrase of the new day with the leading words of the old one."""
        day = self.day(deadline.last_day, rank)
        core = _CORE.search(deadline.phrase)
        lead = deadline.phrase[: core.start()] if core else ""
        if deadline.time:
            return f"{lead}trước {deadline.time.hour} giờ {deadline.time.minute:02d} ngày {dates.short(day)}"
        if deadline.rule == deadlines.Rule.BY:
            return f"{lead}chậm nhất ngày {dates.short(day)}"
        return f"{lead}{phrase_for(day, self.calendar)}"

    def text(self, text: str, shelf: Shelf) -> str:
        """Return running text with its deadlines, days and months moved; a day of another time stays."""
        for found in reversed(deadlines.parse(text, today=self.old_start)):
            start, end = found.span
            if found.last_day and found.rule != deadlines.Rule.RECURRING and self._own(found.last_day):
                text = text[:start] + shelf.put(self.phrase(found)) + text[end:]
        text = _DAY.sub(lambda match: self._moved(match, shelf), text)
        return _MONTH.sub(lambda match: self._month(match, shelf), text)

    def _own(self, day: dt.date) -> bool:
        last = max((one for one, _ in self.nodes), default=self.old_start)
        return self.old_start <= day <= last + _AFTER

    def _moved(self, match, shelf):
        day = _date(match[3], match[2], match[1])
        if day is None or not self._own(day):
            return match[0]
        return shelf.put(dates.short(self.day(day)))

    def _month(self, match, shelf):
        first = _date(match[3], match[1], "1")
        if first is None:
            return match[0]
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        if not (self._own(first) or self._own(last)):
            return match[0]
        months = sorted(key for key in self.nodes if (key[0].year, key[0].month) == (first.year, first.month))
        new = self.nodes[months[-1]] if months else self.day(last)
        number = dates.month(new).split("/")[0]
        return shelf.put(f"{match[0][:6]}{number}{match[2]}{new.year}")


def plan_shift(
    content: PlanContent, *, old_start: dt.date, today: dt.date, superior_due: dt.date | None, calendar: WorkCalendar
) -> Shift:
    """Return where the steps of the old plan go when the new one starts today.

    Steps keep their distance in working days; steps that shared a day are set apart (units before the compiler); with
    a superior's day the whole chain ends before it.
    """
    keys = sorted(set(_steps(content)))
    gaps, before = [], 0
    for day, _ in keys:
        distance = max(1, _distance(old_start, day, calendar))
        gaps.append(max(1, distance - before))
        before = distance
    free = feasible_days(gaps, today=today, superior_due=None, calendar=calendar)
    if superior_due is not None and free and free[-1] >= calendar.previous_working_day(superior_due):
        free = feasible_days(gaps, today=today, superior_due=superior_due, calendar=calendar)
    return Shift(dict(zip(keys, free, strict=True)), old_start, today, calendar)


def duty_rank(content: PlanContent, row: int) -> int:
    """Return the place of a duty among steps of one day."""
    duty = content.duties[row]
    reports = [one.last_day for one in content.duties if one.product == Product.REPORT and one.last_day]
    if duty.product == Product.STUDY:
        return _STUDIED
    if duty.product == Product.REPORT:
        return _REPORTED
    if duty.product == Product.DOCUMENT and reports and duty.last_day and duty.last_day >= max(reports):
        return _COMPILED
    return _PREPARED


def conference_rank(level: str) -> int:
    """The ward meets before the units do."""
    return _CONFERENCE if level == ConferenceLevel.WARD else _STUDIED


def shift_rows(content: PlanContent, shift: Shift) -> PlanContent:
    """Return the content with the deadline phrases of duties and conferences moved."""
    duties = [
        replace(one, deadline_phrase=_moved_phrase(one.deadline_phrase, one.last_day, duty_rank(content, row), shift))
        for row, one in enumerate(content.duties)
    ]
    conferences = [
        replace(one, time_phrase=_moved_phrase(one.time_phrase, one.last_day, conference_rank(one.level), shift))
        for one in content.conferences
    ]
    return replace(content, duties=tuple(duties), conferences=tuple(conferences))


def _moved_phrase(phrase, last_day, rank, shift):
    found = deadlines.parse(phrase, today=shift.old_start)
    if last_day is None or len(found) != 1 or found[0].last_day is None or found[0].rule == deadlines.Rule.RECURRING:
        return phrase
    return shift.phrase(found[0], rank)


def _steps(content):
    for row, duty in enumerate(content.duties):
        if duty.last_day:
            yield duty.last_day, duty_rank(content, row)
    for one in content.conferences:
        if one.last_day:
            yield one.last_day, conference_rank(one.level)


def _distance(start: dt.date, day: dt.date, calendar: WorkCalendar) -> int:
    count = 0
    while start < day and count < 600:
        start += dt.timedelta(days=1)
        count += calendar.is_working_day(start)
    return count


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


