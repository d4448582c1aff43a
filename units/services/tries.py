"""Wrong tries of a code or PIN, counted on the row that is opened with it: never on an address that many share (A-07)."""

import datetime as dt
import hmac

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from units.models import AccessCard, LeaderPhone, Unit
from units.pins import rest_after
from units.services.audit import record_event


def compare_counted(
    *, row: AccessCard | LeaderPhone, expected: str, given: str, what: str, ward: Unit | None, now: dt.datetime
) -> None:
    """Count the try first, compare after: a hundred guesses at once cannot outrun the count.

    Not atomic as a whole: a wrong try must stay counted although the caller gets the ValidationError "wrong" or
    "resting". `what` is the word for the figures in the sentence ("Mã PIN").
    """
    with transaction.atomic():
        free = type(row).objects.filter(Q(locked_until__isnull=True) | Q(locked_until__lte=now), pk=row.pk)
        if free.update(wrong_tries=F("wrong_tries") + 1, locked_until=None) == 1:
            row.refresh_from_db(fields=["wrong_tries", "locked_until"])
            right = bool(expected) and hmac.compare_digest(expected, given)
            _settle(row, right=right, ward=ward, now=now)
        else:
            right = None
            row.refresh_from_db(fields=["wrong_tries", "locked_until"])
    if right:
        return
    if row.locked_until:
        until = timezone.localtime(row.locked_until)
        raise ValidationError(
            f"Đã nhập sai nhiều lần nên tạm nghỉ đến {until:%H} giờ {until:%M}. "
            "Đồng chí chờ hoặc gọi văn phòng để được mở ngay.",
            code="resting",
        )
    raise ValidationError(f"{what} chưa đúng. Đồng chí kiểm tra và nhập lại.", code="wrong")


def _settle(row, *, right: bool, ward: Unit | None, now: dt.datetime) -> None:
    if right:
        row.wrong_tries, row.locked_until = 0, None
    else:
        rest = rest_after(row.wrong_tries)
        row.locked_until = now + rest if rest else None
    type(row).objects.filter(pk=row.pk).update(wrong_tries=row.wrong_tries, locked_until=row.locked_until)
    if row.locked_until:
        verb = "card.rest" if isinstance(row, AccessCard) else "phone.rest"
        record_event(by=None, verb=verb, target=row, ward=ward, details={"until": row.locked_until.isoformat()}, at=now)
