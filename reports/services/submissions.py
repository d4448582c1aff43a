"""Reports of units: sent once for 1..n plans, accepted, returned on a named field, appraised."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from campaigns.choices import PlanState
from campaigns.models import Assignment, Directive, Plan
from campaigns.services.assignments import mark_accepted, mark_appraised, mark_returned, mark_studied, mark_submitted
from documents.dates import short
from reports.asked import only_asked
from reports.choices import EntrySource, SubmissionState
from reports.models import BranchReport, Submission, SubmissionRevision
from reports.places import COUNT_FIGURES
from reports.selectors.appraisal import differences
from reports.selectors.asked import asked_of
from reports.selectors.branches import add_branches, branch_sessions, confirmed_lines
from reports.selectors.locks import is_locked, may_finish
from reports.selectors.scoring import facts_for
from reports.selectors.submissions import facts_of
from reports.services.answers import freeze_answers
from reports.services.notices import tell_unit
from reports.services.revisions import content_of
from reports.services.scores import write_appraisal, write_self_scores
from reports.services.sessions import keep_session
from reports.wording import difference_words, plan_name, points_words
from units.models import Unit, User
from units.services.audit import record_event

KEPT = "Những gì đồng chí đã gõ vẫn được giữ."
STATE = SubmissionState
Points = dict[int, tuple[Decimal | None, str]]


@transaction.atomic
def submit(
    *,
    unit: Unit,
    plans: Iterable[Plan],
    sessions: list[dict],
    figures: dict,
    points: Points,
    by: User,
    at: dt.datetime,
    token: str = "",
    source: str = EntrySource.UNIT,
    confirmed: bool = False,
    told: dict | None = None,
    begun_at: dt.datetime | None = None,
) -> list[Submission]:
    """Receive what `unit` reports together for `plans`: sessions, figures and self-score, typed once (decisions 6).

    `sessions`: dicts of StudySession fields with "directives" and, when it exists, "pk"; the main one first. `figures`:
    fields of Submission; each plan keeps only what it asks. `points`: criterion id -> (points, note). `at` is when the request arrived: the receipt time.
    `told` (told_by, told_on): who of the unit gave the figures when the office typed them, and when.
    `begun_at` is when the draft was begun: one begun before the plan was locked is still received, marked as after the lock.
    The same `token` again gives the same submissions. All in one transaction: sessions, submissions, a frozen revision
    each, scores, duties closed, audit. Raises ValidationError "locked", "not_asked", "already_sent", or what
    check_session raises.
    """
    # The rows of the plans are the lock under which receipt numbers are given; taken in one order, so no deadlock.
    wanted = Plan.objects.select_for_update(of=("self",)).filter(pk__in=[plan.pk for plan in plans])
    plans = list(wanted.select_related("ward", "paper").order_by("pk"))
    if token and (known := _sent_with(token, unit, plans)):
        return known
    rows = [_claim(unit=unit, plan=plan, token=token, source=source, told=told, by=by, at=at, begun_at=begun_at) for plan in plans]
    plan_ids = {plan.pk for plan in plans}
    kept = []
    for entry in sessions:
        facts = {name: value for name, value in entry.items() if name not in {"pk", "directives"}}
        directives: list[Directive] = list(entry["directives"])
        known_pk = entry.get("pk")
        kept.append(
            keep_session(
                unit=unit, facts=facts, directives=directives, pk=known_pk, plan_ids=plan_ids, by=by, at=at, source=source
            )
        )
    for submission in rows:
        _fill(submission, sessions=sessions, kept=kept, figures=figures, points=points, by=by, at=at, confirmed=confirmed)
    return rows


def _sent_with(token: str, unit: Unit, plans: list[Plan]) -> list[Submission]:
    tokens = [f"{token}:{plan.pk}" for plan in plans]
    return list(Submission.objects.filter(unit=unit, form_token__in=tokens).order_by("plan_id"))


NOBODY_TOLD = {"told_by": "", "told_on": None}  # the unit typed it itself


def _claim(
    *,
    unit: Unit,
    plan: Plan,
    token: str,
    source: str,
    told: dict | None,
    by: User,
    at: dt.datetime,
    begun_at: dt.datetime | None,
) -> Submission:
    """Take the one submission of (unit, plan) from draft or returned to submitted; the loser of a race is told so."""
    why = is_locked(plan)
    if why and not may_finish(plan, begun_at):
        raise ValidationError(f"{why} {KEPT} Đồng chí gọi văn phòng Đảng ủy.", code="locked")
    if not Assignment.objects.filter(plan=plan, unit=unit).exists():
        raise ValidationError(f"{unit} không được giao báo cáo {plan_name(plan)}. {KEPT}", code="not_asked")
    submission, _ = Submission.objects.get_or_create(
        unit=unit, plan=plan, defaults={"source": source, "edited_at": at, "edited_by": by}
    )
    if submission.receipt_number is None:
        last = Submission.objects.filter(plan=plan).aggregate(last=Max("receipt_number"))["last"] or 0
        submission.receipt_number = last + 1
    taken = Submission.objects.filter(pk=submission.pk, state__in=STATE.EDITABLE).update(
        state=STATE.SUBMITTED,
        receipt_number=submission.receipt_number,
        revision=F("revision") + 1,
        version=F("version") + 1,
        form_token=f"{token}:{plan.pk}" if token else None,
        submitted_at=at,
        submitted_by=by,
        source=source,
        **(told or NOBODY_TOLD),
        after_lock=bool(why),
    )
    submission.refresh_from_db()
    submission.unit, submission.plan = unit, plan  # what refreshing forgot is at hand
    if not taken:
        raise _sent_before(submission)
    return submission


def _sent_before(submission: Submission) -> ValidationError:
    when = timezone.localtime(submission.submitted_at)
    return ValidationError(
        f"Báo cáo của {submission.unit} cho {plan_name(submission.plan)} đã được đồng chí {submission.submitted_by} gửi lúc "
        f"{when:%H} giờ {when:%M}, ngày {short(when.date())}. {KEPT} Nếu cần sửa, đồng chí gọi văn phòng để nhận lại báo cáo.",
        code="already_sent",
    )


def _fill(submission, *, sessions, kept, figures, points, by, at, confirmed) -> None:
    """Write figures, sessions and scores of a claimed submission, freeze them as a revision, close the report duty."""
    lines = confirmed_lines(submission.unit, submission.plan)
    figures = only_asked(figures, asked_of(submission.plan))
    figures, sessions, kept = _with_branches(submission, lines, figures=figures, sessions=sessions, kept=kept)
    facts = facts_for(
        plan=submission.plan, unit=submission.unit, sessions=sessions, figures=figures, received_at=at
    )
    for name, value in figures.items():
        setattr(submission, name, value)
    submission.confirmed_at, submission.confirmed_by = (at, by) if confirmed else (None, None)
    submission.edited_at, submission.edited_by = at, by
    write_self_scores(submission=submission, points=points, facts=facts)
    submission.save(
        update_fields=[*figures, "own_counts", "confirmed_at", "confirmed_by", "edited_at", "edited_by", "self_total", "self_level"]
    )
    submission.sessions.set(kept)
    freeze_answers(submission)
    SubmissionRevision.objects.create(
        submission=submission, revision=submission.revision, content=content_of(submission), sent_at=at, sent_by=by
    )
    if lines:
        mark_studied(unit=submission.unit, plans=[submission.plan], by=by, at=at)
    mark_submitted(unit=submission.unit, plan=submission.plan, by=by, at=at)
    details = {"revision": submission.revision, "receipt": submission.receipt_number, "source": submission.source}
    record_event(by=by, verb="submission.submit", target=submission, ward=submission.plan.ward, details=details, at=at)


def _with_branches(submission, lines, *, figures, sessions, kept):
    """Figures, session dicts and sessions of a đảng bộ with those of its cells (domain.md 2.4); its own part is kept apart.

    The heads of a unit that keeps its figures to itself are added to nothing.
    """
    BranchReport.objects.filter(submission=submission).update(submission=None)
    submission.own_counts = None
    if not lines:
        return figures, sessions, kept
    BranchReport.objects.filter(pk__in=[line.pk for line in lines]).update(submission=submission)
    own = {name: figures.get(name) for name in COUNT_FIGURES}
    submission.own_counts = own
    if submission.unit.figures_withheld:
        return figures, sessions, kept
    held = [line.session for line in lines if line.session is not None and not line.unit.figures_withheld]
    return figures | add_branches(own, lines), [*sessions, *branch_sessions(lines)], [*kept, *held]


def _move(submission: Submission, *, to: str, by: User, at: dt.datetime, verb: str, details: dict | None = None, **facts) -> Submission:
    """One conditional move of the state with its audit line; the loser of a race gets a sentence."""
    sources = [source for source, targets in STATE.MOVES.items() if to in targets]
    moved = Submission.objects.filter(pk=submission.pk, state__in=sources).update(
        state=to, version=F("version") + 1, edited_at=at, edited_by=by, **facts
    )
    submission.refresh_from_db()
    if not moved:
        word = submission.get_state_display()
        raise ValidationError(f"Báo cáo này đang ở trạng thái “{word}” nên không thực hiện được. Đồng chí tải lại trang.", code="state")
    record_event(by=by, verb=verb, target=submission, ward=submission.plan.ward, details=details or {}, at=at)
    return submission


@transaction.atomic
def accept_submission(*, submission: Submission, by: User, at: dt.datetime) -> Submission:
    """The office takes the report in: its figures now count. Raises ValidationError "state"."""
    facts = {"accepted_at": at, "accepted_by": by}
    _move(submission, to=STATE.ACCEPTED, by=by, at=at, verb="submission.accept", **facts)
    mark_accepted(unit=submission.unit, plan=submission.plan, by=by, at=at)
    return submission


@transaction.atomic
def accept_many(*, submissions: Iterable[Submission], by: User, at: dt.datetime) -> list[Submission]:
    """Accept those of `submissions` that still wait; one that somebody else has just handled is passed over."""
    waiting = [one for one in submissions if one.state == STATE.SUBMITTED]
    accepted = []
    for submission in sorted(waiting, key=lambda one: (one.plan_id, one.pk)):
        try:
            with transaction.atomic():
                accepted.append(accept_submission(submission=submission, by=by, at=at))
        except ValidationError as error:
            if error.code != "state":
                raise
    return accepted


@transaction.atomic
def return_submission(*, submission: Submission, field: str, reason: str, by: User, at: dt.datetime) -> Submission:
    """Ask the unit to complete one named place (`field` of reports.places); only this report unlocks, the unit is told.

    Raises ValidationError "locked" when the figures are out already, "paused" when a paper paused the plan (the unit would
    owe something without a day), "state" when it was returned meanwhile.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=submission.plan_id)
    if plan.state == PlanState.PAUSED:
        raise ValidationError("Kế hoạch đang tạm dừng. Đồng chí đề nghị bổ sung khi kế hoạch tiếp tục.", code="paused")
    if why := is_locked(submission.plan):
        raise ValidationError(f"{why} Không đề nghị bổ sung được nữa.", code="locked")
    facts = {
        "returned_at": at,
        "returned_by": by,
        "return_field": field,
        "return_reason": reason,
        "return_rounds": F("return_rounds") + 1,
        "accepted_at": None,
        "accepted_by": None,
    }
    details = {"field": field, "reason": reason}
    _move(submission, to=STATE.RETURNED, by=by, at=at, verb="submission.return", details=details, **facts)
    mark_returned(unit=submission.unit, plan=submission.plan, by=by, at=at)
    tell_unit(submission=submission, title="Đề nghị bổ sung 1 chỗ", body=reason, at=at)
    return submission


