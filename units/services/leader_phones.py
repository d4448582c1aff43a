"""Leaders' phones: remembered after a full log-in, opened with a PIN, forgotten in one click (decisions 28)."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from units.models import LeaderPhone, User
from units.pins import check_pin
from units.selectors.cards import keyed_mac, secret_hash
from units.selectors.leader_phones import is_leader
from units.selectors.open_sessions import fit_of
from units.selectors.wards import ward_of_person
from units.services.audit import record_event
from units.services.devices import KNOWN_FOR
from units.services.tries import compare_counted


@dataclass(frozen=True)
class RememberedPhone:
    """A known phone with the two things that exist in plain only now, for its cookie."""

    phone: LeaderPhone
    token: str
    secret: str


@transaction.atomic
def remember_leader_phone(*, person: User, pin: str, label: str, now: dt.datetime) -> RememberedPhone:
    """Know this phone of a leader from now on. Raises ValidationError "weak", "shape" and "role"."""
    check_pin(pin)
    if not is_leader(person, now=now):
        raise ValidationError("Chỉ điện thoại của lãnh đạo được ghi nhớ. Không có gì thay đổi.", code="role")
    token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(16)
    phone = LeaderPhone.objects.create(
        person=person,
        token_hash=secret_hash(token),
        pin_mac=keyed_mac(secret, "pin", pin),
        fit=fit_of(person),
        label=label[:120],
        known_since=now,
        last_seen_at=now,
        expires_at=now + KNOWN_FOR,
    )
    record_event(by=person, verb="phone.remember", target=phone, ward=ward_of_person(person), at=now)
    return RememberedPhone(phone=phone, token=token, secret=secret)


def open_leader_phone(*, phone: LeaderPhone, secret: str, pin: str, now: dt.datetime) -> None:
    """Check the PIN of a leader's phone; right, it stays known for further months. Raises "wrong" or "resting"."""
    given = keyed_mac(secret, "pin", pin)
    ward = ward_of_person(phone.person)
    compare_counted(row=phone, expected=phone.pin_mac, given=given, what="Mã PIN", ward=ward, now=now)
    LeaderPhone.objects.filter(pk=phone.pk).update(last_seen_at=now, expires_at=now + KNOWN_FOR)


@transaction.atomic
def forget_leader_phone(*, phone: LeaderPhone, by: User, now: dt.datetime) -> None:
    """Stop knowing a phone (lost, sold, lent). Doing it twice changes nothing."""
    if LeaderPhone.objects.filter(pk=phone.pk, forgotten_at__isnull=True).update(forgotten_at=now) == 1:
        record_event(by=by, verb="phone.forget", target=phone, ward=ward_of_person(phone.person), at=now)
