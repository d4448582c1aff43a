"""What the health page says about reminders (reliability.md 3.9)."""

import datetime as dt

from django.utils import timezone

from campaigns.quiet import last_opening, quiet_until
from campaigns.selectors.reminders import failed_letters, failing_reminders, oldest_due
from campaigns.services.after_restore import sending_hold
from documents import dates
from units.health import health_check

OVERDUE = dt.timedelta(minutes=10)
RECENT = dt.timedelta(days=30)


@health_check("reminder-queue")
def reminder_queue(now):
    """Nothing that is due has waited for more than ten minutes."""
    label = "Lời nhắc đến giờ"
    if sending_hold():
        return label, "warn", "Đang tạm dừng gửi sau khi phục hồi dữ liệu, chờ quản trị xác nhận."
    if quiet_until(now):
        return label, "ok", "Ngoài giờ nhắc việc; lời nhắc đến giờ chờ đến buổi sáng làm việc kế tiếp."
    oldest = oldest_due(now)
    if oldest and now - max(oldest, last_opening(now)) > OVERDUE:
        since = timezone.localtime(oldest)
        return label, "bad", f"Có lời nhắc chờ gửi từ {since:%H} giờ {since:%M}, ngày {dates.short(since.date())}."
    return label, "ok", "Không có lời nhắc nào chờ quá 10 phút."


@health_check("reminder-failures")
def reminder_failures(now):
    """Letters and reminders of the last month that could not be delivered."""
    label = "Nhắc việc không gửi được"
    letters = failed_letters().filter(created_at__gt=now - RECENT)
    rows = failing_reminders().filter(remind_at__gt=now - RECENT)
    count, broken = letters.count(), rows.count()
    if not count and not broken:
        return label, "ok", "Trong 30 ngày qua không có thư, tin nhắn hay lời nhắc nào hỏng."
    names = ", ".join(dict.fromkeys(letters.values_list("person__full_name", flat=True)[:5]))
    who = f" Kiểm tra địa chỉ, số điện thoại của: {names}." if names else ""
    return label, "warn", f"{count} thư, tin nhắn và {broken} lời nhắc không gửi được.{who}"
