"""Change after issue: a recorded paper changes what is owed, in one transaction (what was sent stays as it was)."""

import datetime as dt
from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.change_effects import Effect, Wanted
from campaigns.choices import AssignmentState, ChangeKind, DeadlineRule, LeadGroup, PlanState, Product
from campaigns.models import Assignment, Duty, Plan, PlanChange, PlanChangeLine
from campaigns.selectors.changes import Touched, kinds_open, rows_of, touched_by
from campaigns.services.change_notices import tell_changed
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.directive_changes import settle_tasks_of
from campaigns.services.plan_moves import CHANGED_MEANWHILE
from campaigns.services.reminders import cancel_reminders, plan_reminders
from units.models import User
from units.services.audit import record_event

BATCH = 500
ALL_UNITS = "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"


@transaction.atomic
def change_plan(*, plan: Plan, wanted: Wanted, by: User, at: dt.datetime, known: int | None = None) -> PlanChange:
    """Record the paper and let it act on everything open of `plan`; all of it or nothing.

    The row of the plan is locked first, as a submission locks it (reports/services/submissions.py): one that was begun
    before is counted as received, one that comes after finds the new day. In this order: the duty is made or changes
    its lead, obligations stop, move or are made, counters and reminders follow, the plan moves, those touched are told.
    `known` is how many changes the person saw on the preview.

    Raises ValidationError "changed" (another change came first), "state" (not in this state of the plan), "nothing"
    (nothing would change), "settled" (the body has done it), "already" (the units owe such a duty), "not_issued" (the
    plan that replaces it), "past_day", "future_basis".
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("ward", "paper").get(pk=plan.pk)
    if known is not None and plan.changes.count() != known:
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    refuse(plan, wanted, on=timezone.localdate(at))
    rows = list(rows_of(plan, wanted).select_for_update(of=("self",)))
    touched = touched_by(plan, wanted, rows, on=timezone.localdate(at))
    refuse_empty(wanted, touched)
    change = _record(plan, wanted, by=by, at=at)
    write_effects(change, touched.effects, at=at)
    _follow_the_duty(change, wanted, touched, at=at)
    _move_plan(plan, change, by=by, at=at)
    if plan.state == PlanState.CLOSED:
        settle_tasks_of(plan, outcome=f"{change}.", by=by, at=at)
    tell_changed(change=change, units=[unit.pk for unit in touched.units], at=at)
    details = {
        "kind": str(change.kind),
        "basis": change.basis,
        "touched": len(touched.effects),
        "asked": len(touched.newcomers),
    }
    record_event(by=by, verb=f"plan.change_{change.kind}", target=plan, ward=plan.ward, details=details, at=at)
    return change


def write_effects(change: PlanChange, effects: list[Effect], *, at: dt.datetime) -> None:
    """Stop and move the obligations in as many statements as there are different results, whatever their number."""
    if not effects:
        return
    groups, shifts, lines = defaultdict(list), Counter(), []
    for one in effects:
        groups[one.row.state, one.state, one.day].append(one.row.pk)
        shifts[key_of(one.row)] -= 1
        lines.append(_line(change, one))
    for (old_state, state, day), pks in groups.items():
        _update(pks, old_state=old_state, state=state, day=day, change=change)
    PlanChangeLine.objects.bulk_create(lines, batch_size=BATCH)
    for one in effects:
        _bring_in_line(one)
        shifts[key_of(one.row)] += 1
    shift_counters(shifts)
    rows = [one.row for one in effects]
    cancel_reminders(assignments=rows, reason=f"{change.get_kind_display()} theo {change.basis}.", at=at)
    plan_reminders(assignments=rows, now=at)


def _update(pks: list[int], *, old_state: str, state: str, day: dt.date | None, change: PlanChange) -> None:
    facts = {"state": state, "due_version": F("due_version") + 1}
    if state == AssignmentState.CANCELLED:
        facts["reason"] = change.stopped_words
    else:
        facts |= {"due_on": day, "original_due_on": Coalesce("original_due_on", "due_on"), "asked_at": change.made_at}
    if Assignment.objects.filter(pk__in=pks, state=old_state).update(**facts) != len(pks):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")


def _bring_in_line(one: Effect) -> None:
    """The object as its row now is."""
    row = one.row
    if not one.stops:
        row.original_due_on, row.due_on = row.original_due_on or row.due_on, one.day
    row.state, row.due_version = one.state, row.due_version + 1


def _line(change: PlanChange, one: Effect) -> PlanChangeLine:
    row = one.row
    return PlanChangeLine(
        change=change, assignment=row, unit_name=row.unit.name,
        old_state=row.state, new_state=one.state, old_day=row.due_on, new_day=one.day,
    )  # fmt: skip


def _record(plan: Plan, wanted: Wanted, *, by: User, at: dt.datetime) -> PlanChange:
    duty = _new_duty(plan, wanted) if wanted.kind == ChangeKind.ADD else wanted.duty
    change = PlanChange(
        plan=plan, kind=wanted.kind, basis_kind=wanted.basis_kind, basis_number=wanted.basis_number,
        basis_dated_on=wanted.basis_dated_on, basis_issuer=wanted.basis_issuer, duty=duty,
        old_lead=duty.lead if wanted.kind == ChangeKind.LEAD else None, new_lead=wanted.new_lead,
        new_day=wanted.new_day, successor=wanted.successor, note=wanted.note, made_at=at, made_by=by,
    )  # fmt: skip
    change.full_clean(exclude=["made_by"])
    change.save(force_insert=True)
    return change


def _new_duty(plan: Plan, wanted: Wanted) -> Duty:
    last = plan.duties.aggregate(last=Max("position"))["last"]
    lead = wanted.new_lead
    return Duty.objects.create(
        plan=plan, position=0 if last is None else last + 1, text=wanted.text, product=wanted.product,
        lead_group=LeadGroup.ONE if lead else LeadGroup.ALL_UNITS, lead=lead, lead_text=lead.name if lead else ALL_UNITS,
        rule=DeadlineRule.BY if wanted.new_day else DeadlineRule.OPEN, last_day=wanted.new_day,
    )  # fmt: skip


def _follow_the_duty(change: PlanChange, wanted: Wanted, touched: Touched, *, at: dt.datetime) -> None:
    """Those who are asked anew get their obligation; a duty that changed hands bears the name of its new lead."""
    if not touched.newcomers:
        return
    due_on = wanted.new_day if change.kind == ChangeKind.ADD else touched.effects[0].row.due_on
    made = make_assignments(change.duty, touched.newcomers, due_on=due_on, at=at)
    plan_reminders(assignments=made, now=at)
    if change.kind == ChangeKind.LEAD:
        Duty.objects.filter(pk=change.duty_id).update(lead=change.new_lead, lead_text=change.new_lead.name[:200])


def make_assignments(
    duty: Duty, units: list, *, due_on: dt.date | None, at: dt.datetime, state: str = AssignmentState.TODO,
    again: tuple = (AssignmentState.CANCELLED, AssignmentState.EXEMPT),
) -> list[Assignment]:  # fmt: skip
    """Ask `units` for the duty at `at`, in `state`; one that was asked before and stands in a state of `again` is asked again."""
    asked = (
        Assignment.objects.filter(duty=duty, unit__in=[unit.pk for unit in units]).order_by("pk").select_for_update()
    )
    known = {row.unit_id: row for row in asked}
    shifts, renewed = Counter(), [row for row in known.values() if row.state in again]
    for row in renewed:
        shifts[key_of(row)] -= 1
        row.state, row.due_on, row.due_version, row.reason = state, due_on, row.due_version + 1, ""
        row.asked_at, row.exempted_at, row.exempted_by = at, None, None
    Assignment.objects.bulk_update(
        renewed, ["state", "due_on", "due_version", "reason", "asked_at", "exempted_at", "exempted_by"], batch_size=BATCH
    )
    facts = {"plan_id": duty.plan_id, "product": duty.product, "state": state, "due_on": due_on, "asked_at": at}
    new = [
        Assignment(duty=duty, unit=unit, **facts)
        for unit in units
        if unit.pk not in known
    ]
    Assignment.objects.bulk_create(new, batch_size=BATCH)
    for row in [*renewed, *new]:
        shifts[key_of(row)] += 1
    shift_counters(shifts)
    return [*renewed, *new]


def _move_plan(plan: Plan, change: PlanChange, *, by: User, at: dt.datetime) -> None:
    to = ChangeKind.MOVES_PLAN.get(change.kind)
    if to is None:
        return
    closed = {"closed_at": at, "closed_by": by} if to == PlanState.CLOSED else {"closed_at": None, "closed_by": None}
    if not Plan.objects.filter(pk=plan.pk, state=plan.state).update(state=to, **closed):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    plan.refresh_from_db()


def refuse(plan: Plan, wanted: Wanted, *, on: dt.date) -> None:
    """Say at once, for the preview and again for the change, what such a change may not be; raises as change_plan does."""
    if wanted.kind not in kinds_open(plan):
        words = (
            f"Kế hoạch đang ở trạng thái “{plan.get_state_display()}” nên không thực hiện được. Chưa có gì thay đổi."
        )
        raise ValidationError(words, code="state")
    if wanted.basis_dated_on > on:
        raise _beside("basis_dated_on", "Ngày của văn bản căn cứ không thể sau hôm nay.", "future_basis")
    if wanted.new_day is not None and wanted.new_day < on:
        raise _beside("new_day", "Ngày cuối mới không thể ở ngày đã qua.", "past_day")
    successor = wanted.successor
    if successor is not None and (
        successor.state != PlanState.ISSUED or successor.pk == plan.pk or successor.ward_id != plan.ward_id
    ):
        raise _beside("successor", "Kế hoạch thay thế phải là kế hoạch khác của phường, đã ban hành.", "not_issued")
    if wanted.kind == ChangeKind.ADD and wanted.new_lead is None:
        _refuse_asked_before(plan, wanted)


def _refuse_asked_before(plan: Plan, wanted: Wanted) -> None:
    """One report and one session close all such duties of a unit: a second one would be closed by what is long done."""
    asked = plan.duties.filter(product=wanted.product, lead_group=LeadGroup.ALL_UNITS)
    if wanted.product in Product.BY_UNITS and asked.exists():
        words = "Kế hoạch đã giao việc này cho các đơn vị. Đồng chí chọn “Đổi thời hạn”, hoặc chọn sản phẩm khác."
        raise _beside("product", words, "already")


def refuse_empty(wanted: Wanted, touched: Touched) -> None:
    """Refuse a change that would change nothing; raises ValidationError "settled", "nothing"."""
    if wanted.kind == ChangeKind.LEAD and not touched.effects:
        raise _beside(
            "duty", "Cơ quan chủ trì đã hoàn thành việc này nên không chuyển được. Chưa có gì thay đổi.", "settled"
        )
    if wanted.kind == ChangeKind.LEAD and any(one.row.unit_id == wanted.new_lead.pk for one in touched.effects):
        raise _beside("new_lead", "Cơ quan này đang chủ trì việc đó. Chưa có gì thay đổi.", "nothing")
    if wanted.kind in {ChangeKind.DEADLINE, ChangeKind.DROP} and not touched.effects:
        raise ValidationError(
            "Không việc nào thay đổi: không còn đơn vị nào chờ làm, hoặc hạn đã như vậy.", code="nothing"
        )


def _beside(field: str, words: str, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(words, code=code)})
