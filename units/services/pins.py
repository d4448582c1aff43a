"""Codes and PINs of cards: checked by HMAC with the card's secret, tries counted on the card itself (decisions 28).

No function here is atomic as a whole: a wrong try must stay counted although the caller gets a ValidationError.
"""

import datetime as dt
import hmac

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from units.models import AccessCard
from units.pins import check_pin, rest_after
from units.selectors.cards import keyed_mac
from units.selectors.wards import ward_of
from units.services.audit import record_event


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
    """Count the try first, compare after: a hundred guesses at once cannot outrun the count."""
    with transaction.atomic():
        free = AccessCard.objects.filter(Q(locked_until__isnull=True) | Q(locked_until__lte=now), pk=card.pk)
        if free.update(wrong_tries=F("wrong_tries") + 1, locked_until=None) == 1:
            card.refresh_from_db(fields=["wrong_tries", "locked_until"])
            right = bool(expected) and hmac.compare_digest(expected, given)
            _settle(card, right=right, now=now)
        else:
            right = None
            card.refresh_from_db(fields=["wrong_tries", "locked_until"])
    if right:
        return
    if card.locked_until:
        until = timezone.localtime(card.locked_until)
        raise ValidationError(
            f"Đã nhập sai nhiều lần nên thẻ tạm nghỉ đến {until:%H} giờ {until:%M}. "
            "Đồng chí chờ hoặc gọi văn phòng để được mở ngay.",
            code="resting",
        )
    raise ValidationError(f"{what} chưa đúng. Đồng chí kiểm tra và nhập lại.", code="wrong")


def _settle(card: AccessCard, *, right: bool, now: dt.datetime) -> None:
    if right:
        card.wrong_tries, card.locked_until = 0, None
    else:
        rest = rest_after(card.wrong_tries)
        card.locked_until = now + rest if rest else None
    AccessCard.objects.filter(pk=card.pk).update(wrong_tries=card.wrong_tries, locked_until=card.locked_until)
    if card.locked_until:
        record_event(
            by=None,
            verb="card.rest",
            target=card,
            ward=ward_of(card.membership.unit),
            details={"until": card.locked_until.isoformat()},
            at=now,
        )
