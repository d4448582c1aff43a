"""Đính chính, thay thế, thu hồi of a directive, and the office's task about each plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.forms.directive_changes import DirectiveChangeForm, HandleTaskForm
from campaigns.selectors.directive_changes import may_handle, plans_touched, touched_through, visible_tasks
from campaigns.selectors.directives import visible_directives
from campaigns.selectors.plan_pages import may_change
from campaigns.services import directive_changes as services
from campaigns.views.refusals import put_on_form
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def directive_change(request, pk):
    """The paper that changes the directive; says first how many plans carry it out."""
    directive = get_object_or_404(visible_directives(request.access), pk=pk)
    request.access.require(Permission.REGISTER_DIRECTIVE)
    form = DirectiveChangeForm(request.POST or None, directive=directive)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_directive(
                directive=directive, ward=request.access.ward, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã ghi. Mỗi kế hoạch thực hiện văn bản này, hoặc văn bản cấp dưới của nó, có một việc cho văn phòng.")
            return redirect("campaigns:directive-detail", directive.pk)
    plans = plans_touched(directive).filter(ward=request.access.ward).select_related("paper")
    return render(request, "campaigns/directive_change.html", {"directive": directive, "form": form, "plans": plans})


@require_http_methods(["GET", "HEAD", "POST"])
def directive_task(request, pk):
    """One plan whose directive was changed: what may be done about it, and the word that it is done."""
    tasks = visible_tasks(request.access).select_related(
        "change__directive", "change__successor", "plan__ward", "plan__paper", "handled_by"
    )
    task = get_object_or_404(tasks, pk=pk)
    handling = may_handle(task, request.access)
    if request.method == "POST" and not handling:
        raise PermissionDenied("Đồng chí không được xử lý việc này.")
    form = HandleTaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.handle_task(task=task, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã ghi là đã xử lý.")
            return redirect(task.plan)
    context = {"task": task, "plan": task.plan, "change": task.change, "form": form, "handling": handling}
    context["through"] = touched_through(task)
    context["may_change"] = task.plan.paper_id and may_change(task.plan, request.access)
    context["may_edit"] = task.plan.is_editable and request.access.can(Permission.DRAFT_PAPER, task.plan.ward)
    return render(request, "campaigns/directive_task.html", context)
