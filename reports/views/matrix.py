"""Tiến độ: the matrix of units by plan, on screen, on paper and in Excel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.spreadsheets import Sheet, write_workbook
from reports.selectors.leader import running_plans
from reports.selectors.matrix import matrix_of, totals_of
from units.permissions import Permission
from units.templatetags.lantoa import state_word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PLANS = 8
STATES = ("todo", "studied", "submitted", "returned", "accepted", "appraised", "overdue", "extended", "exempt")


def _matrix(request):
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    plans = list(running_plans(request.access)[:MOST_PLANS])
    rows = matrix_of(plans, on=today, wanted=request.GET.get("q", ""), person=request.GET.get("person", ""))
    return today, plans, rows


@require_safe
def matrix(request):
    today, plans, rows = _matrix(request)
    people = sorted({row.person for row in matrix_of(plans, on=today) if row.person}) if request.GET else sorted({r.person for r in rows if r.person})
    context = {
        "today": today,
        "as_of": timezone.now(),
        "plans": plans,
        "rows": rows,
        "people": people,
        "totals": totals_of(rows, plans),
        "states": STATES,
        "wanted": request.GET.get("q", ""),
        "person": request.GET.get("person", ""),
    }
    return render(request, "reports/matrix.html", context)


@require_safe
def matrix_workbook(request):
    _today, plans, rows = _matrix(request)
    header = ["Đơn vị", "Đồng chí phụ trách", *[f"KH {plan.paper.number_text}" for plan in plans], "Hạn gần nhất"]
    lines = [
        [
            row.name,
            row.person,
            *[state_word(cell.state) if cell else "" for cell in row.cells],
            row.nearest_due.isoformat() if row.nearest_due else "",
        ]
        for row in rows
    ]
    response = HttpResponse(write_workbook([Sheet(title="Tiến độ", header=header, rows=lines)]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="tien-do.xlsx"'
    return response
