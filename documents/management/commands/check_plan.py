"""manage.py check_plan FILE... [--json] [--sibling FILE...]: the checks on files as they stand; no database needed."""

import argparse
import json
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from documents.checks import CheckContext, run
from documents.checks.report_text import findings_text
from documents.checks.severity import Severity
from documents.reading.facts import PlanFacts
from documents.reading.files import read_source
from documents.reading.plan import read_plan
from documents.reading.source import Source

Read = tuple[Source, PlanFacts]


class Command(BaseCommand):
    """Exit status 0: no error; 1: errors found; 2: a file cannot be read, said in one sentence."""

    help = "Checks plans in .txt, .docx or .pdf and prints what is wrong or worth a look."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the files, the plans to compare with and the form of the answer."""
        parser.add_argument("file", nargs="+", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON instead of a readable list")
        parser.add_argument(
            "--sibling", nargs="+", action="extend", default=[], type=Path, help="other plans of the ward"
        )

    def handle(self, *args, **options) -> None:
        """Check each file against the siblings and end with the exit code of the contract."""
        siblings = tuple(self._read(path) for path in options["sibling"])
        context = CheckContext(today=timezone.localdate(), siblings=siblings)
        checked = [(path, run(*self._read(path), context)) for path in options["file"]]
        if options["json"]:
            rows = [{"file": str(path), **one.as_dict()} for path, findings in checked for one in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join(findings_text(path.name, findings) for path, findings in checked))
        if any(one.severity == Severity.ERROR for _, findings in checked for one in findings):
            raise SystemExit(1)

    def _read(self, path: Path) -> Read:
        try:
            source = read_source(path.name, path.read_bytes())
        except ValidationError as problem:
            self._stop(f"{path.name}: {' '.join(problem.messages)}")
        except OSError:
            self._stop(f"Không mở được tệp {path.name}; đồng chí vui lòng kiểm tra lại tên tệp.")
        return source, read_plan(source, today=timezone.localdate())

    def _stop(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(2)
