"""A second, cheap path to the reminders for a system timer: claims make it safe beside the clock."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from campaigns.services.clock import tick


class Command(BaseCommand):
    help = "Send the reminders that are due now, once, and end."

    def handle(self, *args, **options):
        done = tick(now=timezone.now())
        if done.held:
            self.stdout.write("Đang tạm dừng gửi nhắc việc, chờ quản trị xác nhận.")
            return
        if done.quiet:
            self.stdout.write("Ngoài giờ nhắc việc: lời nhắc đến giờ chờ đến buổi sáng làm việc kế tiếp.")
            return
        self.stdout.write(f"Đã nhắc {done.people} người ({done.reminders} lời nhắc), gửi {done.letters} thư, {done.messages} tin nhắn.")
