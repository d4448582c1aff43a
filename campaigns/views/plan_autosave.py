"""What the editor's scripts ask for while a person types: save, and show paper, findings and deadlines anew."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from campaigns.forms.plan_editor import PhraseForm, PlanEditor
from campaigns.forms.typed_content import typed_content
from campaigns.models import Plan
from campaigns.paper import plan_paper
from campaigns.services.plans import PlanConflictError, save_plan_draft
from campaigns.shown_deadlines import shown_deadline
from campaigns.views.plan_editing import drafted_plan, editor_context, reviewed, typed_version
from documents.writing.html import preview_html
from units.models import WardSettings
from units.workdays import WorkCalendar


@require_POST
def plan_autosave(request, pk):
    """Save what stands in the editor if it can be saved, and answer with everything that follows from it.

    `state` of the answer: "saved"; "faulty" (something cannot be saved yet: `faults` says what, the page keeps it);
    "conflict" (status 409: somebody saved meanwhile, nothing was written); "closed" (409: no draft any more).
    """
    plan = drafted_plan(request, pk)
    editor = PlanEditor(editor_context(request, plan), data=request.POST)
    valid = editor.is_valid()
    if request.POST.get("only") == "show":
        answer = {"state": "shown", "version": typed_version(request)}
    else:
        answer = _saved(request, plan, editor) if valid else {"state": "faulty", "version": typed_version(request)}
    content = editor.content() if valid else typed_content(editor)
    shown = reviewed(plan, editor, content)
    answer |= {"faults": editor.fault_list(), "errors": shown.errors, "found": len(shown.findings)}
    answer["findings"] = render_to_string("campaigns/_findings.html", {"plan": plan, "reviewed": shown}, request)
    answer["paper"] = preview_html(shown.paper) if shown.paper else ""
    answer["deadlines"] = {name: _deadline(name, form) for name, form in editor.deadlines()}
    return JsonResponse(answer, status=409 if answer["state"] in {"conflict", "closed"} else 200)


@require_safe
def plan_deadline(request, pk):
    """What the phrase being typed means: the last day with its weekday, as the ward reads it."""
    plan = drafted_plan(request, pk)
    form = PhraseForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {"phrase": "", "field": ""}
    reading = WardSettings.objects.get(ward=plan.ward).deadline_reading
    facts = {"today": timezone.localdate(), "reading": reading, "calendar": WorkCalendar.load()}
    return render(request, "campaigns/_deadline.html", {"deadline": shown_deadline(typed["phrase"], **facts), "field": typed["field"]})


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # the paper stands in a frame of the editor, and only there
def plan_preview(request, pk):
    """The paper as it was last saved, as the page that stands in the editor's frame."""
    return HttpResponse(preview_html(plan_paper(drafted_plan(request, pk))))


def _saved(request, plan, editor):
    facts = {"expected_version": typed_version(request), "content": editor.content(), "automatic": True}
    now = timezone.now()
    try:
        plan = save_plan_draft(plan=plan, by=request.user, now=now, **facts)
    except PlanConflictError:
        theirs = Plan.objects.select_related("edited_by").get(pk=plan.pk)
        return {"state": "conflict", "by": str(theirs.edited_by), "at": _clock(theirs.edited_at), "version": facts["expected_version"]}
    except ValidationError as refused:
        return {"state": "closed", "words": " ".join(refused.messages), "version": facts["expected_version"]}
    return {"state": "saved", "at": _clock(now), "version": plan.version}


def _clock(moment):
    return f"{timezone.localtime(moment):%H:%M}"


def _deadline(name, form):
    return render_to_string("campaigns/_deadline.html", {"deadline": form.deadline, "field": name})
