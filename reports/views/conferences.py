"""After the conference: closing its roll, opening it again, and who has to make it up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.selectors.conferences import all_totals, roll_groups, visible_conferences
from campaigns.views.refusals import put_on_form
from reports.forms.conference_roll import CloseRollForm, ReopenRollForm
from reports.selectors.make_up import make_up_list
from reports.services.conference_roll import close_roll, reopen_roll
from reports.services.roll_sessions import counted_whole
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def conference_close(request, pk):
    """Ask once more, then close the roll: what it counts and which units it lets have studied is shown first."""
    conference = _called(request, pk)
    form = CloseRollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closed = close_roll(conference=conference, by=request.user, at=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, f"Đã chốt điểm danh. {len(closed.studied)} đơn vị dự cả tập thể được ghi đã học.")
            if closed.taken_back:
                names = ", ".join(unit.short_name for unit in closed.taken_back)
                messages.warning(request, f"Không còn được tính đã học ở hội nghị này, việc học mở lại: {names}.")
            if closed.reported:
                names = ", ".join(unit.short_name for unit in closed.reported)
                messages.warning(request, f"Đã báo cáo với số cũ, bí thư được đề nghị xem lại báo cáo: {names}.")
            return redirect("reports:conference-make-up", conference.pk)
    context = {
        "form": form,
        "conference": conference,
        "totals": all_totals(roll_groups(conference)),
        "whole": counted_whole(conference),
    }
    return render(request, "reports/conference_close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conference_reopen(request, pk):
    """The roll was wrong: open it again with the reason."""
    conference = _called(request, pk)
    form = ReopenRollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_roll(conference=conference, by=request.user, at=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã mở lại điểm danh. Đồng chí sửa rồi chốt lại.")
            return redirect("campaigns:roll-call", conference.pk)
    return render(request, "reports/conference_reopen.html", {"form": form, "conference": conference})


@require_safe
def conference_make_up(request, pk):
    """Who was absent, by unit, and the make-up sessions held since; prints on A4."""
    conference = get_object_or_404(visible_conferences(request.access), pk=pk)
    rows = make_up_list(conference)
    context = {
        "conference": conference,
        "rows": rows,
        "heads": sum(one.heads for one in rows),
        "done": sum(bool(one.sessions) for one in rows),
    }
    return render(request, "reports/conference_make_up.html", context)


def _called(request, pk):
    conference = get_object_or_404(visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    request.access.require(Permission.CALL_CONFERENCE, conference.ward)
    return conference
