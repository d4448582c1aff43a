"""Where the words of a finding stand in the editor: the checks speak of printed lines, a person edits fields.

Pure functions over texts; the fields come from forms.plan_editor, the lines from documents.reading.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from documents.checks import Finding
from documents.reading.source import Source


class Field(Protocol):
    """A field of the editor: its name, its words for people, the text in it with plain line feeds."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class PlacedFinding:
    """A finding with its place: `field` and the span of the words in it ("" and 0 when it is about the whole paper).

    `key` names it between the page and the server: the same words found by the same check in the same field.
    """

    finding: Finding
    key: str
    field: str = ""
    label: str = ""
    start: int = 0
    end: int = 0

    @property
    def words(self) -> str:
        """What a person is shown of the faulty words."""
        return self.finding.quote if len(self.finding.quote) <= 160 else f"{self.finding.quote[:159]}…"

    @property
    def fixable(self) -> bool:
        """Whether one button may put the suggestion in the place of the words."""
        return self.finding.suggestion is not None and self.end > self.start


def place_findings(findings: Sequence[Finding], source: Source, fields: Sequence[Field]) -> list[PlacedFinding]:
    """Return the findings with the field that holds their words, in the same order."""
    lines = {line.number: line.text for line in source.lines}
    folded = [(field, _folded(field.text)) for field in fields]
    return [_place(finding, lines.get(finding.line, ""), folded) for finding in findings]


def with_suggestion(text: str, placed: PlacedFinding) -> str:
    """Return the text of the field with the suggestion in the place of the words."""
    return f"{text[: placed.start]}{placed.finding.suggestion}{text[placed.end :]}"


def _place(finding: Finding, line: str, folded) -> PlacedFinding:
    key = f"{finding.check}.{finding.variant}:{finding.line or 0}:{_folded(finding.quote)[:60]}"
    line = _folded(line)
    best, score = None, 0
    for field, text in folded:
        likeness = _common(text, line)
        found = bool(finding.quote) and _folded(finding.quote) in text
        # The words themselves weigh more than the paragraph around them, among equals the likest paragraph wins.
        rank = (1_000_000 if found and likeness else 0) + likeness
        if rank > score:
            best, score = field, rank
    if best is None:
        return PlacedFinding(finding, key)
    start, end = _span(best.text, finding.quote, line)
    return PlacedFinding(finding, f"{key}:{best.name}", best.name, best.label, start, end)


def _common(text: str, line: str) -> int:
    """How many letters of the printed line come from a paragraph of the field."""
    if not line:
        return 0
    # A paragraph that is the line, or a part of it, is likelier its source than a longer one that happens to hold it.
    paragraphs = filter(None, text.split("\n"))
    return max((len(one) if one in line else len(line) - 1 for one in paragraphs if one in line or line in one), default=0)


def _span(text: str, quote: str, line: str) -> tuple[int, int]:
    if not quote.strip():
        return 0, 0
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())), re.IGNORECASE)
    spans = [match.span() for match in pattern.finditer(text)]
    paragraphs = {span: _folded(_paragraph(text, span[0])) for span in spans}
    return max(spans, key=lambda span: _common(paragraphs[span], line), default=(0, 0))


def _paragraph(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


def _folded(text: str) -> str:
    """Lower case, single spaces, without the signs that only the paper or only the field has."""
    lines = (" ".join(line.replace("**", "").split()).lstrip("-+ ").rstrip(".;, ") for line in text.casefold().split("\n"))
    return "\n".join(lines)
