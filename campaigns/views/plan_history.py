"""The versions of a plan: the list, two of them side by side, an earlier one put back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.forms.plan_comments import RestoreForm, VersionPairForm
from campaigns.selectors.plan_history import changes_between, plan_versions
from campaigns.selectors.plans import visible_plans
from campaigns.services.plans import restore_version
from campaigns.views.refusals import tell
from units.permissions import Permission


@require_safe
def plan_history(request, pk):
    """Who saved what when; with two versions chosen, the words that changed between them."""
    plan = _plan(request, pk, Permission.READ_WARD)
    versions = plan_versions(plan)
    numbers = [one.number for one in versions]
    initial = {"tu": numbers[1], "den": numbers[0]} if len(numbers) > 1 else {}
    form = VersionPairForm(request.GET if "tu" in request.GET else None, initial=initial, versions=versions)
    context = {"plan": plan, "versions": versions, "form": form}
    if form.is_valid():
        old, new = (plan.versions.get(number=form.cleaned_data[name]) for name in ("tu", "den"))
        context |= {"old": old, "new": new, "changes": changes_between(old, new)}
    context["may_restore"] = plan.is_editable and request.access.can(Permission.DRAFT_PAPER, plan.ward)
    return render(request, "campaigns/plan_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_restore(request, pk, number):
    """Put an earlier text back as a new version; asks first and shows what would change."""
    plan = _plan(request, pk, Permission.DRAFT_PAPER)
    version = get_object_or_404(plan.versions.select_related("made_by"), number=number)
    form = RestoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"number": number, "expected_version": form.cleaned_data["version"]}
        try:
            restore_version(plan=plan, by=request.user, now=timezone.now(), **facts)
        except ValidationError as refused:
            tell(request, refused)
            return redirect("campaigns:plan-history", plan.pk)
        messages.success(request, f"Đã đưa lại nội dung của bản {number}. Bản trước đó vẫn còn trong lịch sử.")
        return redirect("campaigns:plan-edit", plan.pk)
    latest = plan.versions.order_by("-number").first()
    context = {"plan": plan, "version": version, "changes": changes_between(latest, version)}
    return render(request, "campaigns/plan_restore.html", context)


def _plan(request, pk, permission):
    plan = get_object_or_404(visible_plans(request.access).select_related("ward"), pk=pk)
    request.access.require(permission, plan.ward)
    return plan