@transaction.atomic
def appraise_submission(*, submission: Submission, points: Points, by: User, at: dt.datetime) -> Submission:
    """Write the office's points (Score id -> points, reason where they differ); the unit is told.

    An appraised report may be appraised again. Raises ValidationError "state", "reason" (a difference without a reason).
    """
    for score in submission.scores.all():
        given, why = points.get(score.pk, (None, ""))
        if given is not None and given != score.self_points and not why.strip():
            raise ValidationError("Điểm khác điểm tự chấm thì cần ghi lý do.", code="reason")
    if submission.state != STATE.APPRAISED:
        _move(submission, to=STATE.APPRAISED, by=by, at=at, verb="submission.appraise")
        mark_appraised(unit=submission.unit, plan=submission.plan, by=by, at=at)
    else:
        record_event(by=by, verb="submission.appraise_again", target=submission, ward=submission.plan.ward, at=at)
    write_appraisal(submission=submission, points=points, facts=facts_of(submission), at=at)
    submission.save(update_fields=["appraised_total", "appraised_level"])
    tell_unit(submission=submission, title="Văn phòng đã thẩm định điểm", body=_appraised_words(submission), at=at)
    return submission


def _appraised_words(submission: Submission) -> str:
    """Totals and every line where the office differs, with its reason: what is sent back to the unit."""
    lines = [difference_words(score) for score in differences([submission]).get(submission.pk, [])]
    total = points_words(submission.appraised_total)
    first = f"Điểm thẩm định: {total}, xếp loại {submission.appraised_level}." if total else ""
    return "\n".join([one for one in [first, *lines] if one])


@transaction.atomic
def confirm_submission(*, submission: Submission, by: User, at: dt.datetime) -> Submission:
    """The secretary confirms what a helper or the office entered. Raises ValidationError "confirmed"."""
    changed = Submission.objects.filter(pk=submission.pk, confirmed_at=None, submitted_at__isnull=False).update(
        confirmed_at=at, confirmed_by=by
    )
    if not changed:
        raise ValidationError("Báo cáo này đã được xác nhận hoặc chưa gửi.", code="confirmed")
    submission.refresh_from_db()
    record_event(by=by, verb="submission.confirm", target=submission, ward=submission.plan.ward, at=at)
    return submission


@transaction.atomic
def mark_signed_copy(*, submission: Submission, kept: bool, by: User, at: dt.datetime) -> Submission:
    """Tick, or untick, that the signed paper is there."""
    submission.signed_copy_kept = kept
    submission.save(update_fields=["signed_copy_kept"])
    record_event(by=by, verb="submission.signed_copy", target=submission, ward=submission.plan.ward, details={"kept": kept}, at=at)
    return submission
