"""The pages of a đảng bộ cơ sở over its cells, and of a cell that gives its figures to its đảng bộ."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.asked import TESTED
from reports.forms.branch import BranchForm, initial_of, results_form, results_of
from reports.forms.filing import FilingForms
from reports.models import BranchReport, Filing
from reports.selectors.asked import asked_by
from reports.selectors.branches import cell_plans, children_of, family_of, parent_plans
from reports.selectors.filings import fresh_content
from reports.selectors.scoring import required_of
from reports.selectors.sessions import directives_of, plans_to_report
from reports.services import branches as services
from reports.services.filings import open_filing
from reports.views.session_pages import step_url
from units.models import Unit
from units.permissions import Permission


@require_safe
def branch_list(request, unit_pk):
    """The cells of a đảng bộ: who has given figures, what they add up to, what is missing."""
    unit = _unit(request, unit_pk)
    plans = parent_plans(unit)
    family = family_of(unit, plans, on=timezone.localdate())
    if family is None and not children_of(unit, on=timezone.localdate()):
        raise Http404
    context = {
        "unit": unit,
        "unit_name": unit.short_name,
        "family": family,
        "can_confirm": request.access.can(Permission.CONFIRM_UNIT, unit),
        "may_start": bool(plans_to_report(unit)),
        "draft_url": _draft_url(request, unit),
    }
    return render(request, "reports/branch_list.html", context)


def _draft_url(request, unit):
    """Where a report already begun goes on."""
    filing = Filing.objects.filter(unit=unit, by_office=False, sent_at=None).first()
    if filing is None:
        return ""
    forms = FilingForms(filing, at=request.received_at)
    return step_url(filing, forms.first_wrong() or forms.parts[-1])


@require_http_methods(["GET", "HEAD", "POST"])
def branch_edit(request, unit_pk):
    """Figures of one cell, entered by it or by its đảng bộ."""
    cell = _cell(request, unit_pk)
    plans = cell_plans(cell)
    if not plans:
        messages.info(request, f"{cell.parent} không còn kế hoạch nào phải báo cáo.")
        return redirect(_back(request, cell))
    line = BranchReport.objects.filter(unit=cell, plan__in=plans).select_related("session").order_by("plan_id").first()
    known = fresh_content(unit=cell, plans=plans, today=timezone.localdate())
    form = BranchForm(
        request.POST or None,
        initial=initial_of(line, known),
        plans=plans,
        directives=directives_of(plans),
        heads=not (cell.figures_withheld or cell.parent.figures_withheld),
    )
    results = results_form(request.POST or None, asked=_asked_of_cell(cell, plans), line=line)
    if request.method == "POST" and form.is_valid() and (form.together or results.is_valid()) and _enter(request, cell, form, results):
        return redirect(_back(request, cell))
    return render(request, "reports/branch_edit.html", _edit_context(request, cell, form) | {"results": results})


def _asked_of_cell(cell, plans):
    """Questions about what followed; none of it where the đảng bộ keeps its figures, no essays and tests where the cell does."""
    if cell.parent.figures_withheld:
        return ()
    return set(asked_by(plans)) - (TESTED if cell.figures_withheld else set())


def _enter(request, cell, form, results):
    confirmed = request.access.can(Permission.CONFIRM_UNIT, cell.parent)
    try:
        services.enter_branch(
            unit=cell,
            plans=form.plans_given(),
            together=form.together,
            session=form.session(),
            figures=form.figures(),
            results={} if form.together else results_of(results),
            by=request.user,
            at=request.received_at,
            confirmed=confirmed,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    sent = "Đã ghi số liệu của chi bộ." if confirmed else "Đã gửi số liệu cho đảng bộ, chờ bí thư đảng bộ xác nhận."
    messages.success(request, sent)
    return True


def _edit_context(request, cell, form):
    values = {
        name: _number(form[name].value()) for name in ("members", "exempt", "away", "received") if name in form.fields
    }
    return {
        "form": form,
        "cell": cell,
        "unit_name": cell.short_name,
        "required": required_of(values) if values else None,
        "back_url": _back(request, cell),
    }


def _number(value):
    text = str(value if value is not None else "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_POST
def branch_confirm(request, unit_pk):
    """The secretary of the đảng bộ confirms what a cell gave."""
    cell = _cell(request, unit_pk)
    request.access.require(Permission.CONFIRM_UNIT, cell.parent)
    try:
        services.confirm_branch(unit=cell, plans=parent_plans(cell.parent), by=request.user, at=request.received_at)
        messages.success(request, f"Đã xác nhận số liệu của {cell}.")
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("reports:branch-list", cell.parent_id)


@require_POST
def branch_start(request, unit_pk):
    """Open the report of the đảng bộ: with its own session, or from the cells alone ("apart")."""
    unit = _unit(request, unit_pk)
    family = family_of(unit, parent_plans(unit), on=timezone.localdate())
    try:
        if "apart" in request.POST and not (family and family.all_apart):
            raise ValidationError(
                "Còn chi bộ chưa có số liệu được xác nhận hoặc học chung với đảng bộ. Đồng chí ghi thêm buổi học của đảng bộ.",
                code="not_all",
            )
        filing = open_filing(unit=unit, plans=plans_to_report(unit), by=request.user, at=request.received_at)
        services.choose_own_part(
            filing=filing, own="apart" not in request.POST, by=request.user, at=request.received_at
        )
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("reports:branch-list", unit.pk)
    forms = FilingForms(filing, at=request.received_at)
    return redirect(step_url(filing, forms.first_wrong() or forms.parts[-1]))


def _unit(request, pk):
    """A unit whose report the person makes; 404 for any other."""
    request.access.require(Permission.REPORT_UNIT)
    return get_object_or_404(
        Unit.objects.filter(request.access.reach(Permission.REPORT_UNIT)).select_related("parent"), pk=pk
    )


def _cell(request, pk):
    """A cell below a đảng bộ cơ sở for which the person reports; 404 for any other."""
    cell = _unit(request, pk)
    if cell.parent is None or cell not in children_of(cell.parent, on=timezone.localdate()):
        raise Http404
    return cell


def _back(request, cell):
    """The đảng bộ goes back to its cells, the cell to its own page."""
    if request.access.can(Permission.REPORT_UNIT, cell.parent):
        return redirect("reports:branch-list", cell.parent_id).url
    return redirect("reports:session-list").url
