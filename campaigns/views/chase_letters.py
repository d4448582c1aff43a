"""Công văn đôn đốc: due days with silent units, the letters so far, and one button for the next."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.due_keys import due_day
from campaigns.selectors.chase_letters import due_groups
from campaigns.services.chase_letters import draft_chase_letter, recount_chase_letter
from campaigns.views.refusals import tell
from units.permissions import Permission


@require_safe
def chase_letter_list(request):
    """Every due day that is over with units still silent, and what was written about it."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    groups = due_groups(request.access.ward, on=today)
    context = {"groups": groups, "today": today, "may_draft": request.access.can(Permission.DRAFT_PAPER)}
    return render(request, "campaigns/chase_letter_list.html", context)


@require_POST
def chase_letter_draft(request, day):
    """Draft the next letter about one due day and open it."""
    return _write(request, day, draft_chase_letter, "Đã soạn công văn đôn đốc. Đồng chí xem lại, sửa, rồi trình ký.")


@require_POST
def chase_letter_recount(request, day):
    """Write the letter that is being written about one due day anew from the figures of now, and open it."""
    return _write(request, day, recount_chase_letter, "Đã viết lại lời công văn và phụ lục theo số liệu lúc này.")


def _write(request, day, service, done):
    request.access.require(Permission.DRAFT_PAPER)
    try:
        due_on = due_day(day)
    except ValueError as no_day:
        raise Http404 from no_day
    if due_on is None or not due_groups(request.access.ward, on=timezone.localdate(), due_on=due_on):
        raise Http404
    try:
        letter = service(ward=request.access.ward, due_on=due_on, by=request.user, at=request.received_at)
    except ValidationError as refused:
        tell(request, refused)
        return redirect("campaigns:chase-letter-list")
    messages.success(request, done)
    return redirect("documents:draft-detail", letter.draft_id)
