"""A Word file as lines with the names of their styles and as tables: what is needed to read our own papers back.

Tracked insertions count, tracked deletions do not. What a paper cannot hold (pictures, notes, comments, text boxes) is
named in ``left_out``, so that the person who sent the file learns of it.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents import archives
from documents.markup import Run
from documents.reading.docx_numbering import Numbering, number_of_style
from documents.reading.docx_xml import (
    DEPTH_LIMIT,
    attribute,
    broken,
    child,
    children,
    is_on,
    number_of,
    parse_part,
    tag,
)

_WRAPPERS = {"ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "bdo", "dir"}
_ALIGNS = {"center": "center", "right": "right", "end": "right", "left": "left", "start": "left", "both": "justify"}
_PIECE = re.compile(r"^(.*)\.(\d{1,3})$")
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line: its words, its look, the name of its own style."""

    text: str
    bold: bool = False
    italic: bool = False
    style: str = ""


@dataclass(slots=True)
class Line:
    """A paragraph: the name of its style, its stretches, its own alignment, bookmarks, and the marker of a list."""

    style: str
    stretches: list[Stretch]
    align: str = ""
    bookmarks: list[str] = field(default_factory=list)
    marker: str = ""
    wide: bool = False

    @property
    def text(self) -> str:
        """The words in one line, spaces folded."""
        return " ".join("".join(one.text for one in self.stretches).split())

    @property
    def raw(self) -> str:
        """The words with their spaces as they stand."""
        return "".join(one.text for one in self.stretches)


@dataclass(slots=True)
class Grid:
    """A table: cells by row, each a list of lines; widths of its columns; the rows repeated on every page."""

    rows: list[list[list[Line]]]
    spans: list[list[int]]
    widths: list[int]
    headings: int = 0
    wide: bool = False


@dataclass
class WordFile:
    """Everything read from one file."""

    blocks: list[Line | Grid]
    properties: dict[str, str]
    mirrored: bool
    left_out: list[str]


def word_file(content: bytes) -> WordFile:
    """Return the lines and tables of a .docx that ``documents.uploads.check_office`` let pass.

    Raises:
        ValidationError: ``bomb`` or ``bad_archive``.
    """
    file = io.BytesIO(content)
    names = {entry.filename for entry in archives.refuse_bomb(file)}

    def part(name: str) -> Element | None:
        return parse_part(archives.read_entry(file, name)) if name in names else None

    styles = part("word/styles.xml")
    reader = _Reader(
        {attribute(one, "styleId"): attribute(child(one, "name"), "val") for one in children(styles, "style")},
        Numbering(part("word/numbering.xml")),
    )
    blocks = list(reader.blocks(child(part("word/document.xml"), "body")))
    reader.end_section(child(child(part("word/document.xml"), "body"), "sectPr"), blocks)
    notes = [*_notes(part("word/footnotes.xml"), "Chú thích"), *_notes(part("word/endnotes.xml"), "Chú thích cuối bài")]
    return WordFile(
        blocks=blocks,
        properties=_properties(part("docProps/custom.xml")),
        mirrored=bool(is_on(child(part("word/settings.xml"), "mirrorMargins"))),
        left_out=[*reader.left_out, *notes, *_notes(part("word/comments.xml"), "Ghi chú bên lề")],
    )


