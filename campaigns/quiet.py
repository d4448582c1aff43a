"""When nobody is disturbed: at night, on days off, and from 23 tháng Chạp to mùng 6 Tết.

What falls due then is not lost: it waits in its row and goes out when the office's next day begins.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from units.workdays import RemindingCalendar

MORNING, NIGHT = dt.time(6, 0), dt.time(21, 0)


def quiet_until(now: dt.datetime) -> dt.datetime | None:
    """When reminders may go out again; None when they may at `now` (aware)."""
    if settings.REMIND_AT_ANY_HOUR:
        return None
    local, calendar = timezone.localtime(now), RemindingCalendar.load()
    if calendar.is_working_day(local.date()) and MORNING <= local.time() < NIGHT:
        return None
    day = local.date() if local.time() < MORNING else local.date() + dt.timedelta(days=1)
    return _morning(calendar.next_working_day(day))


def last_opening(now: dt.datetime) -> dt.datetime:
    """When the silence before `now` ended: nothing can have gone out between its due time and this."""
    return _morning(timezone.localdate(now))


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MORNING))
