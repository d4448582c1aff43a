"""A person's calendar: its page, its secret address, and the file that calendars read."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.selectors.calendar_feeds import (
    calendar_events,
    feed_access,
    feed_of,
    feed_of_token,
    feed_token,
    way_of,
)
from campaigns.services.calendar_feeds import renew_feed, stop_feed
from documents.icalendar import calendar_bytes
from units.downloads import download
from units.permissions import Permission

NAME = "Lan Tỏa: hội nghị và thời hạn"
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def feed_detail(request):
    """What the calendar holds now, and its address."""
    feed = feed_of(request.user, way=way_of(request.access))
    context = {
        "base": "base_phone.html" if request.access.can(Permission.REPORT_UNIT) else "base.html",
        "events": calendar_events(request.access, now=request.received_at),
        "feed": feed,
        "address": settings.SITE_URL + reverse("campaigns:feed-calendar", args=[feed_token(feed)]) if feed else "",
    }
    return render(request, "campaigns/feed_detail.html", context)


@require_POST
def feed_renew(request):
    """Make the address, or another one in its place."""
    renew_feed(person=request.user, way=way_of(request.access), now=request.received_at)
    messages.success(request, "Đã tạo đường dẫn lịch. Đường dẫn tạo trước đó (nếu có) không còn mở được.")
    return redirect("campaigns:feed-detail")


@require_POST
def feed_stop(request):
    """End the address."""
    if stop_feed(person=request.user, way=way_of(request.access), now=request.received_at):
        messages.success(request, "Đã dừng đường dẫn lịch. Điện thoại, máy tính đã thêm lịch sẽ không đọc được nữa.")
    else:
        messages.info(request, "Đường dẫn lịch đã được dừng từ trước.")
    return redirect("campaigns:feed-detail")


@login_not_required
@require_safe
def feed_calendar(request, token):
    """The file: whoever holds the address reads it, nothing else opens with it."""
    feed = feed_of_token(token)
    if feed is None:
        raise Http404
    now = request.received_at
    events = calendar_events(feed_access(feed, on=timezone.localdate(now)), now=now)
    return download(calendar_bytes(events, name=NAME), name="lan-toa.ics", content_type=CALENDAR)
