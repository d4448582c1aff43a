"""Load the demonstration ward into an empty database."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reports.demo.loading import load_demonstration


class Command(BaseCommand):
    help = "Nạp phường trình diễn vào cơ sở dữ liệu còn trống."

    def handle(self, *args, **options):
        if settings.MODE == "production":
            raise CommandError("Máy chủ chạy chính thức không nạp dữ liệu trình diễn: mật khẩu của nó ai cũng biết.")
        try:
            load_demonstration()
        except ValidationError as problem:
            raise CommandError(problem.messages[0]) from problem
        if options["verbosity"]:
            self.stdout.write("Đã nạp phường trình diễn.")