class _Reader:
    """Walks the body once."""

    def __init__(self, styles: dict[str, str], numbering: Numbering):
        self.styles, self.numbering = styles, numbering
        self.left_out: list[str] = []
        self._open: list[Line | Grid] = []  # since the last end of a section

    def blocks(self, parent: Element | None, depth: int = 0) -> Iterator[Line | Grid]:
        if depth > DEPTH_LIMIT:
            raise broken()
        for element in parent if parent is not None else ():
            kind = tag(element)
            if kind == "p":
                line = self.line(element)
                self._open.append(line)
                yield line
                self.end_section(child(child(element, "pPr"), "sectPr"), self._open)
            elif kind == "tbl":
                grid = self._grid(element, depth)
                self._open.append(grid)
                yield grid
            elif kind in _WRAPPERS:
                yield from self.blocks(element, depth + 1)

    def end_section(self, properties: Element | None, blocks: list[Line | Grid]) -> None:
        """Tell what stands in a section that ends here whether its page is turned."""
        if properties is not None:
            wide = attribute(child(properties, "pgSz"), "orient") == "landscape"
            for block in self._open:
                block.wide = wide
            self._open = []

    def line(self, element: Element) -> Line:
        properties = child(element, "pPr")
        style = self.styles.get(attribute(child(properties, "pStyle"), "val"), "")
        line = Line(style, [], _ALIGNS.get(attribute(child(properties, "jc"), "val"), ""))
        self._stretches(element, line, 0)
        number_id, place = number_of_style(element)
        if number_id not in {"", "0"} and line.text:
            line.marker = self.numbering.marker(number_id, place)
        return line

    def _stretches(self, parent: Element, line: Line, depth: int) -> None:
        if depth > DEPTH_LIMIT:
            raise broken()
        for element in parent:
            kind = tag(element)
            if kind == "r":
                self._run(element, line)
            elif kind == "bookmarkStart":
                line.bookmarks.append(attribute(element, "name"))
            elif kind in _WRAPPERS:
                self._stretches(element, line, depth + 1)

    def _run(self, run: Element, line: Line) -> None:
        look = child(run, "rPr")
        text = ""
        for element in run:
            kind = tag(element)
            if kind == "t":
                text += element.text or ""
            elif kind in {"tab", "br", "cr", "ptab"}:
                text += " "
            elif kind in {"noBreakHyphen", "softHyphen"}:
                text += "-" if kind == "noBreakHyphen" else ""
            elif kind in {"drawing", "pict", "object", "AlternateContent"}:
                self._picture(element)
        if text and not is_on(child(look, "vanish")):
            style = self.styles.get(attribute(child(look, "rStyle"), "val"), "")
            text = text.replace("\u2011", "-").replace("\u00a0", " ")
            line.stretches.append(Stretch(text, bool(is_on(child(look, "b"))), bool(is_on(child(look, "i"))), style))

    def _picture(self, element: Element) -> None:
        words = " ".join("".join(one.text or "" for one in element.iter() if tag(one) == "t").split())
        self.left_out.append(f"Hộp chữ: {words}" if words else "Hình vẽ hoặc ảnh")

    def _grid(self, element: Element, depth: int) -> Grid:
        grid = Grid([], [], [number_of(one, 0, name="w") for one in children(child(element, "tblGrid"), "gridCol")])
        for row in _inside(element, "tr", depth):
            cells, spans = [], []
            for cell in _inside(row, "tc", depth):
                cells.append(list(self._cell_lines(cell, depth + 1)))
                spans.append(min(number_of(child(child(cell, "tcPr"), "gridSpan"), 1), _MOST_COLUMNS))
            if is_on(child(child(row, "trPr"), "tblHeader")) and grid.headings == len(grid.rows):
                grid.headings += 1
            grid.rows.append(cells)
            grid.spans.append(spans)
        return grid

    def _cell_lines(self, cell: Element, depth: int) -> Iterator[Line]:
        if depth > DEPTH_LIMIT:
            raise broken()
        for element in cell:
            kind = tag(element)
            if kind == "p":
                yield self.line(element)
            elif kind == "tbl":
                for row in self._grid(element, depth).rows:
                    yield from (line for inner in row for line in inner)
            elif kind in _WRAPPERS:
                yield from self._cell_lines(element, depth + 1)


def runs_of(stretches: list[Stretch]) -> list[Run]:
    """Return stretches as runs of emphasis, spaces folded and equal neighbours joined."""
    runs: list[Run] = []
    for one in stretches:
        text = re.sub(r"\s+", " ", one.text)
        if (not runs or runs[-1].text.endswith(" ")) and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        if runs and (runs[-1].bold, runs[-1].italic) == (one.bold, one.italic):
            runs[-1] = Run(runs[-1].text + text, runs[-1].bold, runs[-1].italic)
        else:
            runs.append(Run(text, one.bold, one.italic))
    if runs and runs[-1].text.endswith(" "):
        runs[-1] = Run(runs[-1].text[:-1], runs[-1].bold, runs[-1].italic)
    return runs


def _inside(parent: Element, name: str, depth: int) -> Iterator[Element]:
    if depth > DEPTH_LIMIT:
        raise broken()
    for element in parent:
        kind = tag(element)
        if kind == name:
            if name != "tr" or child(child(element, "trPr"), "del") is None:
                yield element
        elif kind in _WRAPPERS:
            yield from _inside(element, name, depth + 1)


def _notes(root: Element | None, label: str) -> list[str]:
    """Return the words of foot notes or comments; the lines that separate notes have none."""
    texts = []
    for note in root if root is not None else ():
        words = " ".join("".join(one.text or "" for one in note.iter() if tag(one) == "t").split())
        if words:
            texts.append(f"{label}: {words}")
    return texts


def _properties(root: Element | None) -> dict[str, str]:
    """Return our own properties, those that were cut into pieces whole again."""
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, str]] = {}
    for one in root if root is not None else ():
        name = attribute(one, "name")
        if name.startswith("LT_"):
            value = "".join(part.text or "" for part in one)
            piece = _PIECE.match(name)
            pieces.setdefault(piece[1] if piece else name, {})[int(piece[2]) if piece else 0] = value
    for name, values in pieces.items():
        found[name] = "".join(values[number] for number in sorted(values))
    return found
