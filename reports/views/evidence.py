"""Pages on which a unit gives photos, minutes and the signed scan; the files leave by documents:file-download only."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms.evidence import EvidenceForm, SignedScanForm
from reports.forms.filing import FilingForms
from reports.places import SESSION
from reports.selectors.session_files import evidence_of
from reports.selectors.submissions import visible_filings, visible_submissions
from reports.services import evidence as services
from reports.views.session_pages import exit_url, returned_words, step_url
from reports.views.submission_pages import after_signing
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def session_files(request, pk):
    """Files of one filing, before it is sent or after."""
    filing = get_object_or_404(visible_filings(request.access).select_related("unit"), pk=pk)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept, problems = services.add_all(
            filing=filing, uploads=form.uploads(), by=request.user, at=request.received_at
        )
        for problem in problems:
            messages.error(request, problem)
        if kept:
            messages.success(request, f"Đã lưu {kept} tệp.")
        return redirect("reports:session-files", filing.pk)
    context = {"form": form, "filing": filing, "files": evidence_of(filing), "unit_name": filing.unit.short_name}
    context["returned"] = None if filing.sent_at else returned_words(FilingForms(filing, at=request.received_at))
    return render(
        request, "reports/session_files.html", context | {"back_url": _back(filing), "most": services.MOST_FILES}
    )


def _back(filing):
    return exit_url(filing) if filing.sent_at else step_url(filing, SESSION)


@require_POST
def session_file_remove(request, pk, file_pk):
    """Take one file out of a draft."""
    filing = get_object_or_404(visible_filings(request.access), pk=pk)
    evidence = filing.evidence.select_related("file").filter(pk=file_pk).first()
    if evidence is None:
        raise Http404
    try:
        services.remove_evidence(evidence=evidence, by=request.user, at=request.received_at)
        messages.success(request, "Đã bỏ tệp.")
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("reports:session-files", filing.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_scan(request, pk):
    """The signed paper as a picture or PDF, beside the report; the unit and the office may."""
    sent = visible_submissions(request.access).filter(submitted_at__isnull=False)
    submission = get_object_or_404(sent.select_related("unit", "plan"), pk=pk)
    if not request.access.can(Permission.REPORT_UNIT, submission.unit):
        request.access.require(Permission.HANDLE_RESULTS, submission.unit)
    form = SignedScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {"upload": form.cleaned_data["scan"], "declared_not_secret": form.cleaned_data["declared"]}
        try:
            services.attach_signed_scan(submission=submission, by=request.user, at=request.received_at, **facts)
            messages.success(request, "Đã lưu bản giấy ký.")
            return redirect(after_signing(request, submission))
        except ValidationError as error:
            form.add_error("scan", error)
    base = "base.html" if request.access.can(Permission.READ_WARD) else "base_phone.html"
    context = {"form": form, "submission": submission, "base": base, "back_url": after_signing(request, submission)}
    return render(request, "reports/submission_scan.html", context)
