"""Which cards and phones open the door now."""

import datetime as dt
import hashlib
import hmac

from django.db.models import Q
from django.utils import timezone

from units.models import AccessCard, BrowserPass, KnownDevice, Membership


def secret_hash(secret: str) -> str:
    """How a table finds a random secret or token: 128 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_mac(secret: str, use: str, value: str) -> str:
    """HMAC of a code or PIN (`use` keeps the two apart) with the card's secret."""
    return hmac.new(secret.encode(), f"{use}:{value}".encode(), hashlib.sha256).hexdigest()


def live_cards(*, now: dt.datetime):
    """Cards that open: not cancelled, used before or still fresh, of a role in force and an account in use."""
    current = Membership.objects.current(on=timezone.localdate(now))
    return AccessCard.objects.filter(
        Q(first_used_at__isnull=False) | Q(expires_at__gt=now), cancelled_at__isnull=True, membership__in=current
    ).select_related("membership__user", "membership__unit")


def card_of_secret(secret: str, *, now: dt.datetime) -> AccessCard | None:
    """The live card with this secret; None for a cancelled, stale or invented one alike."""
    return live_cards(now=now).filter(secret_hash=secret_hash(secret)).first()


def device_of_token(token: str, *, now: dt.datetime) -> KnownDevice | None:
    """The known phone with this token, when its card still opens."""
    return (
        KnownDevice.objects.filter(
            token_hash=secret_hash(token), forgotten_at__isnull=True, expires_at__gt=now, card__in=live_cards(now=now)
        )
        .select_related("card__membership__user", "card__membership__unit")
        .first()
    )


def pass_of_token(token: str, *, now: dt.datetime) -> BrowserPass | None:
    """The unspent pass with this token, while its card still opens."""
    return (
        BrowserPass.objects.filter(
            token_hash=secret_hash(token), used_at__isnull=True, expires_at__gt=now, card__in=live_cards(now=now)
        )
        .select_related("card__membership__user", "card__membership__unit")
        .first()
    )
