"""Hồ sơ lưu trữ: what will be in it, and the order to make it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.choices import PlanState
from campaigns.selectors.plans import visible_plans
from reports.services.archiving import archivable_plans, archive_items
from units.permissions import Permission
from units.services.jobs import ask_job


@require_http_methods(["GET", "HEAD", "POST"])
def plan_archive(request, pk):
    """The list before it is made: what is missing can still be added. The file itself is long work."""
    plan = get_object_or_404(visible_plans(request.access), pk=pk)
    request.access.require(Permission.ISSUE_PAPER, plan.ward)
    plan = get_object_or_404(archivable_plans(request.access), pk=pk)
    if request.method == "POST":
        title = f"Lập hồ sơ lưu trữ kế hoạch số {plan.paper.number_text}"
        ask_job(kind="plan-archive", title=title, arguments={"plan": plan.pk}, by=request.user)
        messages.success(
            request, "Đang lập hồ sơ. Đồng chí có thể làm việc khác; tệp ZIP sẽ có ở trang này, giữ 7 ngày."
        )
        return redirect("units:job-list")
    items = archive_items(plan, now=timezone.now())
    context = {
        "plan": plan,
        "items": items,
        "kept": sum(item.read is not None for item in items),
        "closed": plan.state == PlanState.CLOSED,
    }
    return render(request, "reports/plan_archive.html", context)
