"""Remarks on the parts of a draft: the plan as a list of parts to read and remark on, also on a phone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.choices import PlanState
from campaigns.forms.plan_comments import CommentForm
from campaigns.models import PlanComment
from campaigns.selectors.plan_history import blocks_with_comments
from campaigns.selectors.plans import visible_plans
from campaigns.services.plan_comments import comment_on_plan, resolve_comment
from campaigns.views.refusals import put_on_form
from units.permissions import Permission

# Whoever writes, returns or approves drafts may speak about them.
_SPEAKERS = (Permission.DRAFT_PAPER, Permission.RETURN_DRAFT, Permission.APPROVE_PAPER)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_comments(request, pk):
    """Every part of the plan with what was said about it; POST says something more."""
    plan = _plan(request, pk, speak=request.method == "POST")
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            comment_on_plan(plan=plan, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã ghi góp ý.")
            return redirect(f"{request.path}#{form.cleaned_data['block']}")
    rows = blocks_with_comments(plan)
    context = {"plan": plan, "rows": rows, "form": form, "written": form["block"].value() if form.is_bound else ""}
    context["may_speak"] = plan.state not in PlanState.FROZEN and _may_speak(request, plan)
    return render(request, "campaigns/plan_comments.html", context)


@require_POST
def plan_comment_resolve(request, pk, comment_pk):
    """The remark is dealt with."""
    plan = _plan(request, pk, speak=True)
    comment = get_object_or_404(PlanComment.objects.select_related("plan__ward"), pk=comment_pk, plan=plan)
    resolve_comment(comment=comment, by=request.user, now=timezone.now())
    return redirect(f"{reverse('campaigns:plan-comments', args=[plan.pk])}#{comment.block}")


def _plan(request, pk, *, speak):
    plan = get_object_or_404(visible_plans(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.READ_WARD, plan.ward)
    if speak and not _may_speak(request, plan):
        request.access.require(Permission.DRAFT_PAPER, plan.ward)
    return plan


def _may_speak(request, plan):
    return any(request.access.can(one, plan.ward) for one in _SPEAKERS)
