"""Letting a unit off a duty, for good or until a day after which it is owed again with a new one."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.change_effects import Effect
from campaigns.choices import AssignmentState, PlanState
from campaigns.models import Assignment
from campaigns.services.decisions import tell_decision, tell_units
from campaigns.services.moves import EXEMPTION, move, refuse_unmoved
from campaigns.services.new_days import give_days, hold_owed, hold_plans
from documents.dates import short
from units.models import Unit, User
from units.services.audit import record_event, recorded_together


@transaction.atomic
def exempt(
    *,
    assignment: Assignment,
    reason: str,
    by: User,
    at: dt.datetime,
    until: dt.date | None = None,
    due_on: dt.date | None = None,
) -> Assignment:
    """The office lets the unit off; it no longer counts among those asked.

    With `until` (the last day let off) the duty comes back the day after and is then due at the end of `due_on`.
    Raises ValidationError "past" for an `until` before today, "not_later" unless `due_on` is after it, "changed".
    """
    _refuse_days(until, due_on, on=timezone.localdate(at))
    words = f"{reason} (đến hết {short(until)}, sau đó hạn hết {short(due_on)})" if until else reason
    facts = {"exempted_at": at, "exempted_by": by, "exempted_until": until, "due_after_exemption": until and due_on}
    moved = refuse_unmoved(move([assignment], to=AssignmentState.EXEMPT, by=by, at=at, reason=words, **facts))
    Assignment.objects.filter(pk=moved.pk).update(reason=reason)
    moved.reason = reason
    title = f"Được miễn đến hết {short(until)}, sau đó hạn hết {short(due_on)}" if until else "Được miễn việc này"
    tell_decision(assignment=moved, title=title, reason=reason, at=at)
    return moved


def _refuse_days(until: dt.date | None, due_on: dt.date | None, *, on: dt.date) -> None:
    if until is None:
        return
    if until < on:
        raise ValidationError(
            {"until": ValidationError("Ngày này đã qua. Đồng chí ghi ngày cuối được miễn.", code="past")}
        )
    if due_on is None or due_on <= until:
        words = "Hạn mới phải sau ngày cuối được miễn, để đơn vị có thời gian làm."
        raise ValidationError({"due_on": ValidationError(words, code="not_later")})


def end_exemptions(*, now: dt.datetime) -> int:
    """Ask again for what was let off until a day that has passed; returns how many duties came back.

    Safe to run twice and after any gap: a new day that went by while the program or the plan stood still is counted
    anew from today, with as many days as the office had given. A unit that has ended is asked for nothing.
    """
    on = timezone.localdate(now)
    over = Assignment.objects.running().filter(
        state=AssignmentState.EXEMPT, exempted_until__lt=on, unit__in=Unit.objects.active(on=on)
    )
    days = over.order_by("exempted_until", "due_after_exemption").values_list("exempted_until", "due_after_exemption")
    return sum(_come_back(over, until=until, due_on=due_on, now=now) for until, due_on in days.distinct())


@transaction.atomic
def _come_back(over, *, until: dt.date, due_on: dt.date, now: dt.datetime) -> int:
    """Those let off until one day, with one new day: moved, counted, recorded and told together."""
    on = timezone.localdate(now)
    day = due_on if due_on >= on else on - dt.timedelta(days=1) + (due_on - until)
    reason = f"Hết thời gian được miễn (đến hết {short(until)})."
    same = over.filter(exempted_until=until, due_after_exemption=due_on)
    states = hold_plans(same.values_list("plan_id", flat=True))
    running = [pk for pk, state in states.items() if state == PlanState.ISSUED]
    owed = hold_owed(same.filter(plan__in=running).select_related("unit", "duty", "plan__ward", "plan__paper"))
    back = [Effect(row, AssignmentState.TODO, day) for row in owed]
    moved = give_days(back, why=reason, at=now, **dict.fromkeys(EXEMPTION)) if back else []
    details = {
        "from": AssignmentState.EXEMPT,
        "to": AssignmentState.TODO,
        "reason": f"{reason} Hạn mới: hết {short(day)}.",
    }
    with recorded_together():
        for row in moved:
            record_event(by=None, verb="assignment.todo", target=row, ward=row.plan.ward, details=details, at=now)
    for plan in {row.plan_id: row.plan for row in moved}.values():
        title = f"Hết thời gian được miễn: hạn hết {short(day)}, Kế hoạch {plan}"
        own = [row for row in moved if row.plan_id == plan.pk]
        tell_units(assignments=own, key=f"exemption-over-{until}-{day}", title=title, body=reason, at=now)
    return len(moved)
