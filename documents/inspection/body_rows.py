"""Rows about the text of a paper: size, indent, spacing, headings, items, bases, end mark."""

import re
from collections import Counter
from itertools import pairwise

from documents.inspection.layout import Layout, Passage
from documents.inspection.rows import MISSING, NOT_APPLICABLE, Result, RowSet, within
from documents.inspection.sheets import MM, Line

_SET = RowSet()
_ROMAN = re.compile(r"^([IVX]{1,6})([.-]) ")
_ARABIC = re.compile(r"^(\d{1,2})([.-]) ")
_VALUES = {"I": 1, "V": 5, "X": 10}


@_SET.row("body size", "A", "14–15 pt, một cỡ")
def _size(layout: Layout) -> Result:
    sizes = Counter(size for line in layout.body for size in line.sizes)
    if not sizes:
        return MISSING
    found = ", ".join(f"{size:.1f}" for size in sorted(sizes)) + " pt"
    stray = [line.page for line in layout.body if line.sizes != {sizes.most_common(1)[0][0]}]
    return len(sizes) == 1 and within(min(sizes), layout.profile.body_pt, 0.3), found, stray[0] if stray else 1


@_SET.row("indent", "B", "dòng đầu thụt 10 mm")
def _indent(layout: Layout) -> Result:
    if not layout.passages:
        return MISSING
    wrong = []
    for passage in _set_in(layout):
        line = passage.lines[0]
        depth = (line.x0 + layout.shift(line.page) - layout.left) / MM
        if abs(depth - layout.profile.indent_mm) > 0.5:
            wrong.append((line.page, f"{depth:.1f} mm ở “{line.text[:30]}”"))
    return (False, wrong[0][1], wrong[0][0]) if wrong else (True, f"{layout.profile.indent_mm:.1f} mm", 1)


@_SET.row("line pitch", "C/B", "18–22 pt, đều nhau")
def _pitch(layout: Layout) -> Result:
    steps = _steps_inside(layout)
    if not steps:
        return NOT_APPLICABLE
    common = _common(steps)
    uneven = [page for step, page in steps if abs(step - common) > 0.2]
    found = f"{common:.2f} pt"
    return within(common, layout.profile.leading_pt, 0.1) and not uneven, found, uneven[0] if uneven else 1


@_SET.row("paragraph gap", "B", "thêm ít nhất 6 pt giữa hai đoạn")
def _gap(layout: Layout) -> Result:
    steps = _steps_inside(layout)
    pitch = _common(steps) if steps else layout.profile.leading_pt[0]
    gaps = [
        (after.lines[0].baseline - before.lines[-1].baseline, after.lines[0].page)
        for before, after in pairwise(layout.passages)
        if before.lines[-1].page == after.lines[0].page
    ]
    if not gaps:
        return NOT_APPLICABLE
    least, page = min(gaps)
    return least >= pitch + layout.profile.paragraph_gap_pt - 0.3, f"{least - pitch:.1f} pt", page


@_SET.row("justified", "B", "thẳng hai lề")
def _justified(layout: Layout) -> Result:
    lines = [line for passage in layout.passages for line in passage.lines[:-1]]
    if not lines:
        return NOT_APPLICABLE
    for line in lines:
        edge = (line.x1 + layout.shift(line.page)) / MM
        if abs(edge - layout.right / MM) > 0.7:
            return False, f"{edge:.1f} mm ở “{line.text[:30]}”", line.page
    return True, f"{layout.right / MM:.1f} mm", 1


@_SET.row("headings", "B", "I. hoa đậm; 1. đậm; liên tục; một kiểu")
def _headings(layout: Layout) -> Result:
    roman = arabic = 0
    styles: set[str] = set()
    for passage in layout.passages:
        line = passage.lines[0]
        match = _ROMAN.match(line.text)
        if match:
            roman, arabic, number, expected = roman + 1, 0, _roman(match[1]), roman + 1
            styles.add(match[2])
            title = passage.text.split(": ")[0]
            problem = not (line.bold and title.upper() == title)
        elif match := _ARABIC.match(line.text):
            arabic += 1
            number, expected = int(match[1]), arabic
            problem = "Bold" not in line.chars[0]["fontname"]
        else:
            continue
        if problem or number != expected or len(styles) > 1:
            return False, line.text[:60], line.page
    return (True, f"{roman} mục lớn, liên tục", 1) if roman or arabic else NOT_APPLICABLE


@_SET.row("bullets", "C", "dấu - không đậm")
def _bullets(layout: Layout) -> Result:
    lines = [passage.lines[0] for passage in layout.passages if re.match(r"^[-+] ", passage.lines[0].text)]
    if not lines:
        return NOT_APPLICABLE
    bold = [line for line in lines if "Bold" in line.chars[0]["fontname"]]
    return not bold, f"{len(lines)} dòng, {len(bold)} dòng đậm", bold[0].page if bold else lines[0].page


@_SET.row("căn cứ (if any)", "A", "chữ đứng, “- Căn cứ …;” dòng cuối “,”")
def _bases(layout: Layout) -> Result:
    bases = [passage for passage in layout.passages if re.match(r"^(?:- )?Căn cứ ", passage.text)]
    first = _headings_start(layout)
    bases = [passage for passage in bases if passage.lines[0].page == 1 and passage.lines[0].baseline < first]
    if not bases:
        return NOT_APPLICABLE
    ends = [passage.text[-1] for passage in bases]
    upright = not any(line.any_italic for passage in bases for line in passage.lines)
    dashed = all(passage.text.startswith("- ") for passage in bases)
    return upright and dashed and ends == [";"] * (len(ends) - 1) + [","], " ".join(ends), 1


@_SET.row("end mark", "C", "dấu chấm cuối cùng")
def _end(layout: Layout) -> Result:
    if not layout.body:
        return MISSING
    last = layout.body[-1]
    return last.text.endswith("."), last.text[-20:], last.page


def _set_in(layout: Layout) -> list[Passage]:
    """Return the paragraphs set from the left; a first one that runs on from nowhere is left out."""
    return [
        one
        for one in layout.passages
        if abs(one.lines[0].centre - (layout.left + layout.right) / 2) > MM or len(one.lines) > 1
    ]


def _steps_inside(layout: Layout) -> list[tuple[float, int]]:
    """Return the distances between neighbouring lines of one paragraph on one page, with the page."""
    return [
        (below.baseline - above.baseline, below.page)
        for passage in layout.passages
        for above, below in pairwise(passage.lines)
        if above.page == below.page and _neighbours(above, below)
    ]


def _neighbours(above: Line, below: Line) -> bool:
    return below.baseline - above.baseline < 40


def _common(steps: list[tuple[float, int]]) -> float:
    return Counter(round(step, 2) for step, _ in steps).most_common(1)[0][0]


def _headings_start(layout: Layout) -> float:
    lines = [line for line in layout.body if line.page == 1 and _ROMAN.match(line.text)]
    return lines[0].baseline if lines else layout.sheets[0].height


def _roman(text: str) -> int:
    total = 0
    for sign, following in zip(text, [*text[1:], ""], strict=True):
        value = _VALUES[sign]
        total += -value if following and _VALUES[following] > value else value
    return total


ROWS = tuple(_SET.rows)
