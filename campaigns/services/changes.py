"""Change after issue: a recorded paper changes what is owed, in one transaction (what was sent stays as it was)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.change_effects import Effect, Wanted
from campaigns.choices import AssignmentState, ChangeKind, DeadlineRule, LeadGroup, PlanState, Product
from campaigns.models import Assignment, Duty, Plan, PlanChange, PlanChangeLine
from campaigns.selectors.changes import Touched, added_day, clause_of, kinds_open, recurring_of, rows_of, touched_by
from campaigns.services.change_helpers import beside, helpers_of, name_helpers, refuse_helpers
from campaigns.services.change_notices import tell_changed
from campaigns.services.conference_days import follow_conferences
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.directive_changes import settle_tasks_of
from campaigns.services.moves import EXEMPTION
from campaigns.services.new_days import give_days, hold_owed, hold_plans
from campaigns.services.plan_moves import CHANGED_MEANWHILE
from campaigns.services.reminders import plan_reminders
from units.models import Unit, User
from units.selectors.successions import heirs_of
from units.services.audit import record_event

BATCH = 500
MOVED_MEANWHILE = (
    "Từ lúc đồng chí xem trước, có đơn vị đã làm xong hoặc đổi hạn. Chưa ghi gì; dưới đây là những ai chịu ảnh hưởng lúc này."
)
ALL_UNITS = "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"


@transaction.atomic
def change_plan(
    *, plan: Plan, wanted: Wanted, by: User, at: dt.datetime, known: int | None = None, seen: str = ""
) -> PlanChange:
    """Record the paper and let it act on everything open of `plan`; all of it or nothing.

    The row of the plan is locked first, as a submission locks it (reports/services/submissions.py): one that was begun
    before is counted as received, one that comes after finds the new day. In this order: the duty is made or changes
    its lead or helpers, obligations stop, move or are made, counters and reminders follow, the plan moves, those touched are told.
    `known` is how many changes the person saw on the preview, `seen` the mark of what it showed (Touched.mark).

    Raises ValidationError "changed" (another change came first), "moved" (what the preview showed is no longer so), "state" (not in this state of the plan), "nothing"
    (nothing would change), "settled" (the body has done it), "already" (the units owe such a duty, the body helps or leads), "stranger" (it does not help), "not_issued" (the
    plan that replaces it), "past_day", "future_basis".
    """
    hold_plans([plan.pk])
    plan = Plan.objects.select_related("ward", "paper").get(pk=plan.pk)
    if known is not None and plan.changes.count() != known:
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    refuse(plan, wanted, on=timezone.localdate(at))
    rows = hold_owed(rows_of(plan, wanted))
    touched = touched_by(plan, wanted, rows, on=timezone.localdate(at))
    refuse_empty(wanted, touched)
    if seen and seen != touched.mark:
        raise ValidationError(MOVED_MEANWHILE, code="moved")
    change = _record(plan, wanted, by=by, at=at)
    write_effects(change, touched.effects, at=at)
    _ask(change, touched, at=at)
    if change.kind == ChangeKind.HELPERS:
        name_helpers(change.duty, joining=touched.joining, leaving=touched.leaving)
    _move_plan(plan, change, by=by, at=at)
    if change.kind == ChangeKind.RESUME:
        rested = 0 if wanted.new_day else touched.days_rested
        follow_conferences(plans=[plan.pk], by=by, at=at, rested=rested)  # its conference may have moved meanwhile
    if plan.state == PlanState.CLOSED:
        settle_tasks_of(plan, outcome=f"{change}.", by=by, at=at)
    tell_changed(change=change, units=[unit.pk for unit in touched.units], at=at)
    details = {
        "kind": str(change.kind),
        "basis": change.basis,
        "touched": len(touched.effects),
        "asked": len(touched.asked),
    }
    record_event(by=by, verb=f"plan.change_{change.kind}", target=plan, ward=plan.ward, details=details, at=at)
    return change


def write_effects(change: PlanChange, effects: list[Effect], *, at: dt.datetime) -> None:
    """Stop and move the obligations together, each with its line: how it stood, how it stands."""
    if not effects:
        return
    PlanChangeLine.objects.bulk_create([_line(change, one) for one in effects], batch_size=BATCH)
    again = [one for one in effects if one.row.state == AssignmentState.CANCELLED]
    others = [one for one in effects if one.row.state != AssignmentState.CANCELLED]
    why = f"{change.get_kind_display()} theo {change.basis}."
    give_days(others, why=why, at=at, stopped=change.stopped_words)
    give_days(again, why=why, at=at, reason="")  # owed again: nothing says any more that it was stopped


def _line(change: PlanChange, one: Effect) -> PlanChangeLine:
    row, (old_day, new_day) = one.row, one.days
    return PlanChangeLine(
        change=change, assignment=row, unit_name=row.unit.name,
        old_state=row.state, new_state=one.state, old_day=old_day, new_day=new_day,
    )  # fmt: skip


def _record(plan: Plan, wanted: Wanted, *, by: User, at: dt.datetime) -> PlanChange:
    duty = wanted.duty
    if wanted.kind == ChangeKind.ADD:
        duty = _new_duty(plan, wanted, on=timezone.localdate(at))
    elif wanted.kind in ChangeKind.OF_A_DUTY - {ChangeKind.DEADLINE}:
        duty = clause_of(duty)
    before, after = helpers_of(duty, wanted) if wanted.kind == ChangeKind.HELPERS else ("", "")
    change = PlanChange(
        plan=plan, kind=wanted.kind, basis_kind=wanted.basis_kind, basis_number=wanted.basis_number,
        basis_dated_on=wanted.basis_dated_on, basis_issuer=wanted.basis_issuer, duty=duty,
        old_lead=duty.lead if wanted.kind == ChangeKind.LEAD else None, new_lead=wanted.new_lead,
        old_helpers=before, new_helpers=after, new_day=wanted.new_day, successor=wanted.successor, note=wanted.note, made_at=at, made_by=by,
    )  # fmt: skip
    change.full_clean(exclude=["made_by"])
    change.save(force_insert=True)
    return change


def _new_duty(plan: Plan, wanted: Wanted, *, on: dt.date) -> Duty:
    last = plan.duties.aggregate(last=Max("position"))["last"]
    lead = wanted.new_lead
    rule = DeadlineRule.BY if wanted.new_day else DeadlineRule.AFTER_EVENT if wanted.phrase else DeadlineRule.OPEN
    return Duty.objects.create(
        plan=plan, position=0 if last is None else last + 1, text=wanted.text, product=wanted.product,
        lead_group=LeadGroup.ONE if lead else LeadGroup.ALL_UNITS, lead=lead, lead_text=lead.name if lead else ALL_UNITS,
        rule=rule, deadline_phrase=wanted.phrase, last_day=added_day(plan, wanted, on=on),
    )  # fmt: skip


def _ask(change: PlanChange, touched: Touched, *, at: dt.datetime) -> None:
    """Those who are asked anew get their obligation; a duty that changed hands bears the name of its new lead."""
    groups = defaultdict(list)
    for one in touched.asked:
        groups[one.duty or change.duty, one.day].append(one.unit)
    for (duty, day), units in groups.items():
        plan_reminders(assignments=make_assignments(duty, units, due_on=day, at=at), now=at)
        if duty.lead_group == LeadGroup.ONE and duty.lead_id != units[0].pk:
            name_lead([duty.pk], units[0])
    if change.kind == ChangeKind.LEAD:
        name_lead([change.duty_id, *(one.row.duty_id for one in touched.effects)], change.new_lead)
    if change.kind == ChangeKind.RESUME:
        _name_heirs(change.plan)


def name_lead(duties: Iterable[int], lead: Unit) -> None:
    """These duties are led by `lead` from now on, and so are the turns that come of them later."""
    Duty.objects.filter(pk__in=set(duties)).update(lead=lead, lead_text=lead.name[:200])


def _name_heirs(plan: Plan) -> None:
    """What recurs and was led by a unit that ended while the plan rested is led by the one that came after it."""
    clauses = list(recurring_of(plan).filter(lead__active_to__isnull=False))
    heirs = heirs_of({clause.lead_id for clause in clauses}) if clauses else {}
    for clause in clauses:
        if clause.lead_id in heirs:
            name_lead([clause.pk], heirs[clause.lead_id][0])


def make_assignments(
    duty: Duty, units: list, *, due_on: dt.date | None, at: dt.datetime, state: str = AssignmentState.TODO,
    again: tuple = (AssignmentState.CANCELLED, AssignmentState.EXEMPT),
) -> list[Assignment]:  # fmt: skip
    """Ask `units` for the duty, in `state`; one that was asked before and stands in a state of `again` is asked again."""
    asked = Assignment.objects.filter(duty=duty, unit__in=[unit.pk for unit in units])
    known = {row.unit_id: row for row in hold_owed(asked)}
    renewed = [Effect(row, state, due_on) for row in known.values() if row.state in again]
    why, nobody = "Việc được giao lại.", dict.fromkeys(EXEMPTION)
    rows = give_days(renewed, why=why, at=at, reason="", **nobody) if renewed else []
    new = [
        Assignment(plan_id=duty.plan_id, duty=duty, unit=unit, product=duty.product, state=state, due_on=due_on, asked_at=at)
        for unit in units
        if unit.pk not in known
    ]
    Assignment.objects.bulk_create(new, batch_size=BATCH)
    shift_counters(Counter(key_of(row) for row in new))
    return [*rows, *new]


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
        raise beside("basis_dated_on", "Ngày của văn bản căn cứ không thể sau hôm nay.", "future_basis")
    if wanted.new_day is not None and wanted.new_day < on:
        raise beside("new_day", "Ngày cuối mới không thể ở ngày đã qua.", "past_day")
    successor = wanted.successor
    if successor is not None and (
        successor.state != PlanState.ISSUED or successor.pk == plan.pk or successor.ward_id != plan.ward_id
    ):
        raise beside("successor", "Kế hoạch thay thế phải là kế hoạch khác của phường, đã ban hành.", "not_issued")
    if wanted.kind == ChangeKind.ADD and wanted.new_lead is None:
        _refuse_asked_before(plan, wanted)
    if wanted.kind == ChangeKind.HELPERS:
        refuse_helpers(clause_of(wanted.duty), joining=wanted.joining, leaving=wanted.leaving)


def _refuse_asked_before(plan: Plan, wanted: Wanted) -> None:
    """One report and one session close all such duties of a unit: a second one would be closed by what is long done."""
    asked = plan.duties.filter(product=wanted.product, lead_group=LeadGroup.ALL_UNITS)
    if wanted.product in Product.BY_UNITS and asked.exists():
        words = "Kế hoạch đã giao việc này cho các đơn vị. Đồng chí chọn “Đổi thời hạn”, hoặc chọn sản phẩm khác."
        raise beside("product", words, "already")


def refuse_empty(wanted: Wanted, touched: Touched) -> None:
    """Refuse a change that would change nothing; raises ValidationError "settled", "nothing"."""
    if wanted.kind == ChangeKind.LEAD and not touched.effects and not touched.recurs:
        raise beside(
            "duty", "Cơ quan chủ trì đã hoàn thành việc này nên không chuyển được. Chưa có gì thay đổi.", "settled"
        )
    holders = {one.row.unit_id for one in touched.effects}
    if wanted.kind == ChangeKind.LEAD and wanted.new_lead.pk in (holders or {clause_of(wanted.duty).lead_id}):
        raise beside("new_lead", "Cơ quan này đang chủ trì việc đó. Chưa có gì thay đổi.", "nothing")
    if wanted.kind in {ChangeKind.DEADLINE, ChangeKind.DROP} and not touched.effects and not touched.recurs:
        raise ValidationError(
            "Không việc nào thay đổi: không còn đơn vị nào chờ làm, hoặc hạn đã như vậy.", code="nothing"
        )
