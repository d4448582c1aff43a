"""Tiến độ: the matrix of units by plan, on screen, on paper and in Excel."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.forms.matrix import SHOWN_STATES, MatrixFilterForm
from reports.selectors.leader import progress_of, running_plans
from reports.selectors.matrix import BY_PERSON, kept_rows, matrix_of, sorted_rows, totals_of
from reports.workbooks import XLSX, matrix_workbook
from units.downloads import download
from units.permissions import Permission

MOST_PLANS = 8


def _matrix(request):
    """What both the page and the file show: the filters, the plans (oldest first), the rows that remain, in order."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    progress = progress_of(running_plans(request.access)[:MOST_PLANS], on=today)[::-1]
    plans = [line.plan for line in progress]
    rows = matrix_of(plans, on=today)
    form = MatrixFilterForm(request.GET, rows=rows, plans=plans)
    shown = sorted_rows(kept_rows(rows, **form.kept), sort=form.order, plan_ids=[plan.pk for plan in plans])
    return today, form, progress, shown


@require_safe
def matrix(request):
    today, form, progress, rows = _matrix(request)
    context = {
        "today": today,
        "as_of": timezone.now(),
        "form": form,
        "sort": form.order,
        "grouped": form.order == BY_PERSON,
        "progress": progress,
        "rows": rows,
        "totals": totals_of(rows, progress),
        "states": SHOWN_STATES,
    }
    return render(request, "reports/matrix.html", context)


@require_safe
def matrix_excel(request):
    _today, _form, progress, rows = _matrix(request)
    data = matrix_workbook([line.plan for line in progress], rows)
    return download(data, name="tien-do.xlsx", content_type=XLSX)
