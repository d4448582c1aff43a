"""Units merged or divided after issue: what they still owe goes to their successors, in the transaction of the decision."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.choices import AssignmentState, ChangeKind, DeadlineRule, LeadGroup, PlanState
from campaigns.models import Assignment, Duty, Plan, PlanChangeLine
from campaigns.selectors.carried import carried, owed_by
from campaigns.selectors.changes import rested_of
from campaigns.services.changes import MOVED_MEANWHILE, make_assignments, name_lead
from campaigns.services.moves import move
from campaigns.services.new_days import hold_owed, hold_plans
from campaigns.services.reminders import plan_reminders
from units.models import Membership, Unit, UnitSuccession, User
from units.selectors.successions import heirs_of
from units.services.audit import record_event
from units.services.reorganising import divide, merge_into
from units.services.units import create_unit


@transaction.atomic
def merge_units(
    *,
    units: list[Unit],
    into: Unit | None,
    new: dict | None,
    effective_on: dt.date,
    basis: str,
    keep: Iterable[Membership],
    by: User,
    at: dt.datetime,
    seen: str = "",
) -> Unit:
    """Merge `units` into `into`, or into a unit made from `new` (facts of create_unit); returns the unit that goes on.

    What the old units still owe is asked of it with the same last day; what they have done, sent and received stays
    under their names. Raises "moved" when what a preview showed (`seen`, Carried.mark) is no longer so, and what
    units.services.reorganising.merge_into and create_unit raise; then nothing is written.
    """
    _lock_plans(units)
    _refuse_moved([unit for unit in units if into is None or unit.pk != into.pk], seen)
    into = into or create_unit(active_from=effective_on, by=by, member_count=0, exempt_count=0, **new)
    ending = [unit for unit in units if unit.pk != into.pk]
    merge_into(units=ending, into=into, effective_on=effective_on, basis=basis, keep=keep, by=by, at=at)
    carry(units=ending, to=[into], ends=True, basis=basis, by=by, at=at)
    return into


@transaction.atomic
def divide_unit(
    *, unit: Unit, parts: list[Unit], ends: bool, effective_on: dt.date, basis: str, by: User, at: dt.datetime,
    seen: str = "",
) -> list[Unit]:  # fmt: skip
    """Divide `unit` into `parts`: each owes what it still owed; it stops owing when it `ends`. Raises as divide does, and "moved"."""
    _lock_plans([unit])
    _refuse_moved([unit], seen)
    parts = [part for part in parts if part.pk != unit.pk]
    divide(unit=unit, parts=parts, ends=ends, effective_on=effective_on, basis=basis, by=by, at=at)
    carry(units=[unit], to=parts, ends=ends, basis=basis, by=by, at=at)
    return parts


def carry(*, units: list[Unit], to: list[Unit], ends: bool, basis: str, by: User, at: dt.datetime) -> int:
    """Ask `to` for what `units` still owe; those stop owing it when they end. Returns how many obligations went over.

    A unit that owes the duty itself, or has done it, is not asked twice. A duty led by one unit or body goes to the first
    of `to`, whose name it then bears.
    """
    owed = hold_owed(owed_by(units))
    by_duty: dict[Duty, list[Assignment]] = defaultdict(list)
    for row in owed:
        if ends or row.duty.lead_group == LeadGroup.ALL_UNITS:
            by_duty[row.duty].append(row)
    made = []
    for duty, rows in by_duty.items():
        receivers = to if duty.lead_group == LeadGroup.ALL_UNITS else to[:1]
        days = [row.due_on for row in rows if row.due_on]
        waits = all(row.state == AssignmentState.WAITING for row in rows)
        state = AssignmentState.WAITING if waits else AssignmentState.TODO
        asked = make_assignments(
            duty, receivers, due_on=max(days) if days else None, at=at, state=state, again=(AssignmentState.CANCELLED,)
        )
        _hand_on_rest(asked, rows)
        made += asked
        if duty.lead_group == LeadGroup.ONE:
            name_lead([duty.pk], to[0])
    if ends:
        _hand_on_turns(units, to[0])
    _plan_running(made, at=at)
    if ends:
        _stop(owed, to=to, basis=basis, by=by, at=at)
    for unit in units:
        details = {"to": [one.name for one in to], "basis": basis, "duties": len(by_duty)}
        record_event(
            by=by, verb="unit.carry", target=unit, ward=owed[0].plan.ward if owed else None, details=details, at=at
        )
    return len(made)


def hand_on_ended(*, plan: Plan, by: User, at: dt.datetime) -> int:
    """A plan is taken up again: what units merged or divided meanwhile still owe goes to who came after. Returns how much."""
    ended = Unit.objects.filter(assignments__in=plan.assignments.open(), active_to__lt=timezone.localdate(at)).distinct()
    heirs, groups = heirs_of([unit.pk for unit in ended]), defaultdict(list)
    for unit in ended.order_by("pk"):
        if unit.pk in heirs:
            groups[tuple(heir.pk for heir in heirs[unit.pk])].append(unit)
    moved = 0
    for units in groups.values():
        basis = UnitSuccession.objects.filter(predecessor=units[0]).order_by("pk").last().basis
        moved += carry(units=units, to=heirs[units[0].pk], ends=True, basis=basis, by=by, at=at)
    return moved


def _stop(owed: list[Assignment], *, to: list[Unit], basis: str, by: User, at: dt.datetime) -> None:
    """The old rows stay, with the old name on them, and say where the duty went."""
    reason = f"Chuyển sang {', '.join(one.name for one in to)} theo {basis}"[:500]
    moved = move(owed, to=AssignmentState.CANCELLED, by=by, at=at, reason=reason)
    Assignment.objects.filter(pk__in=[row.pk for row in moved]).update(reason=reason)


def _hand_on_rest(asked: list[Assignment], rows: list[Assignment]) -> None:
    """A plan that rests gives its days back when it goes on: to those asked now, the day that `rows` had."""
    plan = rows[0].plan
    if plan.state != PlanState.PAUSED:
        return
    rested, _since = rested_of(plan)
    days = [rested[row.pk].day for row in rows if row.pk in rested and rested[row.pk].day]
    pause = plan.changes.filter(kind=ChangeKind.PAUSE).order_by("pk").last()
    lines = [
        PlanChangeLine(
            change=pause, assignment=row, unit_name=row.unit.name[:200], old_state=row.state, new_state=row.state,
            old_day=max(days) if days else None,
        )
        for row in asked
    ]  # fmt: skip
    PlanChangeLine.objects.bulk_create(lines, ignore_conflicts=True)


def _hand_on_turns(units: list[Unit], to: Unit) -> None:
    """What recurs under the lead of `units` is led by `to` from its next turn on, whether a turn is open now or not."""
    clauses = Duty.objects.printed().filter(rule=DeadlineRule.RECURRING, lead_group=LeadGroup.ONE, lead__in=units)
    name_lead(clauses.filter(plan__state__in=PlanState.RECEIVING).values_list("pk", flat=True), to)


def _plan_running(made: list[Assignment], *, at: dt.datetime) -> None:
    """Rungs for plans that run: one that rests has no day and reminds nobody."""
    running = set(
        Plan.objects.filter(pk__in={row.plan_id for row in made}, state=PlanState.ISSUED).values_list("pk", flat=True)
    )
    plan_reminders(assignments=[row for row in made if row.plan_id in running], now=at)


def _refuse_moved(units: list[Unit], seen: str) -> None:
    if seen and seen != carried(units).mark:
        raise ValidationError(MOVED_MEANWHILE, code="moved")


def _lock_plans(units: list[Unit]) -> None:
    """Hold the plans as a submission holds them, in the same order: a report under way is received first, or finds the end."""
    plan_ids = Assignment.objects.open().filter(unit__in=units).order_by()
    hold_plans(plan_ids.values_list("plan", flat=True))
