"""Tiến độ: the matrix of units by plan, on screen, on paper and in Excel."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.selectors.leader import progress_of, running_plans
from reports.selectors.matrix import kept_rows, matrix_of, totals_of
from reports.workbooks import XLSX, matrix_workbook
from units.downloads import download
from units.permissions import Permission

MOST_PLANS = 8
STATES = ("todo", "studied", "submitted", "returned", "accepted", "appraised", "overdue", "extended", "exempt")


def _matrix(request):
    """What both the page and the file show: the filters, the plans (oldest first), the rows that remain."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    filters = {"wanted": request.GET.get("q", ""), "person": request.GET.get("person", ""), "owing": "owing" in request.GET}
    progress = progress_of(running_plans(request.access)[:MOST_PLANS], on=today)[::-1]
    rows = matrix_of([line.plan for line in progress], on=today)
    return today, filters, progress, rows


@require_safe
def matrix(request):
    today, filters, progress, rows = _matrix(request)
    shown = kept_rows(rows, **filters)
    context = filters | {
        "today": today,
        "as_of": timezone.now(),
        "progress": progress,
        "rows": shown,
        "people": sorted({row.person for row in rows if row.person}),
        "totals": totals_of(shown, progress),
        "states": STATES,
    }
    return render(request, "reports/matrix.html", context)


@require_safe
def matrix_excel(request):
    _today, filters, progress, rows = _matrix(request)
    data = matrix_workbook([line.plan for line in progress], kept_rows(rows, **filters))
    return download(data, name="tien-do.xlsx", content_type=XLSX)
