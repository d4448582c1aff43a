"""Rows about stamps, drafts, annexes, copies and the wording itself."""

import re
import unicodedata

from documents.inspection.head_rows import number_line
from documents.inspection.layout import Layout
from documents.inspection.rows import NOT_APPLICABLE, Result, RowSet
from documents.inspection.sheets import MM, Sheet, lines_of

_SET = RowSet()
_URGENT = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
_SECRET = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_COPY_NUMBER = re.compile(r"^Số (?:\d{2,4}|\s{2,})-BS/[A-ZĐ][A-Za-zĐđ]{0,11}$")
_WRONG_HYPHEN = re.compile(r"\d{1,4}\s?[–—‑−]\s?[A-ZĐ]{2,6}/[A-ZĐ]{2,}")
_CITED = re.compile(r"(\d{1,4}-[A-ZĐ][A-Za-zĐđ]{0,7}/[A-ZĐ]{1,12}), ngày (\d{1,2}/\d{1,2}/\d{4})")
_OLD_TONES = re.compile(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_NEW_TONES = re.compile(r"(?<![qQ])(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)", re.IGNORECASE)


@_SET.row("khẩn stamp", "C", "14 pt hoa đậm dưới số ký hiệu")
def _urgent(layout: Layout) -> Result:
    lines = [line for line in layout.head_left if line.text in _URGENT]
    if not lines:
        return NOT_APPLICABLE
    number = number_line(layout)
    holds = lines[0].bold and abs(lines[0].size - 14) <= 0.3 and bool(number and lines[0].top > number.baseline)
    return holds, lines[0].text, 1


@_SET.row("mật", "D", "không có dấu mật")
def _secret(layout: Layout) -> Result:
    for sheet in layout.sheets:
        if any(line.text.strip() in _SECRET for line in sheet.lines):
            return False, "có dấu mật", sheet.number
    return True, "không có", 1


@_SET.row("draft", "C", "dự thảo: dòng “Dự thảo lần N”, không số, chữ DỰ THẢO chéo trang")
def _draft(layout: Layout) -> Result:
    overlaid = ["DỰ THẢO" in sheet.overlay for sheet in layout.sheets]
    label = any(re.match(r"^Dự thảo lần \d+$", line.text) for line in layout.head_right)
    if not any(overlaid) and not label:
        return NOT_APPLICABLE
    number = number_line(layout)
    numbered = bool(number and re.search(r"\d", number.text))
    found = "có số" if numbered else "không số"
    return all(overlaid) and not numbered, f"{sum(overlaid)} trang có chữ DỰ THẢO, {found}", 1


@_SET.row("phụ lục", "M", "Phụ lục, số, tên, dòng “kèm theo”; số trang riêng")
def _annex(layout: Layout) -> Result:
    if not layout.annexes:
        return NOT_APPLICABLE
    count = 0
    for sheet in layout.annexes:
        if _annex_begins(sheet):
            count, number = count + 1, 1
        else:
            number = number + 1 if count else 0
        shown = [line.text for line in sheet.lines if line.top < 19 * MM]
        if not count or shown != ([] if number == 1 else [str(number)]):
            return False, f"trang {sheet.number} ghi số {' '.join(shown) or 'trống'}", sheet.number
    return True, f"{count} phụ lục, đánh số riêng", layout.annexes[0].number


@_SET.row("bản sao", "A", "nét liền 165 mm, Số NN-BS/…")
def _copy(layout: Layout) -> Result:
    for sheet in layout.sheets:
        lines = lines_of(sheet.number, sheet.chars, part_columns=True)
        number = next((line.text for line in lines if "-BS/" in line.text and line.text.startswith("Số")), None)
        if number is not None:
            x0, x1, _ = layout.copy_rules.get(sheet.number, (0, 0, 0))
            holds = abs((x1 - x0) / MM - 165) <= 1 and bool(_COPY_NUMBER.match(number))
            return holds, f"{(x1 - x0) / MM:.0f} mm, {number}", sheet.number
    return NOT_APPLICABLE


@_SET.row("citations", "B", "một ngày cho mỗi số ký hiệu")
def _citations(layout: Layout) -> Result:
    dates: dict[str, str] = {}
    for passage in layout.passages:
        for sign, day in _CITED.findall(passage.text):
            if dates.setdefault(sign, day) != day:
                return False, f"{sign}: {dates[sign]} và {day}", passage.lines[0].page
    return (True, f"{len(dates)} văn bản", 1) if dates else NOT_APPLICABLE


@_SET.row("deadlines", "D", "đọc được, đúng thứ tự, ngày làm việc")
def _deadlines(layout: Layout) -> Result:
    return None, "kiểm tra bằng check_plan, cần lịch làm việc", None


@_SET.row("tone style", "B", "một kiểu đặt dấu")
def _tones(layout: Layout) -> Result:
    old, new = None, None
    for line in layout.body:
        text = unicodedata.normalize("NFC", line.text)
        old = old or ((found := _OLD_TONES.search(text)) and (found[0], line.page))
        new = new or ((found := _NEW_TONES.search(text)) and (found[0], line.page))
    if old and new:
        return False, f"“{old[0]}” (trang {old[1]}) và “{new[0]}” (trang {new[1]})", old[1]
    return (True, "kiểu cũ" if old else "kiểu mới", 1) if old or new else NOT_APPLICABLE


@_SET.row("hyphens", "A", "dấu gạch nối thường trong số ký hiệu")
def _hyphens(layout: Layout) -> Result:
    for sheet in layout.sheets:
        for line in sheet.lines:
            if match := _WRONG_HYPHEN.search(line.text):
                return False, match[0], sheet.number
    return True, "U+002D", 1


def _annex_begins(sheet: Sheet) -> bool:
    return any(line.text.startswith("Phụ lục") or "kèm theo" in line.text for line in sheet.lines[:8]) or any(
        line.text == "-----" for line in sheet.lines[:10]
    )


ROWS = tuple(_SET.rows)
