"""Wrong log-ins of the last hour, as django-axes keeps them."""

import datetime as dt

from axes.models import AccessAttempt
from django.db.models import Max, Sum

from units.models import AuditEvent, User

GUESSES_AN_HOUR = 60  # from one address, whatever the names; beyond it each try waits
PAUSE = dt.timedelta(seconds=30)
KNOWN_FOR = dt.timedelta(days=30)  # since a person's last log-in from the address
OWN_MISTAKES = 3  # wrong log-ins of one name in an hour, beyond which it waits like a strange one


def wait_for_address(address: str, name: str, *, now: dt.datetime) -> int:
    """Seconds that a log-in as `name` from `address` has to wait, 0 nearly always (reliability A-07).

    A pause, never a lock: everybody of an office or a commune may share one address. Whoever logged in from there of late
    does not wait even then, so that one machine that tries names behind the office's address does not hold up the office.

    What somebody behind that address still can do: try 60 log-ins an hour and one each half minute after that, and 3 an hour
    for each name that logged in from there within 30 days; make a colleague whose user name they know wait by 3 wrong log-ins
    (axes rests that name there after 5 whatever stands here); and make wait who comes to this address for the first time.
    """
    guesses = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=now - dt.timedelta(hours=1))
    found = guesses.aggregate(guesses=Sum("failures_since_start"), last=Max("attempt_time"))
    if (found["guesses"] or 0) < GUESSES_AN_HOUR or _is_known(address, name, guesses, now=now):
        return 0
    return max(0, int((found["last"] + PAUSE - now).total_seconds()))


def _is_known(address, name, guesses, *, now):
    """Whether `name` logged in from `address` within 30 days and is hardly guessed at from there."""
    mistakes = guesses.filter(username__iexact=name).aggregate(count=Sum("failures_since_start"))["count"] or 0
    person = User.objects.filter(username__iexact=name).first() if mistakes < OWN_MISTAKES else None
    if person is None:
        return False
    opened = AuditEvent.objects.filter(object_type=User._meta.label_lower, object_id=str(person.pk), verb="session.open")
    return opened.filter(ip_address=address, at__gt=now - KNOWN_FOR).exists()
