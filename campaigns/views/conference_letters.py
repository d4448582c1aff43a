"""Giấy mời and triệu tập: the papers of a conference, a new one drafted, copies with each name."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.choices import LetterPurpose, ParticipantClass
from campaigns.forms.conference_letters import LetterForm
from campaigns.models import Invitee
from campaigns.personal_letters import can_be_personal, personal_papers
from campaigns.selectors.conference_letters import letters_of, purposes_for, without_letter
from campaigns.selectors.conference_replies import reply_address, why_not_answered
from campaigns.selectors.conferences import visible_conferences
from campaigns.services.conference_letters import draft_letter
from campaigns.views.refusals import put_on_form
from documents.choices import PaperKind
from documents.paper_json import from_dict
from documents.writing import pdf
from documents.writing.joined import joined
from units.downloads import download
from units.permissions import Permission

AT_ONCE = 15  # personal copies laid out while the person waits (decisions 16)


@require_safe
def letter_list(request, pk):
    """The papers of the conference, and how many lines of the list no paper is for."""
    conference = _seen(request, pk)
    letters = list(letters_of(conference))
    for letter in letters:
        letter.volumes = range(1, -(-letter.lines // AT_ONCE) + 1)
        paper = letter.draft.paper
        letter.named = bool(letter.personal and paper and can_be_personal(from_dict(paper.content)))
    context = {
        "conference": conference,
        "letters": letters,
        "missing": without_letter(conference).count(),
        "purposes": purposes_for(conference),
        "may_draft": request.access.can(Permission.DRAFT_PAPER, conference.ward),
        "may_print": _may_print(request, conference),
    }
    return render(request, "campaigns/letter_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_new(request, pk):
    """Draft a paper from the record; ?khach begins with the guests."""
    conference = _seen(request, pk)
    request.access.require(Permission.DRAFT_PAPER, conference.ward)
    purposes = purposes_for(conference)
    initial = _first(conference, purposes, guests="khach" in request.GET)
    form = LetterForm(request.POST or None, conference=conference, purposes=purposes, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            letter = draft_letter(conference=conference, by=request.user, now=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã soạn. Đồng chí xem lại câu chữ, in bản trình ký rồi văn thư ghi số.")
            return redirect("documents:draft-detail", letter.draft_id)
    context = {"form": form, "conference": conference, "purposes": purposes}
    return render(request, "campaigns/letter_new.html", context)


@require_safe
def letter_copies(request, pk, letter_pk):
    """Copies of an issued letter with each name and own link, AT_ONCE at a time (?trang=2 for the next)."""
    conference = _seen(request, pk)
    if not _may_print(request, conference):
        request.access.require(Permission.CALL_CONFERENCE, conference.ward)
    letter = get_object_or_404(letters_of(conference), pk=letter_pk, personal=True)
    paper = from_dict(letter.draft.paper.content) if letter.draft.paper_id else None
    if paper is None or not can_be_personal(paper):
        raise Http404
    rows = Invitee.objects.filter(letters=letter).select_related("conference__venue", "unit", "group")
    rows = rows.order_by("group__position", "group_id", "position", "pk")
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("trang"))

    def address(one):
        return "" if why_not_answered(one, now=request.received_at) else reply_address(one)

    copies = personal_papers(paper, page, address=address)
    data = joined(pdf.render(copy, answer_at=link).data for copy, link in copies)
    name = f"giay-moi-{letter.pk}-{page.number}.pdf"
    return download(data, name=name, content_type="application/pdf")


def _seen(request, pk):
    return get_object_or_404(visible_conferences(request.access).select_related("ward", "venue"), pk=pk)


def _may_print(request, conference) -> bool:
    """The clerk sends the copies, the compiler keeps the list; they carry links, so nobody else prints them."""
    wanted = (Permission.ISSUE_PAPER, Permission.CALL_CONFERENCE)
    return any(request.access.can(permission, conference.ward) for permission in wanted)


def _first(conference, purposes, *, guests: bool) -> dict:
    wanted = [one.pk for one in conference.classes.all() if (one.kind == ParticipantClass.GUESTS) == guests]
    invites = guests and purposes == [LetterPurpose.CONVENE]
    return {
        "purpose": purposes[-1] if purposes else "",
        "kind": PaperKind.INVITATION if invites else PaperKind.NOTICE,
        "groups": wanted,
        "personal": "co" if guests else "",
        "signer": conference.ward.signers.filter(active_to__isnull=True).first(),
    }
