"""The send list of a paper and the list of units as workbooks."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from documents.models import Dispatch
from documents.spreadsheets import Sheet, write_workbook
from documents.unit_rows import COLUMNS
from units.models import Unit

_SENT = (
    "Nơi nhận", "Số bản", "Gửi bằng", "Gửi lúc", "Người gửi", "Nhận lúc", "Mở trong chương trình lúc", "Người mở", "Báo quán triệt lúc"
)  # fmt: skip
_WIDTHS = (44, 8, 20, 18, 24, 18, 22, 24, 20)


def send_list_workbook(rows: Iterable[Dispatch], channels: Sequence[tuple[str, int]] = ()) -> bytes:
    """The lines in the order of Nơi nhận; what did not happen is an empty cell. `channels`: how many were sent which way."""
    lines = [
        (
            row.addressee,
            row.copies,
            row.get_channel_display() if row.sent_at else None,
            _moment(row.sent_at),
            _name(row.sent_by),
            _moment(row.received_at),
            _moment(row.first_opened_at),
            _name(row.first_opened_by),
            _moment(row.stated_at),
        )  # fmt: skip
        for row in rows
    ]
    ways = Sheet("Theo cách gửi", ("Gửi bằng", "Số nơi đã gửi"), channels, (36, 16))
    return write_workbook([Sheet("Danh sách gửi", _SENT, lines, _WIDTHS), ways])


def units_workbook(units: Iterable[Unit], secretaries: dict[int, tuple[str, str, str]]) -> bytes:
    """The units under the headings of the import, so that the file can be corrected and read in again.

    `secretaries`: unit id -> (name, telephone, e-mail). Counts of a unit whose `hides_members` is set stay empty, and an
    empty cell changes nothing when it is read in.
    """
    rows = [_unit(unit, *secretaries.get(unit.pk, ("", "", ""))) for unit in units]
    return write_workbook([Sheet("Đơn vị", [column.title for column in COLUMNS], rows)])


def _unit(unit: Unit, secretary: str, phone: str, email: str) -> list:
    values = {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.get_kind_display(),
        "parent_code": unit.parent.code if unit.depth > _BELOW_WARD else None,
        "member_count": None if unit.hides_members else unit.member_count,
        "exempt_count": None if unit.hides_members else unit.exempt_count,
        "usual_meeting_day": unit.usual_meeting_day,
        "active_from": f"{unit.active_from:%d/%m/%Y}" if unit.active_from else None,
        "secretary": secretary or None,
        "phone": phone or None,
        "email": email or None,
    }
    return [values[column.key] for column in COLUMNS]


_BELOW_WARD = 2  # a unit that reports to the ward itself; its parent is written only deeper down


def _moment(at) -> str | None:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else None


def _name(person) -> str | None:
    return str(person) if person else None
