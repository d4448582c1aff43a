"""Recurring clauses: each turn becomes a duty of its own when it comes near, owed by whoever owes the clause then."""

import datetime as dt

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.choices import ChangeKind, DeadlineRule, PlanState, Product
from campaigns.models import Assignment, Duty, Plan, PlanChange
from campaigns.recurrence import turn_after
from campaigns.services.expansion import insert_assignments
from campaigns.services.reminders import plan_reminders
from documents.dates import short
from units.services.audit import record_event

AHEAD = dt.timedelta(days=31)  # a turn appears a month before its day: time to prepare, and no list of next year's work
MOST_AT_ONCE = 24  # turns of one clause in one round; the rest comes in the next, an hour later
# A session or the report of the plan closes the first turn; the later ones end with a note or with the report itself.
_PRODUCT = {Product.STUDY: Product.ACTION, Product.REPORT: Product.DOCUMENT}


def make_turns(*, now: dt.datetime) -> int:
    """Make the turns of all running plans that have come near; returns how many. Safe to run twice and after any gap.

    Turns missed while the program stood still are made too: they were owed. Nothing is made for days before the issue,
    so a plan recorded from paper begins with its next turn, nor for those on which the plan rested.
    """
    running = list(_recurring().filter(plan__state=PlanState.ISSUED).exclude(changes__kind=ChangeKind.DROP))
    resumed = PlanChange.objects.filter(kind=ChangeKind.RESUME, plan__in={duty.plan_id for duty in running})
    since = dict(resumed.order_by().values_list("plan_id").annotate(last=Max("made_at")))
    return sum(_catch_up(duty, since=since.get(duty.plan_id, duty.plan.issued_at), now=now) for duty in running)


def refresh_first_turns(*, plan: Plan, on: dt.date) -> None:
    """Before the issue: a recurring clause whose next turn passed while the plan was drafted begins with the next one."""
    for duty in _recurring().filter(plan=plan, last_day__lt=on):
        duty.last_day = turn_after(duty.deadline_phrase, first=duty.last_day, after=on - dt.timedelta(days=1))
        duty.save(update_fields=["last_day"])


def _recurring() -> QuerySet[Duty]:
    duties = Duty.objects.printed().filter(rule=DeadlineRule.RECURRING).exclude(product=Product.NONE)
    return duties.select_related("plan__ward").order_by("plan_id", "position", "pk")


def _catch_up(duty: Duty, *, since: dt.datetime, now: dt.datetime) -> int:
    """The turns of one clause; `since` is when the plan was issued, or last went on."""
    on = timezone.localdate(now)
    # A first turn that was moved does not move the others: the day told for it goes on counting.
    told = Coalesce("original_due_on", "due_on")
    first = duty.last_day or duty.assignments.aggregate(day=Min(told))["day"]
    last = duty.arisen.aggregate(day=Max("turn_on"))["day"] or first
    if last is None:
        return 0  # no day at all: the office is asked for the first one (views/duty_days.py)
    last = max(last, timezone.localdate(since) - dt.timedelta(days=1))
    made = 0
    while made < MOST_AT_ONCE:
        day = turn_after(duty.deadline_phrase, first=first, after=last)
        # The present turn must be over, and the next one near.
        if day is None or day > on + AHEAD or last >= on:
            break
        made += _make_turn(duty, day=day, now=now)
        last = day
    return made


@transaction.atomic
def _make_turn(duty: Duty, *, day: dt.date, now: dt.datetime) -> bool:
    """One turn with its obligations, counters and reminders; False when another clock made it."""
    facts = {
        "plan": duty.plan,
        "position": duty.position,
        "lead_group": duty.lead_group,
        "lead": duty.lead,
        "lead_text": duty.lead_text,
        "text": f"{duty.text}\nKỳ hạn hết ngày {short(day)}.",
        "product": _PRODUCT.get(duty.product, duty.product),
        "deadline_phrase": duty.deadline_phrase,
        "rule": DeadlineRule.RECURRING,
        "last_day": day,
        "tentative": duty.tentative,
    }
    turn, created = Duty.objects.get_or_create(origin=duty, turn_on=day, defaults=facts)
    if not created:
        return False
    turn.helpers.set(duty.helpers.all())
    count = insert_assignments(duty.plan, on=timezone.localdate(now), duties=[turn])
    plan_reminders(assignments=Assignment.objects.filter(duty=turn).select_related("unit", "plan"), now=now)
    details = {"to": str(day), "assignments": count}
    record_event(by=None, verb="duty.turn", target=turn, ward=duty.plan.ward, details=details, at=now)
    return True
