"""The office appraises: its column of points beside the unit's, down the list by the keyboard."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.selectors.plans import visible_plans
from reports.choices import SubmissionState
from reports.forms.appraisal import SampleForm, read_sample
from reports.forms.office import AppraisalForm, ChosenForm
from reports.selectors.appraisal import appraised_plans, hints_of, place_of, rows_of, to_appraise
from reports.selectors.rubrics import rubric_label
from reports.selectors.scoring import pinned_rubric
from reports.selectors.submissions import visible_submissions
from reports.services.appraisals import draw_sample
from reports.services.many_reports import agree_many
from reports.services.submissions import appraise_submission
from reports.views.chosen import back_to, tell_handled
from units.permissions import Permission

MOST_FIGURES = 10  # of a typed key


@require_safe
def appraisal_list(request):
    """One plan's scored reports in the order of the units, with what may be worth a look."""
    request.access.require(Permission.HANDLE_RESULTS)
    mine = _handled(request)
    plans = list(appraised_plans(mine))
    wanted = request.GET.get("ke_hoach", "")
    plan = next((one for one in plans if str(one.pk) == wanted), plans[0] if plans else None)
    sample = read_sample(request.GET.get("mau"))
    rows = rows_of(_queue(mine, plan, sample)) if plan else []
    waiting = [one for one in rows if one.state == SubmissionState.ACCEPTED]
    first = (waiting or rows or [None])[0]
    context = {
        "plans": plans,
        "plan": plan,
        "rows": rows,
        "waiting": waiting,
        "sample": sample,
        "first_url": _score_url(first.pk, sample) if first else "",
        "query": _query(sample),
        "shown_at": request.received_at.isoformat(),
        "form": SampleForm(),
    }
    return render(request, "reports/appraisal_list.html", context)


@require_POST
def appraisal_sample(request, pk):
    """Draw some reports of a plan at random, to be read closely."""
    request.access.require(Permission.HANDLE_RESULTS)
    plan = get_object_or_404(visible_plans(request.access).select_related("ward"), pk=pk)
    form = SampleForm(request.POST)
    sample = []
    if form.is_valid():
        rows = to_appraise(_queue(_handled(request), plan, []))
        size = form.cleaned_data["so"]
        sample = draw_sample(plan=plan, submissions=rows, size=size, by=request.user, at=request.received_at)
    else:
        messages.error(request, form.errors["so"][0])
    return redirect(_list_url(plan.pk, sample))


@require_POST
def appraisal_agree(request):
    """Appraise by the units' own points the ticked reports, or all that wait in the plan and sample of the address."""
    request.access.require(Permission.HANDLE_RESULTS)
    mine, sample = _handled(request), read_sample(request.GET.get("mau"))
    everything = to_appraise(_queue(mine, _typed_key(request.GET.get("ke_hoach")), sample)).filter(state=SubmissionState.ACCEPTED)
    form = ChosenForm(request.POST, submissions=mine, everything=everything, clock="accepted_at")
    if not form.is_valid():
        messages.error(request, form.problem())
        return back_to(request, "reports:appraisal-list")
    try:
        handled = agree_many(submissions=form.chosen(), by=request.user, at=request.received_at)
    except ValidationError as error:
        messages.error(request, error.message)
        return back_to(request, "reports:appraisal-list")
    tell_handled(request, form, handled, f"Đã thẩm định {len(handled.done)} báo cáo, giữ nguyên điểm tự chấm.")
    return back_to(request, "reports:appraisal-list", f"ke_hoach={handled.done[0].plan_id}" if handled.done else "")


@require_http_methods(["GET", "HEAD", "POST"])
def score_edit(request, pk):
    """Points of the office, starting from the unit's own; a difference needs a reason."""
    submission = get_object_or_404(visible_submissions(request.access).select_related("unit", "plan__paper"), pk=pk)
    request.access.require(Permission.HANDLE_RESULTS, submission.unit)
    if submission.state not in SubmissionState.COUNTED:
        messages.info(request, "Báo cáo cần được tiếp nhận trước khi thẩm định điểm.")
        return redirect("reports:submission-detail", submission.pk)
    sample = read_sample(request.GET.get("mau"))
    scores = submission.scores.select_related("criterion__group").order_by(
        "criterion__group__position", "criterion__position"
    )
    if not scores:
        messages.info(request, "Kế hoạch này không chấm điểm nên báo cáo không phải thẩm định.")
        return redirect("reports:submission-detail", submission.pk)
    form = AppraisalForm(request.POST or None, scores=scores)
    if request.method == "POST" and form.is_valid():
        try:
            appraise_submission(submission=submission, points=form.given(), by=request.user, at=request.received_at)
            messages.success(request, f"Đã thẩm định báo cáo của {submission.unit}.")
            return redirect(_onwards(request, submission, sample))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reports/score_edit.html", _score_context(request, submission, form, sample))


def _score_context(request, submission, form, sample):
    place = place_of(submission, _queue(_handled(request), submission.plan, sample))
    return {
        "submission": submission,
        "form": form,
        "place": place,
        "before_url": _score_url(place.before, sample) if place.before else "",
        "after_url": _score_url(place.after, sample) if place.after else "",
        "list_url": _list_url(submission.plan_id, sample),
        "hints": hints_of({submission.plan_id}).get(submission.pk, []),
        "rubric_label": rubric_label(pinned_rubric(submission.plan)),
    }


def _onwards(request, submission, sample):
    """After saving: the next report that waits, or back to this one's page, or to the list when nothing waits."""
    if request.POST.get("then") == "stay":
        return reverse("reports:submission-detail", args=[submission.pk])
    place = place_of(submission, _queue(_handled(request), submission.plan, sample))
    return _score_url(place.next_waiting, sample) if place.next_waiting else _list_url(submission.plan_id, sample)


def _typed_key(text):
    """The key of a plan in an address; 0, which is no plan's, for anything else: then nothing is meant."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < MOST_FIGURES else 0


def _handled(request):
    reach = request.access.reach(Permission.HANDLE_RESULTS, prefix="unit__")
    return visible_submissions(request.access).filter(reach)


def _queue(submissions, plan, sample):
    rows = submissions.filter(plan=plan)
    return rows.filter(pk__in=sample) if sample else rows


def _query(sample):
    return f"?{urlencode({'mau': ','.join(str(pk) for pk in sample)}, safe=',')}" if sample else ""


def _score_url(pk, sample):
    return reverse("reports:score-edit", args=[pk]) + _query(sample)


def _list_url(plan_pk, sample):
    more = {"mau": ",".join(str(pk) for pk in sample)} if sample else {}
    return f"{reverse('reports:appraisal-list')}?{urlencode({'ke_hoach': plan_pk} | more, safe=',')}"
