"""The administrator's channels: what is on, the gateway and its secret, a test message, what went out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.forms.channels import DeliveryFilterForm, WardChannelForm
from campaigns.mail import mail_is_set_up
from campaigns.selectors.channels import channels_of, visible_deliveries
from campaigns.services.ward_channels import renew_secret, save_channel, send_test
from units.permissions import Permission

PER_PAGE = 50


@require_safe
def channel_list(request):
    """Every channel with its state and the last test."""
    context = {"channels": _channels(request).values(), "mail_is_set_up": mail_is_set_up()}
    return render(request, "campaigns/channel_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def channel_edit(request, channel):
    """Switch one on or off, its gateway and limits."""
    row = _channel(request, channel)
    form = WardChannelForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_channel(row=form.instance, by=request.user, at=request.received_at)
        except ValidationError as refused:
            form.add_error("url" if "url" in form.fields and refused.code == "address" else None, refused)
        else:
            messages.success(request, f"Đã lưu kênh {row.get_channel_display()}.")
            return redirect("campaigns:channel-list")
    return render(request, "campaigns/channel_edit.html", {"form": form, "row": row})


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def channel_secret(request, channel):
    """Ask, then make a new secret and show it this one time: it is in no address, no message and no session."""
    row = _channel(request, channel)
    if not row.has_gateway:
        raise Http404
    if request.method == "POST":
        secret = renew_secret(row=row, by=request.user, at=request.received_at)
        return render(request, "campaigns/channel_secret_shown.html", {"row": row, "secret": secret})
    return render(request, "campaigns/channel_secret.html", {"row": row})


@require_POST
def channel_test(request, channel):
    """One message to oneself, now."""
    try:
        result = send_test(row=_channel(request, channel), by=request.user, at=request.received_at)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.info(request, result)
    return redirect("campaigns:channel-list")


@require_safe
def delivery_list(request):
    """What was sent to the people of the ward, by which channel, and why something was not."""
    request.access.require(Permission.MANAGE_SETTINGS)
    form = DeliveryFilterForm(request.GET or None)
    rows = form.narrow(visible_deliveries(_ward(request)))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "campaigns/delivery_list.html", {"form": form, "page_obj": page})


def _ward(request):
    if request.access.ward is None:
        raise Http404
    return request.access.ward


def _channels(request):
    request.access.require(Permission.MANAGE_SETTINGS)
    return channels_of(_ward(request))


def _channel(request, channel):
    found = _channels(request).get(channel)
    if found is None:
        raise Http404
    return found
