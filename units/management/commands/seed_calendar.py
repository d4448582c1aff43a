"""Enter the days off of 2026 and 2027; what is there already stays as it is."""

from django.core.management.base import BaseCommand

from units.services.calendar import seed_calendar


class Command(BaseCommand):
    help = "Enters the days off and make-up Saturdays of 2026 and 2027 that the calendar does not hold yet."

    def handle(self, *args, **options):
        count = seed_calendar()
        if options["verbosity"]:
            self.stdout.write(f"Đã thêm {count} ngày vào lịch.")
