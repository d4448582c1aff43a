"""Wrong log-ins of the last hour, as django-axes keeps them."""

import datetime as dt

from axes.models import AccessAttempt
from django.db.models import Max, Sum

GUESSES_AN_HOUR = 60  # from one address, whatever the names; beyond it each try waits
PAUSE = dt.timedelta(seconds=30)


def wait_for_address(address: str, *, now: dt.datetime) -> int:
    """Seconds that a log-in from `address` has to wait, 0 nearly always (reliability A-07).

    A pause, never a lock: everybody of an office or a commune may share one address.
    """
    found = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=now - dt.timedelta(hours=1)).aggregate(
        guesses=Sum("failures_since_start"), last=Max("attempt_time")
    )
    if (found["guesses"] or 0) < GUESSES_AN_HOUR:
        return 0
    return max(0, int((found["last"] + PAUSE - now).total_seconds()))
