"""A .docx as the lines it prints: numbers of lists written out, tracked insertions kept, deletions and hidden text left out."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from documents import archives
from documents.markup import Run
from documents.reading.docx_numbering import Numbering, number_of_style
from documents.reading.docx_styles import Look, Styles
from documents.reading.docx_xml import DEPTH_LIMIT, attribute, broken, child, parse_part, tag
from documents.reading.source import Source, SourceKind, SourceLine
from documents.reading.styled import row_line, styled_line

_WRAPPERS = {"ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "bdo", "dir", "r"}
_DROPPED = {"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "sdtPr", "sdtEndPr"}
# What stands in the two columns of a letterhead or of the signing: such a table has no rows to be read across.
_LAYOUT = re.compile(
    r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H[ÒO]A XÃ HỘI|Nơi nhận|Kính gửi|^Số\b.{0,12}[-/]|\bT/M\b|\bTM\.|ngày .{0,6}tháng .{0,6}năm",
    re.IGNORECASE | re.MULTILINE,
)


def docx_source(content: bytes, *, name: str = "") -> Source:
    """Return the lines of a .docx; ``SourceLine.number`` is the paragraph, empty ones counted.

    Args:
        content: a file that ``documents.uploads.check_office`` let pass.
        name: the name it came under.

    Raises:
        ValidationError: ``bomb`` or ``bad_archive``.
    """
    file = io.BytesIO(content)
    parts = {entry.filename for entry in archives.refuse_bomb(file)}
    root = parse_part(archives.read_entry(file, "word/document.xml"))
    reader = _Reader(
        styles=Styles(parse_part(archives.read_entry(file, "word/styles.xml")) if "word/styles.xml" in parts else None),
        numbering=Numbering(
            parse_part(archives.read_entry(file, "word/numbering.xml")) if "word/numbering.xml" in parts else None
        ),
    )
    lines = tuple(line for line in reader.blocks(child(root, "body"), depth=0) if line is not None)
    return Source(lines=lines, kind=SourceKind.WORD, name=name)


@dataclass
class _Cell:
    """A cell of a table: its lines, and how many columns it spans; ``below`` continues the cell above."""

    lines: list[SourceLine]
    span: int
    below: bool

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


class _Reader:
    """Walks the body once, counting paragraphs and lists."""

    def __init__(self, *, styles: Styles, numbering: Numbering):
        self.styles = styles
        self.numbering = numbering
        self.count = 0

    def blocks(self, parent: Element | None, *, depth: int) -> Iterator[SourceLine | None]:
        """Yield the lines of paragraphs and tables in order."""
        if depth > DEPTH_LIMIT:
            raise broken()
        for element in parent if parent is not None else ():
            kind = tag(element)
            if kind == "p":
                yield from self._paragraph(element, depth=depth)
            elif kind == "tbl":
                yield from self._table(element, depth=depth)
            elif kind in _WRAPPERS:
                yield from self.blocks(element, depth=depth + 1)

    def _paragraph(self, element: Element, *, depth: int) -> Iterator[SourceLine | None]:
        self.count += 1
        number = self.count
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        runs: list[Run] = []
        boxes: list[Element] = []
        self._runs(element, self.styles.look(style), runs, boxes, depth=depth)
        marker = self._marker(element, style) if any(run.text.strip() for run in runs) else ""
        heading = self.styles.heading(style, properties)
        for place, part in enumerate(_parts(runs)):
            if marker and not place:
                part.insert(0, Run(f"{marker} ", part[0].bold if part else False))
            yield styled_line(number, part, heading=heading)
        for box in boxes:
            yield from self.blocks(box, depth=depth + 1)

    def _marker(self, element: Element, style: str) -> str:
        number_id, place = number_of_style(element)
        if not number_id:
            number_id, place = self.styles.numbering(style)
        return self.numbering.marker(number_id, place) if number_id not in {"", "0"} else ""

    def _runs(self, parent: Element, look: Look, runs: list[Run], boxes: list[Element], *, depth: int) -> None:
        if depth > DEPTH_LIMIT:
            raise broken()
        if tag(parent) == "r":
            look = self.styles.run_look(parent, look)
        for element in parent:
            kind = tag(element)
            if kind in _WRAPPERS:
                self._runs(element, look, runs, boxes, depth=depth + 1)
            elif kind in {"drawing", "pict", "object", "AlternateContent"}:
                boxes.extend(_text_boxes(element))
            elif kind not in _DROPPED and not look.hidden and (text := _text(element, kind)):
                runs.append(Run(text.upper() if look.capitals else text, look.bold, look.italic))

    def _table(self, element: Element, *, depth: int) -> Iterator[SourceLine | None]:
        first = self.count + 1
        rows: list[tuple[int, list[_Cell]]] = []
        for row in _inside(element, "tr", depth=depth):
            start = self.count + 1
            rows.append((start, [self._cell(cell, depth=depth) for cell in _inside(row, "tc", depth=depth)]))
        if _is_layout([cells for _, cells in rows]):
            for _, cells in rows:
                for cell in cells:
                    yield from cell.lines
            return
        above: list[str] = []
        for number, cells in rows:
            above = _texts(cells, above)
            yield row_line(number or first, above)

    def _cell(self, element: Element, *, depth: int) -> _Cell:
        properties = child(element, "tcPr")
        merge = child(properties, "vMerge")
        return _Cell(
            lines=[line for line in self.blocks(element, depth=depth + 1) if line is not None],
            span=max(1, min(_span(properties), 100)),
            below=merge is not None and attribute(merge, "val") != "restart",
        )


def _parts(runs: list[Run]) -> list[list[Run]]:
    """Return the runs between the line breaks of a paragraph: a title is often one paragraph of several lines."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        parts[-1].append(Run(first, run.bold, run.italic))
        parts.extend([Run(text, run.bold, run.italic)] for text in rest)
    return parts


