"""The file by which a ward that runs apart hands its issued figures to the level above: sums, no person.

One row per issued report and directive. A column is known by its code (second row of the file) or by its heading, in
any order; what is not listed here is not read. The order and the codes stay for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.spreadsheets import Sheet, write_workbook
from units.folding import fold

SHEET = "Số liệu"
HEADING_ROWS = 12  # a title may stand above the heading
# code -> (heading, what it means, example)
COLUMNS = {
    "ward": ("Mã xã, phường", "mã ổn định của xã, phường, như trong thiết lập của đơn vị", "NT"),
    "ward_name": ("Xã, phường", "tên Đảng bộ xã, phường", "Đảng bộ phường Nông Tiến"),
    "directive": ("Văn bản", "số, ký hiệu của văn bản cấp trên", "05-CT/TU"),
    "directive_date": ("Ngày văn bản", "ngày ban hành của văn bản cấp trên", "05/5/2026"),
    "report": ("Báo cáo số", "số, ký hiệu báo cáo đã ban hành", "12-BC/ĐU"),
    "report_date": ("Ngày ký", "ngày của báo cáo", "05/6/2026"),
    "counted_on": ("Số liệu tính đến", "ngày khóa số liệu; không bắt buộc", "04/6/2026"),
    "asked": ("Phải báo cáo", "số tổ chức đảng phải báo cáo", "58"),
    "accepted": ("Đã tiếp nhận", "số tổ chức đảng có báo cáo được tiếp nhận", "56"),
    "A8": ("Phải dự", "số đảng viên phải dự; để trống khi chưa có số liệu", "1058"),
    "A9": ("Có mặt", "số đảng viên có mặt; để trống khi chưa có số liệu", "1012"),
    "withheld": ("Đơn vị lực lượng vũ trang chưa gồm", "số đơn vị không nêu số liệu; trống là 0", "1"),
}
NEEDED = ("ward", "ward_name", "directive", "directive_date", "report", "report_date", "asked", "accepted", "A8", "A9")


def figure_workbook(rows: Sequence[dict]) -> bytes:
    """The file itself: `rows` are dicts by code; a figure that is missing is an empty cell, never 0."""
    header = [heading for heading, _meaning, _example in COLUMNS.values()]
    guide = [[code, *words] for code, words in COLUMNS.items()]
    return write_workbook(
        [
            Sheet(SHEET, header, [list(COLUMNS), *([row.get(code) for code in COLUMNS] for row in rows)]),
            Sheet("Cách ghi", ["Mã cột", "Cột", "Nội dung", "Thí dụ"], guide),
        ]
    )


@dataclass
class FigureTable:
    """What was read of a file: (row number as Excel shows it, {code: text}) and the headings that were left unread."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def read_table(table: Sequence[Sequence[str]]) -> FigureTable:
    """Only the known columns of `table` (documents.spreadsheets.read_rows) leave this function."""
    place, keys = _heading(table)
    words = table[place] if place < len(table) else []
    read = FigureTable(
        ignored=[text[:80] for index, text in enumerate(words) if text and index not in keys],
        missing=[COLUMNS[code][0] for code in NEEDED if code not in keys.values()],
    )
    for offset, cells in enumerate(table[place + 1 :]):
        typed = {code: cells[index] if index < len(cells) else "" for index, code in keys.items()}
        if any(typed.values()) and any(_code_of(text) != code for code, text in typed.items() if text):
            read.rows.append((place + offset + 2, typed))
    return read


def _heading(table):
    """(index, {column: code}) of the row with the most known headings; the first of two columns of one name is taken."""
    best = (0, {})
    for place, cells in enumerate(table[:HEADING_ROWS]):
        keys = {}
        for index, text in enumerate(cells):
            code = _code_of(text)
            if code and code not in keys.values():
                keys[index] = code
        if len(keys) > len(best[1]):
            best = (place, keys)
    return best


def _code_of(text):
    return _NAMES.get(" ".join(fold(text).split()), "")


_NAMES = {fold(name): code for code, (heading, *_rest) in COLUMNS.items() for name in (heading, code)}
