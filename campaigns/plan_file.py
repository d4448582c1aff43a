"""The file of an old plan between its upload and the confirmation: its lines, what was read, where each fact stands."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from campaigns.plan_content import PlanContent
from campaigns.plan_from_file import annexes_of
from documents.marked_lines import MarkedLine, mark
from documents.reading.facts import PlanFacts
from documents.reading.plan import read_plan, take_apart
from documents.reading.source import Source, SourceKind, SourceLine
from units.folding import fold

_TELLING = 48  # letters: enough to know a line by


class PlanFile:
    """The lines are numbered anew from 1, so that a PDF, which counts pages, can be pointed into as well."""

    def __init__(self, source: Source, *, today: date):
        self.source = source
        self.today = today

    @cached_property
    def facts(self) -> PlanFacts:
        """What the file says."""
        return read_plan(self._counted, today=self.today)

    @property
    def day(self) -> date:
        """The day from which the file's own days are counted."""
        return self.facts.issued_on or self.today

    @cached_property
    def opening(self) -> str:
        """The paragraphs before the first heading."""
        return "\n".join(block.text for block in take_apart(self._counted).opening)

    @cached_property
    def closing(self) -> str:
        """The sentences before Nơi nhận that begin with "Trên đây là"."""
        ends = [one.line for one in self.facts.recipients]
        ends += [self.facts.signature.line] if self.facts.signature else []
        end = min(ends, default=len(self.source.lines) + 1)
        texts = [line.text for line in self._counted.lines if line.number < end]
        start = next((place for place, text in enumerate(texts) if text.startswith("Trên đây là")), None)
        found = texts[start:] if start is not None else []
        return "\n".join(text for text in found if not fold(text).startswith("noi nhan"))

    def lines(self) -> list[MarkedLine]:
        """The lines for the page, under their own numbers."""
        return mark(self.source, [])[0]

    def anchor_of(self, *texts: str) -> str:
        """Return the anchor of the first line that holds the beginning of one of the texts, "" when none does."""
        for text in texts:
            wanted = fold(text)[:_TELLING]
            for place, line in enumerate(self._folded if len(wanted) > 3 else ()):
                if wanted in line:
                    return f"dong-{place + 1}"
        return ""

    def point(self, lists) -> None:
        """Tell every row of the editor's lists where in the file its words stand."""
        fields = {
            "sections": ("title",),
            "duties": ("text",),
            "conferences": ("time_phrase", "place", "participants"),
            "recipients": ("name",),
        }
        for part, names in fields.items():
            for row in lists[part].forms:
                row.source_anchor = self.anchor_of(*(str(row[name].value() or "").lstrip("-+ ") for name in names))

    def with_annexes(self, content: PlanContent) -> PlanContent:
        """Return the content with the outline and forms of the file, which are edited on pages of their own."""
        return replace(content, annexes=annexes_of(self.facts))

    @cached_property
    def _counted(self) -> Source:
        lines = (replace(line, number=number) for number, line in enumerate(self.source.lines, start=1))
        return replace(self.source, lines=tuple(lines))

    @cached_property
    def _folded(self) -> list[str]:
        return [fold(line.text) for line in self.source.lines]


def lines_to_json(source: Source) -> dict[str, Any]:
    """Return what a session keeps of a file: name, kind and lines."""
    rows = [[one.number, one.text, one.bold, one.italic, one.heading, one.cells] for one in source.lines]
    return {"name": source.name, "kind": str(source.kind), "lines": rows}


def lines_of(kept: dict[str, Any]) -> Source:
    """Return the lines that :func:`lines_to_json` kept."""
    lines = tuple(
        SourceLine(
            number=number, text=text, raw=text, places=tuple(range(len(text))),
            bold=tuple(map(tuple, bold)), italic=tuple(map(tuple, italic)), heading=heading, cells=tuple(cells),
        )
        for number, text, bold, italic, heading, cells in kept["lines"]
    )  # fmt: skip
    return Source(lines, SourceKind(kept["kind"]), kept["name"])
