"""Nhắc việc của kế hoạch: by which ladder a plan reminds, and what was done so far."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.forms.ladders import LadderForm, typed_of
from campaigns.selectors.chase import due_days, ladder_days, plan_calls, plan_facts, plan_ladder, unit_facts
from campaigns.selectors.chase_letters import letters_about
from campaigns.selectors.plans import visible_plans
from campaigns.services.ladders import set_ladder
from campaigns.views.refusals import put_on_form
from units.models import Unit
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def plan_ladder_edit(request, pk):
    """Change when and whom one plan reminds; the days that come of it are shown beside."""
    plan = _plan(request, pk, Permission.REMIND)
    ladder = plan_ladder(plan)
    form = LadderForm(request.POST or None, initial=typed_of(ladder))
    if request.method == "POST" and form.is_valid():
        try:
            set_ladder(plan=plan, ladder=form.ladder, by=request.user, at=request.received_at)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(
                request, "Đã đổi thang nhắc việc. Lời nhắc đã gửi giữ nguyên, lời nhắc còn chờ theo thang mới."
            )
            return redirect("campaigns:plan-chase", pk)
    days = [(due_on, ladder_days(ladder, due_on)) for due_on in due_days(plan)]
    return render(request, "campaigns/plan_ladder.html", {"plan": plan, "form": form, "days": days})


@require_safe
def plan_chase(request, pk):
    """What was done to get the work of one plan in: reminders by day and step, calls; printable."""
    plan = _plan(request, pk, Permission.READ_WARD)
    ladder = plan_ladder(plan)
    context = {
        "plan": plan,
        "days": [(due_on, ladder_days(ladder, due_on)) for due_on in due_days(plan)],
        "facts": plan_facts(plan),
        "calls": plan_calls(plan),
        "letters": letters_about(plan),
        "today": timezone.localdate(),
        "may_change": request.access.can(Permission.REMIND, plan.ward),
    }
    return render(request, "campaigns/plan_chase.html", context)


@require_safe
def unit_chase(request, pk):
    """Everything that was done to get the work of one unit in, over all plans; printable."""
    units = Unit.objects.filter(request.access.reach(Permission.READ_WARD))
    unit = get_object_or_404(units, pk=pk)
    context = {
        "unit": unit,
        "facts": unit_facts(unit),
        "today": timezone.localdate(),
        "may_call": request.access.can(Permission.REMIND, unit),
    }
    return render(request, "campaigns/unit_chase.html", context)


def _plan(request, pk, permission):
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    request.access.require(permission, plan.ward)
    return plan
