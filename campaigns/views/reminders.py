"""Letting reminders go out again after a restore."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.services.clock import release_sending, sending_is_held, waiting_to_send
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_release(request):
    """Ask, with what would go out at once, before reminders are sent again."""
    request.access.require(Permission.MANAGE_SETTINGS)
    if request.method == "POST":
        release_sending(by=request.user, at=request.received_at)
        messages.success(request, "Nhắc việc được gửi trở lại, bắt đầu trong vòng một phút.")
        return redirect("campaigns:reminder-release")
    reminders, letters = waiting_to_send(now=request.received_at)
    context = {"held": sending_is_held(), "consequences": _consequences(reminders, letters)}
    return render(request, "campaigns/reminder_release.html", context)


def _consequences(reminders, letters):
    return [
        f"Đang chờ: {reminders} lời nhắc và {letters} thư đã đến giờ gửi.",
        "Lời nhắc đã gửi sau lúc sao lưu có thể đến người nhận thêm một lần.",
        "Báo cáo nhận sau lúc sao lưu không còn trong dữ liệu: đồng chí nhờ các đơn vị gửi lại trước khi nhắc việc.",
    ]
