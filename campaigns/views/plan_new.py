"""A new plan: for directives, or from an earlier plan; and the page that tells what the program did."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.choices import DraftNoteKind, PlanKind
from campaigns.deadline_phrases import read_phrase
from campaigns.forms.new_plans import NewPlanForm, RedraftForm
from campaigns.selectors.directives import visible_directives
from campaigns.selectors.plans import visible_plans
from campaigns.selectors.plans_together import plans_together
from campaigns.services.deadline_chain import chain_notes
from campaigns.services.drafting import draft_plan, suggest_phrases
from campaigns.services.redrafting import redraft_plan, redrafted
from campaigns.views.refusals import put_on_form
from units.permissions import Permission
from units.workdays import WorkCalendar

OFFERED_DIRECTIVES = 30
MOST_FIGURES = 10  # of a number in an address or a hidden field


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request):
    """A new plan for one or several directives; one click writes the whole draft.

    "Tính lại thời hạn" works the deadlines out again for the kind and the directives as chosen, keeping the rest.
    """
    request.access.require(Permission.DRAFT_PAPER)
    now = timezone.now()
    today = timezone.localdate(now)
    offered, chosen = _directives(request)
    plans = visible_plans(request.access).filter(ward=request.access.ward)
    options = {"directives": offered, "plans": plans, "today": today}
    if request.method == "POST" and request.POST.get("act") != "suggest":
        form = NewPlanForm(request.POST, **options)
        if form.is_valid() and (plan := _drafted(request, form, now)):
            return redirect("campaigns:plan-edit", plan.pk)
    else:
        form = NewPlanForm(initial=_suggested(request, chosen, plans, today), **options)
    context = {"form": form, "has_directives": offered.exists()}
    return render(request, "campaigns/plan_new.html", context | _beside(request, form, chosen, today))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new_from(request, pk):
    """A new plan from an earlier one: choose the directive, see everything that would change, write it."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, plan.ward)
    offered, chosen = _directives(request)
    offered = offered.exclude(pk__in=plan.directive_links.values("directive"))
    form = RedraftForm(request.POST or None, directives=offered, initial={"directives": list(chosen)})
    preview = None
    if request.method == "POST" and form.is_valid():
        facts = {"plan": plan, "directives": list(form.cleaned_data["directives"].order_by("dated_on", "pk"))}
        try:
            if request.POST.get("act") == "preview":
                preview = redrafted(today=timezone.localdate(), **facts)
            else:
                made = redraft_plan(by=request.user, now=timezone.now(), **facts)
                messages.success(request, "Đã soạn dự thảo từ kế hoạch cũ. Đồng chí xem những chỗ đã thay và chỗ cần quyết định.")
                return redirect("campaigns:plan-drafted", made.pk)
        except ValidationError as refused:
            put_on_form(form, refused)
    groups = _grouped(preview.notes) if preview else ()
    return render(request, "campaigns/plan_new_from.html", {"plan": plan, "form": form, "groups": groups, "preview": preview})


@require_safe
def plan_drafted(request, pk):
    """What the program decided when it wrote the draft: deadlines, recipients, changes, open questions."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.READ_WARD, plan.ward)
    groups = _grouped(plan.draft_notes.order_by("position", "pk"))
    may_edit = plan.is_editable and request.access.can(Permission.DRAFT_PAPER, plan.ward)
    return render(request, "campaigns/plan_drafted.html", {"plan": plan, "groups": groups, "may_edit": may_edit})


def _directives(request):
    """Directives to choose from, and those chosen in the address or the form."""
    known = visible_directives(request.access)
    asked = request.POST.getlist("directives") or request.GET.getlist("van-ban")
    chosen = known.filter(pk__in=[pk for pk in asked if pk.isdecimal() and len(pk) < MOST_FIGURES])
    recent = known.order_by("-registered_at", "-pk").values_list("pk", flat=True)[:OFFERED_DIRECTIVES]
    offered = known.filter(pk__in=[*chosen.values_list("pk", flat=True), *recent]).order_by("-dated_on", "-pk")
    return offered, chosen.order_by("dated_on", "pk")


def _suggested(request, chosen, plans, today):
    """What the form opens with: the kind and the other plan asked for, the deadlines worked out for them."""
    source = request.POST or request.GET
    kind = source.get("kind", source.get("loai", ""))
    kind = kind if kind in PlanKind.values else PlanKind.STUDY.value
    asked = source.get("together", source.get("hoc-chung", ""))
    together = plans.filter(pk=asked).first() if asked.isdecimal() and len(asked) < MOST_FIGURES else None
    phrases = suggest_phrases(list(chosen), today=today, kind=kind, joint=together)
    ticked = {}
    if request.method == "POST":
        ticked = {name: name in request.POST for name in ("ward_conference", "scored")}
    return {"kind": kind, "directives": list(chosen), "together": together and together.pk, **vars(phrases), **ticked}


def _beside(request, form, chosen, today):
    """What stands beside the form: plans of the same weeks, the reasons of the deadlines, the plan studied together."""
    kind = form["kind"].value()
    study = form["study"].value() or ""
    try:
        until = read_phrase(study, today=today).last_day
    except ValidationError:
        until = None
    until = max(until or today, today + dt.timedelta(days=20))
    listed = list(chosen)
    notes = chain_notes(listed, kind=kind, today=today, calendar=WorkCalendar.load()) if listed and kind in PlanKind.values else []
    together = form.fields["together"].queryset.filter(pk=form["together"].value() or None).first()
    neighbours = plans_together(request.access, today=today, until=until, excluding=listed) if listed else []
    return {"notes": notes, "neighbours": neighbours, "together": together, "chosen": listed}


def _drafted(request, form, now):
    """The new draft, or None with the refusal shown in the form."""
    facts = form.cleaned_data
    try:
        plan = draft_plan(
            ward=request.access.ward, directives=list(facts["directives"].order_by("dated_on", "pk")), kind=facts["kind"],
            by=request.user, now=now, phrases=form.phrases(), scored=facts["scored"],
            ward_conference=facts["ward_conference"], joint=facts["together"],
        )  # fmt: skip
    except ValidationError as refused:
        put_on_form(form, refused)
        return None
    messages.success(request, "Đã soạn dự thảo theo mẫu câu của phường. Đồng chí xem và sửa câu chữ.")
    return plan


def _grouped(notes):
    """Notes by kind, what a person has to decide first."""
    rows = list(notes)
    order = (DraftNoteKind.REVIEW, DraftNoteKind.CHANGED, DraftNoteKind.DEADLINE, DraftNoteKind.RECIPIENT)
    groups = [(kind.label, kind.value, [one for one in rows if one.kind == kind]) for kind in order]
    return [group for group in groups if group[2]]
