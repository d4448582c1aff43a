"""Every body's page of duties over all plans, and the list of bodies for the office."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.selectors.assignments import split_by_state
from campaigns.selectors.body_duties import asks_in_writing, bodies_of, body_assignments, body_lines, helped_duties
from units.permissions import Permission


@require_safe
def body_list(request):
    """Which body owes how much, what is late, who its contact is."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    lines = body_lines(request.access, on=today)
    return render(request, "campaigns/body_list.html", {"lines": lines, "today": today})


@require_safe
def body_detail(request, pk):
    """One body: every duty with its state, note and product; ends on one A4 for the weekly meeting."""
    body = get_object_or_404(bodies_of(request.access), pk=pk)
    today = timezone.localdate()
    everything = request.GET.get("tat_ca") == "1"
    rows = list(body_assignments(body, everything=everything))
    overdue, waiting, done = split_by_state(rows, on=today)
    office = request.access.can(Permission.READ_WARD, body)
    context = {
        "body": body,
        "today": today,
        "groups": [(title, rows) for title, rows in _titled(overdue, waiting, done) if rows],
        "helped": helped_duties(body),
        "everything": everything,
        "office": office,
        "in_writing": request.access.can(Permission.DO_DUTY, body) and asks_in_writing(rows),
        "may_write": request.access.can(Permission.DO_DUTY, body)
        or request.access.can(Permission.ENTER_ON_BEHALF, body),
    }
    return render(request, "campaigns/body_detail.html", context)


def _titled(overdue, waiting, done):
    return (("Quá hạn", overdue), ("Đang thực hiện", waiting), ("Đã xong", done))
