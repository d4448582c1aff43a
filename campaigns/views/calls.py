"""Cần gọi hôm nay: whom to ring, the words to send, and what was answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.forms.calls import CallFilterForm, CallForm
from campaigns.selectors.calls import call_groups, contents_waited_for, filter_choices
from campaigns.services.calls import record_call
from campaigns.views.refusals import put_on_form
from units.models import Unit
from units.permissions import Permission


@require_safe
def call_list(request):
    """Units that owe something within three days or already, by the committee member in charge."""
    request.access.require(Permission.REMIND)
    ward, today = request.access.ward, timezone.localdate()
    plans, people = filter_choices(ward)
    form = CallFilterForm(request.GET or None, plans=plans, people=people)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    groups = call_groups(ward, on=today, plan_id=chosen.get("plan"), person_id=chosen.get("person"))
    total = sum(len(group.rows) for group in groups)
    promised = sum(row.is_promised(on=today) for group in groups for row in group.rows)
    context = {"groups": groups, "form": form, "today": today, "total": total, "promised": promised}
    context["contents"] = contents_waited_for(ward, plan_id=chosen.get("plan"))
    return render(request, "campaigns/call_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_create(request, pk):
    """Write what came of a call to the unit; its earlier calls are below."""
    units = Unit.objects.filter(request.access.reach(Permission.READ_WARD))
    unit = get_object_or_404(units, pk=pk)
    request.access.require(Permission.REMIND, unit)
    form = CallForm(request.POST or None, initial={"outcome": "promised" if "hen" in request.GET else "called"})
    if request.method == "POST" and form.is_valid():
        try:
            record_call(unit=unit, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, f"Đã ghi cuộc gọi đến {unit.short_name}.")
            return redirect("campaigns:call-list")
    calls = unit.calls.select_related("called_by")[:30]
    return render(request, "campaigns/call_create.html", {"unit": unit, "form": form, "calls": calls})
