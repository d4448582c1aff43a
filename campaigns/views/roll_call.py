"""Điểm danh: the roll by hand, from the queue of an offline machine, by QR at the door, and on paper."""

import secrets

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.choices import Attendance
from campaigns.conference_links import CHECK_IN, fits, pk_in
from campaigns.forms.roll_call import marks_queued, marks_typed
from campaigns.models import Invitee
from campaigns.selectors import conferences as selectors
from campaigns.selectors.roll_call import badges, give_codes, line_status
from campaigns.services import roll_call as services
from campaigns.services.conference_replies import renew_links
from campaigns.views.refusals import tell
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request, pk):
    """The roll by class; works as a plain form, and with its script also while the network is away."""
    conference = _opened(request, pk)
    groups = selectors.roll_groups(conference)
    if request.method == "POST":
        invitees = [one for group in groups for one in group.invitees]
        marks, wrong = marks_typed(request.POST, invitees, at=request.received_at)
        try:
            refused = services.take_marks(conference=conference, marks=marks, by=request.user, at=request.received_at)
        except ValidationError as error:
            tell(request, error)
            return redirect(conference)
        for sentence in [*wrong, *refused.values()]:
            messages.error(request, sentence)
        if len(marks) > len(refused):
            messages.success(request, f"Đã ghi điểm danh {len(marks) - len(refused)} dòng.")
        return redirect("campaigns:roll-call", conference.pk)
    context = {
        "conference": conference,
        "groups": groups,
        "totals": selectors.all_totals(groups),
        "choices": Attendance.choices,
    }
    give_codes(conference, groups)
    return render(request, "campaigns/roll_call.html", context)


@require_POST
def roll_send(request, pk):
    """The queue of a machine: each mark once, however often it is sent; the answer names what was not taken."""
    conference = _opened(request, pk)
    try:
        marks = marks_queued(request.body)
        refused = services.take_marks(conference=conference, marks=marks, by=request.user, at=request.received_at)
    except ValidationError as error:
        return JsonResponse({"state": error.code, "words": error.messages[0]}, status=422)
    totals = selectors.all_totals(selectors.roll_groups(conference))
    return JsonResponse(
        {
            "state": "taken",
            "keys": [mark.key for mark in marks],
            "refused": refused,
            "at": request.received_at.isoformat(),
            "status": line_status(totals),
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def roll_scan(request, token):
    """The QR of a letter, read at the door by a person of the office who is signed in: shows who it is, POST marks them."""
    rows = Invitee.objects.filter(conference__in=selectors.visible_conferences(request.access))
    invitee = rows.select_related("conference__ward", "conference__venue", "unit").filter(pk=pk_in(token) or 0).first()
    if invitee is None or not fits(token, invitee, CHECK_IN):
        raise Http404
    request.access.require(Permission.CALL_CONFERENCE, invitee.conference.ward)
    if request.method == "POST":
        key = f"qr-{invitee.pk}-{secrets.token_hex(8)}"
        mark = services.Mark(invitee.pk, Attendance.PRESENT.value, key, request.received_at)
        try:
            services.take_marks(conference=invitee.conference, marks=[mark], by=request.user, at=request.received_at)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, f"Đã ghi có mặt: {invitee}.")
        return redirect("campaigns:roll-scan", token)
    return render(request, "campaigns/roll_scan.html", {"invitee": invitee, "conference": invitee.conference})


@require_safe
def roll_print(request, pk):
    """The roll by class on paper, with a place to sign."""
    conference = get_object_or_404(selectors.visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    groups = selectors.roll_groups(conference)
    context = {"conference": conference, "groups": groups, "totals": selectors.all_totals(groups)}
    return render(request, "campaigns/roll_print.html", context)


@require_safe
def roll_codes(request, pk):
    """A QR for each line, to be cut out or put beside the name at the door."""
    conference = _opened(request, pk)
    return render(request, "campaigns/roll_codes.html", {"conference": conference, "badges": badges(conference)})


@require_POST
def roll_revoke(request, pk):
    """Make every QR and link of the conference worthless."""
    conference = _opened(request, pk)
    renew_links(conference=conference, by=request.user, now=request.received_at)
    messages.success(request, "Đã thu lại mọi mã QR và đường dẫn của hội nghị này. Đồng chí in hoặc gửi lại mã mới.")
    return redirect("campaigns:roll-codes", conference.pk)


def _opened(request, pk):
    conference = get_object_or_404(selectors.visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    request.access.require(Permission.CALL_CONFERENCE, conference.ward)
    return conference
