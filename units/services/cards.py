"""Cards of secretaries: made, printed once, used first with a code, cancelled in one click (decisions 28).

The server keeps no secret: `secret_hash` finds a card, and the HMACs of code and PIN are keyed with the secret that
only the card and the phone hold.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from units.choices import Role
from units.models import AccessCard, KnownDevice, Membership, User
from units.selectors.cards import keyed_mac, secret_hash
from units.selectors.wards import ward_of
from units.services.audit import record_event

UNUSED_CARD_LASTS = dt.timedelta(days=14)
CARDS_AT_A_UNIT = 2  # the secretary and the person who types for them


@dataclass(frozen=True)
class MadeCard:
    """A card with the two things that exist in plain only now: the secret of its QR code and the 4-digit code."""

    card: AccessCard
    secret: str
    code: str


@transaction.atomic
def make_card(*, membership: Membership, by: User, now: dt.datetime | None = None) -> MadeCard:
    """Make the card of a secretary or helper; the card that the same person had there is cancelled.

    Raises ValidationError "role" (this role signs in with a password), "ended" and "two_cards" (a unit has at most
    two live cards).
    """
    now = now or timezone.now()
    if membership.role not in Role.BY_CARD:
        raise ValidationError("Vai trò này đăng nhập bằng mật khẩu, không dùng thẻ.", code="role")
    if not Membership.objects.current(on=timezone.localdate(now)).filter(pk=membership.pk).exists():
        raise ValidationError("Vai trò này không còn hiệu lực nên không làm thẻ được.", code="ended")
    live = AccessCard.objects.select_for_update().filter(cancelled_at__isnull=True)
    for card in live.filter(membership=membership):
        cancel_card(card=card, by=by, now=now)
    if live.filter(membership__unit=membership.unit).count() >= CARDS_AT_A_UNIT:
        raise ValidationError(
            "Đơn vị này đã có hai thẻ đang dùng. Hãy hủy một thẻ rồi làm thẻ mới.", code="two_cards"
        )
    secret, code = secrets.token_urlsafe(16), f"{secrets.randbelow(10_000):04d}"
    card = AccessCard.objects.create(
        membership=membership,
        secret_hash=secret_hash(secret),
        code_mac=keyed_mac(secret, "code", code),
        made_at=now,
        made_by=by,
        expires_at=now + UNUSED_CARD_LASTS,
    )
    record_event(by=by, verb="card.make", target=card, ward=ward_of(membership.unit), at=now)
    return MadeCard(card=card, secret=secret, code=code)


@transaction.atomic
def cancel_card(*, card: AccessCard, by: User, now: dt.datetime | None = None) -> AccessCard:
    """Cancel a lost or outdated card: its phones are forgotten and every open page of the person ends.

    Raises ValidationError "already" when it has been cancelled before.
    """
    now = now or timezone.now()
    changed = AccessCard.objects.filter(pk=card.pk, cancelled_at__isnull=True).update(cancelled_at=now, cancelled_by=by)
    if changed != 1:
        raise ValidationError("Thẻ này đã được hủy trước đó. Không có gì thay đổi.", code="already")
    KnownDevice.objects.filter(card=card, forgotten_at__isnull=True).update(forgotten_at=now)
    User.objects.filter(pk=card.membership.user_id).update(session_epoch=F("session_epoch") + 1)
    card.refresh_from_db()
    record_event(by=by, verb="card.cancel", target=card, ward=ward_of(card.membership.unit), at=now)
    return card


@transaction.atomic
def unlock_card(*, card: AccessCard, by: User) -> AccessCard:
    """Let a card that was typed wrong too often be tried again at once."""
    AccessCard.objects.filter(pk=card.pk).update(wrong_tries=0, locked_until=None)
    card.refresh_from_db()
    record_event(by=by, verb="card.unlock", target=card, ward=ward_of(card.membership.unit))
    return card
