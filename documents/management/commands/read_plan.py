"""manage.py read_plan FILE [--json]: what a plan in a .txt, .docx or .pdf says; no database needed."""

import argparse
import json
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from documents.reading.files import read_source
from documents.reading.outline_text import outline
from documents.reading.plan import read_plan
from documents.reading.plan_json import to_json


class Command(BaseCommand):
    """Prints the structure of a plan; exit status 2 with one sentence when the file cannot be read."""

    help = "Reads a plan from .txt, .docx or .pdf and prints its structure."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON instead of a readable outline")

    def handle(self, *args, **options) -> None:
        path: Path = options["file"]
        try:
            source = read_source(path.name, path.read_bytes())
        except ValidationError as problem:
            self._stop(" ".join(problem.messages))
        except OSError:
            self._stop(f"Không mở được tệp {path.name}; đồng chí vui lòng kiểm tra lại tên tệp.")
        facts = read_plan(source, today=timezone.localdate())
        if options["json"]:
            self.stdout.write(json.dumps(to_json(facts), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(outline(facts))

    def _stop(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(2)
