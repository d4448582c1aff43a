"""The day of a clause that named none: "theo thông báo của tỉnh", told later and recorded by the office."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.forms.assignments import ToldDayForm
from campaigns.selectors.assignments import without_day
from campaigns.services.due_days import set_told_day
from campaigns.views.refusals import put_on_form


@require_http_methods(["GET", "HEAD", "POST"])
def duty_day(request, pk):
    """Record the day and what told it; units and bodies that owe the clause are told at once."""
    duty = get_object_or_404(without_day(request.access), pk=pk)
    form = ToldDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = set_told_day(duty=duty, by=request.user, at=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, f"Đã ghi ngày cho {len(moved)} việc. Đơn vị đã được báo, lời nhắc theo ngày này.")
            return redirect("campaigns:plan-assignments", duty.plan_id)
    owed = duty.assignments.open().filter(due_on=None).select_related("unit").order_by("unit__sort_key")
    return render(request, "campaigns/duty_day.html", {"duty": duty, "form": form, "owed": owed})
