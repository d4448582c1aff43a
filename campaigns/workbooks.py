"""Excel of the office's lists over duties, calls and conferences: what the page shows, one row a line, texts whole."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from campaigns.choices import AssignmentState
from campaigns.models import Assignment, Duty
from documents.spreadsheets import Sheet, write_workbook
from units.templatetags.lantoa import state_word

_DUTY = ["Kế hoạch", "Việc", "Thời hạn in trên kế hoạch", "Hạn", "Trạng thái", "Tiến độ", "Sản phẩm", "Hoàn thành"]
_DUTY_WIDTHS = [16, 60, 28, 12, 16, 40, 34, 18]


def bodies_workbook(lines, rows: Iterable[Assignment], *, on: dt.date) -> bytes:
    """Every body with its counts, then every duty of every body."""
    header = ["Mã", "Cơ quan", "Đầu mối", "Được giao", "Đã xong", "Quá hạn", "Hạn gần nhất"]
    counts = [
        [one.unit.code, one.unit.name, ", ".join(one.people), one.asked, one.done, one.late, _day(one.next_due_on)]
        for one in lines
    ]
    duties = [[row.unit.name, *_duty(row, on=on)] for row in rows]
    return write_workbook(
        [
            Sheet("Các cơ quan", header, counts, [12, 40, 40, 10, 10, 10, 14]),
            Sheet("Nhiệm vụ", ["Cơ quan", *_DUTY], duties, [34, *_DUTY_WIDTHS]),
        ]
    )


def body_workbook(rows: Iterable[Assignment], helped: Iterable[Duty], *, on: dt.date) -> bytes:
    """The duties of one body, then those it helps with."""
    others = [[str(one.plan), one.text, one.lead_text, one.deadline_phrase or None, _last_day(one)] for one in helped]
    header = ["Kế hoạch", "Việc", "Chủ trì", "Thời hạn in trên kế hoạch", "Hạn"]
    return write_workbook(
        [
            Sheet("Nhiệm vụ", _DUTY, [_duty(row, on=on) for row in rows], _DUTY_WIDTHS),
            Sheet("Phối hợp", header, others, [16, 60, 34, 28, 12]),
        ]
    )


def assignments_workbook(rows: Iterable[Assignment], *, on: dt.date) -> bytes:
    """What one plan asks, of whom, by when."""
    lines = [[row.unit.code, row.unit.name, row.duty.lead_text, *_duty(row, on=on), row.reason or None] for row in rows]
    header = ["Mã", "Đơn vị", "Giao cho", *_DUTY, "Lý do"]
    return write_workbook([Sheet("Nhiệm vụ", header, lines, [12, 34, 34, *_DUTY_WIDTHS, 30])])


def calls_workbook(groups, *, on: dt.date) -> bytes:
    """Whom to call today, in the order of the page."""
    header = [
        "Cấp ủy viên phụ trách", "Đơn vị", "Bí thư, đầu mối", "Điện thoại", "Người nhập giúp", "Điện thoại người nhập giúp",
        "Hạn", "Quá hạn (ngày)", "Gọi lần cuối", "Kết quả", "Hẹn ngày", "Ghi chú",
    ]  # fmt: skip
    rows = [_call(group, row, on) for group in groups for row in group.rows]
    return write_workbook([Sheet("Cần gọi", header, rows, [28, 34, 26, 16, 26, 16, 12, 10, 18, 24, 12, 40])])


def roll_workbook(groups) -> bytes:
    """Those convened to a conference: their answers and the roll; a count that is not kept is an empty cell."""
    header = [
        "Thành phần", "Họ và tên", "Chức vụ", "Đơn vị", "Triệu tập", "Trả lời", "Người dự thay", "Điểm danh",
        "Có mặt", "Vắng có lý do", "Vắng không lý do", "Ghi chú",
    ]  # fmt: skip
    rows = [_invitee(one.group, line) for one in groups for line in one.invitees]
    return write_workbook([Sheet("Danh sách", header, rows, [30, 28, 30, 30, 10, 16, 28, 16, 9, 12, 14, 40])])


def doubts_workbook(lines) -> bytes:
    """What may have been sent between a backup and its restore."""
    header = ["Người nhận", "Ngày", "Kênh", "Nội dung"]
    rows = [[str(one.person), _day(one.doubt.day), ", ".join(one.channels), "\n".join(one.what)] for one in lines]
    return write_workbook([Sheet("Có thể đã gửi", header, rows, [30, 12, 34, 90])])


def _duty(row: Assignment, *, on: dt.date) -> list:
    late = row.state in AssignmentState.OPEN and row.due_on is not None and row.due_on < on
    file = row.product_file.shown_name if row.product_file_id else ""
    paper = str(row.product_paper) if row.product_paper_id else ""
    return [
        str(row.plan),
        row.duty.text,
        row.duty.deadline_phrase or None,
        _day(row.due_on),
        state_word("overdue" if late else row.state),
        row.note or None,
        "; ".join(filter(None, (paper, row.product_words, file))) or None,
        _moment(row.settled_at),
    ]


def _call(group, row, on: dt.date) -> list:
    call = row.last_call
    told = (
        [_moment(call.called_at), call.get_outcome_display(), _day(call.promised_on), call.note or None]
        if call
        else [None] * 4
    )
    late = (on - row.due_on).days
    return [
        group.person or ("cơ quan được giao việc" if group.bodies else "chưa phân công"), row.unit.name, row.secretary or None, row.phone or None, row.helper or None,
        row.helper_phone or None, _day(row.due_on), late if late > 0 else None, *told,
    ]  # fmt: skip


def _invitee(group, line) -> list:
    deputy = ", ".join(filter(None, (line.deputy_name, line.deputy_office)))
    return [
        str(group), line.name or None, line.office or None, line.unit.short_name if line.unit_id else None, line.heads,
        line.get_reply_display(), deputy or None, line.get_attendance_display(), line.present, line.excused, line.absent,
        line.absence_note or line.reply_note or None,
    ]  # fmt: skip


def _last_day(duty: Duty) -> str | None:
    return None if duty.tentative else _day(duty.last_day)


def _day(day: dt.date | None) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None


def _moment(at: dt.datetime | None) -> str | None:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else None
