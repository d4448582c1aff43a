"""One's own page of channels and hours, and the link that stops a channel without a log-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.choices import Channel
from campaigns.forms.contact import ContactChoiceForm
from campaigns.selectors.channels import offered_to
from campaigns.selectors.contact import choice_of, stopped_by
from campaigns.selectors.push import browsers_of, current_key
from campaigns.services.contact_choices import save_choice, stop_channel
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def contact_choice(request):
    """Which channels, which hours."""
    offered = offered_to(request.user, ward=request.access.ward)
    form = ContactChoiceForm(request.POST or None, instance=choice_of(request.user), offered=offered)
    if form.is_valid():
        save_choice(choice=form.instance, at=request.received_at)
        messages.success(request, "Đã lưu cách nhận nhắc việc.")
        return redirect("campaigns:contact-choice")
    base = "base_phone.html" if request.access.can(Permission.REPORT_UNIT) else "base.html"
    context = {"form": form, "base": base, "offered": offered}
    if Channel.PUSH in offered:
        key = current_key()
        context |= {"push_key": key.public if key else "", "browsers": browsers_of(request.user)}
    return render(request, "campaigns/contact_choice.html", context)


@csrf_exempt  # a mail program stops letters with one POST and has no token (RFC 8058); the signed link is the proof
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sending_stop(request, token):
    """The foot of every letter leads here. Looking changes nothing; a mail program posts without asking (RFC 8058).

    Such a POST comes from the mail provider, without cookies and so without a CSRF token: what it may do is in the
    signed link alone, and no session is read.
    """
    found = stopped_by(token)
    if found is None:
        return render(request, "campaigns/sending_stop_unknown.html", status=404)
    person, channel = found
    context = {"channel": Channel(channel).label, "stopped": not choice_of(person).wants(channel)}
    if request.method == "POST":
        stop_channel(person=person, channel=channel, at=request.received_at)
        context["stopped"] = True
    return render(request, "campaigns/sending_stop.html", context)
