"""Letting reminders go out again after a restore: what may have gone out already, and the release."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.selectors.doubtful import doubts_of, lines_of, others_wait, waiting_to_send
from campaigns.services.after_restore import mark_already_sent, release_sending, sending_hold
from campaigns.workbooks import doubts_workbook
from documents.spreadsheets import CONTENT_TYPE
from units.downloads import download
from units.permissions import Permission

PER_PAGE = 50
OTHERS = "Máy chủ này còn phục vụ đảng bộ khác cũng có danh sách như vậy: gửi lại là gửi cho tất cả, đồng chí báo nơi đó xem trước."


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_release(request):
    """Ask, with what would go out at once, before reminders are sent again."""
    request.access.require(Permission.MANAGE_SETTINGS)
    if request.method == "POST":
        release_sending(by=request.user, at=request.received_at)
        messages.success(request, "Nhắc việc được gửi trở lại, bắt đầu trong vòng một phút.")
        return redirect("campaigns:reminder-release")
    hold, ward = sending_hold(), request.access.ward
    listed = len(doubts_of(ward, until=hold.beat_at)) if hold and ward else 0
    consequences = _consequences(request.received_at)
    if hold and ward and others_wait(ward, until=hold.beat_at):
        consequences.append(OTHERS)
    context = {"held": bool(hold), "listed": listed, "consequences": consequences}
    return render(request, "campaigns/reminder_release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_doubtful(request):
    """What fell due between the backup and the restore, line by line; the office ticks what has arrived already."""
    ward = _ward(request)
    if request.method == "POST":
        return _mark(request, ward)
    hold = sending_hold()
    page = Paginator(doubts_of(ward, until=hold.beat_at) if hold else [], PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page.object_list, ward=ward, until=hold.beat_at) if hold else []
    context = {"hold": hold, "page_obj": page, "lines": lines}
    return render(request, "campaigns/reminder_doubtful.html", context)


@require_safe
def reminder_doubtful_excel(request):
    """The same list, whole, for going through it beside the log of the mail server or the gateway."""
    ward, hold = _ward(request), sending_hold()
    doubts = doubts_of(ward, until=hold.beat_at) if hold else []
    lines = lines_of(doubts, ward=ward, until=hold.beat_at) if hold else []
    return download(doubts_workbook(lines), name="co-the-da-gui.xlsx", content_type=CONTENT_TYPE)


def _mark(request, ward):
    keys = None if request.POST.get("ca_danh_sach") else frozenset(request.POST.getlist("chon"))
    try:
        marked = mark_already_sent(ward=ward, keys=keys, by=request.user, at=request.received_at)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("campaigns:reminder-release")
    if marked:
        messages.success(request, f"Đã ghi nhận {marked} dòng là đã gửi; chương trình không gửi lại các dòng đó.")
    else:
        messages.info(request, "Đồng chí chưa đánh dấu dòng nào; danh sách giữ nguyên.")
    return redirect("campaigns:reminder-doubtful")


def _ward(request):
    request.access.require(Permission.MANAGE_SETTINGS)
    if request.access.ward is None:
        raise Http404
    return request.access.ward


def _consequences(now):
    reminders, notices, letters = waiting_to_send(now=now)
    return [
        f"Đang chờ: {reminders} lời nhắc, {notices} thông báo và {letters} thư, tin nhắn đã đến giờ gửi.",
        "Dòng nào đồng chí không ghi nhận là đã gửi thì người nhận có thể nhận thêm một lần.",
        "Báo cáo nhận sau lúc sao lưu không còn trong dữ liệu: đồng chí nhờ các đơn vị gửi lại trước khi nhắc việc.",
    ]
