"""After a restore sending rests until the office has looked at what may have gone out already (reliability.md R-12)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.choices import DeliveryState, ReminderState
from campaigns.selectors import doubtful
from units.models import Heartbeat, Unit, User
from units.services.audit import record_event
from units.services.heartbeat import SENDING_HELD

ALREADY = "Văn phòng xác nhận đã gửi trước khi phục hồi dữ liệu."
AT_ONCE = 500


def sending_hold() -> Heartbeat | None:
    """What holds sending back: written by the restore, with its moment; None when nothing does."""
    return Heartbeat.objects.filter(name=SENDING_HELD).first()


@transaction.atomic
def release_sending(*, by: User, at: dt.datetime) -> None:
    """The office has looked at the list of what may have been sent already."""
    hold = Heartbeat.objects.select_for_update().filter(name=SENDING_HELD).first()
    if hold:
        record_event(by=by, verb="reminders.release", target=hold, at=at)
        hold.delete()


@transaction.atomic
def mark_already_sent(*, ward: Unit, keys: frozenset[str] | None, by: User, at: dt.datetime) -> int:
    """Those lines of the list went out before the restore: they are not sent again. Returns how many lines that were.

    `keys` are those of the lines (Doubt.key), None means the whole list of `ward`. What is on the list no more, or never
    was, is passed over. The row of the hold is locked: sending begins after the marks or not at all before them.

    Raises:
        ValidationError: ``released``: sending goes on already.
    """
    hold = Heartbeat.objects.select_for_update().filter(name=SENDING_HELD).first()
    if hold is None:
        raise ValidationError(
            "Nhắc việc đã được gửi trở lại nên danh sách không còn; không có gì thay đổi.", code="released"
        )
    listed = doubtful.doubts_of(ward, until=hold.beat_at)
    marked = listed if keys is None else [one for one in listed if one.key in keys]
    for start in range(0, len(marked), AT_ONCE):
        _stop(marked[start : start + AT_ONCE], ward=ward, until=hold.beat_at, at=at)
    if marked:
        details = {"lines": len(marked), "of": len(listed)}
        record_event(by=by, verb="reminders.already-sent", target=hold, ward=ward, details=details, at=at)
    return len(marked)


def _stop(marked: list[doubtful.Doubt], *, ward: Unit, until: dt.datetime, at: dt.datetime) -> None:
    which = doubtful.chosen_rows(marked)
    reminders = doubtful.doubtful_reminders(ward, until=until).filter(which[doubtful.REMINDERS])
    reminders.update(state=ReminderState.CANCELLED, handled_at=at, problem=ALREADY)
    doubtful.doubtful_notices(ward, until=until).filter(which[doubtful.NOTICE]).update(leaves=False)
    deliveries = doubtful.doubtful_deliveries(ward, until=until).filter(which[doubtful.DELIVERY])
    deliveries.order_by().update(state=DeliveryState.CANCELLED, lease_until=None, next_try_at=None, problem=ALREADY)