def _text(element: Element, kind: str) -> str:
    if kind == "t":
        return element.text or ""
    if kind in {"tab", "ptab"}:
        return "\t"
    if kind in {"br", "cr"}:
        return "\n" if attribute(element, "type") in {"", "textWrapping"} else " "
    return "-" if kind == "noBreakHyphen" else ""


def _text_boxes(element: Element) -> list[Element]:
    """Return the contents of text boxes once: what a newer program shows and its older fallback say the same."""
    chosen = child(element, "Choice") if tag(element) == "AlternateContent" else None
    found = [one for one in (chosen if chosen is not None else element).iter() if tag(one) == "txbxContent"]
    inner = {id(deep) for one in found for deep in one.iter() if deep is not one}
    fallback = {id(deep) for one in element.iter() if tag(one) == "Fallback" for deep in one.iter()} if chosen is not None else set()
    return [one for one in found if id(one) not in inner | fallback]


def _inside(parent: Element, name: str, *, depth: int) -> Iterator[Element]:
    """Yield rows or cells, also those inside content controls or tracked insertions."""
    if depth > DEPTH_LIMIT:
        raise broken()
    for element in parent:
        kind = tag(element)
        if kind == name:
            deleted = child(child(element, "trPr"), "del") if name == "tr" else None
            if deleted is None:
                yield element
        elif kind in _WRAPPERS:
            yield from _inside(element, name, depth=depth + 1)


def _span(properties: Element | None) -> int:
    text = attribute(child(properties, "gridSpan"), "val")
    return int(text) if text.isdecimal() and len(text) < 4 else 1


def _is_layout(rows: list[list[_Cell]]) -> bool:
    """Return whether a table only sets things side by side: read a cell at a time, not a row at a time."""
    most = max((len(cells) for cells in rows), default=0)
    if most < 2:
        return True
    text = "\n".join(line.text for cells in rows for cell in cells for line in cell.lines)
    return most <= 3 and _LAYOUT.search(text) is not None


def _texts(cells: list[_Cell], above: list[str]) -> list[str]:
    """Return one text a column: a cell over several columns or rows says its text in each, a cell over all of them once."""
    if len(cells) == 1:
        return [cells[0].text]
    texts: list[str] = []
    for cell in cells:
        place = len(texts)
        text = above[place] if cell.below and place < len(above) else cell.text
        texts.extend([text] * cell.span)
    return texts


