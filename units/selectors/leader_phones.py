"""Which phones of leaders are still known."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from units.choices import Role
from units.models import LeaderPhone, Membership, User
from units.selectors.cards import secret_hash
from units.selectors.open_sessions import fit_of


def is_leader(person: User, *, now: dt.datetime) -> bool:
    """Whether `person` holds the office of a leader today."""
    return Membership.objects.current(on=timezone.localdate(now)).filter(user=person, role=Role.LEADER).exists()


def leader_phones(person: User, *, now: dt.datetime) -> QuerySet[LeaderPhone]:
    """Phones that ask `person` for the PIN alone."""
    return LeaderPhone.objects.filter(person=person, forgotten_at__isnull=True, expires_at__gt=now, fit=fit_of(person))


def leader_phone_of_token(token: str, *, now: dt.datetime) -> LeaderPhone | None:
    """The known phone with this token, while its owner is a leader and nothing of the account has changed."""
    phone = (
        LeaderPhone.objects.filter(token_hash=secret_hash(token), forgotten_at__isnull=True, expires_at__gt=now)
        .select_related("person")
        .first()
    )
    if phone is None or phone.fit != fit_of(phone.person) or not is_leader(phone.person, now=now):
        return None
    return phone
