"""The checklist: one row per rule, in the order of the format rules (section 13)."""

from documents.inspection import body_rows, head_rows, page_rows, signing_rows, wording_rows
from documents.inspection.layout import Layout
from documents.inspection.rows import Finding, Row
from documents.inspection.sheets import PAGE_LIMIT, TooManyPagesError, read
from documents.profiles import HD05_2026, Profile

ROWS: tuple[Row, ...] = (
    *page_rows.ROWS,
    *head_rows.ROWS,
    *body_rows.ROWS,
    *signing_rows.ROWS,
    *wording_rows.ROWS,
)


class NotAPdfError(ValueError):
    """The file cannot be read as a PDF."""


def inspect(data: bytes, *, profile: Profile = HD05_2026) -> list[Finding]:
    """Return one finding per row of the checklist.

    Args:
        data: the whole file.
        profile: the rules to measure against.

    Raises:
        NotAPdfError: the bytes are no PDF with at least one page.
    """
    layout = Layout(_open(data), profile)
    return [row.measure(layout) for row in ROWS]


def _open(data: bytes) -> list:
    if b"%PDF-" not in data[:1024]:
        raise NotAPdfError("Tệp này không phải là tệp PDF.")
    try:
        sheets = read(data)
    except TooManyPagesError as problem:
        raise NotAPdfError(f"Tệp PDF có hơn {PAGE_LIMIT} trang nên không đo được.") from problem
    except Exception as problem:  # a broken file makes the reader raise anything at all
        raise NotAPdfError("Tệp PDF bị hỏng hoặc có mật khẩu nên không đo được.") from problem
    if not sheets or not sheets[0].chars:
        raise NotAPdfError("Tệp PDF không có lớp chữ (có thể là bản quét) nên không đo được.")
    return sheets
