"""Obligations: made when a plan is issued, closed by what units do, moved by what the office decides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.change_effects import Effect
from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Plan
from campaigns.services.decisions import tell_units
from campaigns.services.expansion import insert_assignments, insert_reminders
from campaigns.services.moves import CHANGED_MEANWHILE, EXEMPTION, move, refuse_unmoved
from campaigns.services.new_days import give_days, hold_owed, hold_plans
from campaigns.services.reminders import plan_reminders
from documents.choices import FilePurpose
from documents.models import IssuedPaper
from documents.services.files import store_upload
from units.models import Unit, User
from units.services.audit import record_event, recorded_together

STATE = AssignmentState


@transaction.atomic
def expand_duties(*, plan: Plan, by: User, at: dt.datetime) -> int:
    """Make the assignments of a plan that is being issued, their counters and their reminders; returns how many.

    "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc" are the units that report straight to the ward and are active on the
    day of `at`. A duty that only orients (product none), or whose lead is no unit of the tree, is owed by nobody.
    Raises ValidationError "already" when the plan has assignments.
    """
    if plan.assignments.exists():
        raise ValidationError("Nhiệm vụ của kế hoạch này đã được giao từ trước. Chưa ghi gì thêm.", code="already")
    on = timezone.localdate(at)
    count = insert_assignments(plan, on=on)
    insert_reminders(plan, now=at, on=on)
    record_event(by=by, verb="plan.expand", target=plan, ward=plan.ward, details={"assignments": count}, at=at)
    return count


@transaction.atomic
def mark_studied(*, unit: Unit, plans: Iterable[Plan], by: User, at: dt.datetime) -> list[Assignment]:
    """A session of `unit` closes its open study duties of `plans`; those already closed keep their first day."""
    owed = _owed(unit, plans, Product.STUDY)
    return move(owed, to=STATE.STUDIED, by=by, at=at, settled_at=at, settled_by=by)


@transaction.atomic
def mark_unstudied(*, assignments: QuerySet[Assignment], reason: str, by: User, at: dt.datetime) -> list[Assignment]:
    """What was recorded as studied was not: the duties are owed again, with the rungs still to come."""
    facts = dict.fromkeys(("settled_at", "settled_by", "excused_at", "excused_by"), None) | {"asked_at": at}
    moved = move(assignments, to=STATE.TODO, by=by, at=at, reason=reason, sources=[STATE.STUDIED], **facts)
    plan_reminders(assignments=moved, now=at)
    return moved


@transaction.atomic
def mark_submitted(*, unit: Unit, plan: Plan, by: User, at: dt.datetime) -> list[Assignment]:
    """The unit's report for `plan` was received at `at`; also after it had been returned."""
    return move(_owed(unit, [plan], Product.REPORT), to=STATE.SUBMITTED, by=by, at=at, settled_at=at, settled_by=by)


@transaction.atomic
def mark_returned(*, unit: Unit, plan: Plan, by: User, at: dt.datetime) -> list[Assignment]:
    """The office asks for more: the duty is open again and the rungs still to come are due again."""
    facts = {"settled_at": None, "settled_by": None, "asked_at": at}
    moved = move(_owed(unit, [plan], Product.REPORT), to=STATE.RETURNED, by=by, at=at, **facts)
    plan_reminders(assignments=moved, now=at)
    return moved


@transaction.atomic
def mark_accepted(*, unit: Unit, plan: Plan, by: User, at: dt.datetime) -> list[Assignment]:
    """The office has taken the unit's report in."""
    return move(_owed(unit, [plan], Product.REPORT), to=STATE.ACCEPTED, by=by, at=at)


@transaction.atomic
def mark_appraised(*, unit: Unit, plan: Plan, by: User, at: dt.datetime) -> list[Assignment]:
    """The office has appraised the unit's self-score."""
    return move(_owed(unit, [plan], Product.REPORT), to=STATE.APPRAISED, by=by, at=at)


@transaction.atomic
def mark_all(*, reports: Iterable[tuple[int, int]], to: str, by: User, at: dt.datetime) -> list[Assignment]:
    """`mark_accepted` or `mark_appraised` for many reports, (unit, plan) by their keys, in a few statements."""
    wanted, units = Q(pk__in=[]), defaultdict(list)
    for unit_id, plan_id in reports:
        units[plan_id].append(unit_id)
    for plan_id, asked in units.items():
        wanted |= Q(plan=plan_id, unit__in=asked)
    return move(Assignment.objects.filter(wanted, product=Product.REPORT), to=to, by=by, at=at)


def _owed(unit: Unit, plans: Iterable[Plan], product: str):
    # In plan order: every act over several plans takes its counters in the same order (no deadlock).
    plan_ids = [plan.pk for plan in plans]
    return Assignment.objects.filter(unit=unit, plan__in=plan_ids, product=product).order_by("plan_id", "pk")


