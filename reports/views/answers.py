"""A unit fills in the outline and forms of a plan: one part a page, a last page that sends. Works without JavaScript."""

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.choices import PlanState
from campaigns.models import Assignment
from reports.forms.answers import EndedDutiesForm, first_wrong, form_of, posted_form
from reports.selectors.answers import answered_parts, is_open, sent_submissions, visible_sheets
from reports.selectors.body_outlines import body_outlines, closable_duties, own_reach
from reports.selectors.outline import parts_of
from reports.services import answer_sheets as services
from reports.views.answer_pages import (
    part_context,
    part_url,
    redirect_to_sheet,
    review_context,
    saved_words,
    source_for,
)
from units.choices import UnitKind
from units.permissions import Permission

MOST_FIGURES = 9


@require_safe
def answer_list(request):
    """The outlines and forms that running plans ask of the bodies whose contact the person is."""
    request.access.require(Permission.DO_DUTY)
    context = {"rows": body_outlines(request.access), "today": timezone.localdate(request.received_at)}
    context["reports"] = request.access.can(Permission.REPORT_UNIT)
    context["base"] = "base_phone.html" if context["reports"] else "base.html"
    return render(request, "reports/answer_list.html", context)


@require_POST
def answer_open(request, unit_pk, plan_pk):
    """Open the outline and forms of a unit, or go on with what was begun."""
    reach = own_reach(request.access, prefix="unit__")
    reach |= request.access.reach(Permission.ENTER_ON_BEHALF, prefix="unit__")
    owed = Assignment.objects.filter(reach, unit=unit_pk, plan=plan_pk, plan__state=PlanState.ISSUED)
    duty = owed.select_related("unit", "plan__paper").first()
    if duty is None:
        raise Http404
    return redirect_to_sheet(request, duty.unit, duty.plan)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_part(request, pk, slug):
    """One part: shown, kept whatever was typed, and passed on when it is right."""
    sheet = _sheet(request, pk)
    parts = parts_of(sheet.submission.plan)
    part = next((one for one in parts if one.slug == slug), None)
    if part is None:
        raise Http404
    if not is_open(sheet) and request.method != "POST":
        return redirect("reports:answer-detail", sheet.submission_id)
    if request.method != "POST":
        return _page(request, sheet, parts, part, form_of(part, sheet.content))
    form = posted_form(part, request.POST)
    try:
        services.save_sheet(
            sheet=sheet,
            version=_version(request),
            changes=form.changes(),
            part=part.slug,
            by=request.user,
            at=request.received_at,
        )
    except ValidationError as error:
        return _page(request, sheet, parts, part, form, problem=" ".join(error.messages), status=409)
    if request.POST.get("act") == "keep":
        return JsonResponse({"version": sheet.version, "words": saved_words(sheet)})
    if request.POST.get("act") or not form.is_valid():
        # what was typed is kept, so the page is opened anew: a phone's Back button never asks to send a form again
        return redirect(part_url(sheet, part))
    after = parts[parts.index(part) + 1 :]
    return redirect(part_url(sheet, after[0])) if after else redirect("reports:answer-review", sheet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_review(request, pk):
    """The last page; its button sends the outline and forms as the report of a unit that owes no session."""
    sheet = _sheet(request, pk)
    parts = parts_of(sheet.submission.plan)
    unit = sheet.submission.unit
    ends = EndedDutiesForm(request.POST or None, duties=closable_duties(sheet.submission))
    if request.method != "POST":
        if not is_open(sheet):
            return redirect("reports:answer-detail", sheet.submission_id)
        return render(request, "reports/answer_review.html", review_context(request, sheet, parts, ends))
    if is_open(sheet) and (wrong := first_wrong(parts, sheet.content)):
        return redirect(part_url(sheet, wrong))
    try:
        services.send_sheet(
            sheet=sheet,
            version=_version(request),
            by=request.user,
            at=request.received_at,
            source=source_for(request, unit),
            confirmed=unit.kind == UnitKind.BODY or request.access.can(Permission.CONFIRM_UNIT, unit),
            ending=ends.cleaned_data["ending"] if ends.is_valid() else (),
        )
    except ValidationError as error:
        context = review_context(request, sheet, parts, ends, problem=" ".join(error.messages))
        return render(request, "reports/answer_review.html", context, status=409)
    return redirect("reports:answer-detail", sheet.submission_id)


@require_safe
def answer_detail(request, pk):
    """What a unit sent: every heading and every row, with the receipt."""
    found = sent_submissions(request.access).select_related("unit", "plan__paper", "submitted_by")
    submission = get_object_or_404(found, pk=pk)
    parts = answered_parts(submission)
    if not parts:
        raise Http404
    context = {"submission": submission, "parts": parts, "handles": request.access.can(Permission.READ_WARD)}
    context["by_body"] = submission.unit.kind == UnitKind.BODY
    return render(request, "reports/answer_detail.html", context)


def _page(request, sheet, parts, part, form, *, problem="", status=200):
    context = part_context(request, sheet, parts, part, form) | {"problem": problem}
    context["faults"] = 0 if form.is_valid() else form.faults
    return render(request, "reports/answer_part.html", context, status=status)


def _sheet(request, pk):
    found = visible_sheets(request.access).select_related("submission__unit", "submission__plan__paper", "edited_by")
    return get_object_or_404(found, pk=pk)


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_FIGURES else 0
