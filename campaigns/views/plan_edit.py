"""The editor of a plan, and the page for two people who saved at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.finding_places import with_suggestion
from campaigns.forms.plan_editor import PlanEditor
from campaigns.forms.plan_rows import LIST_ID
from campaigns.forms.typed_content import typed_content
from campaigns.models import Plan
from campaigns.plan_blocks import place_remarks, plan_blocks_of
from campaigns.plan_content import differences, merged
from campaigns.plan_words import in_words
from campaigns.selectors.plans import plan_content, plan_warnings
from campaigns.services.plans import PlanConflictError, save_plan_draft
from campaigns.views.plan_editing import drafted_plan, editor_context, reviewed, typed_version
from campaigns.views.refusals import tell

# Fields of the posted form that the conflict page does not carry along.
_OWN_FIELDS = {"csrfmiddlewaretoken", "version", "act", "removed"}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request, pk):
    """Everything of a draft on one page; a button that is not "Lưu" only changes what stands in the form."""
    plan = drafted_plan(request, pk)
    if not plan.is_editable:
        messages.info(request, "Kế hoạch không còn là dự thảo nên không sửa được.")
        return redirect(plan)
    context = editor_context(request, plan)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, plan, PlanEditor.of_content(context, plan_content(plan)), opened=True)
    if act not in {"save", "resolve"}:
        data = _fixed(request, plan, context, act.removeprefix("fix-")) if act.startswith("fix-") else request.POST
        return _page(request, plan, PlanEditor.rearranged(context, data, act))
    editor = PlanEditor(context, data=request.POST)
    if not editor.is_valid():
        return _page(request, plan, editor)
    return _save(request, plan, editor, resolve=act == "resolve")


def _save(request, plan, editor, *, resolve):
    expected, mine = typed_version(request), editor.content()
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


def _fixed(request, plan, context, key) -> QueryDict:
    """What was posted, with the suggestion of the finding `key` in the place of its words; unchanged if they are gone."""
    editor = PlanEditor(context, data=request.POST)
    texts = {field.name: field.text for field in editor.texts()}
    data = request.POST.copy()
    for placed in reviewed(plan, editor, typed_content(editor)).findings:
        if placed.key == key and placed.fixable:
            data[placed.field] = with_suggestion(texts[placed.field], placed)
    return data


def _page(request, plan, editor, *, opened=False):
    content = plan_content(plan) if opened else typed_content(editor)
    _put_beside(plan, editor, content, opened=opened)
    in_plan = {str(form["pk"].value()) for form in editor.lists["directives"].forms}
    context = {
        "plan": plan,
        "editor": editor,
        "lists": editor.lists,
        "version": plan.version if opened else typed_version(request),
        "opened": opened,
        "faults": editor.faults() if editor.general.is_bound else 0,
        "reviewed": reviewed(plan, editor, content),
        "unit_names": editor.context.names.options(),
        "list_id": LIST_ID,
        "more_directives": [(pk, name) for pk, name in editor.context.directives.items() if str(pk) not in in_plan],
    }
    return render(request, "campaigns/plan_edit.html", context)


def _put_beside(plan, editor, content, *, opened):
    """Give every row the warnings about its duty and the open remarks on its words; the rest goes on top."""
    warnings = plan_warnings(content, calendar=editor.context.calendar, today=editor.context.today) if opened else []
    open_ = plan.comments.filter(resolved_at__isnull=True).select_related("made_by").order_by("made_at", "pk")
    remarks = place_remarks(plan_blocks_of(content), open_)
    for part, rows in editor.lists.items():
        for row, form in enumerate(rows.forms):
            form.warnings = [one.text for one in warnings if one.where == f"{part}-{row}"]
            form.remarks = remarks.pop(f"{part}-{row}", [])
    editor.warnings = [one.text for one in warnings if not one.where.startswith("duties-")]
    editor.remarks = [remark for placed in remarks.values() for remark in placed]