@transaction.atomic
def record_progress(
    *,
    assignment: Assignment,
    state: str,
    note: str,
    by: User,
    at: dt.datetime,
    upload: UploadedFile | None = None,
    declared_not_secret: bool = False,
    product_paper: IssuedPaper | None = None,
    product_words: str = "",
) -> Assignment:
    """A body says how far its duty is: doing, waiting or done, a note, and the product when there is one.

    The product is a paper issued in the program, or a file, or at least the number and day of a paper kept elsewhere.
    Raises ValidationError "by_session" for study and report duties, which only a session or a report closes, "state"
    for any other state, "no_product" for a document said to be done without any of them, "changed" when the office
    moved the duty meanwhile.
    """
    if assignment.product not in Product.BY_BODIES:
        raise ValidationError("Việc này hoàn thành khi đơn vị báo cáo buổi học. Đồng chí mở trang Báo cáo buổi học.", code="by_session")
    if state not in {STATE.DOING, STATE.WAITING, STATE.DONE}:
        raise ValidationError("Đồng chí chọn Đang thực hiện, Chờ hoặc Đã hoàn thành.", code="state")
    facts = {"note": note}
    if product_paper is not None or product_words:
        facts |= {"product_paper": product_paper, "product_words": product_words}
    kept = assignment.product_file_id or assignment.product_paper_id or assignment.product_words
    if state == STATE.DONE and assignment.product == Product.DOCUMENT and not (kept or upload or len(facts) > 1):
        sentence = "Đồng chí chọn văn bản đã phát hành, đính kèm tệp hoặc ghi số, ngày của văn bản. Chưa ghi gì thêm."
        raise ValidationError(sentence, code="no_product")
    if upload is not None:
        facts["product_file"] = store_upload(
            upload=upload,
            purpose=FilePurpose.PRODUCT,
            ward=assignment.plan.ward,
            by=by,
            declared_not_secret=declared_not_secret,
        )
    if state == assignment.state:
        return _write_progress(assignment, by=by, at=at, facts=facts)
    was_done = assignment.state == STATE.DONE
    facts |= {"settled_at": at, "settled_by": by} if state == STATE.DONE else {"settled_at": None, "settled_by": None}
    moved = refuse_unmoved(move([assignment], to=state, by=by, at=at, reason=note, sources=[assignment.state], **facts))
    if was_done:
        plan_reminders(assignments=[moved], now=at)
    return moved


def _write_progress(assignment: Assignment, *, by: User, at: dt.datetime, facts: dict) -> Assignment:
    """The state stays; only the note or the file is new."""
    if not Assignment.objects.filter(pk=assignment.pk, state=assignment.state).update(**facts):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    for name, value in facts.items():
        setattr(assignment, name, value)
    details = {"reason": facts["note"]}
    record_event(by=by, verb="assignment.progress", target=assignment, ward=assignment.plan.ward, details=details, at=at)
    return assignment


@transaction.atomic
def extend(*, assignment: Assignment, due_on: dt.date, reason: str, by: User, at: dt.datetime) -> Assignment:
    """Give the unit until the end of `due_on`; the day of the plan is kept beside it, reminders follow the new day.

    Raises ValidationError "resting" while the plan does not run, "settled" when nothing is owed any more, "not_later"
    for a day that is no extension, "changed" when somebody else moved the day meanwhile.
    """
    if hold_plans([assignment.plan_id])[assignment.plan_id] != PlanState.ISSUED:
        raise ValidationError("Kế hoạch đang dừng nên việc này không có hạn để gia hạn. Chưa ghi gì thêm.", code="resting")
    if assignment.state not in STATE.OPEN:
        raise ValidationError("Việc này không còn chờ đơn vị thực hiện nên không gia hạn được.", code="settled")
    if not _is_later(assignment, due_on, on=timezone.localdate(at)):
        raise ValidationError("Hạn mới phải sau hạn hiện nay và không ở ngày đã qua.", code="not_later")
    held = hold_owed(Assignment.objects.filter(pk=assignment.pk))
    if [(row.state, row.due_version) for row in held] != [(assignment.state, assignment.due_version)]:
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    _extend([assignment], due_on=due_on, reason=reason, by=by, at=at)
    return assignment


