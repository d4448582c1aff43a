"""The Excel list of units and secretaries as a ward already has it: headings in any order, cells as people type them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from documents import dates
from units.choices import UnitKind
from units.folding import fold


@dataclass(frozen=True)
class Column:
    """One column: its key, the heading of the template, other headings that mean the same, the longest text."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    limit: int = 200
    required: bool = False
    example: str = ""


COLUMNS = (
    Column("code", "Mã đơn vị", ("ma", "ma dv"), 24, True, "TDP-06"),
    Column("name", "Tên đơn vị", ("ten day du", "ten", "chi bo"), 200, True, "Chi bộ Tổ dân phố Tràng Đà 6"),
    Column("short_name", "Tên gọi tắt", ("ten tat", "ten ngan"), 80, False, "TDP Tràng Đà 6"),
    Column("kind", "Loại hình", ("loai",), 60, True, "Chi bộ tổ dân phố"),
    Column("parent_code", "Mã đơn vị cấp trên", ("truc thuoc", "cap tren", "ma cap tren"), 24),
    Column("member_count", "Số đảng viên", ("dang vien", "tong so dang vien"), 20, False, "28"),
    Column("exempt_count", "Số được miễn", ("mien", "mien sinh hoat", "so dang vien duoc mien"), 20, False, "3"),
    Column("usual_meeting_day", "Ngày sinh hoạt", ("ngay sinh hoat thuong ky", "ngay hop"), 20, False, "4"),
    Column("active_from", "Hoạt động từ ngày", ("tu ngay", "ngay thanh lap"), 20, False, "01/7/2025"),
    Column("secretary", "Họ tên bí thư", ("bi thu", "ten bi thu", "ho va ten bi thu"), 120, False, "Họ và tên"),
    Column("phone", "Điện thoại bí thư", ("dien thoai", "so dien thoai", "sdt"), 20, False, "0912 345 678"),
    Column("email", "Thư điện tử bí thư", ("email", "thu dien tu"), 120),
)
LONGEST = max(column.limit for column in COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
_KINDS = {kind.value: kind for kind in UnitKind if kind not in {UnitKind.PROVINCE, UnitKind.WARD}}
_KINDS_BY_NAME = {fold(kind.label): kind for kind in _KINDS.values()} | {
    fold(value): kind for value, kind in _KINDS.items()
}
_KIND_ALIASES = {
    "chi bo thon": UnitKind.RESIDENTIAL, "to dan pho": UnitKind.RESIDENTIAL, "thon": UnitKind.RESIDENTIAL,
    "cong an": UnitKind.POLICE, "quan su": UnitKind.MILITARY, "truong hoc": UnitKind.SCHOOL,
    "chi bo truong": UnitKind.SCHOOL, "tram y te": UnitKind.HEALTH, "doanh nghiep": UnitKind.ENTERPRISE,
    "hop tac xa": UnitKind.ENTERPRISE, "co quan": UnitKind.AGENCY, "chi bo truc thuoc": UnitKind.SUBORDINATE_CELL,
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell: the row as Excel numbers it, the heading, a sentence."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class UnitRow:
    """One row that reads well; None means the cell is empty and what is known stays."""

    row: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_code: str = ""
    member_count: int | None = None
    exempt_count: int | None = None
    usual_meeting_day: int | None = None
    active_from: date | None = None
    secretary: str = ""
    phone: str = ""
    email: str = ""


@dataclass
class ParsedList:
    """All rows of a list, with every problem found."""

    rows: list[UnitRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_list(table: Sequence[Sequence[str]]) -> ParsedList:
    """Read a table of texts (documents.spreadsheets.read_rows); the heading is looked for in its first ten rows."""
    found = ParsedList()
    place, keys = _heading(table)
    missing = [column.title for column in COLUMNS if column.required and column.key not in keys.values()]
    if missing:
        names = ", ".join(f"“{title}”" for title in missing)
        found.problems.append(
            Problem(place + 1, names, f"Không thấy cột {names} trong hàng tiêu đề. Hãy dùng tệp mẫu hoặc đổi tên cột.")
        )
        return found
    for number, cells in enumerate(table[place + 1 :], start=place + 2):
        typed = {key: cells[index] if index < len(cells) else "" for index, key in keys.items()}
        if any(typed.values()):
            _parse_row(number, typed, found)
    _refuse_twice(found)
    if not found.rows and not found.problems:
        found.problems.append(Problem(place + 2, "", "Tệp chưa có dòng đơn vị nào dưới hàng tiêu đề."))
    return found


def _heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]]:
    """The row that holds most known headings, and which column is where."""
    names = {fold(name): column.key for column in COLUMNS for name in (column.title, *column.aliases)}
    best: tuple[int, dict[int, str]] = (0, {})
    for place, cells in enumerate(table[:10]):
        keys: dict[int, str] = {}
        for index, text in enumerate(cells):
            key = names.get(fold(re.sub(r"[(*].*", "", text)))
            if key and key not in keys.values():
                keys[index] = key
        if len(keys) > len(best[1]):
            best = (place, keys)
    return best


def _parse_row(number: int, typed: dict[str, str], found: ParsedList) -> None:
    values: dict = {"row": number}
    before = len(found.problems)
    for key, text in typed.items():
        column = BY_KEY[key]
        try:
            values[key] = _value(column, text)
        except ValidationError as error:
            found.problems.append(Problem(number, column.title, error.messages[0]))
    if len(found.problems) > before:
        return
    values["short_name"] = values.get("short_name") or values["name"].removeprefix("Chi bộ ")[:80]
    members, exempt = values.get("member_count"), values.get("exempt_count")
    if members is not None and exempt is not None and exempt > members:
        sentence = f"Số được miễn ({exempt}) lớn hơn số đảng viên ({members})."
        found.problems.append(Problem(number, BY_KEY["exempt_count"].title, sentence))
    elif (values.get("phone") or values.get("email")) and not values.get("secretary"):
        sentence = "Có điện thoại hoặc thư điện tử mà chưa có họ tên bí thư."
        found.problems.append(Problem(number, BY_KEY["secretary"].title, sentence))
    else:
        found.rows.append(UnitRow(**values))


def _value(column: Column, text: str):
    if not text:
        if column.required:
            raise ValidationError(f"Thiếu {column.title.lower()}.")
        return "" if column.key in _TEXTS else None
    if len(text) > column.limit:
        raise ValidationError(f"“{text[:30]}…” dài hơn {column.limit} ký tự; đồng chí viết gọn lại.")
    return _READERS.get(column.key, str)(text)


def _kind(text: str) -> str:
    folded = fold(text)
    kind = _KINDS_BY_NAME.get(folded) or _KIND_ALIASES.get(folded)
    if kind:
        return kind.value
    near = get_close_matches(folded, [*_KINDS_BY_NAME, *_KIND_ALIASES], n=1, cutoff=0.5)
    guess = f" Có phải “{(_KINDS_BY_NAME.get(near[0]) or _KIND_ALIASES[near[0]]).label}” không?" if near else ""
    raise ValidationError(f"Không có loại hình “{text}”.{guess}")


def _count(text: str) -> int:
    plain = re.sub(r"(?<=\d)[.\s](?=\d{3}\b)", "", text)
    if not re.fullmatch(r"\d{1,5}", plain):
        raise ValidationError(f"“{text}” không phải là một số nguyên không âm.")
    return int(plain)


def _month_day(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text) or not 1 <= int(text) <= 31:
        raise ValidationError(f"“{text}” không phải là ngày trong tháng (1 đến 31).")
    return int(text)


def _day(text: str) -> date:
    try:
        return dates.parse(text)
    except ValueError:
        raise ValidationError(f"“{text}” không phải là một ngày. Hãy gõ như 01/7/2025.") from None


def _phone(text: str) -> str:
    digits = re.sub(r"[\s.()-]", "", text)
    digits = re.sub(r"^(?:\+?84)(?=\d{9}$)", "0", digits)
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = f"0{digits}"  # Excel drops the zero of a number that it takes for a figure
    if not re.fullmatch(r"0\d{9,10}", digits):
        raise ValidationError(f"“{text}” không phải là số điện thoại Việt Nam.")
    return digits


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(f"“{text}” không phải là địa chỉ thư điện tử.") from None
    return text


_TEXTS = {"code", "name", "short_name", "kind", "parent_code", "secretary", "phone", "email"}
_READERS = {
    "kind": _kind,
    "member_count": _count,
    "exempt_count": _count,
    "usual_meeting_day": _month_day,
    "active_from": _day,
    "phone": _phone,
    "email": _email,
}


def _refuse_twice(found: ParsedList) -> None:
    seen: dict[str, int] = {}
    for row in list(found.rows):
        first = seen.setdefault(row.code.casefold(), row.row)
        if first != row.row:
            found.problems.append(Problem(row.row, BY_KEY["code"].title, f"Mã “{row.code}” đã có ở dòng {first}."))
            found.rows.remove(row)
    found.problems.sort(key=lambda problem: problem.row)
