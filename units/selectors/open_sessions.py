"""Which log-ins and phones of a person are open now."""

import datetime as dt
import hashlib

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from units.models import KnownDevice, OpenSession, User


def fit_of(person: User) -> str:
    """Hash of what a cookie of `person` has to agree with; another one after a new password or an ended account."""
    return hashlib.sha256(person.get_session_auth_hash().encode()).hexdigest()


def open_sessions(person: User, *, now: dt.datetime) -> QuerySet[OpenSession]:
    """Log-ins of `person` whose cookie would still be taken."""
    living = Session.objects.filter(expire_date__gt=now).values("session_key")
    return OpenSession.objects.filter(person=person, ended_at__isnull=True, fit=fit_of(person), session_key__in=living)


def known_phones(person: User, *, now: dt.datetime) -> QuerySet[KnownDevice]:
    """Phones that the cards of `person` have opened and that are still asked for the PIN alone."""
    return KnownDevice.objects.filter(
        card__membership__user=person, card__cancelled_at__isnull=True, forgotten_at__isnull=True, expires_at__gt=now
    ).select_related("card__membership__unit")
