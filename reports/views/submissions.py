"""The office's pages over results: the list, one report, accept, return, enter on behalf, print."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.choices import SubmissionState
from reports.forms.filing import FilingForms
from reports.forms.office import (
    MOST_PLACES,
    ChosenForm,
    OnBehalfForm,
    ReturnForm,
    SignedCopyForm,
    SubmissionFilterForm,
)
from reports.papers.blank_form import blank_form
from reports.papers.unit_report import printed_report
from reports.selectors.returned import offered_places
from reports.selectors.sessions import plans_to_report, reporting_units
from reports.selectors.submissions import filter_list, for_list, list_for_file, visible_submissions, with_verdicts
from reports.services import submissions as services
from reports.services.filings import open_amendment, open_filing
from reports.services.many_reports import accept_many
from reports.views.chosen import back_to, tell_handled
from reports.views.session_pages import step_url
from reports.views.submission_pages import after_signing, detail_context, plans_with_results
from reports.workbooks import XLSX
from reports.workbooks_results import results_workbook
from units.downloads import download
from units.models import Unit
from units.permissions import Permission
from units.services.jobs import ask_job

ROWS = 50


@require_safe
def submission_list(request):
    """Every report received, filtered; the waiting ones can be ticked and accepted together."""
    rows, form = _filtered(request)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    page.object_list = with_verdicts(list(page.object_list))
    handle = request.access.can(Permission.HANDLE_RESULTS)
    context = {"form": form, "page_obj": page, "rows": page.object_list, "can_handle": handle}
    context |= {"waiting": _waiting(request, rows).count() if handle else 0, "shown_at": request.received_at.isoformat()}
    return render(request, "reports/submission_list.html", context)


@require_safe
def submission_excel(request):
    """The same list as Excel, filtered as on the page."""
    rows, _ = _filtered(request)
    return download(results_workbook(list_for_file(rows)), name="ket-qua.xlsx", content_type=XLSX)


def _waiting(request, rows):
    """Those of `rows` that this person may take in now."""
    reach = request.access.reach(Permission.HANDLE_RESULTS, prefix="unit__")
    return rows.filter(reach, state=SubmissionState.SUBMITTED)


def _filtered(request):
    """The reports the person's filter leaves, and the filter."""
    request.access.require(Permission.READ_WARD)
    rows = for_list(visible_submissions(request.access))
    units = Unit.objects.filter(request.access.reach(Permission.READ_WARD))
    form = SubmissionFilterForm(request.GET or None, plans=plans_with_results(request.access), units=units)
    if form.is_bound and form.is_valid():
        rows = filter_list(rows, form.cleaned_data)
    return rows, form


@require_safe
def submission_detail(request, pk):
    """One report with every figure, session, score and sending."""
    request.access.require(Permission.READ_WARD)
    submission = get_object_or_404(for_list(visible_submissions(request.access)), pk=pk)
    return render(request, "reports/submission_detail.html", detail_context(request, submission))


@require_POST
def submission_accept(request, pk):
    """Take one report in."""
    submission = get_object_or_404(visible_submissions(request.access), pk=pk)
    request.access.require(Permission.HANDLE_RESULTS, submission.unit)
    try:
        services.accept_submission(submission=submission, by=request.user, at=request.received_at)
        messages.success(request, f"Đã tiếp nhận báo cáo của {submission.unit}.")
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("reports:submission-detail", submission.pk)


@require_POST
def submission_accept_many(request):
    """Take in the ticked reports, or all that wait under the filter of the address; what does not wait is passed over."""
    request.access.require(Permission.HANDLE_RESULTS)
    rows, filters = _filtered(request)
    if filters.is_bound and not filters.is_valid():  # a filter that leaves nothing out would take in everything
        messages.error(request, "Điều kiện lọc không đúng nên chưa tiếp nhận báo cáo nào. Đồng chí lọc lại rồi tiếp nhận.")
        return redirect("reports:submission-list")
    reach = request.access.reach(Permission.HANDLE_RESULTS, prefix="unit__")
    everything = _waiting(request, rows)
    form = ChosenForm(
        request.POST, submissions=visible_submissions(request.access).filter(reach), everything=everything, clock="submitted_at"
    )
    if not form.is_valid():
        messages.error(request, form.problem())
        return back_to(request, "reports:submission-list")
    try:
        handled = accept_many(submissions=form.chosen(), by=request.user, at=request.received_at)
        tell_handled(request, form, handled, f"Đã tiếp nhận {len(handled.done)} báo cáo.")
    except ValidationError as error:
        messages.error(request, error.message)
    return back_to(request, "reports:submission-list")


