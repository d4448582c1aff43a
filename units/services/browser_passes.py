"""From Zalo's browser to Chrome: a pass made there, used here once, with the words that were being typed."""

import base64
import datetime as dt
import hashlib
import json
import secrets

from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.db import transaction

from units.models import AccessCard, BrowserPass
from units.selectors.cards import secret_hash
from units.selectors.wards import ward_of
from units.services.audit import record_event

LASTS = dt.timedelta(minutes=10)
_KEPT_FOR = dt.timedelta(days=1)
_MOST_SIGNS = 20_000


def make_pass(*, card: AccessCard, secret: str, next_path: str, typed: str, now: dt.datetime) -> str:
    """Make the pass of the phone in hand; returns its token for the address. `typed` is the JSON of the page's fields.

    Fields that are not what our page sends are left behind: the pass must open in any case.
    """
    token = secrets.token_urlsafe(16)
    BrowserPass.objects.filter(made_at__lt=now - _KEPT_FOR).delete()
    BrowserPass.objects.create(
        token_hash=secret_hash(token),
        card=card,
        box=_lock(token).encrypt(secret.encode()).decode(),
        next_path=next_path[:500],
        fields=_read(typed),
        made_at=now,
        expires_at=now + LASTS,
    )
    return token


def secret_in(found: BrowserPass, *, token: str) -> str:
    """The card's secret that the pass carries."""
    return _lock(token).decrypt(found.box.encode()).decode()


@transaction.atomic
def use_pass(*, found: BrowserPass, now: dt.datetime) -> BrowserPass:
    """Spend a pass. Raises ValidationError "used" when another browser was quicker."""
    if BrowserPass.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=now, box="") != 1:
        raise ValidationError("Lượt chuyển này đã dùng. Đồng chí quét lại thẻ; bản nháp đã lưu vẫn còn.", code="used")
    card = found.card
    record_event(
        by=card.membership.user, verb="card.change_browser", target=card, ward=ward_of(card.membership.unit), at=now
    )
    return found


def _lock(token: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"lantoa.pass:" + token.encode()).digest()))


def _read(typed: str) -> dict[str, list[str]]:
    try:
        fields = json.loads(typed) if len(typed) <= _MOST_SIGNS else {}
    except ValueError:
        return {}
    if not isinstance(fields, dict):
        return {}
    return {
        name: values
        for name, values in fields.items()
        if isinstance(values, list) and all(isinstance(value, str) for value in values)
    }
