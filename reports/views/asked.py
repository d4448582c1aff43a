"""The office's page: what a plan asks of its units after the session."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from reports.forms.asked import AskedForm
from reports.selectors.asked import asked_of, has_results, plans_to_ask
from reports.services.asked import choose_asked
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def asked_edit(request, plan_pk):
    """Read by the office, ticked by those who handle results; fixed once a unit has reported."""
    request.access.require(Permission.READ_WARD)
    plan = get_object_or_404(plans_to_ask(request.access), pk=plan_pk)
    posted = request.POST if request.method == "POST" else None
    form = AskedForm(posted, initial={"groups": sorted(asked_of(plan))})
    may = request.access.can(Permission.HANDLE_RESULTS, plan.ward)
    if request.method == "POST":
        request.access.require(Permission.HANDLE_RESULTS, plan.ward)
    if form.is_valid():
        try:
            choose_asked(plan=plan, groups=form.cleaned_data["groups"], by=request.user, at=request.received_at)
            messages.success(request, "Đã lưu. Biểu nhập của các đơn vị chỉ hỏi những mục này.")
            return redirect("campaigns:plan-detail", plan.pk)
        except ValidationError as error:
            form.add_error(None, error)
    fixed = has_results(plan)
    context = {"form": form, "plan": plan, "fixed": fixed, "may_choose": may and not fixed}
    return render(request, "reports/asked_edit.html", context)
