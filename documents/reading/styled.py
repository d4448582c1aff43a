"""Runs of styled text as one line of a source."""

from collections.abc import Iterable, Sequence

from documents.flat_text import flatten
from documents.markup import Run
from documents.reading.source import SourceLine

_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
Span = tuple[int, int]


def styled_line(number: int, runs: Iterable[Run], *, heading: int = 0) -> SourceLine | None:
    """Return the runs as a line in NFC with single spaces, or None when no letter or figure is left (a drawn rule).

    Args:
        number: of the paragraph or the page.
        runs: in reading order, as the file has them.
        heading: level of a heading style, 0 for running text.
    """
    runs = [Run(run.text.translate(_LIGATURES), run.bold, run.italic) for run in runs]
    raw = "".join(run.text for run in runs)
    text, places = _trimmed(raw)
    if not any(char.isalnum() for char in text):
        return None
    return SourceLine(
        number=number,
        text=text,
        raw=raw,
        places=places,
        bold=_spans(text, places, [run.bold for run in runs for _ in run.text]),
        italic=_spans(text, places, [run.italic for run in runs for _ in run.text]),
        heading=heading,
    )


def row_line(number: int, cells: Sequence[str]) -> SourceLine | None:
    """Return the row of a table as a line: its cells, and their texts parted by tabs as the raw line."""
    cleaned = tuple(_trimmed(cell.translate(_LIGATURES))[0] for cell in cells)
    raw = "\t".join(cleaned)
    text, places = _trimmed(raw)
    if not text:
        return None
    return SourceLine(number=number, text=text, raw=raw, places=places, cells=cleaned)


def _trimmed(raw: str) -> tuple[str, tuple[int, ...]]:
    flat = flatten(raw)
    start = len(flat.text) - len(flat.text.lstrip())
    end = len(flat.text.rstrip())
    return flat.text[start:end], flat.places[start:end]


def _spans(text: str, places: Sequence[int], flags: Sequence[bool]) -> tuple[Span, ...]:
    """Return the stretches of ``text`` whose characters are flagged; a space between two of them belongs to both."""
    spans: list[Span] = []
    for place, char in enumerate(text):
        if not flags[places[place]] or char == " ":
            continue
        if spans and not text[spans[-1][1] : place].strip():
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)
