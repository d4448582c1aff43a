"""Measures a PDF against the format checklist and prints one line per row."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from documents.inspection import NotAPdfError
from documents.inspection.guarded import inspect_guarded
from documents.profiles import HD05_2026, PROFILES

_MARKS = {True: "đạt", False: "SAI", None: "—"}


class Command(BaseCommand):
    """``inspect_pdf FILE [--profile HD36_2018] [--json]``: exit 0 all hold, 1 some fail, 2 not a PDF."""

    help = "Đo tệp PDF theo bảng kiểm thể thức văn bản của Đảng."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        """Take the file, the profile and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--profile", choices=sorted(PROFILES), default=HD05_2026.name)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        """Print the findings and end with the exit code of the contract."""
        try:
            findings = inspect_guarded(options["file"].read_bytes(), profile=PROFILES[options["profile"]])
        except (OSError, NotAPdfError) as problem:
            self.stderr.write(str(problem))
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps([one.as_dict() for one in findings], ensure_ascii=False, indent=1))
        else:
            for one in findings:
                self.stdout.write(f"{_MARKS[one.holds]:4} {one.row}: {one.found} (cần: {one.expected})")
        if any(one.holds is False for one in findings):
            sys.exit(1)
