"""Duties: of a body or unit over all plans, and of one plan for the office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.choices import AssignmentState, Product
from campaigns.forms.assignments import ExemptForm, ExtendForm, ExtendManyForm, ProgressForm, ReasonForm, ShowForm
from campaigns.models import AwaitedContent
from campaigns.selectors.assignments import (
    decisions_on,
    lines_of,
    own_assignments,
    plan_assignments,
    product_papers,
    progress_on,
    split_blocked,
    split_by_state,
    turns_of,
    visible_assignments,
)
from campaigns.selectors.body_duties import asks_in_writing, bodies_of
from campaigns.selectors.plans import visible_plans
from campaigns.services import assignments as services
from campaigns.services.exemptions import exempt
from campaigns.verdicts import verdict_of
from campaigns.views.refusals import put_on_form
from documents.search import fold
from documents.selectors.papers import visible_papers
from documents.views.files import serve
from units.choices import UnitKind
from units.permissions import Permission
from units.selectors.units import old_name

PER_PAGE = 100
_STATE = AssignmentState


@require_safe
def assignment_list(request):
    """What my units and bodies owe, of every plan that runs."""
    request.access.require(Permission.DO_DUTY)
    today = timezone.localdate()
    rows = list(own_assignments(request.access))
    overdue, waiting, done = split_by_state(rows, on=today)
    blocked, waiting = split_blocked(waiting)
    context = {"overdue": overdue, "waiting": waiting, "blocked": blocked, "done": done, "today": today, "base": base_of(request)}
    context["bodies"] = bodies_of(request.access).filter(request.access.reach(Permission.DO_DUTY)).order_by("sort_key", "pk")
    context["in_writing"] = asks_in_writing([row for row in rows if row.unit.kind == UnitKind.BODY])
    return render(request, "campaigns/assignment_list.html", context)


@require_safe
def assignment_detail(request, pk):
    """One duty: the clause, the day, what was done, and what this person may do about it."""
    assignment = _find(request, pk)
    office = request.access.can(Permission.MOVE_DEADLINES, assignment.plan.ward)
    context = {
        "assignment": assignment,
        "paper": visible_papers(request.access).filter(pk=assignment.plan.paper_id).first(),
        "verdict": verdict_of(assignment),
        "decisions": decisions_on(assignment),
        "progress": progress_on(assignment),
        "turns": turns_of(assignment),
        "content": AwaitedContent.objects.filter(part=assignment.duty_id).select_related("paper", "file").first(),
        "product_paper": visible_papers(request.access).filter(pk=assignment.product_paper_id).first(),
        "old_name": old_name(assignment.unit, on=assignment.plan.paper.dated_on) if assignment.plan.paper_id else "",
        "changes": assignment.change_lines.select_related("change").order_by("pk"),
        "today": timezone.localdate(),
        "base": base_of(request),
        "by_session": assignment.product in Product.BY_UNITS,
        "is_open": assignment.state in _STATE.OPEN,
        "may_progress": _may_progress(request.access, assignment) and assignment.product in Product.BY_BODIES,
        "in_writing": assignment.unit.kind == UnitKind.BODY
        and request.access.can(Permission.DO_DUTY, assignment.unit)
        and asks_in_writing([assignment]),
        "may_study": _may_progress(request.access, assignment) and assignment.state in {_STATE.TODO, _STATE.DOING},
        "own_list": request.access.can(Permission.DO_DUTY),
        "may_move": office and assignment.plan.state == "issued",
        "may_exempt": _STATE.EXEMPT in _STATE.MOVES[assignment.state],
        "may_excuse": assignment.state in _STATE.SETTLED,
        "may_reopen": assignment.state in {_STATE.EXEMPT, _STATE.CANCELLED, _STATE.STUDIED, _STATE.DONE},
    }
    return render(request, "campaigns/assignment_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_progress(request, pk):
    """How far the duty is, a note, and the product; the office may write it for a body that does not."""
    assignment = _find(request, pk)
    if not _may_progress(request.access, assignment):
        request.access.require(Permission.DO_DUTY, assignment.unit)
    if assignment.product not in Product.BY_BODIES:
        raise PermissionDenied("Việc này hoàn thành khi đơn vị báo cáo buổi học.")
    initial = {name: getattr(assignment, name) for name in ("note", "product_paper", "product_words")}
    initial["state"] = "doing" if assignment.state in _STATE.OPEN else assignment.state
    papers = product_papers(request.access, assignment)
    form = ProgressForm(request.POST or None, request.FILES or None, initial=initial, papers=papers)
    if request.method == "POST" and form.is_valid():
        done = _act(request, form, services.record_progress, assignment, "Đã ghi tiến độ.")
        if done:
            return redirect("campaigns:assignment-detail", pk=pk)
    context = {"assignment": assignment, "form": form, "today": timezone.localdate(), "base": base_of(request)}
    return render(request, "campaigns/assignment_progress.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_extend(request, pk):
    """A later day for one unit, with the reason."""
    words = ("Gia hạn", "Đơn vị được làm đến hết ngày mới. Hạn của kế hoạch vẫn được lưu; lời nhắc theo ngày mới.")
    return _office_act(request, pk, ExtendForm, services.extend, words=words, done="Đã gia hạn. Lời nhắc đã chuyển theo hạn mới.")


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_exempt(request, pk):
    """Let the unit off, for good or until a day."""
    words = ("Miễn", "Trong thời gian được miễn, đơn vị không phải làm việc này và không tính vào số phải thực hiện.")
    return _office_act(request, pk, ExemptForm, exempt, words=words, done="Đã miễn việc này cho đơn vị.")


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_excuse(request, pk):
    """Let a late receipt pass."""
    words = ("Cho qua nộp muộn", "Báo cáo vẫn ghi số ngày muộn nhưng tính là đúng hạn.")
    return _office_act(request, pk, ReasonForm, services.excuse, words=words, done="Đã cho qua việc nộp muộn.")


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_reopen(request, pk):
    """Ask the unit again."""
    words = ("Giao lại", "Việc trở về chưa thực hiện và đơn vị được nhắc tiếp.")
    return _office_act(request, pk, ReasonForm, services.reopen, words=words, done="Đã giao lại việc này cho đơn vị.")


@require_safe
def assignment_product(request, pk):
    """The file of the product."""
    assignment = _find(request, pk)
    if assignment.product_file is None:
        raise Http404
    return serve(request, assignment.product_file)


@require_safe
def plan_assignments_list(request, pk):
    """The office's list of what one plan asks, of whom, by when."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    request.access.require(Permission.READ_WARD, plan.ward)
    form = ShowForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {"show": "", "q": ""}
    today = timezone.localdate()
    rows = plan_assignments(plan, show=chosen["show"], words=fold(chosen["q"]), on=today)
    page = Paginator(lines_of(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "form": form, "page_obj": page, "today": today, "open_states": _STATE.OPEN}
    context["may_extend"] = plan.state == "issued" and request.access.can(Permission.MOVE_DEADLINES, plan.ward)
    return render(request, "campaigns/assignment_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_extend(request, pk):
    """The same later day for the ticked duties of one plan."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    request.access.require(Permission.MOVE_DEADLINES, plan.ward)
    rows = plan_assignments(plan, show="open", on=timezone.localdate()).select_related("plan__ward", "plan__paper", "duty", "unit")
    form = ExtendManyForm(request.POST or None, assignments=rows, initial={"chon": request.GET.getlist("chon")})
    ticked = {value for value in form["chon"].value() or [] if str(value).isdecimal()}
    if request.method == "POST" and form.is_valid():
        facts = {"due_on": form.cleaned_data["due_on"], "reason": form.cleaned_data["reason"]}
        try:
            extended = services.extend_many(assignments=form.cleaned_data["chon"], by=request.user, at=timezone.now(), **facts)
            messages.success(request, f"Đã gia hạn {len(extended)} việc. Lời nhắc đã chuyển theo hạn mới.")
            return redirect("campaigns:plan-assignments", pk=pk)
        except ValidationError as refused:
            put_on_form(form, refused)
    chosen = [row for row in rows if str(row.pk) in {str(value) for value in ticked}]
    return render(request, "campaigns/plan_extend.html", {"plan": plan, "form": form, "rows": chosen})


def _may_progress(access, assignment):
    """Its own people, and the office on behalf of a body."""
    return access.can(Permission.DO_DUTY, assignment.unit) or access.can(Permission.ENTER_ON_BEHALF, assignment.plan.ward)


def _find(request, pk):
    rows = visible_assignments(request.access).select_related(
        "duty", "unit", "plan__ward", "plan__paper", "product_file", "settled_by", "extended_by", "exempted_by", "excused_by", "product_paper"
    )
    return get_object_or_404(rows, pk=pk)


def base_of(request):
    """Secretaries read on the phone, bodies and the office at the desk."""
    return "base_phone.html" if request.access.can(Permission.REPORT_UNIT) else "base.html"


def _office_act(request, pk, form_class, service, *, words, done):
    """A form with a reason, then the service, then back to the duty."""
    assignment = _find(request, pk)
    request.access.require(Permission.MOVE_DEADLINES, assignment.plan.ward)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid() and _act(request, form, service, assignment, done):
        return redirect("campaigns:assignment-detail", pk=pk)
    context = {"assignment": assignment, "form": form, "title": words[0], "question": words[1], "today": timezone.localdate()}
    return render(request, "campaigns/assignment_act.html", context)


def _act(request, form, service, assignment, done):
    """Call `service`; a refusal goes onto the form, with everything typed still in it."""
    try:
        service(assignment=assignment, by=request.user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    messages.success(request, done)
    return True
