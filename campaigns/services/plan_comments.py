"""Remarks on parts of a draft: made, answered by a change, marked as dealt with."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.choices import PlanState
from campaigns.models import Plan, PlanComment
from campaigns.plan_blocks import ABOUT, plan_blocks_of
from campaigns.selectors.plans import plan_content
from units.models import User
from units.services.audit import record_event

MOST = 200


@transaction.atomic
def comment_on_plan(*, plan: Plan, block: str, text: str, by: User, now: dt.datetime) -> PlanComment:
    """Put a remark beside the part `block` ("duties-3") of a plan that is not issued yet.

    Raises ValidationError "required" for an empty remark, "unknown" for a part that the plan does not have, "frozen"
    when the plan was issued, "too_many".
    """
    if not text.strip():
        raise ValidationError({"text": ValidationError("Đồng chí ghi nội dung góp ý.", code="required")})
    if plan.state in PlanState.FROZEN:
        raise ValidationError("Kế hoạch đã ban hành nên không góp ý vào dự thảo được nữa.", code="frozen")
    about = next((one.text for one in plan_blocks_of(plan_content(plan)) if one.key == block), None)
    if about is None:
        message = "Chỗ này không còn trong kế hoạch. Đồng chí chọn lại chỗ cần góp ý; nội dung đã gõ vẫn còn."
        raise ValidationError({"block": ValidationError(message, code="unknown")})
    if plan.comments.count() >= MOST:
        raise ValidationError("Kế hoạch đã có quá nhiều góp ý. Đồng chí ghi chung vào một góp ý đã có.", code="too_many")
    comment = PlanComment.objects.create(
        plan=plan, block=block, about=about[:ABOUT], text=text.strip(), made_at=now, made_by=by
    )
    record_event(by=by, verb="plan.comment", target=plan, ward=plan.ward, details={"block": block}, at=now)
    return comment


@transaction.atomic
def resolve_comment(*, comment: PlanComment, by: User, now: dt.datetime) -> PlanComment:
    """Mark a remark as dealt with; a second click changes nothing."""
    open_ = PlanComment.objects.filter(pk=comment.pk, resolved_at__isnull=True)
    if open_.update(resolved_at=now, resolved_by=by):
        details = {"block": comment.block}
        record_event(by=by, verb="plan.comment_done", target=comment.plan, ward=comment.plan.ward, details=details, at=now)
    comment.refresh_from_db()
    return comment
