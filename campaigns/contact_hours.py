"""The hours of a day in which a person may be reached, and the next moment they begin."""

import datetime as dt

from django.utils import timezone


def opening(hours: tuple[dt.time, dt.time] | None, *, at: dt.datetime) -> dt.datetime:
    """The first moment from `at` on that lies within `hours` (local times, end excluded); `at` itself when it does."""
    if hours is None:
        return at
    opens, closes = hours
    local = timezone.localtime(at)
    if opens <= local.time() < closes:
        return at
    day = local.date() if local.time() < opens else local.date() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, opens))
