"""Biểu đồ: one plan's receipts over the days, its scores, and the plans side by side; also as Excel."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.charts import bands
from reports.selectors.charts import charted_plans, charts_of, comparison, scores_of
from reports.workbooks import XLSX, charts_workbook
from units.downloads import download
from units.permissions import Permission


def _compared(request):
    """(today, the Compared asked for or the newest, all of them); the chosen one is None when there is no plan."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    lines = comparison(charted_plans(request.access), on=today)
    wanted = request.GET.get("plan", "")
    if not wanted:
        return today, lines[0] if lines else None, lines
    chosen = next((line for line in lines if str(line.plan.pk) == wanted), None)
    if chosen is None:
        raise Http404
    return today, chosen, lines


@require_safe
def charts(request):
    """The pictures, each with its figures as a table behind it; prints on one A4."""
    today, chosen, lines = _compared(request)
    context = {"today": today, "as_of": timezone.now(), "lines": lines}
    if chosen:
        context |= charts_of(chosen, lines, on=today)
    return render(request, "reports/charts.html", context)


@require_safe
def charts_excel(request):
    """The same figures as a file of three sheets."""
    _today, chosen, lines = _compared(request)
    if chosen is None:
        raise Http404
    scores = scores_of(chosen.plan.pk)
    data = charts_workbook(chosen, bands(scores.own, scores.appraised), lines)
    return download(data, name="bieu-do.xlsx", content_type=XLSX)
