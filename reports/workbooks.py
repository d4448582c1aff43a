"""Excel of what the pages show."""

from documents.spreadsheets import CONTENT_TYPE as XLSX
from documents.spreadsheets import Sheet, write_workbook
from units.templatetags.lantoa import vn_datetime

__all__ = ["XLSX", "charts_workbook", "matrix_workbook", "overview_workbook"]


def matrix_workbook(plans, rows):
    """The progress matrix: a state in words per unit and plan."""
    header = ["Mã đơn vị", "Đơn vị", "Đồng chí phụ trách", *[f"KH {plan.number_text}" for plan in plans], "Hạn gần nhất"]
    lines = [
        [row.code, row.name, row.person, *[cell.word if cell else None for cell in row.cells], _day(row.nearest_due)]
        for row in rows
    ]
    return write_workbook([Sheet(title="Tiến độ", header=header, rows=lines)])


def charts_workbook(line, scored, lines):
    """What the pictures show as three sheets: receipts by day, scores by band, plans side by side."""
    days = [[one.day.isoformat(), one.count, one.total, float(one.percent)] for one in line.receipts.days]
    scores = [[band.label, band.own, band.appraised] for band in scored]
    header = ["Kế hoạch", "Văn bản", "Được giao", "Đã học", "Đã báo cáo", "Đúng hạn", "Có mặt", "Phải dự", "Tỷ lệ dự (%)"]
    compared = [
        [
            one.plan.number_text,
            ", ".join(paper.short_form for paper in one.plan.directives),
            one.receipts.asked,
            one.counts.studied,
            one.receipts.received,
            one.receipts.on_time,
            one.attendance.present,
            one.attendance.required,
            float(one.attendance.percent) if one.attendance.percent is not None else None,
        ]
        for one in lines
    ]
    return write_workbook(
        [
            Sheet(title="Theo ngày", header=["Ngày", "Nhận trong ngày", "Cộng dồn", "Tỷ lệ (%)"], rows=days),
            Sheet(title="Điểm", header=["Điểm", "Đơn vị tự chấm", "Thẩm định"], rows=scores),
            Sheet(title="So sánh", header=header, rows=compared),
        ]
    )


def overview_workbook(lines):
    """One line per ward of one directive; a ward without figures has empty cells, never 0."""
    header = ["Mã", "Xã, phường", "Đã tiếp nhận", "Phải báo cáo", "Có mặt", "Phải dự", "Tỷ lệ dự (%)", "Báo cáo số", "Ngày ký"]
    header += [f"Trước đính chính: {name}" for name in ("báo cáo số", "đã tiếp nhận", "phải báo cáo", "có mặt", "phải dự")]
    header.append("Nguồn")
    rows = [
        [
            line.ward.code,
            line.ward.name,
            line.accepted,
            line.asked,
            line.present,
            line.required,
            float(line.percent) if line.percent is not None else None,
            line.number or None,
            _day(line.dated_on),
            *_before(line.before),
            f"nhập từ tệp {line.file.file_name}, {vn_datetime(line.file.imported_at)}" if line.file else None,
        ]
        for line in lines
    ]
    return write_workbook([Sheet(title="Số liệu", header=header, rows=rows)])


def _before(line):
    if line is None:
        return [None] * 5
    return [line.number, line.accepted, line.asked, line.present, line.required]


def _day(day):
    return day.isoformat() if day else None
