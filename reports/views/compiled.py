"""Pages of the compiled report: list, draft, edit, print, issue, Excel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.paper_json import from_dict
from documents.services.numbers import gaps, suggest_number
from documents.views.files import serve
from documents.writing.docx import CONTENT_TYPE as DOCX
from documents.writing.docx import file_name as docx_name
from documents.writing.docx import write_docx
from documents.writing.pdf import render as render_pdf
from documents.writing.pdf_pages import render_annexes
from reports.choices import ReportState
from reports.forms.compiled import ReportEditForm, ReportIssueForm, ReportNewForm
from reports.papers.compiled import compiled_report_paper
from reports.selectors.body_outlines import awaiting_report
from reports.selectors.compiled import newest_of, plans_to_compile, report_book, visible_reports
from reports.selectors.evidence import evidence_of, linked_paragraphs, numbered_sentence
from reports.selectors.remarks import remarks_of
from reports.selectors.report_changes import changes_since, new_words
from reports.selectors.report_outline import outline_of
from reports.services.compiling import draft_report, freeze_report, refresh_report, save_report
from reports.services.snapshot import take_figures
from reports.workbooks import XLSX
from reports.workbooks_report import annex_workbook
from units.downloads import download
from units.permissions import Permission


def _posted(request):
    """What was typed, also when nothing was ticked; None on a first look."""
    return request.POST if request.method == "POST" else None


@require_safe
def report_list(request):
    request.access.require(Permission.READ_WARD)
    reports = visible_reports(request.access).prefetch_related("plans__paper")
    context = {"reports": reports, "can_compile": request.access.can(Permission.COMPILE_REPORT), "year": timezone.localdate().year}
    return render(request, "reports/report_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request):
    request.access.require(Permission.COMPILE_REPORT)
    form = ReportNewForm(_posted(request), plans=plans_to_compile(request.access), initial={"plans": request.GET.getlist("plan")})
    if request.method == "POST" and form.is_valid():
        try:
            report = draft_report(ward=request.access.ward, plans=form.cleaned_data["plans"], by=request.user, now=timezone.now())
        except ValidationError as problem:
            form.add_error("plans", problem)
        else:
            messages.success(request, "Đã soạn dự thảo báo cáo từ các kết quả đã tiếp nhận.")
            return redirect("reports:report-edit", report.pk)
    return render(request, "reports/report_new.html", {"form": form})


@require_safe
def report_detail(request, pk):
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    reads = request.access.can(Permission.READ_WARD, report.ward)
    supplements = list(report.supplemented_by.select_related("paper"))
    context = {
        "report": report,
        "after": _after(report) if reads else [],
        "new_words": new_words(report) if reads and report.state == ReportState.FROZEN else [],
        "supplements": supplements if reads else [one for one in supplements if one.paper_id],
        "draft_waits": newest_of(report).supplemented_by.exists(),
        "sections": [(section, linked_paragraphs(section)) for section in report.sections.all()],
        "remarks": [remark for remark in remarks_of(report) if remark.included],
        "outline": outline_of(report, included=True),
        "can_compile": request.access.can(Permission.COMPILE_REPORT, report.ward),
        "can_issue": request.access.can(Permission.ISSUE_PAPER, report.ward),
        "reads": reads,
    }
    return render(request, "reports/report_detail.html", context)


def _after(report):
    """What is in no issued report yet; only an issued report has an afterwards."""
    if report.state != ReportState.FROZEN:
        return []
    return changes_since(report, take_figures(report.plans.order_by("pk"), counted_at=timezone.now()))


@require_safe
def report_evidence(request, pk, section, index):
    """The rows behind one sentence; units by name, so not for the level above."""
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.READ_WARD, report.ward)
    found = numbered_sentence(report, section, index)
    if found is None:
        raise Http404
    context = {"report": report, "section": found[0], "sentence": found[1], "evidence": evidence_of(report, found[1])}
    return render(request, "reports/report_evidence.html", context)


def _own_draft(request, pk):
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.COMPILE_REPORT, report.ward)
    return report


@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request, pk):
    report = _own_draft(request, pk)
    if report.state == ReportState.FROZEN:
        return redirect("reports:report-detail", report.pk)
    initial = {name: getattr(report, name) for name in ("version", "subject", "signer", "recipients", "late_list_printed")}
    form = ReportEditForm(_posted(request), report=report, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, report, form)
        except ValidationError as problem:
            form.add_error(None, problem)
            status = 409
        else:
            messages.success(request, "Đã lưu dự thảo báo cáo.")
            return redirect("reports:report-edit", report.pk)
    context = {"report": report, "form": form, "outline_texts": report.outline_texts.count()}
    return render(request, "reports/report_edit.html", context, status=status)


def _save(request, report, form):
    cleaned = form.cleaned_data
    save_report(
        report=report,
        expected_version=cleaned["version"],
        subject=cleaned["subject"],
        signer=cleaned["signer"],
        recipients=cleaned["recipients"],
        late_list_printed=cleaned["late_list_printed"],
        bodies=form.bodies,
        included=form.included,
        by=request.user,
        now=timezone.now(),
    )


@require_POST
def report_refresh(request, pk):
    report = _own_draft(request, pk)
    try:
        changes = refresh_report(report=report, by=request.user, now=timezone.now())
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("reports:report-detail", report.pk)
    messages.success(request, "Đã cập nhật số liệu. " + ("Thay đổi: " + "; ".join(changes) + "." if changes else "Không có số nào thay đổi."))
    return redirect("reports:report-changes" if report.changes["sections"] else "reports:report-edit", report.pk)


@require_safe
def report_pdf(request, pk):
    """The frozen PDF when issued, else the draft to be signed; a leader reads the same."""
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    if report.paper_id:
        return serve(request, report.paper.pdf)
    rendered = render_pdf(compiled_report_paper(report, draft="du-thao" in request.GET))
    return download(rendered.data, name=f"bao-cao-{report.pk}-trinh-ky.pdf", content_type="application/pdf")


@require_safe
def report_annexes(request, pk):
    """The annex tables alone as PDF, as they stand behind the report."""
    report = get_object_or_404(visible_reports(request.access).select_related("paper"), pk=pk)
    paper = from_dict(report.paper.content) if report.paper_id else compiled_report_paper(report)
    made = render_annexes(paper)
    if made is None:
        raise Http404
    return download(made.data, name=made.name, content_type="application/pdf")


@require_safe
def report_word(request, pk):
    """The same text as Word: the frozen one when issued, else the draft to be signed."""
    report = get_object_or_404(visible_reports(request.access).select_related("paper"), pk=pk)
    paper = from_dict(report.paper.content) if report.paper_id else compiled_report_paper(report)
    return download(write_docx(paper), name=docx_name(paper), content_type=DOCX)


@require_safe
def report_workbook(request, pk):
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.READ_WARD, report.ward)
    return download(annex_workbook(report.figures), name=f"bieu-tong-hop-{report.pk}.xlsx", content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def report_issue(request, pk):
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.ISSUE_PAPER, report.ward)
    if report.state == ReportState.FROZEN:
        return redirect("reports:report-detail", report.pk)
    book, today = report_book(report.ward), timezone.localdate()
    initial = {"number": suggest_number(book) if book else 1, "dated_on": f"{today:%d/%m/%Y}"}
    form = ReportIssueForm(_posted(request), today=today, initial=initial, duties=awaiting_report(report))
    if request.method == "POST" and form.is_valid():
        try:
            freeze_report(report=report, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error("number" if problem.code in {"taken", "unique"} else None, problem)
        else:
            messages.success(request, "Đã ghi báo cáo vào sổ văn bản đi; số liệu và nội dung từ nay được khóa.")
            return redirect("reports:report-detail", report.pk)
    return render(request, "reports/report_issue.html", {"report": report, "form": form, "gaps": gaps(book) if book else []})
