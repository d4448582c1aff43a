"""The demonstration's own calendar: the month of May 2026, moved by whole weeks to just before today."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

REFERENCE = dt.date(2026, 6, 3)  # the Wednesday the demonstration stands at: two days before the reports are due


@dataclass(frozen=True)
class DemoClock:
    """Turns days of the real month into days near `today`; weekdays stay, since the shift is whole weeks."""

    today: dt.date

    @property
    def shift(self):
        """Days everything is moved by: a multiple of seven, so that the reference day is today or up to six days ago."""
        return dt.timedelta(weeks=(self.today - REFERENCE).days // 7)

    def day(self, month, day):
        """The shifted day of a day of 2026."""
        return dt.date(2026, month, day) + self.shift

    def at(self, month, day, hour, minute=0):
        """The shifted instant, local time."""
        naive = dt.datetime.combine(self.day(month, day), dt.time(hour, minute))
        return timezone.make_aware(naive, timezone.get_default_timezone())
