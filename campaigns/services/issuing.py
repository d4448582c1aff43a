"""The issue of a plan and what may come after it: withdrawal, end, reopening."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from campaigns.choices import PlanState
from campaigns.models import Plan
from campaigns.paper import plan_paper
from campaigns.selectors.changes import stopped_by
from campaigns.services.assignments import cancel_open, expand_duties
from campaigns.services.awaited import await_announced
from campaigns.services.carrying import hand_on_ended
from campaigns.services.conference_days import follow_conferences
from campaigns.services.directive_changes import settle_tasks_of
from campaigns.services.findings import refuse_blocking
from campaigns.services.plan_moves import move_plan
from campaigns.services.reminders import cancel_reminders, plan_reminders
from campaigns.services.turns import refresh_first_turns
from documents.choices import PaperKind
from documents.models import NumberBook
from documents.services.addressees import WardRoll, without_repeats
from documents.services.issued import DispatchLine, attach_scan, freeze_paper, make_dispatches, withdraw_paper
from documents.services.numbers import book_for, take_number
from units.models import User, WardSettings
from units.services.audit import record_event

UNISSUED = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED, PlanState.APPROVED)


@transaction.atomic
def issue_plan(
    *,
    plan: Plan,
    number: int,
    dated_on: dt.date,
    by: User,
    now: dt.datetime,
    scan: UploadedFile | None = None,
    declared_not_secret: bool = False,
    recorded_past: bool = False,
    override_reason: str = "",
) -> Plan:
    """Record that the plan was signed and goes out: all of it or nothing.

    In this order: the state moves (one of two clerks wins), the number is taken from the ward's book of the term, the
    text and its PDF are frozen, the signed scan is kept beside them, every duty is expanded into assignments with
    counters and reminders (days "sau hội nghị" by the conference, where its day is fixed), the effects of the apps above run (settings.PLAN_ISSUE_EFFECTS), the send list is written,
    the trail gets its line.

    `recorded_past` enters a plan that was issued on paper before: it need not have passed the earlier steps, and what
    the checks find in it stops nothing. `override_reason` is what the office writes to go on despite errors.

    Raises ValidationError "changed", "blocking_findings", "future_date", "deadline_before_paper", "no_signer", and
    those of the number book and of the uploaded file.
    """
    ward_settings = WardSettings.objects.get(ward=plan.ward)
    facts = {
        "issued_at": now,
        "issued_by": by,
        "deadline_reading": ward_settings.deadline_reading,
        "recorded_past": recorded_past,
    }
    sources = UNISSUED if recorded_past else None
    plan = move_plan(plan, to=PlanState.ISSUED, by=by, now=now, verb="plan.issue", sources=sources, **facts)
    if not recorded_past:
        refresh_first_turns(plan=plan, on=dated_on)
    _refuse_wrong_dates(plan, dated_on=dated_on, today=timezone.localdate(now), signed_before=recorded_past)  # of the row now held, not of an old copy
    if not recorded_past:
        refuse_blocking(plan=plan, by=by, now=now, override_reason=override_reason)
    plan.paper = _paper_of(plan, number=number, dated_on=dated_on, by=by, now=now)
    plan.save(update_fields=["paper"])
    if scan is not None:
        attach_scan(paper=plan.paper, upload=scan, declared_not_secret=declared_not_secret, by=by, at=now)
    expand_duties(plan=plan, by=by, at=now)
    follow_conferences(plans=[plan.pk], by=by, at=now)
    await_announced(plan=plan, by=by, at=now)
    for effect in settings.PLAN_ISSUE_EFFECTS:
        import_string(effect)(plan=plan, by=by)
    make_dispatches(paper=plan.paper, lines=dispatch_lines(plan, on=timezone.localdate(now)), by=by)
    return plan


@transaction.atomic
def attach_plan_scan(*, plan: Plan, scan: UploadedFile, declared_not_secret: bool, by: User, now: dt.datetime) -> Plan:
    """Put the signed scan beside the frozen text when it comes after the issue; raises ValidationError."""
    attach_scan(paper=plan.paper, upload=scan, declared_not_secret=declared_not_secret, by=by, at=now)
    record_event(by=by, verb="plan.scan", target=plan, ward=plan.ward, at=now)
    return plan


@transaction.atomic
def withdraw_plan(*, plan: Plan, reason: str, by: User, now: dt.datetime) -> Plan:
    """Take back a plan issued by mistake, also one that rests: what is still owed is cancelled, the number stays used, the text readable."""
    if not reason.strip():
        raise ValidationError({"reason": ValidationError("Đồng chí ghi lý do thu hồi.", code="required")})
    plan = move_plan(plan, to=PlanState.WITHDRAWN, by=by, now=now, verb="plan.withdraw")
    withdraw_paper(paper=plan.paper, reason=reason, by=by, at=now)
    cancel_open(plan=plan, by=by, at=now)
    settle_tasks_of(plan, outcome=f"Kế hoạch đã thu hồi. Lý do: {reason.strip()}", by=by, at=now)
    return plan


@transaction.atomic
def close_plan(*, plan: Plan, by: User, now: dt.datetime) -> Plan:
    """End the campaign: what comes later is marked late (decisions 18); raises ValidationError "changed".

    Only a plan that runs: one that rests under a paper is ended by a paper, or its units would never owe again.
    """
    facts = {"closed_at": now, "closed_by": by}
    plan = move_plan(plan, to=PlanState.CLOSED, by=by, now=now, verb="plan.close", sources=[PlanState.ISSUED], **facts)
    cancel_reminders(assignments=plan.assignments.open(), reason="Kế hoạch đã kết thúc.", at=now)
    settle_tasks_of(plan, outcome="Kế hoạch đã kết thúc.", by=by, at=now)
    return plan


@transaction.atomic
def reopen_plan(*, plan: Plan, by: User, now: dt.datetime) -> Plan:
    """Take the campaign up again, as if it had not been ended; units merged meanwhile are followed. Raises ValidationError "changed", "by_paper"."""
    if stopped_by(plan):
        words = "Kế hoạch dừng theo văn bản. Đồng chí mở trang Thay đổi sau ban hành để ghi văn bản cho tiếp tục."
        raise ValidationError(words, code="by_paper")
    plan = move_plan(
        plan,
        to=PlanState.ISSUED,
        by=by,
        now=now,
        verb="plan.reopen",
        sources=[PlanState.CLOSED],
        closed_at=None,
        closed_by=None,
    )
    plan.assignments.open().update(asked_at=now)
    hand_on_ended(plan=plan, by=by, at=now)
    follow_conferences(plans=[plan.pk], by=by, at=now)  # its conference may have moved meanwhile
    plan_reminders(assignments=plan.assignments.open(), now=now)  # those still to come wait again
    return plan


def plan_book(plan: Plan) -> NumberBook:
    """The book of the ward's plans for the term (opened when it does not exist yet)."""
    facts = WardSettings.objects.get(ward=plan.ward)
    return book_for(body=plan.ward, kind_sign=PaperKind.PLAN.sign, body_sign=facts.sign_code, term_name=facts.term_name)


