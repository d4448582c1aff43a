"""Obligations: made when a plan is issued, closed by what units do, moved by what the office decides."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment, Plan
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.decisions import tell_decision
from campaigns.services.expansion import insert_assignments, insert_reminders
from campaigns.services.moves import CHANGED_MEANWHILE, move, refuse_unmoved
from campaigns.services.reminders import cancel_reminders, plan_reminders
from documents.choices import FilePurpose
from documents.models import IssuedPaper
from documents.services.files import store_upload
from units.models import Unit, User
from units.services.audit import record_event

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
    facts = dict.fromkeys(("settled_at", "settled_by", "excused_at", "excused_by"), None)
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

    Raises ValidationError "settled" when nothing is owed any more, "not_later" for a day that is no extension,
    "changed" when somebody else moved the day meanwhile.
    """
    if assignment.state not in STATE.OPEN:
        raise ValidationError("Việc này không còn chờ đơn vị thực hiện nên không gia hạn được.", code="settled")
    if due_on < timezone.localdate(at) or (assignment.due_on and due_on <= assignment.due_on):
        raise ValidationError("Hạn mới phải sau hạn hiện nay và không ở ngày đã qua.", code="not_later")
    old_key = key_of(assignment)
    facts = {
        "due_on": due_on,
        "original_due_on": assignment.original_due_on or assignment.due_on,
        "due_version": assignment.due_version + 1,
        "extended_at": at,
        "extended_by": by,
        "reason": reason,
    }
    unchanged = Assignment.objects.filter(pk=assignment.pk, state=assignment.state, due_version=assignment.due_version)
    if not unchanged.update(**facts):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    details = {"from": str(assignment.due_on or ""), "to": str(due_on), "reason": reason}
    for name, value in facts.items():
        setattr(assignment, name, value)
    shift_counters(Counter({old_key: -1, key_of(assignment): 1}))
    cancel_reminders(assignments=[assignment], reason=f"Đã gia hạn đến {due_on:%d/%m/%Y}.", at=at)
    plan_reminders(assignments=[assignment], now=at)
    record_event(by=by, verb="assignment.extend", target=assignment, ward=assignment.plan.ward, details=details, at=at)
    tell_decision(assignment=assignment, title=f"Được gia hạn đến hết {due_on:%d/%m/%Y}", reason=reason, at=at)
    return assignment


@transaction.atomic
def extend_many(
    *, assignments: Iterable[Assignment], due_on: dt.date, reason: str, by: User, at: dt.datetime
) -> list[Assignment]:
    """Give several units the same later day; what is settled or already due later is passed over.

    Raises ValidationError "not_later" when the day is an extension for none of them: nothing is then written.
    """
    extended = []
    for assignment in sorted(assignments, key=lambda row: row.pk):
        try:
            with transaction.atomic():
                extended.append(extend(assignment=assignment, due_on=due_on, reason=reason, by=by, at=at))
        except ValidationError as error:
            if error.code not in {"settled", "not_later", "changed"}:
                raise
    if not extended:
        words = "Không việc nào được gia hạn: hạn mới phải sau hạn hiện nay và không ở ngày đã qua. Chưa ghi gì thêm."
        raise ValidationError(words, code="not_later")
    return extended


@transaction.atomic
def exempt(*, assignment: Assignment, reason: str, by: User, at: dt.datetime) -> Assignment:
    """The office lets the unit off; it no longer counts among those asked. Raises ValidationError "changed"."""
    moved = move([assignment], to=STATE.EXEMPT, by=by, at=at, reason=reason, exempted_at=at, exempted_by=by)
    moved = refuse_unmoved(moved)
    Assignment.objects.filter(pk=moved.pk).update(reason=reason)
    moved.reason = reason
    tell_decision(assignment=moved, title="Được miễn việc này", reason=reason, at=at)
    return moved


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
    """Ask the unit again: takes back an exemption, a stop, a wrongly recorded session. Raises ValidationError "changed"."""
    to = STATE.DOING if assignment.state == STATE.DONE else STATE.TODO
    facts = dict.fromkeys(
        ("settled_at", "settled_by", "exempted_at", "exempted_by", "excused_at", "excused_by"), None
    )
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
