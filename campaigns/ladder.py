"""The rungs of reminding about one due day: pure dates, no database (decisions 19)."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

RUNGS = (-7, -3, -1, 0, 1, 3)


class WorkingDays(Protocol):
    """What the ladder asks of the calendar (units.workdays.RemindingCalendar)."""

    def is_working_day(self, day: dt.date) -> bool: ...

    def previous_working_day(self, day: dt.date) -> dt.date: ...

    def next_working_day(self, day: dt.date) -> dt.date: ...


@dataclass(frozen=True)
class Rung:
    """One reminder: `offset` in calendar days from the due day, `day` on which it goes out."""

    offset: int
    day: dt.date


def rungs_of(due_on: dt.date, *, calendar: WorkingDays) -> list[Rung]:
    """The rungs for a due day, in order of their days, one a day.

    7, 3, 1 days before and the day itself move back to the previous working day, so that nobody is first told on a
    Saturday; 1 and 3 days after move on to the next. Of rungs that fall on one day the most urgent stays.
    """
    by_day = {}
    for offset in RUNGS:
        by_day[_moved(due_on + dt.timedelta(days=offset), after=offset > 0, calendar=calendar)] = offset
    return [Rung(offset=offset, day=day) for day, offset in sorted(by_day.items())]


def _moved(day: dt.date, *, after: bool, calendar: WorkingDays) -> dt.date:
    if calendar.is_working_day(day):
        return day
    return calendar.next_working_day(day) if after else calendar.previous_working_day(day)
