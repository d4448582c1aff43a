"""The office's side of replies: messages with each own link, answers by telephone, links taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.choices import ConferenceState
from campaigns.conference_figures import roll_totals
from campaigns.conference_words import invitee_words, message_words
from campaigns.forms.conference_replies import ReplyForm
from campaigns.models import Invitee
from campaigns.selectors.conference_replies import event_address, listed_invitees, reply_address, why_not_answered
from campaigns.selectors.conferences import visible_conferences
from campaigns.services import conference_replies as services
from campaigns.views.conference_replies import first_answer
from campaigns.views.refusals import put_on_form
from units.permissions import Permission

PER_PAGE = 50


@require_safe
def conference_links(request, pk):
    """One message with the own link for everybody convened, and what they answered."""
    conference = _called(request, pk)
    unanswered = "chua" in request.GET
    page = Paginator(listed_invitees(conference, unanswered=unanswered), PER_PAGE).get_page(request.GET.get("page"))
    for line in page:
        who = invitee_words(line)
        line.who = who[:1].upper() + who[1:]
        line.message = message_words(line, address=reply_address(line), event=event_address(line))
        line.closed = why_not_answered(line, now=request.received_at, by_office=True)
    context = {
        "conference": conference,
        "page_obj": page,
        "unanswered": unanswered,
        "totals": roll_totals(conference.invitees.all()),
        "open": conference.state == ConferenceState.FIXED,
    }
    return render(request, "campaigns/conference_links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitee_answer(request, pk, invitee_pk):
    """Write down what somebody answered by telephone."""
    invitee = _line(request, pk, invitee_pk)
    form = ReplyForm(request.POST or None, whole=invitee.whole, by_office=True, initial=first_answer(invitee))
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_invitation(invitee=invitee, by=request.user, now=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, f"Đã ghi câu trả lời của {invitee_words(invitee)}.")
            return redirect("campaigns:conference-links", invitee.conference_id)
    context = {
        "form": form,
        "invitee": invitee,
        "who": invitee_words(invitee),
        "closed": why_not_answered(invitee, now=request.received_at, by_office=True),
    }
    return render(request, "campaigns/invitee_answer.html", context)


@require_POST
def invitee_link_renew(request, pk, invitee_pk):
    """End the links of one invitee."""
    invitee = _line(request, pk, invitee_pk)
    services.renew_link(invitee=invitee, by=request.user, now=request.received_at)
    messages.success(request, f"Đã đổi đường dẫn của {invitee_words(invitee)}; đường dẫn gửi trước không còn mở được.")
    return redirect("campaigns:conference-links", invitee.conference_id)


@require_POST
def conference_links_renew(request, pk):
    """End the links of everybody."""
    conference = _called(request, pk)
    services.renew_links(conference=conference, by=request.user, now=request.received_at)
    messages.success(request, "Đã đổi đường dẫn của mọi đại biểu; các đường dẫn, mã QR gửi trước không còn dùng được.")
    return redirect("campaigns:conference-links", conference.pk)


def _called(request, pk):
    conference = get_object_or_404(visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    request.access.require(Permission.CALL_CONFERENCE, conference.ward)
    return conference


def _line(request, pk, invitee_pk):
    conference = _called(request, pk)
    rows = Invitee.objects.select_related("conference__ward", "conference__venue", "unit", "group")
    return get_object_or_404(rows, conference=conference, pk=invitee_pk)
