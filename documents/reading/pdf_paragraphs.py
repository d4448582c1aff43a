"""Rows of a PDF joined into the paragraphs they were broken from."""

import re
from collections import Counter
from collections.abc import Iterable

from documents.citations import KINDS
from documents.markup import Run
from documents.reading.pdf_columns import Stretch

_MARKER = re.compile(r"^(?:[-–+•*] |[IVXL]{1,5}[.)] |\d{1,2}(?:\.\d{1,2}){0,3}[.)]? |[a-zđ][.)] |(?:Phụ lục|Biểu|Điều|Mục|Phần)\b)")
_DASH = re.compile(r"^[-–+•] ?")
_ENDED = re.compile(r"[.;:!?”…]['”\")*]*$|\./\.?$")
_GLUED = re.compile(r"(?:[\wĐđ]-|/)$")  # "05-", "CT/": a number broken after its hyphen or slash
_TITLES = {kind.upper() for kind in KINDS} | {"ĐỀ CƯƠNG", "PHỤ LỤC", "DANH MỤC", "BIỂU MẪU"}
# What begins a line of its own in a letterhead or above a signature; other capitals go on with the line above.
_OWN_LINE = re.compile(
    r"^(?:ĐẢNG |BAN |VĂN PHÒNG|[ỦU][ỶYỲ] BAN|CHI BỘ|\w+ ỦY\b|SỐ\b|TM?\b|T/|K/T|Q\.|BÍ THƯ|PHÓ|CHỦ|CHÁNH|TRƯỞNG|GIÁM|ỦY VIÊN|HỘI|CỘNG|ĐỘC)"
)
_INDENT = 0.6  # of the size
_GAP = 1.25  # of the usual distance of two baselines


class Measure:
    """The usual edges and the usual distance of rows in one file."""

    def __init__(self, rows: Iterable[Stretch]):
        rows = list(rows)
        self.left = _commonest((one.x0 for one in rows), 0.0)
        self.right = _commonest((one.x1 for one in rows), 0.0)
        steps = (after.bottom - before.bottom for before, after in zip(rows, rows[1:], strict=False) if after.page == before.page)
        self.step = _commonest((step for step in steps if step > 0), 18.0)


def body_paragraphs(rows: list[Stretch], measure: Measure) -> list[list[Stretch]]:
    """Return rows of running text as paragraphs."""
    found: list[list[Stretch]] = []
    for row in rows:
        if found and _goes_on(found[-1], row, measure):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def column_paragraphs(rows: list[Stretch]) -> list[list[Stretch]]:
    """Return the rows of a narrow column as its lines: a row without a dash goes on with the dashed one above it, and
    names in capitals go on until another begins."""
    found: list[list[Stretch]] = []
    for row in rows:
        dashed = found and _DASH.match(found[-1][0].text) and not _DASH.match(row.text)
        if dashed or (found and _same_name(found[-1][-1], row)):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def runs_of(rows: list[Stretch]) -> list[Run]:
    """Return the runs of a paragraph: rows joined by a space, numbers that were broken joined without."""
    runs: list[Run] = []
    for row in rows:
        if runs:
            before = "".join(run.text for run in runs[-2:])
            glued = _GLUED.search(before) is not None and row.text[:1].isalnum()
            same = runs[-1].bold and row.runs[0].bold
            runs += [] if glued else [Run(" ", same)]
        runs += row.runs
    return runs


def cell_text(cell: str) -> str:
    """Return the lines of a table cell as one, "Quý II/" and "2026" without a space."""
    text = ""
    for line in (" ".join(line.split()) for line in cell.splitlines()):
        glued = _GLUED.search(text) is not None and line[:1].isalnum()
        text += line if glued or not text or not line else f" {line}"
    return text


def _goes_on(paragraph: list[Stretch], row: Stretch, measure: Measure) -> bool:
    last = paragraph[-1]
    if abs(last.size - row.size) > 1.2 or _MARKER.match(row.text):
        return _is_middle(last, row, measure)
    if row.page == last.page and row.bottom - last.bottom > _GAP * max(measure.step, last.size):
        return False
    if _is_centred(last, measure) or _is_centred(row, measure):
        return _is_centred(last, measure) and _is_centred(row, measure) and _same_title(paragraph, row)
    if not _is_full(last, row, measure):
        return False
    indented = row.x0 > measure.left + _INDENT * row.size
    if not indented or _ended(last.text):
        return not indented
    return True  # a hanging row: the sentence has not ended


def _is_middle(last: Stretch, row: Stretch, measure: Measure) -> bool:
    """Return whether a row that begins like an item is only the rest of a sentence: full row above, no indent of its own."""
    flush = row.x0 <= measure.left + 2
    size = abs(last.size - row.size) <= 1.2
    opens = last.x0 > measure.left + _INDENT * last.size or len(last.text) > 60
    return size and flush and opens and not _ended(last.text) and _is_full(last, row, measure) and row.text[:1] != "I"


def _is_full(last: Stretch, row: Stretch, measure: Measure) -> bool:
    """Return whether the first word of ``row`` had no room left on the row above."""
    word = row.text.split(" ", 1)[0]
    width = (row.x1 - row.x0) / max(len(row.text), 1) * (len(word) + 1)
    return last.x1 + width * 0.85 > measure.right


def _is_centred(row: Stretch, measure: Measure) -> bool:
    middle = (measure.left + measure.right) / 2
    margin = row.x0 - measure.left
    return margin > 1.5 * row.size and abs(row.centre - middle) < 0.6 * row.size and measure.right - row.x1 > 1.5 * row.size


def _same_title(paragraph: list[Stretch], row: Stretch) -> bool:
    last = paragraph[-1]
    alike = _bold(last) == _bold(row) and last.text.isupper() == row.text.isupper() and abs(last.size - row.size) < 0.6
    return alike and paragraph[0].text.strip().upper() not in _TITLES and not row.text.startswith("(")


def _same_name(last: Stretch, row: Stretch) -> bool:
    near = row.top - last.bottom < 0.6 * row.size
    if near and last.text.endswith(",") and row.text.startswith("ngày"):
        return True  # a long place name before its date
    return near and last.text.isupper() and row.text.isupper() and _bold(last) == _bold(row) and not _OWN_LINE.match(row.text)


def _bold(row: Stretch) -> bool:
    return all(run.bold for run in row.runs if run.text.strip())


def _ended(text: str) -> bool:
    return _ENDED.search(text) is not None


def _commonest(values: Iterable[float], otherwise: float) -> float:
    """Return the middle of the fullest slot of three points."""
    counted = Counter(round(value / 3) for value in values)
    return counted.most_common(1)[0][0] * 3.0 if counted else otherwise
