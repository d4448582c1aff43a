"""The issue of a plan and what follows it: scan, send list, withdrawal, end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.forms.plans import IssuePlanForm, ScanForm, WithdrawPlanForm
from campaigns.selectors.plan_pages import book_state
from campaigns.selectors.plans import visible_plans
from campaigns.services import plans as services
from campaigns.views.refusals import put_on_form, tell
from units.permissions import Permission

_FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM_METHODS)
def plan_issue(request, pk):
    """Number, date and scan of an approved plan that was signed."""
    return _record(request, pk, recorded_past=False)


@require_http_methods(_FORM_METHODS)
def plan_record(request, pk):
    """The same for a plan that was issued on paper before; it need not have been approved here."""
    return _record(request, pk, recorded_past=True)


@require_http_methods(_FORM_METHODS)
def plan_scan_new(request, pk):
    """The signed scan, when it comes later."""
    plan = _plan(request, pk)
    get_object_or_404(visible_plans(request.access), pk=pk, paper__isnull=False)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {"scan": form.cleaned_data["scan"], "declared_not_secret": form.cleaned_data["declared"]}
        if _done(request, form, services.attach_plan_scan, plan, "Đã lưu bản đã ký.", **facts):
            return redirect(plan)
    return render(request, "campaigns/plan_scan.html", {"plan": plan, "form": form})


@require_http_methods(_FORM_METHODS)
def plan_withdraw(request, pk):
    """Take back a plan issued by mistake; asks first."""
    plan = _plan(request, pk)
    form = WithdrawPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = "Đã thu hồi kế hoạch. Những việc chưa làm đã dừng, không ai bị nhắc nữa."
        if _done(request, form, services.withdraw_plan, plan, said, reason=form.cleaned_data["reason"]):
            return redirect(plan)
    return render(request, "campaigns/plan_withdraw.html", {"plan": plan, "form": form})


@require_http_methods(_FORM_METHODS)
def plan_close(request, pk):
    """End the campaign; asks first."""
    plan = _plan(request, pk)
    if request.method == "POST":
        _simple_move(request, plan, services.close_plan, "Đã kết thúc kế hoạch.")
        return redirect(plan)
    return render(request, "campaigns/plan_close.html", {"plan": plan})


@require_POST
def plan_reopen(request, pk):
    """Take the campaign up again."""
    plan = _plan(request, pk)
    _simple_move(request, plan, services.reopen_plan, "Đã mở lại kế hoạch.")
    return redirect(plan)


@require_safe
def plan_dispatches(request, pk):
    """The send list of the plan's paper: the page that every issued paper has."""
    plan = get_object_or_404(visible_plans(request.access).filter(paper__isnull=False).select_related("ward"), pk=pk)
    request.access.require(Permission.READ_WARD, plan.ward)
    return redirect("documents:paper-dispatches", plan.paper_id)


def _record(request, pk, *, recorded_past):
    plan = _plan(request, pk)
    book = book_state(plan)
    initial = {"number": book.next_number, "dated_on": timezone.localdate()}
    form = IssuePlanForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        said = "Đã ghi ban hành: nội dung đã khóa, nhiệm vụ đã giao, danh sách gửi đã lập."
        if not facts["scan"]:
            said += " Chưa có bản đã ký; đồng chí tải lên khi có."
        options = {
            "number": facts["number"],
            "dated_on": facts["dated_on"],
            "scan": facts["scan"],
            "declared_not_secret": facts["declared"],
            "recorded_past": recorded_past,
            "override_reason": facts["override_reason"],
        }
        if _done(request, form, services.issue_plan, plan, said, **options):
            return redirect(plan)
    context = {"plan": plan, "form": form, "book": book, "recorded_past": recorded_past}
    return render(request, "campaigns/plan_issue.html", context)


def _plan(request, pk):
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    request.access.require(Permission.ISSUE_PAPER, plan.ward)
    return plan


def _done(request, form, service, plan, said, **options):
    try:
        service(plan=plan, by=request.user, now=timezone.now(), **options)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    messages.success(request, said)
    return True


def _simple_move(request, plan, service, said):
    try:
        service(plan=plan, by=request.user, now=timezone.now())
    except ValidationError as refused:
        tell(request, refused)
    else:
        messages.success(request, said)
