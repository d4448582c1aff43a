"""What the outline of a body does to its duties: sending it ends those it ticked, a return opens them again."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from campaigns.choices import AssignmentState
from campaigns.models import Assignment
from campaigns.services.assignments import record_progress, reopen
from documents.dates import short
from reports.models import Submission
from units.choices import UnitKind
from units.models import User


def receipt_words(submission: Submission) -> str:
    """ "Đề cương, biểu, biên nhận số 3": what stands as product of a duty that the outline ended."""
    return f"Đề cương, biểu, biên nhận số {submission.receipt_number}"


def close_duties(*, submission: Submission, duties: Iterable[Assignment], by: User, at: dt.datetime) -> None:
    """End `duties` of the body with what it has just sent; part of sending, the caller holds the transaction."""
    note = f"Đã gửi đề cương, biểu ngày {short(timezone.localdate(at))}."
    for assignment in duties:
        record_progress(
            assignment=assignment,
            state=AssignmentState.DONE,
            note=note,
            product_words=receipt_words(submission),
            by=by,
            at=at,
        )


def open_duties_again(*, submission: Submission, reason: str, by: User, at: dt.datetime) -> None:
    """The office asks a body for more: the duties that its outline had ended are owed again."""
    if submission.unit.kind != UnitKind.BODY:
        return
    ended = Assignment.objects.filter(
        unit=submission.unit_id,
        plan=submission.plan_id,
        state=AssignmentState.DONE,
        product_words=receipt_words(submission),
    )
    for assignment in ended.select_related("plan__ward", "duty", "unit").order_by("pk"):
        reopen(assignment=assignment, reason=reason, by=by, at=at)
