"""Rows about the head of a paper: from the title ĐẢNG CỘNG SẢN VIỆT NAM to the hyphens."""

import re

from documents.choices import PaperKind
from documents.inspection.layout import Layout
from documents.inspection.rows import MISSING, NOT_APPLICABLE, Result, RowSet, points, within
from documents.inspection.sheets import MM, Line

_SET = RowSet()
_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
NUMBER = re.compile(
    r"^Số\s(?:(\d{2,4})|\s{3,})-(NQ|CT|KL|QĐ|QC|TT|HD|TB|TC|BC|KH|QH|CTr|ĐA|PA|DA|TTr|CV|BB|BS|GM)"
    r"/([A-ZĐ][A-Za-zĐđ]{0,11})$"
)
PLACE_DATE = re.compile(
    r"^[^\W_][^,]{0,80}, ngày (?:(0[1-9]|[12]\d|3[01])|\s{3,}) ?tháng (?:(0[12]|[3-9]|1[0-2])|\s{3,}) ?năm(?:\s+\d{4}|\s*)$"
)


@_SET.row("tiêu đề", "A", "15 pt bold, dòng đầu, nửa phải")
def _title(layout: Layout) -> Result:
    line = title_line(layout)
    if line is None:
        return MISSING
    first = min(other.top for other in layout.head)
    holds = within(line.size, layout.profile.title_pt, 0.3) and line.bold and line.centre > 105 * MM
    return holds and line.top <= first + 0.5, points(line.size, bold=line.bold), 1


@_SET.row("rule under tiêu đề", "A", "nét liền dài bằng tiêu đề")
def _rule(layout: Layout) -> Result:
    title, place = title_line(layout), place_line(layout)
    if title is None:
        return MISSING
    below = place.baseline if place else title.baseline + 20
    for x0, x1, y in layout.sheets[0].rules:
        if title.baseline < y < below and x0 > 105 * MM:
            widths = (x1 - x0) / MM, (title.x1 - title.x0) / MM
            return abs(widths[0] - widths[1]) <= 1.5, f"{widths[0]:.1f} mm, tiêu đề {widths[1]:.1f} mm", 1
    return MISSING


@_SET.row("no Quốc hiệu", "A", "không có “CỘNG HÒA XÃ HỘI”")
def _no_state_title(layout: Layout) -> Result:
    for sheet in layout.sheets:
        if any("CỘNG HÒA XÃ HỘI" in line.text.upper() for line in sheet.lines):
            return False, "có Quốc hiệu", sheet.number
    return True, "không có", 1


@_SET.row("cơ quan cấp trên", "A", "14 pt hoa, không đậm, cột trái, dòng đầu")
def _superior(layout: Layout) -> Result:
    lines = [line for line in _names(layout) if not line.bold]
    return _named(layout, lines, bold=False) if lines and lines[0] is _names(layout)[0] else MISSING


@_SET.row("cơ quan ban hành", "A", "14 pt hoa, đậm, dưới cơ quan cấp trên")
def _issuer(layout: Layout) -> Result:
    lines = [line for line in _names(layout) if line.bold]
    return _named(layout, lines, bold=True) if lines else MISSING


@_SET.row("`*`", "A", "một dấu sao dưới tên cơ quan, không gạch chân")
def _asterisk(layout: Layout) -> Result:
    stars = [line for line in layout.head_left if line.text == "*"]
    names = _names(layout)
    if len(stars) != 1 or not names:
        return MISSING
    number = number_line(layout)
    end = number.baseline if number else stars[0].baseline + 20
    ruled = any(x1 < 110 * MM and y < end for x0, x1, y in layout.sheets[0].rules)
    off = abs(stars[0].centre - names[-1].centre) / MM
    found = "có gạch dưới tên cơ quan" if ruled else f"lệch giữa {off:.1f} mm"
    return not ruled and off <= 2, found, 1


@_SET.row("số ký hiệu", "A", "Số NN-KH/ĐU, 14 pt đứng, không dấu hai chấm")
def _number(layout: Layout) -> Result:
    line = number_line(layout)
    if line is None:
        return NOT_APPLICABLE if layout.kind == PaperKind.MINUTES or layout.is_form else MISSING
    match = NUMBER.match(line.text)
    style = within(line.size, layout.profile.head_pt, 0.3) and not line.any_bold and not line.any_italic
    return bool(match) and style, f"{line.text}, {points(line.size, bold=line.any_bold, italic=line.any_italic)}", 1


