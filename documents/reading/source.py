"""The text of a paper as numbered lines, whatever file it came from."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where the lines come from; a PDF counts pages instead of lines."""

    TEXT = "txt"
    WORD = "docx"
    PDF = "pdf"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the source.

    Attributes:
        number: 1-based line of the text file, paragraph of the .docx, page of the PDF, block of a draft.
        text: NFC, single spaces, without the traces of an extraction (``**``, ``*``, ``##``, ``<b>``), trimmed.
        raw: the line as it stands in the source.
        places: for each character of ``text`` its place in ``raw``, so that a finding quotes the source exactly.
        bold, italic: spans of ``text`` that are emphasised.
        heading: level of a heading style, 0 for running text; only a .docx or a markdown trace knows it.
        cells: the cells of a table row, empty for running text.
    """

    number: int
    text: str
    raw: str = ""
    places: tuple[int, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()
    italic: tuple[tuple[int, int], ...] = ()
    heading: int = 0
    cells: tuple[str, ...] = ()

    def quote(self, start: int, end: int) -> str:
        """Return what stands in the source at a span of ``text``."""
        if not self.places or end <= start:
            return self.text[start:end]
        return self.raw[self.places[start] : self.places[end - 1] + 1]


@dataclass(frozen=True, slots=True)
class Source:
    """All lines of one paper in reading order; empty lines are left out, their numbers stay."""

    lines: tuple[SourceLine, ...]
    kind: SourceKind = SourceKind.TEXT
    name: str = ""
