"""Kế hoạch: the list, one plan, its paper, and the moves between its states."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.forms.plan_findings import OverrideForm
from campaigns.forms.plans import PlanFilterForm, ReturnPlanForm
from campaigns.paper import plan_paper
from campaigns.selectors.plan_pages import plan_page
from campaigns.selectors.plan_parts import plan_to_show
from campaigns.selectors.plans import search_plans, visible_plans
from campaigns.services import plans as services
from campaigns.views.refusals import put_on_form, tell
from documents.views.files import serve
from documents.writing import pdf
from units.permissions import Permission

PAGE = 30
MOST_FIGURES = 10  # of a number in an address or a hidden field


@require_safe
def plan_list(request):
    """All plans of the ward, newest first."""
    request.access.require(Permission.READ_WARD)
    form = PlanFilterForm(request.GET or None)
    filters = form.cleaned_data if form.is_bound and form.is_valid() else {}
    plans = search_plans(
        visible_plans(request.access),
        words=filters.get("q", ""),
        state=filters.get("state", ""),
        kind=filters.get("kind", ""),
    )
    page = Paginator(plans.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    may_draft = request.access.can(Permission.DRAFT_PAPER)
    context = {"form": form, "page_obj": page, "filtered": any(filters.values()), "may_draft": may_draft}
    return render(request, "campaigns/plan_list.html", context)


@require_safe
def plan_detail(request, pk):
    """One plan: where it stands, what it asks of whom, what this person can do next."""
    plan = plan_to_show(request.access, pk)
    if plan is None:
        raise Http404
    context = plan_page(plan, request.access, today=timezone.localdate())
    return render(request, "campaigns/plan_detail.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # the paper may stand in a frame of our own pages, and only there
def plan_print(request, pk):
    """The paper: the frozen PDF once issued, else the bản trình ký as it would print now."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper__pdf"), pk=pk)
    if plan.paper_id:
        return serve(request, plan.paper.pdf)
    rendered = pdf.render(plan_paper(plan))
    response = HttpResponse(rendered.data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{rendered.name}"'
    return response


@require_safe
def plan_scan(request, pk):
    """The signed scan of an issued plan."""
    plans = visible_plans(request.access).filter(paper__signed_scan__isnull=False)
    return serve(request, get_object_or_404(plans.select_related("paper__signed_scan"), pk=pk).paper.signed_scan)


@require_POST
def plan_submit(request, pk):
    """Put the draft before the leaders; a person who holds both roles may approve it in the same click."""
    plan = _plan(request, pk, Permission.DRAFT_PAPER)
    version = _version(request)
    if "approve" in request.POST:
        request.access.require(Permission.APPROVE_PAPER, plan.ward)
        said = "Đã trình và duyệt. Đồng chí in bản trình ký để ký ngoài chương trình."
        return _move(request, plan, services.submit_and_approve_plan, said, expected_version=version)
    said = "Đã trình kế hoạch. Lãnh đạo sẽ thấy ở trang đầu của mình."
    return _move(request, plan, services.submit_plan, said, expected_version=version)


@require_POST
def plan_approve(request, pk):
    """The leaders agree."""
    plan = _plan(request, pk, Permission.APPROVE_PAPER)
    return _move(request, plan, services.approve_plan, "Đã duyệt. Văn phòng in bản trình ký để ký ngoài.")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_return(request, pk):
    """Back to the drafters, with what has to be changed."""
    plan = _plan(request, pk, Permission.RETURN_DRAFT)
    form = ReturnPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.return_plan(plan=plan, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã trả lại kế hoạch kèm nội dung cần sửa.")
            return redirect(plan)
    return render(request, "campaigns/plan_return.html", {"plan": plan, "form": form})


def _plan(request, pk, permission):
    plan = get_object_or_404(visible_plans(request.access).select_related("ward"), pk=pk)
    request.access.require(permission, plan.ward)
    return plan


def _move(request, plan, service, said, **options):
    """Move the plan; one that the checks stop leads to its findings, where the office may go on with a reason."""
    form = OverrideForm(request.POST)
    reason = form.cleaned_data["override_reason"] if form.is_valid() else ""
    try:
        service(plan=plan, by=request.user, now=timezone.now(), override_reason=reason, **options)
    except ValidationError as refused:
        tell(request, refused)
        if getattr(refused, "code", "") == "blocking_findings":
            return redirect("campaigns:plan-findings", plan.pk)
    else:
        messages.success(request, said)
    return redirect(plan)


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < MOST_FIGURES else None
