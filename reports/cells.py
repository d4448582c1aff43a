"""Cells of a biểu: what a person typed, read into a value that can be added up, sorted and printed.

Values are texts: a number as "1234.5", a day as "2026-06-05". Nothing here touches the database.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from campaigns.choices import ColumnKind
from documents.dates import short
from documents.text import clean_text

CELL_LIMIT = 2000
_MOST_FIGURES = 15
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_MACHINE_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_cell(
    kind: str, raw: str, *, options: Sequence[str] = (), first: dt.date | None = None, last: dt.date | None = None
) -> str:
    """Return the value of a cell, "" when nothing was typed.

    Args:
        kind: a ColumnKind.
        raw: what was typed.
        options: what may be chosen in a column of that kind.
        first, last: the period of the biểu; it bounds days.

    Raises:
        ValidationError: with a sentence that says what to write.
    """
    text = clean_text(raw or "", limit=CELL_LIMIT, multiline=kind == ColumnKind.TEXT, name="Ô này").strip()
    if not text or kind == ColumnKind.ORDER:
        return ""
    if kind == ColumnKind.NUMBER:
        return _number(text, "Chỉ ghi số. Thí dụ: 1.250 hoặc 7,5.")
    if kind == ColumnKind.PERCENT:
        return _percent(text)
    if kind == ColumnKind.DATE:
        return _day(text, first, last)
    if kind == ColumnKind.CHOICE and text not in options:
        raise ValidationError(f"Chọn một trong các giá trị: {'; '.join(options)}.", code="choice")
    return text


def shown_cell(kind: str, value: str) -> str:
    """Return a value as the office writes it: 1.234,5; 95,6 %; 05/6/2026."""
    if not value:
        return ""
    if kind in {ColumnKind.NUMBER, ColumnKind.PERCENT}:
        whole, _, part = value.partition(".")
        grouped = f"{int(whole):,}".replace(",", ".")
        sign = "-" if whole.startswith("-") and int(whole) == 0 else ""
        return f"{sign}{grouped}{f',{part}' if part else ''}"
    return short(dt.date.fromisoformat(value)) if kind == ColumnKind.DATE else value


def number_text(value: Decimal) -> str:
    """Return a number as it is kept: "1234.5", without zeros that say nothing."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _number(text: str, sentence: str) -> str:
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    if _GROUPED.fullmatch(flat.partition(",")[0]):
        flat = flat.replace(".", "")
    try:
        value = Decimal(flat.replace(",", "."))
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or len(value.as_tuple().digits) > _MOST_FIGURES or abs(value.adjusted()) > _MOST_FIGURES:
        raise ValidationError(sentence, code="number")
    return number_text(value)


def _percent(text: str) -> str:
    value = _number(text.rstrip("% "), "Chỉ ghi tỷ lệ từ 0 đến 100. Thí dụ: 95,6.")
    if not 0 <= Decimal(value) <= 100:
        raise ValidationError("Tỷ lệ từ 0 đến 100. Đồng chí kiểm tra lại.", code="percent")
    return value


def _day(text: str, first: dt.date | None, last: dt.date | None) -> str:
    text = unicodedata.normalize("NFKC", text)
    try:
        if found := _MACHINE_DAY.fullmatch(text):
            day = dt.date(*map(int, found.groups()))
        elif found := _DAY.fullmatch(text):
            day = dt.date(*map(int, reversed(found.groups())))
        else:
            raise ValueError("Not a day.")
    except ValueError as error:
        raise ValidationError("Ghi đủ ngày, tháng, năm. Thí dụ: 05/6/2026.", code="day") from error
    if (first and day < first) or (last and day > last):
        since = f"từ {short(first)} " if first else ""
        until = f"đến {short(last)}" if last else "trở đi"
        raise ValidationError(f"Biểu này chỉ ghi ngày {since}{until}. Đồng chí kiểm tra lại.", code="period")
    return day.isoformat()
