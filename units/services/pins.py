"""Codes and PINs of cards: checked by HMAC with the card's secret, tries counted on the card itself (decisions 28).

No function here is atomic as a whole: a wrong try must stay counted although the caller gets a ValidationError.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from units.models import AccessCard
from units.pins import check_pin
from units.selectors.cards import keyed_mac
from units.selectors.wards import ward_of
from units.services.audit import record_event
from units.services.tries import compare_counted


def set_pin(*, card: AccessCard, secret: str, code: str, pin: str, now: dt.datetime) -> AccessCard:
    """First use of a card: the code given separately opens it, and the person's own `pin` takes its place.

    Raises ValidationError "wrong", "resting", "weak", "shape", or "used" when the card already has a PIN.
    """
    check_pin(pin)
    if card.pin_mac:
        raise ValidationError("Thẻ này đã được kích hoạt. Đồng chí nhập mã PIN của mình.", code="used")
    _compare(card=card, expected=card.code_mac, given=keyed_mac(secret, "code", code), what="Mã 4 số", now=now)
    with transaction.atomic():
        changed = AccessCard.objects.filter(pk=card.pk, pin_mac="", cancelled_at__isnull=True).update(
            pin_mac=keyed_mac(secret, "pin", pin), first_used_at=now, last_used_at=now
        )
        if changed != 1:
            raise ValidationError("Thẻ này đã được kích hoạt hoặc đã hủy. Đồng chí quét lại thẻ.", code="used")
        card.refresh_from_db()
        record_event(
            by=card.membership.user, verb="card.first_use", target=card, ward=ward_of(card.membership.unit), at=now
        )
    return card


def open_with_pin(*, card: AccessCard, secret: str, pin: str, now: dt.datetime) -> AccessCard:
    """Check the PIN of a card in use. Raises ValidationError "wrong" or "resting"."""
    _compare(card=card, expected=card.pin_mac, given=keyed_mac(secret, "pin", pin), what="Mã PIN", now=now)
    AccessCard.objects.filter(pk=card.pk).update(last_used_at=now)
    return card


def _compare(*, card: AccessCard, expected: str, given: str, what: str, now: dt.datetime) -> None:
    ward = ward_of(card.membership.unit)
    compare_counted(row=card, expected=expected, given=given, what=what, ward=ward, now=now)
