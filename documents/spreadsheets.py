"""Excel files in and out: nothing that is read can exhaust the worker, nothing that is written can run.

Reliability tests U-02 to U-04 (reading) and U-08 (writing): a text that begins
with "=" or "-" stays that text, because plan items begin with "- Chủ trì".
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from documents import archives
from documents.text import normalise

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROW_LIMIT = 5_000
COLUMN_LIMIT = 50
_CELL_LIMIT = 32_000
_LETTER_LIMIT = 5_000_000  # of one sheet: a table of 2,000 units with long remarks has a tenth of it
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write: its name, the row of headings, the rows; None is an empty cell."""

    title: str
    header: Sequence[str] = ()
    rows: Iterable[Sequence[Any]] = ()
    widths: Sequence[float] = field(default=())


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return an .xlsx file in which every text is a text and no cell is a formula."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book, sheet, _free_title(sheet.title, taken))
    if not book.worksheets:
        book.create_sheet("Trống")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read_rows(
    file: BinaryIO,
    *,
    sheet: str = "",
    row_limit: int = ROW_LIMIT,
    column_limit: int = COLUMN_LIMIT,
    cell_limit: int = _CELL_LIMIT,
) -> list[list[str]]:
    """Return the rows of one sheet as cleaned texts, the way a person sees them; empty cells and rows at the end are left out.

    Args:
        file: an open .xlsx file.
        sheet: the name of the sheet; the first one when empty.
        row_limit: a longer list is refused.
        column_limit: what stands further right is left out.
        cell_limit: characters of one cell that are kept; one more than the longest field, so that too long is still told.

    Raises:
        ValidationError: ``bad_workbook``, ``too_many_rows``, or what ``documents.archives`` finds wrong.
    """
    archives.refuse_bomb(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        found = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
        # A false <dimension> would make the reader pad every row to the last column of Excel.
        found.reset_dimensions()
        rows = _rows(found, row_limit, column_limit, cell_limit)
        book.close()
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, AttributeError,
        ParseError, DefusedXmlException, EOFError,
    ) as problem:  # fmt: skip
        raise ValidationError(
            "Không đọc được tệp Excel này. Chưa có gì được lưu; đồng chí mở tệp bằng Excel, "
            "lưu lại dạng .xlsx rồi tải lên lần nữa.",
            code="bad_workbook",
        ) from problem
    return rows


def _rows(sheet: Any, row_limit: int, column_limit: int, cell_limit: int) -> list[list[str]]:
    rows, letters = [], 0
    shown: dict[str, str] = {}  # each text is cleaned once, however many cells hold it
    # The reader is told where to stop: a lone cell in the last row of Excel would cost a million blank rows.
    for row in sheet.iter_rows(max_row=row_limit + 1, max_col=column_limit, values_only=True):
        # A file of a few kilobytes can name one long text in every cell.
        letters += sum(len(value) for value in row if isinstance(value, str))
        if letters > _LETTER_LIMIT:
            raise archives.bomb()
        rows.append(_trimmed([_known(value, shown)[:cell_limit] for value in row]))
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > row_limit:
        raise _too_many(row_limit)
    return rows


def _known(value: Any, shown: dict[str, str]) -> str:
    if not isinstance(value, str):
        return _shown(value)
    if value not in shown:
        shown[value] = _shown(value)
    return shown[value]


def _trimmed(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _too_many(row_limit: int) -> ValidationError:
    return ValidationError(
        "Bảng tính có hơn %(limit)s dòng nên chưa được đọc. Đồng chí xóa các dòng thừa hoặc tách thành nhiều tệp.",
        code="too_many_rows",
        params={"limit": f"{row_limit:,}".replace(",", ".")},
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y %H:%M" if isinstance(value, datetime.datetime) else "%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(normalise(str(value)[:_CELL_LIMIT]).split())


def _write_sheet(book: Workbook, sheet: Sheet, title: str) -> None:
    target = book.create_sheet(title)
    rows = [list(row) for row in sheet.rows]
    target.freeze_panes = "A2" if sheet.header else None
    for number, width in enumerate(sheet.widths or _widths(sheet.header, rows), 1):
        target.column_dimensions[get_column_letter(number)].width = width
    if sheet.header:
        target.append([_cell(target, text, heading=True) for text in sheet.header])
    for row in rows:
        target.append([_cell(target, value) for value in row])


def _cell(sheet: Any, value: Any, *, heading: bool = False) -> WriteOnlyCell:
    if isinstance(value, bool):
        value = "có" if value else "không"
    if isinstance(value, datetime.datetime) and value.tzinfo:
        value = value.replace(tzinfo=None)
    if isinstance(value, str) or not isinstance(value, int | float | Decimal | datetime.date | type(None)):
        cell = WriteOnlyCell(sheet, "")
        # openpyxl turns "=..." into a formula while it guesses the type; the type is set, not guessed.
        cell.value = None
        cell._value = _safe_text(str(value))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell = WriteOnlyCell(sheet, value)
    if heading:
        cell.font = Font(bold=True)
    return cell


def _safe_text(text: str) -> str:
    return "".join(char for char in text[:_CELL_LIMIT] if char in "\n\t" or ord(char) >= 32)


def _widths(header: Sequence[str], rows: list[list[Any]]) -> list[float]:
    columns = max([len(header), *(len(row) for row in rows[:200])], default=0)
    widths = []
    for index in range(columns):
        texts = [
            str(row[index])
            for row in ([header] if header else []) + rows[:200]
            if index < len(row) and row[index] is not None
        ]
        widths.append(min(_WIDEST, max((len(text) for text in texts), default=8) + 2))
    return widths


def _free_title(title: str, taken: set[str]) -> str:
    plain = "".join("-" if char in "[]:*?/\\" else char for char in normalise(title)).strip("' \n")[:28] or "Bảng"
    free, number = plain, 2
    while free.lower() in taken:
        free, number = f"{plain[:26]} {number}", number + 1
    taken.add(free.lower())
    return free
