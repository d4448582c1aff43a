"""The outline and forms of a plan on the server: opened, saved after every part, sent once."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaigns.models import Assignment, Plan
from documents.dates import short
from reports.choices import EntrySource, SubmissionState
from reports.models import AnswerSheet, Submission
from reports.outline import read_sheet
from reports.selectors.locks import is_locked
from reports.selectors.outline import parts_of, reports_alone
from reports.selectors.prefill import prefilled
from reports.services.body_outlines import close_duties
from reports.services.sending import submit
from reports.wording import plan_name
from units.models import Unit, User
from units.services.audit import record_event

KEPT = "Những gì đồng chí đã gõ vẫn được giữ."


@transaction.atomic
def open_sheet(*, unit: Unit, plan: Plan, by: User, at: dt.datetime, source: str = EntrySource.UNIT) -> AnswerSheet:
    """The outline and forms of `unit` for `plan`: the one begun, or a fresh one with everything known filled in.

    Raises ValidationError "not_asked" (the unit owes nothing for the plan, or the plan has no outline) "closed"
    (the report was sent and not returned) and "locked" (the figures of the plan are out).
    """
    parts = parts_of(plan)
    if not parts or not Assignment.objects.filter(plan=plan, unit=unit).exists():
        raise ValidationError(f"{unit} không được giao đề cương, biểu của {plan_name(plan)}.", code="not_asked")
    Plan.objects.select_for_update().only("pk").get(pk=plan.pk)  # as whoever sends the first report of the unit
    submission, _ = Submission.objects.get_or_create(
        unit=unit, plan=plan, defaults={"source": source, "edited_at": at, "edited_by": by}
    )
    _refuse_closed(submission)
    sheet, made = AnswerSheet.objects.get_or_create(
        submission=submission,
        defaults={"content": prefilled(plan, unit, parts), "edited_at": at, "edited_by": by},
    )
    if made:
        record_event(by=by, verb="answers.open", target=submission, ward=plan.ward, details={"source": source}, at=at)
    return sheet


def _refuse_closed(submission: Submission) -> None:
    """Nothing is written into a report that was sent, nor for a plan whose figures are out."""
    if why := is_locked(submission.plan):
        raise ValidationError(f"{why} {KEPT} Đồng chí gọi văn phòng Đảng ủy.", code="locked")
    if submission.state not in SubmissionState.EDITABLE:
        word = submission.get_state_display().lower()
        raise ValidationError(
            f"Báo cáo này {word} nên không sửa được. {KEPT} Nếu cần sửa, đồng chí gọi văn phòng để nhận lại báo cáo.",
            code="closed",
        )


@transaction.atomic
def save_sheet(*, sheet: AnswerSheet, version: int, changes: dict, part: str, by: User, at: dt.datetime) -> AnswerSheet:
    """Keep what was typed on one part (its slug), right or not yet. `changes`: "headings" and "forms" by id.

    Raises ValidationError "closed" when the report was sent or taken in meanwhile, "locked", and "changed" when somebody else saved
    since `version`: what they wrote stays.
    """
    # The row of the report is the lock: a sending that runs at the same moment either sees this text or refuses it.
    submission = Submission.objects.select_for_update().get(pk=sheet.submission_id)
    _refuse_closed(submission)
    content = dict(sheet.content)
    for name, values in changes.items():
        content[name] = content.get(name, {}) | values
    content["typed"] = sorted({*content.get("typed", []), part})
    saved = AnswerSheet.objects.filter(pk=sheet.pk, version=version).update(
        content=content, version=F("version") + 1, edited_at=at, edited_by=by
    )
    sheet.refresh_from_db()
    if not saved:
        raise _changed(sheet)
    return sheet


def _changed(sheet: AnswerSheet) -> ValidationError:
    when = timezone.localtime(sheet.edited_at)
    return ValidationError(
        f"Đồng chí {sheet.edited_by} vừa lưu bản này lúc {when:%H} giờ {when:%M}, ngày {short(when.date())}. "
        "Những gì đồng chí gõ vẫn còn bên dưới. Bấm nút lưu lần nữa để dùng bản của đồng chí.",
        code="changed",
    )


@transaction.atomic
def send_sheet(
    *,
    sheet: AnswerSheet,
    version: int,
    by: User,
    at: dt.datetime,
    source: str = EntrySource.UNIT,
    confirmed: bool,
    ending: Iterable[Assignment] = (),
) -> Submission:
    """Send the outline and forms as the whole report of a unit that owes no session; a second press is the same receipt.
    `ending`: duties of a body that are done with it.

    Raises ValidationError "session" (the unit owes a session too: the outline goes with that report), "empty",
    "changed", "answers" (a cell is not right) and what `submit` raises; nothing is then written.
    """
    # The plan before the report, as in submit(): two sendings never wait for each other in a ring.
    plan = Plan.objects.select_for_update().get(pk=sheet.submission.plan_id)
    submission = Submission.objects.select_for_update().select_related("unit", "plan").get(pk=sheet.submission_id)
    token = f"de-cuong-{sheet.pk}-{version}"
    if submission.state not in SubmissionState.EDITABLE and submission.form_token == f"{token}-{submission.revision}:{plan.pk}":
        return submission
    _refuse_closed(submission)
    sheet.refresh_from_db()
    if sheet.version != version:
        raise _changed(sheet)
    if not reports_alone(plan, submission.unit):
        raise ValidationError(f"Đề cương, biểu này gửi cùng báo cáo buổi học. {KEPT}", code="session")
    if not any(read_sheet(parts_of(plan), sheet.content)):
        raise ValidationError("Đồng chí chưa ghi mục nào của đề cương, biểu nên chưa gửi được.", code="empty")
    Submission.objects.filter(pk=submission.pk).update(source=source)
    (sent,) = submit(
        unit=submission.unit,
        plans=[plan],
        sessions=[],
        figures={},
        points={},
        by=by,
        at=at,
        token=f"{token}-{submission.revision + 1}",
        source=source,
        confirmed=confirmed,
    )
    close_duties(submission=sent, duties=ending, by=by, at=at)
    return sent