@_SET.row("number ≥ 2 digits", "B", "01 đến 09 có số 0")
def _digits(layout: Layout) -> Result:
    line = number_line(layout)
    if line is None or re.match(r"^Số\s{3,}", line.text):
        return NOT_APPLICABLE
    match = re.match(r"^Số:?\s*(\d+)", line.text)
    return bool(match and len(match[1]) >= 2), line.text, 1


@_SET.row("địa danh, ngày", "A", "14 pt nghiêng, nửa phải, dưới nét liền")
def _place_date(layout: Layout) -> Result:
    line, title = place_line(layout), title_line(layout)
    if line is None and (layout.kind == PaperKind.MINUTES or layout.is_form):
        return NOT_APPLICABLE
    if line is None or title is None:
        return MISSING
    lines = [one for one in layout.head_right if one.italic]
    text = " ".join(one.text for one in lines)
    style = all(within(one.size, layout.profile.head_pt, 0.3) and one.centre > 105 * MM for one in lines)
    return bool(PLACE_DATE.match(text)) and style and line.top > title.baseline, f"{text}, {line.size:.1f} pt", 1


@_SET.row("date = signing date", "D", "đúng ngày ký trong sổ")
def _signing_date(layout: Layout) -> Result:
    return None, "đối chiếu với sổ văn bản, không đo được trên tệp", None


@_SET.row("tên loại", "A", "15–16 pt hoa đậm, giữa trang")
def _kind(layout: Layout) -> Result:
    line = layout.kind_line
    if line is None:
        return NOT_APPLICABLE if layout.kind == PaperKind.LETTER else MISSING
    holds = within(line.size, layout.profile.kind_pt, 0.3) and line.bold and _centred(layout, line)
    return holds, points(line.size, bold=line.bold), 1


@_SET.row("trích yếu", "A", "14–15 pt đậm, chữ đầu viết thường, không dấu chấm")
def _subject(layout: Layout) -> Result:
    if layout.kind in {PaperKind.LETTER, PaperKind.INVITATION} or layout.kind_line is None:
        return NOT_APPLICABLE
    lines = layout.subject
    if not lines:
        return MISSING
    text = " ".join(line.text for line in lines)
    sized = all(within(line.size, layout.profile.body_pt, 0.3) and _centred(layout, line) for line in lines)
    return sized and text[0].islower() and text[-1] != ".", f"{text[:40]}…, {points(lines[0].size, bold=True)}", 1


@_SET.row("`-----`", "B", "năm dấu gạch nối, giữa trang")
def _hyphens(layout: Layout) -> Result:
    if layout.kind in {PaperKind.LETTER, PaperKind.INVITATION}:
        return NOT_APPLICABLE
    line = layout.hyphens
    if line is None:
        return MISSING
    return line.text == "-----" and _centred(layout, line), line.text, 1


@_SET.row("công văn", "A", "không có tên loại; trích yếu 12 pt nghiêng ở cột trái")
def _letter(layout: Layout) -> Result:
    if layout.kind != PaperKind.LETTER:
        return NOT_APPLICABLE
    lines = [line for line in layout.head_left if line.italic]
    if not lines:
        return MISSING
    holds = all(abs(line.size - 12) <= 0.3 and line.x1 < 110 * MM + 1 for line in lines)
    return holds, points(lines[0].size, italic=True), 1


def title_line(layout: Layout) -> Line | None:
    """Return the line with the Party's name, exactly as it must be written."""
    return next((line for line in layout.head_right if line.text == _TITLE), None)


def number_line(layout: Layout) -> Line | None:
    """Return the line that begins with "Số" in the left column."""
    return next((line for line in layout.head_left if re.match(r"^Số[\s:]", line.text)), None)


def place_line(layout: Layout) -> Line | None:
    """Return the first line of place and date."""
    return next((line for line in layout.head_right if line.italic), None)


def _names(layout: Layout) -> list[Line]:
    names = []
    for line in layout.head_left:
        if line.text == "*" or re.match(r"^Số[\s:]", line.text):
            break
        names.append(line)
    return names


def _named(layout: Layout, lines: list[Line], *, bold: bool) -> Result:
    middle = _names(layout)[0].centre
    holds = all(
        within(line.size, layout.profile.head_pt, 0.3) and line.text.isupper() and abs(line.centre - middle) <= 2 * MM
        for line in lines
    )
    return holds, f"{' '.join(line.text for line in lines)}, {points(lines[0].size, bold=bold)}", 1


def _centred(layout: Layout, line: Line) -> bool:
    return abs(line.centre - (layout.left + layout.right) / 2) <= MM


ROWS = tuple(_SET.rows)
