"""The findings of a plan as a page: what stops it, what was let stand and why, and the way past errors."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.choices import PlanState
from campaigns.forms.plan_findings import FindingForm
from campaigns.selectors.findings import blocking, dismissed_of, key_of
from campaigns.selectors.plan_checks import checked_plan
from campaigns.selectors.plan_pages import allowed_acts
from campaigns.selectors.plans import visible_plans
from campaigns.services.findings import dismiss_finding, restore_finding
from campaigns.views.refusals import tell
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def plan_findings(request, pk):
    """Every finding of a plan that is not issued yet; POST lets one stand with a reason, or takes it up again."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "signer"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER if request.method == "POST" else Permission.READ_WARD, plan.ward)
    if plan.state in PlanState.FROZEN:
        messages.info(request, "Kế hoạch đã ban hành; lưu ý thể thức chỉ dành cho dự thảo.")
        return redirect(plan)
    findings = checked_plan(plan, today=timezone.localdate()).findings
    if request.method == "POST":
        return _decide(request, plan, findings)
    dismissed = dismissed_of(plan)
    stopping = {key_of(one) for one in blocking(findings, dismissed=dismissed)}
    reviewer = request.access.can(Permission.RETURN_DRAFT, plan.ward)
    drafter = request.access.can(Permission.DRAFT_PAPER, plan.ward)
    rows = [
        {"finding": one, "stops": key_of(one) in stopping, "may_dismiss": drafter and (reviewer or not blocking([one]))}
        for one in findings
        if key_of(one) not in dismissed
    ]
    rows.sort(key=lambda row: not row["stops"])  # what stops the plan first, else as in the paper
    let_stand = [{"finding": one, "row": dismissed[key_of(one)]} for one in findings if key_of(one) in dismissed]
    context = {"plan": plan, "rows": rows, "let_stand": let_stand, "stopping": len(stopping), "drafter": drafter}
    context["acts"] = allowed_acts(plan, request.access)
    return render(request, "campaigns/plan_findings.html", context)


def _decide(request, plan, findings):
    """Errors that stop a plan are let stand by a reviewer only; a drafter decides about all else."""
    form = FindingForm(request.POST)
    facts = form.cleaned_data if form.is_valid() else {}
    wanted = (facts.get("check"), facts.get("variant"), facts.get("quote"))
    found = next((one for one in findings if (one.check, one.variant, one.quote) == wanted), None)
    try:
        if found is None:
            raise ValidationError("Câu chữ này đã được sửa nên lưu ý không còn. Chưa có gì thay đổi.", code="gone")
        if blocking([found]) and not request.access.can(Permission.RETURN_DRAFT, plan.ward):
            raise PermissionDenied("Lỗi này chỉ người thẩm định thể thức bỏ qua được.")
        if facts["act"] == "dismiss":
            dismiss_finding(plan=plan, finding=found, reason=facts["reason"], by=request.user, at=timezone.now())
            messages.success(request, "Đã bỏ qua lưu ý, kèm lý do.")
        else:
            restore_finding(plan=plan, finding=found, by=request.user, at=timezone.now())
            messages.success(request, "Đã lấy lại lưu ý.")
    except ValidationError as refused:
        tell(request, refused)
    return redirect("campaigns:plan-findings", plan.pk)
