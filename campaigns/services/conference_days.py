"""Days "sau hội nghị … ngày" follow the conference: set when its day is fixed, moved with it, open again without it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from campaigns.change_effects import Effect
from campaigns.choices import AssignmentState, PlanState
from campaigns.models import Assignment, Duty, Plan
from campaigns.selectors.conference_days import conference_day, counted_day, counting
from campaigns.services.decisions import tell_units
from campaigns.services.new_days import give_days, hold_owed, hold_plans
from documents.dates import short
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def follow_conferences(*, plans: Iterable[int], by: User, at: dt.datetime, rested: int = 0) -> int:
    """Bring the days that count from the conferences of `plans` in line with them; returns how many obligations moved.

    Part of whatever gave, moved or took the day of a conference, or joined a plan to one. Plans that are not issued or
    rest are left alone: the issue and the paper that lets them go on ask again, the latter with the number of days by
    which it moved every day (`rested`).
    """
    running = [pk for pk, state in hold_plans(plans).items() if state == PlanState.ISSUED]
    found = Plan.objects.filter(pk__in=running).select_related("ward", "paper").order_by("pk")
    return sum(_follow(duty, plan, by=by, at=at, rested=rested) for plan in found for duty in counting(plan))


def _follow(duty: Duty, plan: Plan, *, by: User, at: dt.datetime, rested: int) -> int:
    """The day of one duty; a day set by a paper, by the office or by an extension that is longer stays."""
    old = duty.last_day and duty.last_day + dt.timedelta(days=rested)
    day = counted_day(plan, duty.deadline_phrase, on=timezone.localdate(at))
    if day == old or (day is None and conference_day(plan) is not None):
        # Nothing new; or counted to a day gone by: nobody is made late by a meeting moved forward.
        Duty.objects.filter(pk=duty.pk).exclude(last_day=old).update(last_day=old)
        return 0
    owed = Assignment.objects.filter(duty=duty).select_related("unit", "duty", "plan__ward", "plan__paper")
    effects = [effect for row in hold_owed(owed) if (effect := _effect(row, old=old, day=day))]
    Duty.objects.filter(pk=duty.pk).update(last_day=day)
    words = f"Hạn tính theo ngày hội nghị: {f'hết {short(day)}' if day else 'chưa có ngày'}."
    moved = give_days(effects, why=words, at=at)
    verb = "duty.counted" if day else "duty.uncounted"
    details = {"to": str(day or ""), "reason": duty.deadline_phrase, "assignments": len(moved)}
    record_event(by=by, verb=verb, target=duty, ward=plan.ward, details=details, at=at)
    open_rows = [row for row in moved if row.state in AssignmentState.OPEN]
    title = f"Hạn mới hết {short(day)}: Kế hoạch {plan}" if day else f"Chưa có hạn, chờ ngày hội nghị: Kế hoạch {plan}"
    body = f"{duty.text[:300]}\nThời hạn ghi: {duty.deadline_phrase}."
    tell_units(assignments=open_rows, key=f"duty-counted-{duty.pk}-{at:%Y%m%d%H%M%S}", title=title, body=body, at=at)
    return len(moved)


def _effect(row: Assignment, *, old: dt.date | None, day: dt.date | None) -> Effect | None:
    """What follows the conference: rows that stand on the day counted before, longer days only when they grow."""
    if row.state in AssignmentState.OPEN:
        longer = row.extended_at is not None and row.due_on and day and day > row.due_on
        return Effect(row, row.state, day) if row.due_on == old or longer else None
    late_for_less = row.state in AssignmentState.SETTLED and old and day and row.due_on == old and day > old
    return Effect(row, row.state, day) if late_for_less else None
