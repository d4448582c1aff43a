"""The outgoing register and one issued paper."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from documents.choices import PaperKind
from documents.forms.books import RegisterFilterForm, ScanForm
from documents.paper_json import from_dict
from documents.register import register_workbook
from documents.selectors.dispatches import counts_of, lines_of
from documents.selectors.papers import register_of, visible_papers
from documents.services.issued import attach_scan
from documents.spreadsheets import CONTENT_TYPE
from documents.views.files import note_reading
from documents.writing import html
from units.downloads import download
from units.permissions import Permission

_PAGE = 50


@require_safe
def paper_list(request):
    """What went out, newest first."""
    request.access.require(Permission.READ_WARD)
    form, papers = _filtered(request)
    page = Paginator(papers, _PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/register_list.html", {"form": form, "page_obj": page, "filtered": form.is_bound})


@require_safe
def paper_export(request):
    """The same list as a workbook."""
    request.access.require(Permission.READ_WARD)
    _, papers = _filtered(request)
    data = register_workbook(papers.prefetch_related("dispatches"))
    name = f"so-van-ban-di-{timezone.localdate():%Y%m%d}.xlsx"
    return download(data, name=name, content_type=CONTENT_TYPE)


@require_safe
def paper_detail(request, pk):
    """One paper: the frozen text, the files, the send list, a withdrawal."""
    paper = get_object_or_404(
        visible_papers(request.access).select_related(
            "pdf", "signed_scan", "entry__book", "issued_by", "withdrawn_by", "corrects"
        ),
        pk=pk,
    )
    note_reading(request, [paper])
    office = request.access.can(Permission.READ_WARD, paper.ward)
    # Whom else it went to and who opened it is the office's; the paper itself names its addressees.
    lines = list(lines_of(paper)) if office else []
    context = {
        "paper": paper,
        "dispatches": lines,
        "counts": counts_of(lines),
        "corrections": paper.corrections.all(),
        "office": office,
        "can_issue": request.access.can(Permission.KEEP_DISPATCH, paper.ward),
        "can_correct": not paper.withdrawn_at and request.access.can(Permission.DRAFT_PAPER, paper.ward),
        # Only what we hold as text, and no copy of a copy.
        "can_copy": bool(paper.content) and paper.kind != PaperKind.COPY and request.access.can(Permission.DRAFT_PAPER, paper.ward),
    }
    return render(request, "documents/register_detail.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def paper_text(request, pk):
    """The frozen text as a page, made from the kept content and nothing else; shown in a frame of the detail page."""
    paper = get_object_or_404(visible_papers(request.access).exclude(content={}), pk=pk)
    return HttpResponse(html.preview_html(from_dict(paper.content)))


@require_http_methods(["GET", "HEAD", "POST"])
def paper_scan(request, pk):
    """Attach the scan of the signed original, once."""
    paper = get_object_or_404(visible_papers(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.KEEP_DISPATCH, paper.ward)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            attach_scan(paper=paper, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("upload", error)
        else:
            messages.success(request, "Đã đính bản đã ký vào văn bản.")
            return redirect("documents:paper-detail", paper.pk)
    return render(request, "documents/register_scan.html", {"form": form, "paper": paper})


def _filtered(request):
    form = RegisterFilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    papers = register_of(
        visible_papers(request.access),
        text=asked.get("q", ""),
        kind=asked.get("loai", ""),
        since=asked.get("tu"),
        until=asked.get("den"),
    )
    return form, papers
