"""Văn bản gửi chi bộ: the papers addressed to a unit, opened and made known by its own people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from campaigns.selectors.inbox import enclosures_of, inbox_lines, may_state, unread_count, word_for
from campaigns.views.assignments import base_of
from campaigns.views.refusals import tell
from documents.choices import PaperKind
from documents.selectors.dispatches import own_units, visible_lines
from documents.selectors.papers import reading_lines
from documents.services.dispatches import record_opening, state_made_known, take_statement_back
from units.permissions import Permission

PER_PAGE = 30


@require_safe
def inbox_list(request):
    """Papers sent to my units and bodies, newest first, with those nobody has opened marked."""
    request.access.require(Permission.DO_DUTY)
    page = Paginator(inbox_lines(request.access), PER_PAGE).get_page(request.GET.get("page"))
    units = {line.unit_id: line.unit for line in page}
    context = {
        "page_obj": page,
        "unread": unread_count(request.access),
        "several": len(own_units(request.access)) > 1,
        "word": word_for(next(iter(units.values()))).lower() if len(units) == 1 else "đơn vị",
        "base": base_of(request),
    }
    return render(request, "campaigns/inbox_list.html", context)


@require_safe
def inbox_detail(request, pk):
    """One paper as its addressee has it; the first look is recorded, with who and when."""
    line = _line(request, pk)
    if request.method == "GET":  # a HEAD is no reading
        same = visible_lines(request.access).filter(paper=line.paper_id, unit=line.unit_id)
        record_opening(lines=same, by=request.user, at=request.received_at)
        line.refresh_from_db(fields=["first_opened_at", "first_opened_by"])
    plan = getattr(line.paper, "plan", None)
    context = {
        "line": line,
        "paper": line.paper,
        "plan": plan,
        "text": reading_lines(line.paper),
        "enclosures": enclosures_of(plan, request.access),
        "corrections": [
            one for one in line.paper.corrections.all() if visible_lines(request.access).filter(paper=one).exists()
        ],
        "asked": line.paper.kind in PaperKind.MADE_KNOWN and not line.paper.withdrawn_at,
        "may_state": may_state(line, request.access),
        "word": word_for(line.unit),
        "base": base_of(request),
    }
    return render(request, "campaigns/inbox_detail.html", context)


@require_POST
def inbox_state(request, pk):
    """The unit's own word that its members know the paper."""
    line = _line(request, pk)
    _require_word(request, line)
    try:
        state_made_known(line=line, by=request.user, at=request.received_at)
    except ValidationError as refused:
        tell(request, refused)
    else:
        messages.success(
            request, f"Đã ghi: {word_for(line.unit)} đã quán triệt. Văn phòng thấy ngay, đồng chí không phải gọi."
        )
    return redirect("campaigns:inbox-detail", line.pk)


@require_POST
def inbox_unstate(request, pk):
    """The word is taken back, for one who pressed the wrong button."""
    line = _line(request, pk)
    _require_word(request, line)
    take_statement_back(line=line, by=request.user, at=request.received_at)
    messages.success(request, "Đã rút lại. Khi đã quán triệt, đồng chí bấm lại nút bên dưới.")
    return redirect("campaigns:inbox-detail", line.pk)


def _line(request, pk):
    lines = visible_lines(request.access).select_related(
        "unit", "paper__plan", "paper__ward", "paper__signed_scan", "paper__corrects"
    )
    return get_object_or_404(lines, pk=pk)


def _require_word(request, line):
    """403 unless the person may speak for the unit; for a paper that asks for no word the service says why."""
    stating = line.paper.kind in PaperKind.MADE_KNOWN and not line.paper.withdrawn_at
    if stating and not may_state(line, request.access):
        raise PermissionDenied("Đồng chí chưa được giao quyền làm việc này.")
