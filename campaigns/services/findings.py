"""Findings of the checks on one plan: which were let stand, which block, and how an office gets past them (decisions 14)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.models import DismissedFinding, Plan
from campaigns.selectors.findings import blocking, dismissed_of, key_of
from campaigns.selectors.plan_checks import checked_plan
from documents.checks import Finding
from units.models import User
from units.services.audit import record_event

_SHOWN = 3
_LONGEST = 80


@transaction.atomic
def dismiss_finding(
    *, plan: Plan, finding: Finding, reason: str, by: User, at: dt.datetime | None = None
) -> DismissedFinding:
    """Let a finding stand for this plan, with the reason; said again it only changes the reason.

    Raises ValidationError "required" (on `reason`) without one, "not_editable" for a plan that went out.
    """
    if not reason.strip():
        raise ValidationError({"reason": ValidationError("Đồng chí ghi lý do bỏ qua lưu ý này.", code="required")})
    _refuse_frozen(plan)
    check, variant, quote = key_of(finding)
    facts = {"reason": reason.strip()[:300], "dismissed_at": at or timezone.now(), "dismissed_by": by}
    row, _ = DismissedFinding.objects.update_or_create(
        plan=plan, check_id=check, variant=variant, quote=quote, defaults=facts
    )
    details = {"check": check, "variant": variant, "reason": row.reason}
    record_event(by=by, verb="plan.dismiss_finding", target=plan, ward=plan.ward, details=details, at=at)
    return row


@transaction.atomic
def restore_finding(*, plan: Plan, finding: Finding, by: User, at: dt.datetime | None = None) -> None:
    """Take a dismissal back; nothing happens when there was none."""
    _refuse_frozen(plan)
    check, variant, quote = key_of(finding)
    gone, _ = DismissedFinding.objects.filter(plan=plan, check_id=check, variant=variant, quote=quote).delete()
    if gone:
        details = {"check": check, "variant": variant}
        record_event(by=by, verb="plan.restore_finding", target=plan, ward=plan.ward, details=details, at=at)


def refuse_blocking(*, plan: Plan, by: User, now: dt.datetime, override_reason: str = "") -> None:
    """Stop a move of a plan that still holds errors of form or fact, unless the office writes why it goes on.

    Called inside the transaction of the move. Raises ValidationError "blocking_findings".
    """
    findings = checked_plan(plan, today=timezone.localdate(now)).findings
    left = blocking(findings, dismissed=dismissed_of(plan))
    if not left:
        return
    if not override_reason.strip():
        raise ValidationError(_sentence(left), code="blocking_findings")
    details = {"reason": override_reason.strip()[:300], "findings": [_named(one) for one in left]}
    record_event(by=by, verb="plan.override_findings", target=plan, ward=plan.ward, details=details, at=now)


def _sentence(left: list[Finding]) -> str:
    named = "; ".join(_named(one) for one in left[:_SHOWN])
    more = f" và {len(left) - _SHOWN} lỗi nữa" if len(left) > _SHOWN else ""
    return (
        f"Kế hoạch còn {len(left)} lỗi phải xử lý: {named}{more}. Kế hoạch chưa chuyển bước. "
        "Đồng chí sửa lại, hoặc bỏ qua từng lỗi kèm lý do."
    )


def _named(finding: Finding) -> str:
    words = " ".join(finding.quote.split())[:_LONGEST]
    return f"“{words}” ({finding.check})" if words else f"{finding.message.rstrip('.')} ({finding.check})"


def _refuse_frozen(plan: Plan) -> None:
    if plan.paper_id:
        raise ValidationError("Kế hoạch đã ban hành nên không đổi lưu ý được nữa.", code="not_editable")


__all__ = ["blocking", "dismiss_finding", "dismissed_of", "refuse_blocking", "restore_finding"]
