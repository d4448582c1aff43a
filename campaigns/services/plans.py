"""Every move of a plan: saved, submitted, returned, approved. Issue and what follows are in services/issuing.py."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaigns.choices import DeadlineRule, PlanState
from campaigns.models import Directive, Plan, PlanRemark
from campaigns.plan_content import PlanContent
from campaigns.selectors.plans import plan_content
from campaigns.services.findings import refuse_blocking
from campaigns.services.issuing import attach_plan_scan, close_plan, issue_plan, reopen_plan, withdraw_plan
from campaigns.services.plan_moves import move_plan
from campaigns.services.plan_rows import write_plan
from campaigns.services.plan_versions import completed, keep_version, restorable, version_of
from campaigns.services.redrafting import take_in
from units.models import User
from units.services.audit import record_event

__all__ = [
    "PlanConflictError",
    "add_directive",
    "approve_plan",
    "attach_plan_scan",
    "close_plan",
    "issue_plan",
    "reopen_plan",
    "restore_version",
    "return_plan",
    "save_plan_draft",
    "submit_and_approve_plan",
    "submit_plan",
    "withdraw_plan",
]


class PlanConflictError(ValidationError):
    """Somebody saved the plan after this person opened it; nothing of either text is lost."""


@transaction.atomic
def save_plan_draft(
    *,
    plan: Plan,
    expected_version: int,
    content: PlanContent,
    by: User,
    now: dt.datetime,
    automatic: bool = False,
    note: str = "",
) -> Plan:
    """Save what a person wrote, if the plan is still the one they opened (compare-and-swap on `version`).

    `automatic`: the editor saves by itself while a person types. Then a text without a change is left alone, and the
    savings of some minutes are one version and one line of the trail. `note` says why a version was made.

    Raises PlanConflictError "conflict" when somebody else saved meanwhile, ValidationError "not_editable" when the plan is
    no longer a draft.
    """
    won = Plan.objects.filter(pk=plan.pk, version=expected_version, state__in=PlanState.EDITABLE).update(version=F("version"))
    # The update locks the row on PostgreSQL and the database on SQLite, so the rows below are written by one person.
    if not won:
        plan.refresh_from_db()
        if not plan.is_editable:
            raise ValidationError(
                "Kế hoạch không còn là dự thảo nên không lưu được nội dung. Đồng chí tải lại trang để xem tình trạng.",
                code="not_editable",
            )
        raise PlanConflictError("Kế hoạch vừa được người khác lưu. Nội dung đồng chí gõ vẫn còn nguyên.", code="conflict")
    plan.refresh_from_db()
    before = plan_content(plan)
    content = completed(content, before)
    if automatic and content == before:
        return plan
    begun = keep_version(plan=plan, before=before, content=content, by=by, now=now, automatic=automatic, note=note)
    write_plan(plan=plan, content=content, by=by, now=now)
    plan.refresh_from_db()
    if begun:
        record_event(by=by, verb="plan.save", target=plan, ward=plan.ward, details={"version": plan.version}, at=now)
    return plan


def restore_version(*, plan: Plan, number: int, expected_version: int, by: User, now: dt.datetime) -> Plan:
    """Put the text of an earlier version back, as a new version; raises as save_plan_draft does, and "unknown"."""
    content = restorable(version_of(plan, number))
    note = f"Khôi phục bản {number}"
    return save_plan_draft(plan=plan, expected_version=expected_version, content=content, by=by, now=now, note=note)


@transaction.atomic
def add_directive(*, plan: Plan, directive: Directive, by: User, now: dt.datetime) -> Plan:
    """Take another directive into a draft: its mentions join those of the others (decisions 1).

    Raises ValidationError "not_editable" or "already".
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_editable:
        raise ValidationError("Kế hoạch không còn là dự thảo nên không đưa thêm văn bản vào được.", code="not_editable")
    if locked.directive_links.filter(directive=directive).exists():
        raise ValidationError("Văn bản này đã có trong kế hoạch.", code="already")
    content = take_in(plan=locked, directive=directive)
    keep_version(plan=locked, before=plan_content(locked), content=content, by=by, now=now, note="Đưa thêm văn bản vào")
    write_plan(plan=locked, content=content, by=by, now=now)
    locked.refresh_from_db()
    details = {"directive": str(directive)}
    record_event(by=by, verb="plan.take_in", target=locked, ward=locked.ward, details=details, at=now)
    return locked


