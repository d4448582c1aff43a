"""The rungs of reminding about one due day: pure dates, no database (decisions 19)."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

RUNGS = (-7, -3, -1, 0, 1, 3)
# (step, working days after the due day): the ladder of a plan that has none of its own.
ABOVE = (("second", 1), ("in_charge", 2), ("compiler", 3), ("leader", 5))


class WorkingDays(Protocol):
    """What the ladder asks of the calendar (units.workdays.RemindingCalendar)."""

    def is_working_day(self, day: dt.date) -> bool: ...

    def previous_working_day(self, day: dt.date) -> dt.date: ...

    def next_working_day(self, day: dt.date) -> dt.date: ...

    def add_working_days(self, day: dt.date, count: int) -> dt.date: ...


@dataclass(frozen=True)
class Rung:
    """One reminder: `offset` in calendar days from the due day, `day` on which it goes out."""

    offset: int
    day: dt.date


@dataclass(frozen=True)
class Ladder:
    """When a plan reminds: the unit itself in calendar days around the due day, those above it in working days after."""

    own: tuple[int, ...] = RUNGS
    above: tuple[tuple[str, int], ...] = ABOVE


SHIPPED = Ladder()


def rungs_of(due_on: dt.date, *, calendar: WorkingDays, offsets: tuple[int, ...] = RUNGS) -> list[Rung]:
    """The rungs of the unit itself for a due day, in order of their days, one a day.

    7, 3, 1 days before and the day itself move back to the previous working day, so that nobody is first told on a
    Saturday; 1 and 3 days after move on to the next. Of rungs that fall on one day the most urgent stays.
    """
    by_day = {}
    for offset in sorted(offsets):
        by_day[_moved(due_on + dt.timedelta(days=offset), after=offset > 0, calendar=calendar)] = offset
    return [Rung(offset=offset, day=day) for day, offset in sorted(by_day.items())]


def steps_of(due_on: dt.date, *, calendar: WorkingDays, above: tuple[tuple[str, int], ...]) -> list[tuple[str, Rung]]:
    """(step, rung) of those above the unit, counted in working days from the due day."""
    return [(step, Rung(count, calendar.add_working_days(due_on, count))) for step, count in above]


def _moved(day: dt.date, *, after: bool, calendar: WorkingDays) -> dt.date:
    if calendar.is_working_day(day):
        return day
    return calendar.next_working_day(day) if after else calendar.previous_working_day(day)
