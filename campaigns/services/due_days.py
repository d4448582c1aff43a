"""One new day for many obligations at once: counted, reminded by it, told to the units, in a bounded number of queries."""

import datetime as dt
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.models import Assignment, Duty
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.decisions import tell_units
from campaigns.services.moves import CHANGED_MEANWHILE, sources_of
from campaigns.services.reminders import cancel_reminders, plan_reminders
from units.models import User
from units.services.audit import record_event


def move_due_days(
    *, assignments: QuerySet, due_on: dt.date | None, reason: str, at: dt.datetime, state: str | None = None
) -> list[Assignment]:
    """Give what is still open among `assignments` the last good day `due_on` (None: no day); returns the moved rows.

    Inside the caller's transaction, which also records why. The day of the plan is kept beside the new one, reminders
    of the old day die with `reason`, those of the new day are planned. Rows that stand on `due_on` already are left
    alone. With `state` the rows that may go there go there in the same step ("Chờ" opens, a duty is stopped).
    Raises ValidationError "changed" when a row changed between reading and writing.
    """
    if state is None:
        wanted = assignments.open().exclude(due_on=due_on)
    else:
        wanted = assignments.filter(state__in=sources_of(state))
    related = wanted.order_by("pk").select_related("unit", "duty", "plan__ward", "plan__paper")
    rows = list(related.select_for_update(of=("self",)))
    facts = {"original_due_on": Coalesce("original_due_on", "due_on"), "due_on": due_on, "due_version": F("due_version") + 1}
    facts |= {"state": state} if state else {}
    unchanged = Assignment.objects.filter(pk__in=[row.pk for row in rows], state__in={row.state for row in rows})
    if unchanged.update(**facts) != len(rows):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    shifts = Counter()
    for row in rows:
        shifts[key_of(row)] -= 1
        row.original_due_on = row.original_due_on or row.due_on
        row.due_on, row.due_version, row.state = due_on, row.due_version + 1, state or row.state
        shifts[key_of(row)] += 1
    shift_counters(shifts)
    cancel_reminders(assignments=rows, reason=reason, at=at)
    plan_reminders(assignments=rows, now=at)
    return rows


@transaction.atomic
def set_told_day(*, duty: Duty, due_on: dt.date, basis: str, by: User, at: dt.datetime) -> list[Assignment]:
    """The day that a clause of an issued plan left open ("theo thông báo của tỉnh") has been told; returns who is asked.

    `basis` names the notice that told it. Only what has no day yet gets one: an extension already given stays.
    Raises ValidationError "past" for a day gone by, "nothing" when no open obligation waits for a day.
    """
    if due_on < timezone.localdate(at):
        raise ValidationError(
            {"due_on": ValidationError("Ngày này đã qua. Đồng chí ghi ngày cuối còn đúng hạn.", code="past")}
        )
    waiting = Assignment.objects.running().filter(duty=duty, due_on=None)
    moved = move_due_days(
        assignments=waiting, due_on=due_on, reason=f"Đã có ngày theo thông báo: {due_on:%d/%m/%Y}.", at=at
    )
    if not moved:
        raise ValidationError("Không còn việc nào chờ ngày. Đồng chí tải lại trang để xem ngày đã ghi.", code="nothing")
    details = {"to": str(due_on), "reason": basis, "assignments": len(moved)}
    record_event(by=by, verb="duty.told", target=duty, ward=duty.plan.ward, details=details, at=at)
    title = f"Đã có hạn: hết {due_on:%d/%m/%Y}, Kế hoạch {duty.plan}"
    tell_units(
        assignments=moved, key=f"duty-told-{duty.pk}-{due_on}", title=title, body=f"{duty.text}\nCăn cứ: {basis}", at=at
    )
    return moved
