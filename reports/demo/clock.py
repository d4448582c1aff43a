"""The demonstration's own calendar: the month of May 2026, moved by whole weeks to around today."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

DUE = dt.date(2026, 6, 4)  # the Thursday that is the last day for reports in the real month


@dataclass(frozen=True)
class DemoClock:
    """Turns days of the real month into days near `now` (aware); weekdays stay, since the shift is whole weeks.

    The last day for reports falls on today or within six days, so that the ward is always found in the middle of its work.
    """

    now: dt.datetime

    @property
    def today(self):
        return timezone.localdate(self.now)

    @property
    def shift(self):
        """Days everything is moved by: a multiple of seven."""
        return dt.timedelta(weeks=-((DUE - self.today).days // 7))

    def day(self, month, day):
        """The shifted day of a day of 2026."""
        return dt.date(2026, month, day) + self.shift

    def at(self, month, day, hour, minute=0):
        """The shifted instant, local time; never after `now`, since nothing has happened yet that is still to come."""
        naive = dt.datetime.combine(self.day(month, day), dt.time(hour, minute))
        return min(timezone.make_aware(naive, timezone.get_default_timezone()), self.now)