@transaction.atomic
def extend_many(
    *, assignments: Iterable[Assignment], due_on: dt.date, reason: str, by: User, at: dt.datetime
) -> list[Assignment]:
    """Give several units the same later day, in a bounded number of queries; returns those who got it.

    What is settled, already due later or of a plan that does not run is passed over, as it stands under the lock: plans
    first, then obligations, as whoever changes a whole plan takes them. Raises ValidationError "not_later" when the day
    is an extension for none of them: nothing is then written.
    """
    chosen = [(row.pk, row.plan_id) for row in assignments]
    states = hold_plans(plan_id for _pk, plan_id in chosen)
    running = [pk for pk, plan_id in chosen if states[plan_id] == PlanState.ISSUED]
    owed = Assignment.objects.open().filter(pk__in=running).select_related("unit", "duty", "plan__ward", "plan__paper")
    rows = [row for row in hold_owed(owed) if _is_later(row, due_on, on=timezone.localdate(at))]
    if not rows:
        words = "Không việc nào được gia hạn: hạn mới phải sau hạn hiện nay và không ở ngày đã qua. Chưa ghi gì thêm."
        raise ValidationError(words, code="not_later")
    _extend(rows, due_on=due_on, reason=reason, by=by, at=at)
    return rows


def _is_later(row: Assignment, due_on: dt.date, *, on: dt.date) -> bool:
    return due_on >= on and (row.due_on is None or due_on > row.due_on)


def _extend(rows: list[Assignment], *, due_on: dt.date, reason: str, by: User, at: dt.datetime) -> None:
    """The new day of rows that are held: written, kept in the trail one by one, told to each unit."""
    before = {row.pk: row.due_on for row in rows}
    until = f"{due_on:%d/%m/%Y}"
    facts = {"extended_at": at, "extended_by": by, "reason": reason}
    give_days([Effect(row, row.state, due_on) for row in rows], why=f"Đã gia hạn đến {until}.", at=at, **facts)
    with recorded_together():
        for row in rows:
            details = {"from": str(before[row.pk] or ""), "to": str(due_on), "reason": reason}
            record_event(by=by, verb="assignment.extend", target=row, ward=row.plan.ward, details=details, at=at)
    plans = {row.plan_id: row.plan for row in rows}
    for pk, plan in sorted(plans.items()):
        told, title = [row for row in rows if row.plan_id == pk], f"Được gia hạn đến hết {until}: Kế hoạch {plan}"
        tell_units(assignments=told, key=f"extended-{due_on}-{at:%Y%m%d%H%M%S}", title=title, body=reason, at=at)


@transaction.atomic
def excuse(*, assignment: Assignment, reason: str, by: User, at: dt.datetime) -> Assignment:
    """Let a late receipt pass: it stays visible as late and counts on time. Raises ValidationError "not_settled"."""
    settled = Assignment.objects.settled().filter(pk=assignment.pk)
    if not settled.update(excused_at=at, excused_by=by, reason=reason):
        raise ValidationError("Chỉ cho qua được việc đơn vị đã hoàn thành muộn.", code="not_settled")
    assignment.excused_at, assignment.excused_by, assignment.reason = at, by, reason
    details = {"reason": reason}
    record_event(by=by, verb="assignment.excuse", target=assignment, ward=assignment.plan.ward, details=details, at=at)
    return assignment


@transaction.atomic
def reopen(*, assignment: Assignment, reason: str, by: User, at: dt.datetime) -> Assignment:
    """Ask the unit again: takes back an exemption, a stop, a wrongly recorded session.

    Raises ValidationError "changed", "by_paper" for what stopped with its plan, "ended" for what went over to another unit.
    """
    if assignment.state == STATE.CANCELLED and assignment.plan.state not in PlanState.RECEIVING:
        words = "Việc này dừng cùng kế hoạch. Kế hoạch tiếp tục theo văn bản thì việc được giao lại. Chưa ghi gì thêm."
        raise ValidationError(words, code="by_paper")
    if assignment.unit.active_to and assignment.unit.active_to < timezone.localdate(at):
        raise ValidationError("Đơn vị này không còn hoạt động; việc chưa làm thuộc đơn vị kế tiếp. Chưa ghi gì thêm.", code="ended")
    to = STATE.DOING if assignment.state == STATE.DONE else STATE.TODO
    facts = dict.fromkeys(("settled_at", "settled_by", "excused_at", "excused_by", *EXEMPTION), None)
    again = (STATE.EXEMPT, STATE.CANCELLED, STATE.STUDIED, STATE.DONE)
    moved = refuse_unmoved(
        move([assignment], to=to, by=by, at=at, reason=reason, sources=again, asked_at=at, **facts)
    )
    plan_reminders(assignments=[moved], now=at)
    return moved


@transaction.atomic
def cancel_open(*, plan: Plan, by: User, at: dt.datetime) -> int:
    """The plan was withdrawn: nothing open is owed any more; returns how many were stopped."""
    return len(move(plan.assignments.open(), to=STATE.CANCELLED, by=by, at=at))
