"""A person's own list of what the program told them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.selectors.notifications import visible_notifications
from campaigns.services.notifications import mark_read
from units.permissions import Permission

PER_PAGE = 30


@require_safe
def notification_list(request):
    """Newest first."""
    page = Paginator(visible_notifications(request.access), PER_PAGE).get_page(request.GET.get("page"))
    base = "base_phone.html" if request.access.can(Permission.REPORT_UNIT) else "base.html"
    unread = any(line.read_at is None for line in page)
    return render(request, "campaigns/notification_list.html", {"page_obj": page, "base": base, "unread": unread})


@require_POST
def notification_read(request, pk):
    """Seen; on to what it is about."""
    notification = get_object_or_404(visible_notifications(request.access), pk=pk)
    mark_read(person=request.user, at=timezone.now(), notification=notification)
    return redirect(notification.url or "campaigns:notification-list")


@require_POST
def notification_read_all(request):
    """All seen."""
    count = mark_read(person=request.user, at=timezone.now())
    messages.success(request, f"Đã đánh dấu {count} thông báo là đã xem.")
    return redirect("campaigns:notification-list")
