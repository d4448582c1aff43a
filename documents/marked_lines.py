"""The lines of a paper with the words that findings point at, ready to be shown beside the findings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.checks import Finding
from documents.flat_text import flatten
from documents.reading.source import Source, SourceKind, SourceLine

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; ``finding`` is the place of the first finding on it in the list, None for plain text."""

    text: str
    finding: int | None = None
    severity: str = ""


@dataclass(frozen=True)
class MarkedLine:
    """A line of the paper with its anchor; ``label`` is what a person looks for: a line or a page number."""

    anchor: str
    label: str
    pieces: tuple[Piece, ...]
    heading: bool = False


@dataclass(frozen=True)
class PlacedFinding:
    """A finding with its own anchor and that of its line, "" for something absent."""

    finding: Finding
    anchor: str
    line_anchor: str
    place: str


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with the worst first, else as they stand in the paper."""
    return sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.line is not None, one.line or 0))


def mark(source: Source, findings: Sequence[Finding]) -> tuple[list[MarkedLine], list[PlacedFinding]]:
    """Return the lines with the findings marked in them, and the findings in the given order with their places.

    A PDF numbers pages and not lines, so that the line of a finding is the one on its page that holds its words.
    """
    spans: dict[int, list[tuple[int, int, int]]] = {}
    placed = []
    word = "trang" if source.kind == SourceKind.PDF else "dòng"
    by_number: dict[int, list[int]] = {}
    for index, line in enumerate(source.lines):
        by_number.setdefault(line.number, []).append(index)
    for number, finding in enumerate(findings):
        index, span = _place(source, by_number.get(finding.line, ()), finding)
        if index is not None:
            spans.setdefault(index, []).append((*span, number))
        anchor = "" if index is None else f"dong-{index + 1}"
        place = "" if finding.line is None else f"{word} {finding.line}"
        placed.append(PlacedFinding(finding, f"loi-{number + 1}", anchor, place))
    lines = [
        MarkedLine(
            anchor=f"dong-{index + 1}",
            label=str(line.number),
            pieces=_pieces(line, spans.get(index, []), findings),
            heading=bool(line.heading) or line.bold == ((0, len(line.text)),),
        )
        for index, line in enumerate(source.lines)
    ]
    return lines, placed


def _place(source: Source, candidates: Sequence[int], finding: Finding) -> tuple[int | None, tuple[int, int]]:
    """Return the line of a finding and the span of its words; the whole line when the words are not found in it."""
    quote = flatten(finding.quote).text.strip()
    for index in candidates:
        start = source.lines[index].text.find(quote) if quote else -1
        if start >= 0:
            return index, (start, start + len(quote))
    if not candidates:
        return None, (0, 0)
    return candidates[0], (0, len(source.lines[candidates[0]].text))


def _pieces(line: SourceLine, spans: list[tuple[int, int, int]], findings: Sequence[Finding]) -> tuple[Piece, ...]:
    text, pieces, done = line.text, [], 0
    for start, end, number in sorted(spans, key=lambda span: (span[0], span[2])):
        if end <= done:
            continue
        start = max(start, done)
        pieces.append(Piece(text[done:start]))
        pieces.append(replace(Piece(text[start:end]), finding=number + 1, severity=findings[number].severity))
        done = end
    pieces.append(Piece(text[done:]))
    return tuple(piece for piece in pieces if piece.text)
