"""Công văn, thông báo, tờ trình, giấy mời, biên bản and copies: written here, signed outside, recorded here."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from documents.choices import DraftState, PaperKind
from documents.draft_papers import WRITTEN, draft_paper
from documents.forms.drafts import CopyForm, IssueDraftForm, PaperDraftForm
from documents.selectors.drafts import draft_book, visible_drafts, warning_of
from documents.selectors.papers import visible_papers
from documents.services.drafts import create_draft, discard_draft, edit_draft, issue_draft
from documents.writing import html, pdf
from units.permissions import Permission

_PAGE = 50
_FORM_METHODS = ["GET", "HEAD", "POST"]
_SLUGS = {"cong-van": "CV", "thong-bao": "TB", "to-trinh": "TTr", "giay-moi": "GM", "bien-ban": "BB"}
_MOST_FIGURES = 9


@require_safe
def draft_list(request):
    """What is being written, newest first, and a button for each kind."""
    request.access.require(Permission.READ_WARD)
    drafts = visible_drafts(request.access).filter(state=DraftState.DRAFT).select_related("edited_by", "copy_of")
    context = {
        "page_obj": Paginator(drafts, _PAGE).get_page(request.GET.get("page")),
        "kinds": [(slug, PaperKind(sign).label) for slug, sign in _SLUGS.items() if PaperKind(sign) in WRITTEN],
        "may_draft": request.access.can(Permission.DRAFT_PAPER),
    }
    return render(request, "documents/draft_list.html", context)


@require_http_methods(_FORM_METHODS)
def draft_new(request, kind):
    """Begin a paper of a kind."""
    request.access.require(Permission.DRAFT_PAPER)
    sign = _SLUGS.get(kind)
    if sign is None:
        raise Http404
    form = PaperDraftForm(request.POST or None, kind=sign, ward=request.access.ward)
    if request.method == "POST" and form.is_valid():
        facts = {"ward": request.access.ward, "kind": sign, **form.cleaned_data}
        draft = _try(form, create_draft, by=request.user, now=timezone.now(), **facts)
        if draft:
            messages.success(request, "Đã lưu dự thảo.")
            return redirect("documents:draft-detail", draft.pk)
    return render(request, "documents/draft_form.html", {"form": form, "label": PaperKind(sign).label})


@require_http_methods(_FORM_METHODS)
def draft_copy(request, pk):
    """Begin a copy of an issued paper."""
    original = get_object_or_404(visible_papers(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, original.ward)
    if not original.content or original.kind == PaperKind.COPY:
        raise Http404
    form = CopyForm(request.POST or None, original=original, ward=original.ward)
    if request.method == "POST" and form.is_valid():
        facts = {"ward": original.ward, "kind": PaperKind.COPY, "copy_of": original, "subject": original.subject}
        draft = _try(form, create_draft, by=request.user, now=timezone.now(), **facts, **form.cleaned_data)
        if draft:
            messages.success(request, "Đã lập bản sao chờ ký.")
            return redirect("documents:draft-detail", draft.pk)
    return render(request, "documents/draft_form.html", {"form": form, "label": "Bản sao", "original": original})


@require_safe
def draft_detail(request, pk):
    """One draft: how it prints and what can be done next; an issued one leads to the register."""
    draft = get_object_or_404(visible_drafts(request.access).select_related("ward", "copy_of", "signer", "edited_by"), pk=pk)
    if draft.paper_id:
        return redirect("documents:paper-detail", draft.paper_id)
    context = {
        "draft": draft,
        "may_draft": request.access.can(Permission.DRAFT_PAPER, draft.ward),
        "may_issue": request.access.can(Permission.ISSUE_PAPER, draft.ward),
        "warning": warning_of(draft, on=timezone.localdate()),
    }
    return render(request, "documents/draft_detail.html", context)


@require_http_methods(_FORM_METHODS)
def draft_edit(request, pk):
    """Change the text; what somebody else saved meanwhile is not overwritten."""
    draft = _draft(request, pk, Permission.DRAFT_PAPER)
    version = draft.version
    copied = draft.kind == PaperKind.COPY
    options = {"original": draft.copy_of} if copied else {"kind": draft.kind}
    maker = CopyForm if copied else PaperDraftForm
    form = maker(request.POST or None, instance=draft, ward=draft.ward, **options)
    if request.method == "POST" and form.is_valid():
        facts = {"expected_version": _version(request), "by": request.user, "now": timezone.now()}
        if _try(form, edit_draft, draft=draft, **facts, **form.cleaned_data):
            messages.success(request, "Đã lưu.")
            return redirect("documents:draft-detail", draft.pk)
    context = {"form": form, "draft": draft, "label": draft.get_kind_display(), "version": _version(request) or version}
    return render(request, "documents/draft_form.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def draft_text(request, pk):
    """The draft as a page for the frame of its own page."""
    draft = get_object_or_404(visible_drafts(request.access).select_related("ward", "copy_of", "signer"), pk=pk)
    return HttpResponse(html.preview_html(draft_paper(draft, today=timezone.localdate())))


@require_safe
def draft_print(request, pk):
    """The bản trình ký with blank number and day, or with ?du-thao=1 the same marked as a draft."""
    draft = get_object_or_404(visible_drafts(request.access).select_related("ward", "copy_of", "signer"), pk=pk)
    rendered = pdf.render(draft_paper(draft, today=timezone.localdate(), marked="du-thao" in request.GET))
    response = HttpResponse(rendered.data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{rendered.name}"'
    return response


@require_http_methods(_FORM_METHODS)
def draft_issue(request, pk):
    """Number and day of the signed paper; it is frozen and enters the register."""
    draft = _draft(request, pk, Permission.ISSUE_PAPER)
    book = draft_book(draft)
    numbered = draft.kind != PaperKind.MINUTES
    initial = {"number": book["next_number"]}
    form = IssueDraftForm(request.POST or None, request.FILES or None, numbered=numbered, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        facts = {"number": asked.get("number"), "dated_on": asked["dated_on"], "scan": asked["scan"]}
        facts |= {"declared_not_secret": asked["declared"], "expected_version": _version(request)}
        issued = _try(form, issue_draft, draft=draft, by=request.user, now=timezone.now(), **facts)
        if issued:
            messages.success(request, "Đã ghi sổ và khóa nội dung. Văn bản ở sổ văn bản đi.")
            return redirect("documents:paper-detail", issued.pk)
    version = _version(request) or draft.version
    context = {"form": form, "draft": draft, "version": version, "warning": warning_of(draft, on=timezone.localdate())}
    return render(request, "documents/draft_issue.html", context | book)


@require_http_methods(_FORM_METHODS)
def draft_discard(request, pk):
    """Throw a draft away, after asking."""
    draft = _draft(request, pk, Permission.DRAFT_PAPER)
    if request.method == "POST":
        try:
            discard_draft(draft=draft, by=request.user, now=timezone.now())
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(request, "Đã bỏ dự thảo.")
        return redirect("documents:draft-list")
    return render(request, "documents/draft_discard.html", {"draft": draft})


def _draft(request, pk, permission):
    drafts = visible_drafts(request.access).filter(state=DraftState.DRAFT)
    draft = get_object_or_404(drafts.select_related("ward", "copy_of", "signer"), pk=pk)
    request.access.require(permission, draft.ward)
    return draft


def _version(request) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _MOST_FIGURES else 0


def _try(form, service, **facts):
    """Return what the service made, or None with its refusal shown on the form."""
    try:
        return service(**facts)
    except ValidationError as refused:
        if hasattr(refused, "error_dict"):
            for name, errors in refused.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, refused)
    return None