@require_http_methods(["GET", "HEAD", "POST"])
def submission_return(request, pk):
    """Ask the unit to complete named places; "more" gives one place more, with everything typed still there."""
    submission = get_object_or_404(visible_submissions(request.access), pk=pk)
    request.access.require(Permission.HANDLE_RESULTS, submission.unit)
    rows = min(sum(name.startswith("field") for name in request.POST) or 1, MOST_PLACES)
    more = "more" in request.POST
    offered = {"places": offered_places(submission), "rows": min(rows + more, MOST_PLACES)}
    form = ReturnForm(initial=request.POST.dict(), **offered) if more else ReturnForm(request.POST or None, **offered)
    if request.method == "POST" and not more and form.is_valid():
        try:
            services.return_submission(
                submission=submission, by=request.user, at=request.received_at, places=form.places()
            )
            messages.success(request, f"Đã gửi lời đề nghị bổ sung đến {submission.unit}.")
            return redirect("reports:submission-detail", submission.pk)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reports/submission_return.html", {"form": form, "submission": submission, "most": MOST_PLACES})


@require_POST
def submission_signed(request, pk):
    """Tick that the signed paper is there; the unit and the office may."""
    submission = get_object_or_404(visible_submissions(request.access), pk=pk)
    if not request.access.can(Permission.REPORT_UNIT, submission.unit):
        request.access.require(Permission.HANDLE_RESULTS, submission.unit)
    form = SignedCopyForm(request.POST)
    form.is_valid()
    services.mark_signed_copy(submission=submission, kept=form.cleaned_data["kept"], by=request.user, at=request.received_at)
    messages.success(request, "Đã ghi: có bản giấy ký." if submission.signed_copy_kept else "Đã bỏ dấu bản giấy ký.")
    return redirect(after_signing(request, submission))


@require_safe
def submission_print(request, pk):
    """The unit's report as a PDF to print and sign: one page, and an annex where the unit wrote more."""
    sent = visible_submissions(request.access).filter(submitted_at__isnull=False)
    submission = get_object_or_404(sent.select_related("unit__parent", "plan__paper"), pk=pk)
    return _pdf(printed_report(submission).data, f"bao-cao-{submission.unit.code}-{submission.plan_id}.pdf")


@require_safe
def submission_blank(request):
    """The empty form on A4, in the order of the steps, for a unit without a smartphone; ?don-vi= prints that unit's."""
    if not request.access.can(Permission.REPORT_UNIT):
        request.access.require(Permission.ENTER_ON_BEHALF)
    unit = None
    if wanted := request.GET.get("don-vi", ""):
        reach = request.access.reach(Permission.REPORT_UNIT) | request.access.reach(Permission.ENTER_ON_BEHALF)
        unit = get_object_or_404(Unit.objects.filter(reach), pk=int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0)
    return _pdf(blank_form(request.access.ward, unit).data, f"mau-bao-cao-buoi-hoc{f'-{unit.code}' if unit else ''}.pdf")


@require_POST
def submission_blank_all(request):
    """Order the empty forms of every unit that still has to report: a file for the printer, made as long work."""
    request.access.require(Permission.ENTER_ON_BEHALF)
    ask_job(kind="blank-forms", title="Mẫu giấy của các đơn vị chưa báo cáo", arguments={}, by=request.user)
    messages.success(request, "Đang làm mẫu của các đơn vị chưa báo cáo. Tệp PDF sẽ có ở trang này, giữ 7 ngày.")
    return redirect("units:job-list")


def _pdf(data, name):
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def submission_on_behalf(request):
    """Enter a report for a unit from a telephone call or a paper: the same form, marked as such."""
    request.access.require(Permission.ENTER_ON_BEHALF)
    units = reporting_units(request.access, Permission.ENTER_ON_BEHALF)
    returned = visible_submissions(request.access).filter(unit__in=units, state=SubmissionState.RETURNED)
    known = {"units": Unit.objects.filter(pk__in=[one.pk for one in units]), "returned": returned}
    form = OnBehalfForm(request.POST or None, initial=request.GET.dict(), **known)
    if request.method == "POST" and form.is_valid():
        try:
            filing = _open_on_behalf(request, **form.cleaned_data)
            forms = FilingForms(filing, at=request.received_at)
            return redirect(step_url(filing, forms.first_wrong() or forms.parts[-1]))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reports/submission_on_behalf.html", {"form": form})


def _open_on_behalf(request, *, unit, source, told_by, told_on, returned):
    """The returned report that was chosen; otherwise everything the unit still owes, and a returned report after that."""
    told = {"told_by": told_by, "told_on": told_on}
    plans = [] if returned else plans_to_report(unit)
    if not plans:
        returned = returned or visible_submissions(request.access).filter(unit=unit, state=SubmissionState.RETURNED).first()
    if returned:
        return open_amendment(submission=returned, by=request.user, at=request.received_at, source=source, told=told)
    return open_filing(unit=unit, plans=plans, by=request.user, at=request.received_at, source=source, told=told)
