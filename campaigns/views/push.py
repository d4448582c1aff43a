"""Lets a browser take notices, and stops it; on one's own page of channels."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from campaigns.choices import Channel
from campaigns.selectors.channels import channels_of
from campaigns.selectors.push import browsers_of
from campaigns.services.push_browsers import forget_browser, remember_browser
from units.session_book import device_label


@require_POST
def push_remember(request):
    """What the browser's own push service gave it, posted by static/js/push-subscribe.js."""
    ward = request.access.ward
    if ward is None or not channels_of(ward)[Channel.PUSH].is_on:
        raise PermissionDenied("Phường chưa bật thông báo trên máy.")
    facts = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    try:
        remember_browser(person=request.user, label=device_label(request), at=request.received_at, **facts)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, "Máy này nhận thông báo nhắc việc từ bây giờ.")
    return redirect("campaigns:contact-choice")


@require_POST
def push_forget(request, pk):
    """No more notices on one of one's own browsers."""
    browser = get_object_or_404(browsers_of(request.user), pk=pk)
    forget_browser(browser=browser, by=request.user, at=request.received_at)
    messages.success(request, "Máy đó không nhận thông báo nữa.")
    return redirect("campaigns:contact-choice")
