"""Load the demonstration ward into an empty database."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reports.demo.loading import load_demonstration


class Command(BaseCommand):
    help = "Nạp phường trình diễn vào cơ sở dữ liệu còn trống."

    def handle(self, *args, **options):
        try:
            load_demonstration()
        except ValidationError as problem:
            raise CommandError(problem.messages[0]) from problem
        if options["verbosity"]:
            self.stdout.write("Đã nạp phường trình diễn.")
