"""Reports of units once they are sent (services/sending.py): accepted, returned on a named field, appraised."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from campaigns.choices import PlanState
from campaigns.models import Plan
from campaigns.services.assignments import mark_accepted, mark_appraised, mark_returned
from reports.choices import SubmissionState
from reports.models import Submission
from reports.places import label_of
from reports.selectors.appraisal import differences
from reports.selectors.locks import is_locked
from reports.selectors.submissions import facts_of
from reports.services.body_outlines import open_duties_again
from reports.services.notices import APPRAISED, tell_unit
from reports.services.scores import write_appraisal
from reports.services.sent_rows import Points
from reports.wording import appraised_words
from units.models import User
from units.services.audit import record_event

STATE = SubmissionState


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
def return_submission(
    *, submission: Submission, places: list[tuple[str, str]], by: User, at: dt.datetime
) -> Submission:
    """Ask the unit to complete named places, (field of reports.places, reason) each; only this report unlocks, the unit is
    told once and one round is counted, however many places there are.

    Raises ValidationError "locked" when the figures are out already, "paused" when a paper paused the plan (the unit would
    owe something without a day), "state" when it was returned meanwhile.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=submission.plan_id)
    if plan.state == PlanState.PAUSED:
        raise ValidationError("Kế hoạch đang tạm dừng. Đồng chí đề nghị bổ sung khi kế hoạch tiếp tục.", code="paused")
    if why := is_locked(submission.plan):
        raise ValidationError(f"{why} Không đề nghị bổ sung được nữa.", code="locked")
    words = "\n".join(f"{label_of(field)}: {reason}" for field, reason in places) if len(places) > 1 else places[0][1]
    facts = {
        "returned_at": at,
        "returned_by": by,
        "return_field": places[0][0],
        "return_reason": words,
        "return_places": [{"field": field, "reason": reason} for field, reason in places],
        "return_rounds": F("return_rounds") + 1,
        "accepted_at": None,
        "accepted_by": None,
    }
    details = {"field": ", ".join(field for field, _reason in places), "reason": words}
    _move(submission, to=STATE.RETURNED, by=by, at=at, verb="submission.return", details=details, **facts)
    mark_returned(unit=submission.unit, plan=submission.plan, by=by, at=at)
    open_duties_again(submission=submission, reason=words, by=by, at=at)
    tell_unit(submission=submission, title=f"Đề nghị bổ sung {len(places)} chỗ", body=words, at=at)
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
    words = appraised_words(submission, differences([submission]).get(submission.pk, []))
    tell_unit(submission=submission, title=APPRAISED, body=words, at=at)
    return submission


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
