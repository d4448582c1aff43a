"""Whether what is kept agrees with itself."""

import sys

from django.core.management.base import BaseCommand

from units.sanity import find_faults


class Command(BaseCommand):
    help = "Checks files, audit chain, numbers, text and counters. Exit code 0 none, 1 warnings only, 2 errors."

    def handle(self, *args, **options):
        faults = find_faults()
        for fault in faults:
            self.stdout.write(f"{'LỖI' if fault.weight == 'error' else 'Xem lại'} [{fault.check}] {fault.sentence}")
        if not faults:
            self.stdout.write("Không thấy sai lệch nào.")
            return
        sys.exit(2 if faults[0].weight == "error" else 1)
