"""Blocks and annexes out of the lines of a Word file."""

import re
from collections.abc import Mapping

from documents.content import Annex, Block, Column, Heading, Item, Paragraph, Table
from documents.markup import Run, joined
from documents.reading.docx_lines import Grid, Line, runs_of
from documents.reading.docx_parts import with_titles

_LEVELS = {"Đề mục I": 1, "Đề mục 1": 2, "Đề mục 1.1": 3, "Đề mục nhỏ": 4}
_ALIGNS = {"Nội dung sát lề trái": "left", "Nội dung ở giữa": "center", "Nội dung sát lề phải": "right"}
_MARKER = re.compile(r"^((?:[IVXLC]{1,7}|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ])[.)\-/]?) ")
_BOOKMARK = re.compile(r"^LT_(?:a(\d{1,4})_)?b(\d{1,5})$")
_NUMBERED = re.compile(r"^(.*\S) (\d{1,4})$")
_COLUMN = re.compile(r"^(\d{1,6}(?:\.\d{1,20})?)([lcr])$")
_MOST_COLUMNS = 60
_LETTERS = {"l": "left", "c": "center", "r": "right"}


def block_from(item: Line | Grid | tuple[Line, Grid], known: Mapping[str, str], *, annex: int | None):
    """Return (block, its number in the paper the file was made from or None), or None for an empty line."""
    if isinstance(item, tuple):
        name = _name(item[0], annex) or _grid_name(item[1], annex)
        return _table(item[1], joined(runs_of(item[0].stretches)), known.get(name or "", "")), _number(name)
    if isinstance(item, Grid):
        name = _grid_name(item, annex)
        return _table(item, "", known.get(name or "", "")), _number(name)
    if not item.text:
        return None
    name = _name(item, annex)
    return _block(item, known.get(name or "", ""), ours=name is not None), _number(name)


def annex_from(lines: list[Line | Grid], index: int, known: Mapping[str, str]) -> Annex:
    """Return an annex out of its lines."""
    texts = dict.fromkeys(("Phụ lục", "Tên phụ lục", "Trích yếu phụ lục", "Kèm theo"), "")
    rest: list[Line | Grid] = []
    for line in lines:
        if isinstance(line, Line) and line.style in texts:
            words = joined(runs_of(line.stretches)) if line.style == "Trích yếu phụ lục" else line.text
            texts[line.style] = f"{texts[line.style]} {words}".strip()
        elif not (isinstance(line, Line) and line.style == "Gạch dưới trích yếu"):
            rest.append(line)
    numbered = _NUMBERED.match(texts["Phụ lục"])
    title, kept = texts["Tên phụ lục"], known.get(f"LT_a{index}_title", "")
    accompanies = texts["Kèm theo"]
    pairs = [block_from(item, known, annex=index) for item in with_titles(rest)]
    return Annex(
        title=kept if kept.upper() == title else title,
        blocks=tuple(pair[0] for pair in pairs if pair),
        number=int(numbered[2]) if numbered else None,
        subject=texts["Trích yếu phụ lục"],
        accompanies=accompanies[1:-1] if accompanies[:1] == "(" and accompanies.endswith(")") else accompanies,
        label=numbered[1] if numbered else texts["Phụ lục"],
    )


def _block(line: Line, kept: str, *, ours: bool) -> Block:
    level = _LEVELS.get(line.style, 0)
    runs = runs_of(line.stretches)
    text = joined([Run(f"{line.marker} "), *runs] if line.marker else runs)
    if level or (not ours and _looks_like_heading(line)):
        return _heading(line, level, kept)
    align = _ALIGNS.get(line.style, "justify")
    if line.align:
        align = line.align
    if align == "justify" and text[:2] in {"- ", "+ "} and text[2:].strip():
        return Item(text[2:].strip(), text[0])
    return Paragraph(text, align)


def _heading(line: Line, level: int, kept: str) -> Heading:
    own = {"Số đề mục", "Tên đề mục"}
    styled = any(one.style in own for one in line.stretches)
    head, rest = [], list(line.stretches)
    while rest and (rest[0].style in own if styled else rest[0].bold or not rest[0].text.strip()):
        head.append(rest.pop(0))
    if not head and level:
        # The look is gone; what follows the number is the title.
        head, rest = rest, []
    title = " ".join("".join(one.text for one in head).split())
    marker = " ".join("".join(one.text for one in head if one.style == "Số đề mục").split()) or line.marker
    if marker and title.startswith(marker):
        title = title[len(marker) :].strip()
    elif not marker and (found := _MARKER.match(f"{title} ")):
        marker, title = found[1], title[len(found[1]) :].strip()
    level = level or (1 if marker[:1] in "IVXLC" else 2)
    if level == 1 and kept.upper() == title:
        title = kept or title
    return Heading(level, marker, title, joined(runs_of(rest)))


