"""The office's lists as Excel: each behind the same gate, filter and day as the page it stands on."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.forms.assignments import ShowForm
from campaigns.forms.calls import CallFilterForm
from campaigns.selectors.assignments import plan_assignments
from campaigns.selectors.body_duties import all_body_assignments, bodies_of, body_assignments, body_lines, helped_duties
from campaigns.selectors.calls import call_groups, filter_choices
from campaigns.selectors.conferences import roll_groups, visible_conferences
from campaigns.selectors.plans import visible_plans
from campaigns.workbooks import assignments_workbook, bodies_workbook, body_workbook, calls_workbook, roll_workbook
from documents.search import fold
from documents.spreadsheets import CONTENT_TYPE
from units.downloads import download
from units.permissions import Permission


@require_safe
def bodies_excel(request):
    """Every body, and every duty of every body."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate(request.received_at)
    lines = body_lines(request.access, on=today)
    rows = all_body_assignments([line.unit for line in lines])
    return _file(bodies_workbook(lines, rows, on=today), "nhiem-vu-cac-co-quan")


@require_safe
def body_excel(request, pk):
    """The duties of one body; `?tat_ca=1` over every plan that ever went out, as on the page."""
    body = get_object_or_404(bodies_of(request.access), pk=pk)
    rows = body_assignments(body, everything=request.GET.get("tat_ca") == "1")
    data = body_workbook(rows, helped_duties(body), on=timezone.localdate(request.received_at))
    return _file(data, f"nhiem-vu-{body.code}")


@require_safe
def plan_assignments_excel(request, pk):
    """What one plan asks, of whom, by when; filtered as on the page."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    request.access.require(Permission.READ_WARD, plan.ward)
    form, today = ShowForm(request.GET or None), timezone.localdate(request.received_at)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {"show": "", "q": ""}
    rows = plan_assignments(plan, show=chosen["show"], words=fold(chosen["q"]), on=today)
    rows = rows.select_related("duty", "unit", "plan__paper", "product_file", "product_paper")
    return _file(assignments_workbook(rows, on=today), f"nhiem-vu-ke-hoach-{plan.pk}")


@require_safe
def calls_excel(request):
    """Whom to call today, filtered as on the page."""
    request.access.require(Permission.REMIND)
    ward, today = request.access.ward, timezone.localdate(request.received_at)
    plans, people = filter_choices(ward)
    form = CallFilterForm(request.GET or None, plans=plans, people=people)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    groups = call_groups(ward, on=today, plan_id=chosen.get("plan"), person_id=chosen.get("person"))
    return _file(calls_workbook(groups, on=today), "can-goi")


@require_safe
def conference_excel(request, pk):
    """Those convened, with their answers and the roll."""
    conference = get_object_or_404(visible_conferences(request.access), pk=pk)
    return _file(roll_workbook(roll_groups(conference)), f"hoi-nghi-{conference.pk}")


def _file(data, name):
    return download(data, name=f"{name}.xlsx", content_type=CONTENT_TYPE)
