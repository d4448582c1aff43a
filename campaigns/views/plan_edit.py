"""The editor of a plan, and the page for two people who saved at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.forms.plan_editor import EditorContext, PlanEditor
from campaigns.forms.plan_rows import LIST_ID
from campaigns.forms.unit_names import UnitNames
from campaigns.models import Directive, Plan
from campaigns.plan_content import differences, merged
from campaigns.plan_words import in_words
from campaigns.selectors.directives import visible_directives
from campaigns.selectors.plans import plan_content, plan_warnings, visible_plans
from campaigns.services.plans import PlanConflictError, save_plan_draft
from campaigns.views.refusals import tell
from units.permissions import Permission
from units.workdays import WorkCalendar

OFFERED = 60
MOST_FIGURES = 10
# Fields of the posted form that the conflict page does not carry along.
_OWN_FIELDS = {"csrfmiddlewaretoken", "version", "act"}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request, pk):
    """Everything of a draft on one page; a button that is not "Lưu" only rearranges rows."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, plan.ward)
    if not plan.is_editable:
        messages.info(request, "Kế hoạch không còn là dự thảo nên không sửa được.")
        return redirect(plan)
    context = _context(request, plan)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, plan, PlanEditor.of_content(context, plan_content(plan)), opened=True)
    if act not in {"save", "resolve"}:
        return _page(request, plan, PlanEditor.rearranged(context, request.POST, act))
    editor = PlanEditor(context, data=request.POST)
    if not editor.is_valid():
        return _page(request, plan, editor)
    return _save(request, plan, editor, resolve=act == "resolve")


def _save(request, plan, editor, *, resolve):
    expected, mine = _version(request), editor.content()
    theirs = plan_content(plan)
    if resolve and expected == plan.version:
        keep = {name.removeprefix("keep-"): value for name, value in request.POST.items() if name.startswith("keep-")}
        mine = merged(mine, theirs, keep)
    try:
        save_plan_draft(plan=plan, expected_version=expected, content=mine, by=request.user, now=timezone.now())
    except PlanConflictError:
        return _conflict(request, editor, mine, Plan.objects.select_related("edited_by").get(pk=plan.pk))
    except ValidationError as refused:
        tell(request, refused)
        return _page(request, plan, editor)
    messages.success(request, "Đã lưu kế hoạch.")
    return redirect("campaigns:plan-edit", plan.pk)


def _conflict(request, editor, mine, plan):
    """Both texts, place by place; what this person typed travels along in the form."""
    context = editor.context
    lookups = {"signers": dict(context.signers), "directives": context.directives}
    rows = [
        {
            "key": one.key,
            "label": one.label,
            "mine": in_words(one.mine, key=one.key, **lookups),
            "theirs": in_words(one.theirs, key=one.key, **lookups),
        }
        for one in differences(mine, plan_content(plan))
    ]
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _OWN_FIELDS and not name.startswith("keep-")
    ]
    return render(request, "campaigns/plan_conflict.html", {"plan": plan, "rows": rows, "typed": typed}, status=409)


def _page(request, plan, editor, *, opened=False):
    warnings = []
    if opened:
        warnings = plan_warnings(plan_content(plan), calendar=editor.context.calendar, today=editor.context.today)
    for row, form in enumerate(editor.lists["duties"].forms):
        form.warnings = [one.text for one in warnings if one.where == f"duties-{row}"]
    in_plan = {str(form["pk"].value()) for form in editor.lists["directives"].forms}
    context = {
        "plan": plan,
        "editor": editor,
        "lists": editor.lists,
        "version": _version(request) if request.method == "POST" else plan.version,
        "faults": editor.faults() if editor.general.is_bound else 0,
        "warnings": [one.text for one in warnings if not one.where.startswith("duties-")],
        "unit_names": editor.context.names.options(),
        "list_id": LIST_ID,
        "more_directives": [(pk, name) for pk, name in editor.context.directives.items() if str(pk) not in in_plan],
    }
    return render(request, "campaigns/plan_edit.html", context)


def _context(request, plan):
    today = timezone.localdate()
    signers = plan.ward.signers.filter(Q(active_to__isnull=True) | Q(active_to__gte=today) | Q(pk=plan.signer_id))
    own = plan.directive_links.values_list("directive_id", flat=True)
    recent = visible_directives(request.access).order_by("-registered_at", "-pk").values_list("pk", flat=True)[:OFFERED]
    directives = Directive.objects.filter(pk__in=[*own, *recent]).order_by("-dated_on", "-pk")
    return EditorContext(
        names=UnitNames.of_ward(plan.ward, on=today),
        signers=tuple((signer.pk, str(signer)) for signer in signers),
        directives={directive.pk: f"{directive.short_form} {directive.subject}"[:160] for directive in directives},
        calendar=WorkCalendar.load(),
        today=today,
    )


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < MOST_FIGURES else 0
