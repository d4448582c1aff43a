"""Content that units study once it is issued: the plan's list, its arrival, its end; a unit's word that it studied it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.choices import PlanState, Product
from campaigns.forms.assignments import ReasonForm
from campaigns.forms.awaited import ArriveForm, AwaitForm, StudiedForm
from campaigns.selectors.assignments import visible_assignments, ward_papers_since
from campaigns.selectors.awaited import contents_of, drafting_duties, visible_contents
from campaigns.selectors.plans import visible_plans
from campaigns.services import awaited as services
from campaigns.views.refusals import put_on_form
from documents.views.files import serve
from units.permissions import Permission
from units.workdays import WorkCalendar

USUAL_WORKING_DAYS = 10  # an office that is given no day sets ten days (format.md 8)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_awaited(request, pk):
    """What the units of an issued plan wait for, how far they are, and one more."""
    plan = get_object_or_404(
        visible_plans(request.access).select_related("ward", "paper"), pk=pk, state__in=PlanState.FROZEN
    )
    request.access.require(Permission.READ_WARD, plan.ward)
    may = plan.state == PlanState.ISSUED and request.access.can(Permission.MOVE_DEADLINES, plan.ward)
    form = AwaitForm(request.POST or None, duties=drafting_duties(plan))
    if request.method == "POST":
        request.access.require(Permission.MOVE_DEADLINES, plan.ward)
        if form.is_valid() and _done(request, form, services.await_content, plan=plan):
            messages.success(request, "Đã ghi. Mỗi đơn vị có thêm một phần việc chờ, chưa tính hạn.")
            return redirect("campaigns:plan-awaited", pk)
    context = {"plan": plan, "contents": contents_of(plan), "form": form, "may": may}
    return render(request, "campaigns/plan_awaited.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def awaited_arrive(request, pk):
    """The document was issued: the units get it, with a new day."""
    content = _waiting(request, pk)
    day = WorkCalendar.load().add_working_days(timezone.localdate(), USUAL_WORKING_DAYS)
    papers = ward_papers_since(request.access, content.plan)
    form = ArriveForm(request.POST or None, request.FILES or None, papers=papers, initial={"study_by": day})
    if request.method == "POST" and form.is_valid() and _done(request, form, services.record_arrival, content=content):
        messages.success(request, "Đã ghi ban hành. Các đơn vị đã được báo, phần việc chờ mở lại với hạn mới.")
        return redirect("campaigns:plan-awaited", content.plan_id)
    return render(request, "campaigns/awaited_arrive.html", {"content": content, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def awaited_drop(request, pk):
    """The document is not to come any more."""
    content = _waiting(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, form, services.drop_content, content=content):
        messages.success(request, "Đã thôi chờ nội dung này. Phần việc chờ của các đơn vị đã dừng.")
        return redirect("campaigns:plan-awaited", content.plan_id)
    return render(request, "campaigns/awaited_drop.html", {"content": content, "form": form})


@require_safe
def awaited_file(request, pk):
    """The document itself, for everybody who is to study it."""
    content = get_object_or_404(
        visible_contents(request.access).select_related("paper__pdf", "paper__signed_scan", "file"), pk=pk
    )
    file = content.file or (content.paper and (content.paper.signed_scan or content.paper.pdf))
    if file is None:
        raise Http404
    return serve(request, file)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_studied(request, pk):
    """A unit says that it studied what arrived; the office may say it for a unit."""
    rows = visible_assignments(request.access).filter(product=Product.CONTENT)
    related = ("unit", "duty__awaited_content__paper", "plan__ward", "plan__paper")
    assignment = get_object_or_404(rows.select_related(*related), pk=pk)
    if not request.access.can(Permission.ENTER_ON_BEHALF, assignment.plan.ward):
        request.access.require(Permission.DO_DUTY, assignment.unit)
    form = StudiedForm(request.POST or None, initial={"studied_on": timezone.localdate()})
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(request, form, services.record_content_studied, assignment=assignment)
    ):
        messages.success(request, "Đã ghi ngày học. Phần việc này đã xong.")
        return redirect("campaigns:assignment-detail", pk)
    base = "base_phone.html" if request.access.can(Permission.REPORT_UNIT) else "base.html"
    context = {"assignment": assignment, "content": assignment.duty.awaited_content, "form": form, "base": base}
    return render(request, "campaigns/assignment_studied.html", context | {"today": timezone.localdate()})


def _waiting(request, pk):
    """A content nobody has recorded or dropped yet, of a running plan whose days this person may set."""
    rows = visible_contents(request.access).filter(arrived_at=None, dropped_at=None, plan__state=PlanState.ISSUED)
    content = get_object_or_404(rows.select_related("plan__ward", "plan__paper", "part", "source"), pk=pk)
    request.access.require(Permission.MOVE_DEADLINES, content.plan.ward)
    return content


def _done(request, form, service, **subject):
    """Call `service`; a refusal goes onto the form, with everything typed still in it."""
    try:
        service(by=request.user, at=request.received_at, **subject, **form.cleaned_data)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True