@transaction.atomic
def submit_plan(
    *, plan: Plan, by: User, now: dt.datetime, expected_version: int | None = None, override_reason: str = ""
) -> Plan:
    """Put the draft before the leaders; `override_reason` is what an office role writes to go on despite errors.

    Raises ValidationError "incomplete" when something a plan cannot do without is missing, "past_deadline" when a
    deadline has already passed, "blocking_findings" when the checks find errors that nobody let stand, "changed" when
    the plan is not a draft any more or was saved meanwhile.
    """
    _refuse_incomplete(plan)
    _refuse_past_deadlines(plan, today=timezone.localdate(now))
    refuse_blocking(plan=plan, by=by, now=now, override_reason=override_reason)
    extra = {} if expected_version is None else {"version": expected_version}
    return move_plan(plan, to=PlanState.SUBMITTED, by=by, now=now, verb="plan.submit", only=extra, submitted_at=now, submitted_by=by)


@transaction.atomic
def return_plan(*, plan: Plan, remark: str, by: User, now: dt.datetime) -> Plan:
    """Send the plan back to the drafters with what has to be changed; raises ValidationError "required", "changed"."""
    if not remark.strip():
        raise ValidationError({"remark": ValidationError("Đồng chí ghi nội dung cần sửa.", code="required")})
    plan = move_plan(plan, to=PlanState.RETURNED, by=by, now=now, verb="plan.return", approved_at=None, approved_by=None)
    PlanRemark.objects.create(plan=plan, state=PlanState.RETURNED, text=remark.strip(), made_at=now, made_by=by)
    return plan


@transaction.atomic
def approve_plan(*, plan: Plan, by: User, now: dt.datetime, remark: str = "", override_reason: str = "") -> Plan:
    """The leaders agree; the paper goes out to be signed. "Duyệt" is never printed as a signature (decisions 11).

    Raises ValidationError "changed", "blocking_findings".
    """
    if plan.state == PlanState.SUBMITTED:
        refuse_blocking(plan=plan, by=by, now=now, override_reason=override_reason)
    plan = move_plan(plan, to=PlanState.APPROVED, by=by, now=now, verb="plan.approve", approved_at=now, approved_by=by)
    if remark.strip():
        PlanRemark.objects.create(plan=plan, state=PlanState.APPROVED, text=remark.strip(), made_at=now, made_by=by)
    return plan


@transaction.atomic
def submit_and_approve_plan(
    *, plan: Plan, by: User, now: dt.datetime, expected_version: int | None = None, override_reason: str = ""
) -> Plan:
    """Both steps in one click for a person who holds both roles; the trail keeps them apart (domain.md 5.2)."""
    why = {"override_reason": override_reason}
    submitted = submit_plan(plan=plan, by=by, now=now, expected_version=expected_version, **why)
    return approve_plan(plan=submitted, by=by, now=now, **why)


def _refuse_incomplete(plan):
    missing = []
    if not plan.subject.strip():
        missing.append("trích yếu")
    if not plan.directive_links.exists():
        missing.append("văn bản của cấp trên")
    if not plan.duties.exists():
        missing.append("ít nhất một nhiệm vụ")
    if missing:
        raise ValidationError("Kế hoạch còn thiếu: %(missing)s.", code="incomplete", params={"missing": ", ".join(missing)})


def _refuse_past_deadlines(plan, *, today):
    passed = plan.duties.filter(last_day__lt=today, tentative=False).exclude(rule=DeadlineRule.RECURRING)
    duty = passed.order_by("last_day").first()
    if duty is not None:
        raise ValidationError(
            "Nhiệm vụ “%(duty)s” có hạn %(day)s, đã qua. Đồng chí sửa thời hạn trước khi trình.",
            code="past_deadline",
            params={"duty": duty.text[:80], "day": f"{duty.last_day:%d/%m/%Y}"},
        )
