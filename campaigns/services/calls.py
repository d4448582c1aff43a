"""The book of calls: whom the office rang, what was answered, and what a promise holds back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.choices import CallOutcome
from campaigns.models import CallLog
from campaigns.services.reminders import hold_reminders
from units.models import Unit, User
from units.selectors.wards import ward_of
from units.services.audit import record_event


@transaction.atomic
def record_call(
    *, unit: Unit, outcome: str, by: User, at: dt.datetime, promised_on: dt.date | None = None, note: str = ""
) -> CallLog:
    """Write one call to `unit` about everything it owes; a promised day holds its reminders back until then.

    Of two promises the later one counts, also for an earlier day.

    Raises ValidationError "promise" when the promised day is missing or past.
    """
    if outcome == CallOutcome.PROMISED and (promised_on is None or promised_on < timezone.localdate(at)):
        raise ValidationError("Khi đơn vị hẹn, hãy ghi ngày hẹn từ hôm nay trở đi. Chưa ghi cuộc gọi.", code="promise")
    call = CallLog.objects.create(
        unit=unit,
        outcome=outcome,
        promised_on=promised_on if outcome == CallOutcome.PROMISED else None,
        note=note[:300],
        called_at=at,
        called_by=by,
    )
    if call.promised_on:
        hold_reminders(unit=unit, until=call.promised_on)
    details = {"outcome": outcome} | ({"promised_on": str(call.promised_on)} if call.promised_on else {})
    record_event(by=by, verb="unit.call", target=unit, ward=ward_of(unit), details=details, at=at)
    return call