def dispatch_lines(plan: Plan, *, on: dt.date) -> list[DispatchLine]:
    """The send list by Nơi nhận: a group of units or staff bodies is a line for each of them, and nobody stands twice."""
    roll, lines = WardRoll.on(plan.ward, on), []
    for one in plan.recipients.select_related("unit").order_by("position", "pk"):
        if one.unit:
            lines.append(DispatchLine(one.name, one.unit, one.note, one.copies))
            continue
        meant = roll.reporting() if one.all_units else roll.meant_by(one.name)
        lines += [DispatchLine(unit.name, unit, one.note, one.copies) for unit in meant]
        if not meant and not one.all_units:
            lines.append(DispatchLine(one.name, None, one.note, one.copies))
    return without_repeats(lines)


def _paper_of(plan, *, number, dated_on, by, now):
    if plan.signer is None:
        raise ValidationError("Kế hoạch chưa chọn người ký. Đồng chí bổ sung rồi ghi ban hành.", code="no_signer")
    entry = take_number(
        book=plan_book(plan), number=number, dated_on=dated_on, subject=plan.subject, signer_name=plan.signer.name, by=by
    )
    return freeze_paper(
        paper=plan_paper(plan, number=number, dated_on=dated_on),
        ward=plan.ward,
        entry=entry,
        kind=PaperKind.PLAN,
        dated_on=dated_on,
        signer_name=plan.signer.name,
        by=by,
        at=now,
    )


def _refuse_wrong_dates(plan, *, dated_on, today, signed_before):
    if dated_on > today:
        raise ValidationError(
            {"dated_on": ValidationError("Ngày văn bản không thể sau hôm nay.", code="future_date")}
        )
    if signed_before:
        return  # what was signed on paper is recorded as it is, faults included (decisions 14)
    duty = plan.duties.filter(last_day__lt=dated_on, tentative=False).order_by("last_day").first()
    if duty is not None:
        text = f"Nhiệm vụ “{duty.text[:80]}” có hạn {duty.last_day:%d/%m/%Y}, trước ngày của văn bản. Chưa có gì được ghi."
        raise ValidationError({"dated_on": ValidationError(text, code="deadline_before_paper")})
