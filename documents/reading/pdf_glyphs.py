"""A program of its own that takes the text rows and the ruled tables out of one PDF, and nothing else.

`documents.reading.pdf_source` runs it as a process with limits of memory and time, because a PDF of a few kilobytes can
ask for hours of work in more ways than can be listed. It imports nothing of Django. The file comes on standard input;
what was found leaves as JSON on standard output. Exit 3: no PDF, or a password.
"""

import io
import json
import resource
import sys

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

PAGE_LIMIT = 120
GLYPH_LIMIT = 400_000
EDGE_LIMIT = 20_000  # of one page; a table of forty rows has about three hundred
MEMORY = 1_500 * 1024 * 1024
SECONDS = 20
BAD_FILE = 3
SAME_ROW = 0.35  # of the size: how far two baselines of one row lie apart
SPACE = 0.18  # of the size: a gap without a space that parts two words
APART = 1.2  # of the size: a gap that may part two columns; in running text it is joined again


def main() -> int:
    """Read standard input, write JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    try:
        with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
            found = _pages(pdf)
    except (PDFPasswordIncorrect, PdfminerException):
        return BAD_FILE
    json.dump(found, sys.stdout)
    return 0


def _pages(pdf) -> dict:
    pages, glyphs = [], 0
    for page in pdf.pages[:PAGE_LIMIT]:
        chars = [char for char in page.chars if char["upright"]]
        glyphs += len(chars)
        if glyphs > GLYPH_LIMIT:
            break
        tables = _tables(page)
        boxes = [table["box"] for table in tables]
        outside = [char for char in chars if not any(_is_in(char, box) for box in boxes)]
        pages.append({"width": float(page.width), "height": float(page.height), "rows": rows_of(outside), "tables": tables})
        page.close()
    return {"pages": pages, "cut": len(pages) < len(pdf.pages)}


def rows_of(chars: list[dict]) -> list[list[dict]]:
    """Return the rows from the top down, each a list of stretches from left to right that a wide gap parts."""
    rows: list[tuple[float, list[dict]]] = []
    for char in sorted(chars, key=lambda char: (-char["matrix"][5], char["x0"])):
        baseline = -char["matrix"][5]
        if rows and baseline - rows[-1][0] <= SAME_ROW * max(char["size"], 1):
            rows[-1][1].append(char)
        else:
            rows.append((baseline, [char]))
    stretches = [_stretches(sorted(row, key=lambda char: char["x0"])) for _, row in rows]
    return [row for row in stretches if row]


def _stretches(chars: list[dict]) -> list[dict]:
    found: list[dict] = []
    spaced = False
    for char in chars:
        if not char["text"].strip():
            spaced = True
            continue
        last = found[-1] if found else None
        gap = char["x0"] - last["x1"] if last else 0
        if last is None or gap > APART * char["size"]:
            found.append(_stretch(char))
        else:
            spaced = spaced or gap > SPACE * char["size"]
            _lengthen(last, char, spaced=spaced)
        spaced = False
    return found


def _stretch(char: dict) -> dict:
    return {
        "x0": char["x0"],
        "x1": char["x1"],
        "top": char["top"],
        "bottom": char["bottom"],
        "size": round(char["size"], 1),
        "runs": [[char["text"], *_style(char)]],
    }


def _lengthen(stretch: dict, char: dict, *, spaced: bool) -> None:
    text = f" {char['text']}" if spaced else char["text"]
    stretch["x1"] = max(stretch["x1"], char["x1"])
    stretch["top"] = min(stretch["top"], char["top"])
    stretch["bottom"] = max(stretch["bottom"], char["bottom"])
    run, style = stretch["runs"][-1], list(_style(char))
    if run[1:] == style:
        run[0] += text
    else:
        stretch["runs"].append([text, *style])


def _style(char: dict) -> tuple[bool, bool]:
    name = char["fontname"].lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "demi"))
    return bold, any(word in name for word in ("italic", "oblique"))


def _tables(page) -> list[dict]:
    """Return the ruled tables of two columns and two rows at least; merged cells say their text in each place."""
    if not 4 <= len(page.edges) <= EDGE_LIMIT:
        return []
    found = []
    for table in page.find_tables():
        grid = list(zip(table.rows, table.extract(), strict=False))
        rows = [_cells(table, row, text, grid) for row, text in grid]
        if len(rows) > 1 and max(map(len, rows)) > 1:
            x0, top, x1, bottom = table.bbox
            found.append({"box": [x0, top, x1, bottom], "rows": rows})
    return found


def _cells(table, row, texts: list, grid: list) -> list[str]:
    filled = [text for text in texts if text is not None]
    if len(filled) == 1 and row.cells[0] and row.cells[0][2] - row.cells[0][0] > 0.95 * (table.bbox[2] - table.bbox[0]):
        return filled  # a row that names the group below it
    return [text if text is not None else _text_over(row, place, grid) for place, text in enumerate(texts)]


def _text_over(row, place: int, grid: list) -> str:
    """Return the text of the cell that reaches into a place of the grid which has no cell of its own."""
    column = next((other.cells[place] for other, _ in grid if other.cells[place]), None)
    if column is None:
        return ""
    x, y = (column[0] + column[2]) / 2, (row.bbox[1] + row.bbox[3]) / 2
    for other, texts in grid:
        for cell, text in zip(other.cells, texts, strict=False):
            if cell and cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                return text or ""
    return ""


def _is_in(char: dict, box: list) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


if __name__ == "__main__":
    sys.exit(main())
