"""One new day for many obligations at once: counted, reminded by it, told to the units, in a bounded number of queries."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns.change_effects import Effect
from campaigns.models import Assignment, Duty
from campaigns.services.decisions import tell_units
from campaigns.services.moves import sources_of
from campaigns.services.new_days import give_days, hold_owed, hold_plans
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
    related = wanted.select_related("unit", "duty", "plan__ward", "plan__paper")
    rows = hold_owed(related)
    effects = [Effect(row, state or row.state, due_on) for row in rows]
    return give_days(effects, why=reason, at=at)


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
    hold_plans([duty.plan_id])
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
