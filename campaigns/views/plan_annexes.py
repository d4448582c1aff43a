"""The annexes of a draft: the list, a new one (typed or pasted), and the editor of one outline with its forms."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.forms.annexes import AnnexEditor, NewAnnexForm
from campaigns.models import Plan
from campaigns.plan_content import differences, merged
from campaigns.plan_words import in_words
from campaigns.selectors.plans import plan_content, visible_plans
from campaigns.services.annexes import changed_annexes, fingerprint, with_annex
from campaigns.services.plans import PlanConflictError, save_plan_draft
from campaigns.views.refusals import tell
from units.permissions import Permission

MOST_FIGURES = 10
MOST_ANNEXES = 9
_OWN_FIELDS = {"csrfmiddlewaretoken", "version", "act"}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_annex_list(request, pk):
    """Every annex of a draft; a new one may be pasted whole."""
    plan = _draft(request, pk)
    if not plan.is_editable:
        return _no_draft(request, plan)
    content = plan_content(plan)
    form = NewAnnexForm(request.POST if request.POST.get("act") == "add" else None)
    if request.method == "POST" and not (form.is_bound and not form.is_valid()):
        added = form.content() if form.is_bound else None
        annexes = changed_annexes(content.annexes, act=request.POST.get("act", ""), added=added)[:MOST_ANNEXES]
        if _saved(request, plan, replace(content, annexes=annexes)):
            return redirect(request.path) if added is None else redirect("campaigns:plan-annex-edit", pk, len(annexes))
        return redirect(request.path)
    context = {"plan": plan, "annexes": content.annexes, "form": form, "full": len(content.annexes) >= MOST_ANNEXES}
    return render(request, "campaigns/plan_annexes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_annex_edit(request, pk, number):
    """One annex; a button that is not "Lưu" only rearranges rows."""
    plan = _draft(request, pk)
    if not plan.is_editable:
        return _no_draft(request, plan)
    content = plan_content(plan)
    annex = content.annexes[number - 1] if 0 < number <= len(content.annexes) else None
    act = request.POST.get("act", "")
    # What was typed into an annex that somebody removed meanwhile may still come back, but no further one.
    if not 0 < number <= MOST_ANNEXES or (annex is None and request.method != "POST"):
        raise Http404
    if request.method != "POST":
        return _page(request, plan, number, AnnexEditor.of_content(annex), base=fingerprint(annex))
    base = request.POST.get("base", "")[:64]
    if act not in {"save", "resolve"}:
        return _page(request, plan, number, AnnexEditor.rearranged(request.POST, act), base=base)
    editor = AnnexEditor(request.POST)
    if not editor.is_valid():
        return _page(request, plan, number, editor, base=base)
    mine = with_annex(content, number, editor.content())
    resolved = act == "resolve" and request.POST.get("version") == str(plan.version)
    if resolved:
        mine = merged(mine, content, {name.removeprefix("keep-"): value for name, value in request.POST.items()})
    elif base != fingerprint(annex):
        return _conflict(request, plan, mine)
    return _save(request, plan, number, mine, editor)


def _save(request, plan, number, mine, editor):
    try:
        save_plan_draft(plan=plan, expected_version=plan.version, content=mine, by=request.user, now=timezone.now())
    except PlanConflictError:
        return _conflict(request, Plan.objects.select_related("edited_by").get(pk=plan.pk), mine)
    except ValidationError as refused:
        tell(request, refused)
        return _page(request, plan, number, editor, base=request.POST.get("base", "")[:64])
    messages.success(request, "Đã lưu phụ lục.")
    return redirect("campaigns:plan-annex-edit", plan.pk, number)


def _saved(request, plan, content):
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < MOST_FIGURES else 0
    try:
        save_plan_draft(plan=plan, expected_version=version, content=content, by=request.user, now=timezone.now())
    except ValidationError as refused:
        tell(request, refused)
        return False
    messages.success(request, "Đã lưu danh sách phụ lục.")
    return True


def _conflict(request, plan, mine):
    """Both texts of the annex; what this person typed travels along in the form."""
    theirs = plan_content(plan)
    rows = [
        {
            "key": one.key,
            "label": one.label,
            "mine": in_words(one.mine, key=one.key, signers={}, directives={}),
            "theirs": in_words(one.theirs, key=one.key, signers={}, directives={}),
        }
        for one in differences(replace(theirs, annexes=mine.annexes), theirs)
    ]
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    typed = [(name, value) for name, value in pairs if name not in _OWN_FIELDS and not name.startswith("keep-")]
    return render(request, "campaigns/plan_conflict.html", {"plan": plan, "rows": rows, "typed": typed}, status=409)


def _page(request, plan, number, editor, *, base):
    faults = editor.faults() if editor.general.is_bound else 0
    context = {"plan": plan, "number": number, "editor": editor, "base": base, "faults": faults}
    return render(request, "campaigns/plan_annex.html", context)


def _draft(request, pk):
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "edited_by"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, plan.ward)
    return plan


def _no_draft(request, plan):
    messages.info(request, "Kế hoạch không còn là dự thảo nên không sửa được.")
    return redirect(plan)
