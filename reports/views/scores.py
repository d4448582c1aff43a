"""The office appraises: its column of points beside the unit's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from reports.choices import SubmissionState
from reports.forms.office import AppraisalForm
from reports.selectors.rubrics import rubric_label
from reports.selectors.scoring import pinned_rubric
from reports.selectors.submissions import visible_submissions
from reports.services.submissions import appraise_submission
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def score_edit(request, pk):
    """Points of the office, starting from the unit's own; a difference needs a reason."""
    submission = get_object_or_404(visible_submissions(request.access).select_related("unit", "plan__paper"), pk=pk)
    request.access.require(Permission.HANDLE_RESULTS, submission.unit)
    if submission.state not in SubmissionState.COUNTED:
        messages.info(request, "Báo cáo cần được tiếp nhận trước khi thẩm định điểm.")
        return redirect("reports:submission-detail", submission.pk)
    scores = submission.scores.select_related("criterion__group").order_by("criterion__group__position", "criterion__position")
    form = AppraisalForm(request.POST or None, scores=scores)
    if request.method == "POST" and form.is_valid():
        try:
            appraise_submission(submission=submission, points=form.given(), by=request.user, at=request.received_at)
            messages.success(request, f"Đã thẩm định báo cáo của {submission.unit}.")
            return redirect("reports:submission-detail", submission.pk)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"submission": submission, "form": form, "rubric_label": rubric_label(pinned_rubric(submission.plan))}
    return render(request, "reports/score_edit.html", context)
