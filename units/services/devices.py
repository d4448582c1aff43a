"""Phones that a card has opened once: known for months, forgotten in one click."""

import datetime as dt
import secrets

from django.db import transaction

from units.models import AccessCard, KnownDevice, User
from units.selectors.cards import secret_hash
from units.selectors.wards import ward_of
from units.services.audit import record_event

KNOWN_FOR = dt.timedelta(days=180)


@transaction.atomic
def remember_device(*, card: AccessCard, label: str, now: dt.datetime) -> str:
    """Know this phone from now on; returns the token for its cookie, of which the table keeps a hash."""
    token = secrets.token_urlsafe(24)
    device = KnownDevice.objects.create(
        card=card,
        token_hash=secret_hash(token),
        label=label[:120],
        known_since=now,
        last_seen_at=now,
        expires_at=now + KNOWN_FOR,
    )
    record_event(
        by=card.membership.user, verb="device.remember", target=device, ward=ward_of(card.membership.unit), at=now
    )
    return token


def prolong_device(*, device: KnownDevice, now: dt.datetime) -> None:
    """A phone in use stays known; not an event of the trail."""
    KnownDevice.objects.filter(pk=device.pk).update(last_seen_at=now, expires_at=now + KNOWN_FOR)


@transaction.atomic
def forget_device(*, device: KnownDevice, by: User, now: dt.datetime) -> None:
    """Stop knowing a phone (lost, sold, lent): it needs the card again. Doing it twice changes nothing."""
    if KnownDevice.objects.filter(pk=device.pk, forgotten_at__isnull=True).update(forgotten_at=now) == 1:
        record_event(by=by, verb="device.forget", target=device, ward=ward_of(device.card.membership.unit), at=now)