def _looks_like_heading(line: Line) -> bool:
    """Return whether a line typed anew is a heading: a number and a short title, both bold at its beginning."""
    bold = ""
    for one in line.stretches:
        if not one.bold and one.text.strip():
            break
        bold += one.text
    bold = " ".join(bold.split())
    marked = _MARKER.match(f"{line.marker or bold} ")
    return bool(marked and bold and (line.marker or len(bold) > len(marked[1])))


def _table(grid: Grid, title: str, kept: str) -> Table:
    heads = max(1, grid.headings) if grid.rows else 0
    width = min(max(map(sum, grid.spans), default=0) or 1, _MOST_COLUMNS)
    titles, groups = _titles(grid, heads, width)
    landscape, shares = kept[:1] == "w", [_COLUMN.match(one) for one in kept[1:].split(",")]
    if not kept or len(shares) != width or not all(shares):
        landscape, shares = grid.wide, [None] * width
    aligns = _aligns(grid, heads, width)
    widths = _shares(grid, width)
    columns = tuple(
        Column(
            titles[place],
            _width(shares[place], widths[place]),
            _LETTERS[shares[place][2]] if shares[place] else aligns[place],
            groups[place],
        )
        for place in range(width)
    )
    rows, total = [], ()
    for number, cells in enumerate(grid.rows[heads:], start=heads):
        texts = tuple(map(_cell, cells))
        if number == len(grid.rows) - 1 and any(line.style == "Dòng cộng" for cell in cells for line in cell):
            total = texts
        elif len(texts) == 1 or len(texts) == width:
            rows.append(texts)
        else:
            rows.append(_spread(texts, grid.spans[number], width))
    return Table(columns, tuple(rows), title, total, landscape)


def _titles(grid: Grid, heads: int, width: int) -> tuple[list[str], list[str]]:
    """Return the titles of the columns and the common titles above them; a title over both rows has none above."""
    above: list[tuple[str, int]] = [("", 1)] * width
    titles, groups = [""] * width, [""] * width
    for cells, spans in zip(grid.rows[:heads], grid.spans[:heads], strict=True):
        placed = [(_cell(cell), span) for cell, span in zip(cells, spans, strict=True) for _ in range(span)]
        for place, (text, span) in enumerate(placed[:width]):
            before, before_span = above[place]
            groups[place] = before if before_span > 1 or (before and text) else groups[place]
            titles[place] = text or titles[place]
            above[place] = (text, span)
    return titles, groups


def _spread(texts: tuple[str, ...], spans: list[int], width: int) -> tuple[str, ...]:
    """Return a row with joined cells as one text a column, the joined ones empty but the first."""
    row: list[str] = []
    for text, span in zip(texts, spans, strict=True):
        row += [text, *[""] * (span - 1)]
    return tuple((row + [""] * width)[:width])


def _cell(lines: list[Line]) -> str:
    return " ".join(filter(None, (joined(runs_of(line.stretches)) for line in lines)))


def _aligns(grid: Grid, heads: int, width: int) -> list[str]:
    for row in grid.rows[heads:]:
        if len(row) == width:
            return [cell[0].align if cell and cell[0].align in {"center", "right"} else "left" for cell in row]
    return ["left"] * width


def _shares(grid: Grid, width: int) -> list[float]:
    whole = sum(grid.widths)
    if len(grid.widths) != width or not whole:
        return [1.0] * width
    return [max(0.1, round(10 * one / whole, 1)) for one in grid.widths]


def _width(share: re.Match | None, otherwise: float) -> float:
    if share is None:
        return otherwise
    return float(share[1]) if "." in share[1] else int(share[1])


def _name(line: Line, annex: int | None) -> str | None:
    """Return our bookmark in a line, as long as it belongs to this part of the paper."""
    for name in line.bookmarks:
        found = _BOOKMARK.match(name)
        if found and (found[1] is None if annex is None else found[1] is not None):
            return name
    return None


def _grid_name(grid: Grid, annex: int | None) -> str | None:
    lines = (line for row in grid.rows[:1] for cell in row for line in cell)
    return next(filter(None, (_name(line, annex) for line in lines)), None)


def _number(name: str | None) -> int | None:
    found = _BOOKMARK.match(name or "")
    return int(found[2]) if found else None
