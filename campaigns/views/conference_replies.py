"""An invitation's own page, opened by its link alone: time, place, the answer, the event for a calendar."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.choices import Reply
from campaigns.conference_words import invitee_words, place_words, time_words
from campaigns.forms.conference_replies import ReplyForm
from campaigns.models import Invitee
from campaigns.selectors.conference_replies import conference_event, invitee_of_token, reply_address, why_not_answered
from campaigns.services.conference_replies import answer_invitation
from campaigns.views.refusals import put_on_form
from documents.icalendar import calendar_bytes
from units.downloads import download
from units.models import WardSettings

CALENDAR = "text/calendar; charset=utf-8"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Read the invitation and answer it; the answer may be changed until the conference begins."""
    invitee = invitee_of_token(token, on=timezone.localdate(request.received_at))
    if invitee is None:
        return render(request, "campaigns/invitation_unknown.html", status=404)
    form = ReplyForm(request.POST or None, whole=invitee.whole, initial=first_answer(invitee))
    if request.method == "POST" and form.is_valid():
        try:
            answer_invitation(invitee=invitee, now=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("campaigns:invitation", token)
    ward = WardSettings.objects.filter(ward=invitee.conference.ward).first()
    context = {
        "invitee": invitee,
        "conference": invitee.conference,
        "who": invitee_words(invitee),
        "when": time_words(invitee.conference),
        "place": place_words(invitee.conference),
        "form": form,
        "closed": why_not_answered(invitee, now=request.received_at),
        "token": token,
        "ward_name": ward.committee_heading if ward else "",
        "office_phone": ward.office_phone if ward else "",
    }
    return render(request, "campaigns/invitation.html", context)


@login_not_required
@require_safe
def invitation_event(request, token):
    """The event of the invitation, for the person's own calendar."""
    invitee = invitee_of_token(token, on=timezone.localdate(request.received_at))
    if invitee is None or not invitee.conference.held_on:
        raise Http404
    event = conference_event(invitee.conference, invitee=invitee, address=reply_address(invitee))
    return download(calendar_bytes([event], name=event.title), name="hoi-nghi.ics", content_type=CALENDAR)


def first_answer(invitee: Invitee) -> dict:
    """What the form begins with: the answer given before, dự when there is none."""
    return {
        "reply": Reply.COMING if invitee.reply == Reply.NONE else invitee.reply,
        "note": invitee.reply_note,
        "deputy_name": invitee.deputy_name,
        "deputy_office": invitee.deputy_office,
    }
