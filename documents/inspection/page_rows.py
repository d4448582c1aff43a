"""Rows about the page itself: paper, margins, page numbers, font, colour."""

import unicodedata

from documents.inspection.layout import Layout
from documents.inspection.rows import MISSING, NOT_APPLICABLE, Result, RowSet
from documents.inspection.sheets import MM, Line, Sheet, family

_SET = RowSet()
_FAMILIES = {"LTSerif", "Tinos", "TimesNewRoman", "Times", "LiberationSerif"}
_BLACK = {(0,), (0, 0, 0), (0, 0, 0, 1), None, ()}


@_SET.row("paper", "A", "A4 đứng 595.28 × 841.89 pt")
def _paper(layout: Layout) -> Result:
    for sheet in layout.sheets:
        sides = sorted((sheet.width, sheet.height))
        if abs(sides[0] - 595.28) > 1 or abs(sides[1] - 841.89) > 1:
            return False, f"{sheet.width:.2f} × {sheet.height:.2f} pt", sheet.number
    first = layout.sheets[0]
    return first.portrait, f"{first.width:.2f} × {first.height:.2f} pt", 1


@_SET.row("left/right margin, odd", "B", "30 / 15 mm")
def _sides(layout: Layout) -> Result:
    sheets = [sheet for sheet in _body_sheets(layout) if sheet.number % 2 or not layout.duplex]
    return _side_margins(layout, sheets, (30, 15))


@_SET.row("top/bottom margin", "B", "20 / 20 mm")
def _ends(layout: Layout) -> Result:
    lines = [line for sheet in _body_sheets(layout) for line in sheet.lines if not _is_number(line)]
    if not lines:
        return MISSING
    high, low = min(lines, key=lambda one: one.top), max(lines, key=lambda one: one.baseline)
    found = f"dòng đầu {high.top / MM:.1f} mm, dòng cuối {low.baseline / MM:.1f} mm"
    holds = high.top >= 19.5 * MM and low.baseline <= 277.5 * MM
    return holds, found, high.page if high.top < 19.5 * MM else low.page


@_SET.row("margin, even page (duplex option)", "B", "15 / 30 mm")
def _even_sides(layout: Layout) -> Result:
    if not layout.duplex:
        return NOT_APPLICABLE
    return _side_margins(layout, [sheet for sheet in _body_sheets(layout) if sheet.number % 2 == 0], (15, 30))


@_SET.row("page number", "B", "từ trang 2, giữa, cách mép trên 10 mm, 14 pt")
def _page_numbers(layout: Layout) -> Result:
    for sheet in _body_sheets(layout):
        numbers = [line for line in sheet.lines if _is_number(line)]
        if sheet.number == 1:
            if numbers:
                return False, f"trang 1 có “{numbers[0].text}”", 1
            continue
        problem = _number_problem(layout, sheet, numbers)
        if problem:
            return False, problem, sheet.number
    pages = len(_body_sheets(layout))
    return (True, f"2 đến {pages}, 14.0 pt", 2) if pages > 1 else (True, "một trang, không đánh số", 1)


@_SET.row("font", "A", "Times New Roman hoặc cùng số đo, một phông")
def _font(layout: Layout) -> Result:
    families: dict[str, int] = {}
    for sheet in layout.sheets:
        for char in sheet.chars:
            families.setdefault(family(char["fontname"]), sheet.number)
    stray = [name for name in families if name not in _FAMILIES]
    page = families[stray[0]] if stray else 1
    return len(families) == 1 and not stray, ", ".join(sorted(families)), page


@_SET.row("black text", "B", "màu đen")
def _black(layout: Layout) -> Result:
    for sheet in layout.sheets:
        for char in sheet.chars:
            colour = char.get("non_stroking_color")
            if (tuple(colour) if isinstance(colour, list | tuple) else colour) not in _BLACK and colour != 0:
                return False, f"“{char['text']}” màu {colour}", sheet.number
    return True, "đen", 1


@_SET.row("NFC text", "A", "dựng sẵn (NFC)")
def _nfc(layout: Layout) -> Result:
    for sheet in layout.sheets:
        for line in sheet.lines:
            if unicodedata.normalize("NFC", line.text) != line.text:
                return False, line.text[:60], sheet.number
    return True, "NFC", 1


def _body_sheets(layout: Layout) -> list[Sheet]:
    last = layout.signing_sheet.number if layout.signing_sheet else len(layout.sheets)
    return [sheet for sheet in layout.sheets[:last] if sheet.portrait and sheet.chars]


def _is_number(line: Line) -> bool:
    return line.top < 19 * MM


def _number_problem(layout: Layout, sheet: Sheet, numbers: list[Line]) -> str:
    if len(numbers) != 1 or numbers[0].text != str(sheet.number):
        return f"“{' '.join(line.text for line in numbers)}” thay cho “{sheet.number}”"
    line = numbers[0]
    middle = (layout.left + layout.right) / 2 - layout.shift(sheet.number)
    if abs(line.size - 14) > 0.3:
        return f"{line.size} pt"
    if abs(line.centre - middle) > MM:
        return f"lệch giữa {(line.centre - middle) / MM:.1f} mm"
    return "" if 9.5 * MM <= line.top <= 11.5 * MM else f"cách mép trên {line.top / MM:.1f} mm"


def _side_margins(layout: Layout, sheets: list[Sheet], margins: tuple[float, float]) -> Result:
    if not sheets:
        return NOT_APPLICABLE
    left = min((char["x0"], sheet.number) for sheet in sheets for char in sheet.chars)
    # The rightmost visible glyph; a space may hang over the edge.
    right = max((char["x1"], sheet.number) for sheet in sheets for char in sheet.chars if char["text"].strip())
    found = (left[0] / MM, 210 - right[0] / MM)
    left_holds = abs(found[0] - margins[0]) <= 0.5
    pages = {sheet.number for sheet in sheets}
    # Only a line that runs on shows where the text ends; short ones may stop before, none may pass it.
    filled = any(line.page in pages for passage in layout.passages for line in passage.lines[:-1])
    right_holds = abs(found[1] - margins[1]) <= 0.7 or (not filled and found[1] > margins[1])
    return left_holds and right_holds, f"{found[0]:.1f} / {found[1]:.1f} mm", right[1] if left_holds else left[1]


ROWS = tuple(_SET.rows)
