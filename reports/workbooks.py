"""Excel of what the pages and annexes show, with stable codes so that a province can stack its wards."""

from documents.spreadsheets import Sheet, write_workbook
from reports.figures import outside, rate
from units.templatetags.lantoa import state_word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEADINGS = [
    "Mã đơn vị",
    "Đơn vị",
    "Loại hình",
    "Tình trạng",
    "Phải dự",
    "Có mặt",
    "Vắng có lý do",
    "Vắng không lý do",
    "Tỷ lệ dự (%)",
    "Người ngoài Đảng",
    "Số buổi",
    "Hình thức",
    "Số ý kiến",
    "Điểm tự chấm",
    "Điểm thẩm định",
    "Xếp loại",
    "Ngày nộp",
    "Muộn (ngày)",
]
STANDINGS = {"accepted": "đã tiếp nhận", "sent": "chờ tiếp nhận", "missing": "chưa báo cáo", "exempt": "được miễn"}


def annex_workbook(figures):
    """One sheet per plan of a report's snapshot; missing figures are empty cells, never 0."""
    return write_workbook(
        [
            Sheet(title=f"KH {plan['number_text'] or index}".replace("/", "-"), header=HEADINGS, rows=[_row(row) for row in plan["rows"]])
            for index, plan in enumerate(figures["plans"], start=1)
        ]
    )


def _row(row):
    counts = row["counts"]
    share = rate(counts.get("present"), counts.get("required"))
    return [
        row["code"],
        row["name"],
        row["kind"],
        STANDINGS[row["standing"]],
        counts.get("required"),
        counts.get("present"),
        counts.get("excused"),
        counts.get("unexcused"),
        float(share) if share is not None else None,
        outside(counts),
        counts.get("sessions"),
        ", ".join(row["forms"]),
        counts.get("opinions"),
        float(row["self_total"]) if row["self_total"] else None,
        float(row["appraised_total"]) if row["appraised_total"] else None,
        row["level"],
        row["received_on"] or "",
        row["days_late"] or None,
    ]


def matrix_workbook(plans, rows):
    """The progress matrix: a state in words per unit and plan."""
    header = ["Mã đơn vị", "Đơn vị", "Đồng chí phụ trách", *[f"KH {plan.number_text}" for plan in plans], "Hạn gần nhất"]
    lines = [
        [row.code, row.name, row.person, *[state_word(cell.state) if cell else None for cell in row.cells], _day(row.nearest_due)]
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
    rows = [
        [
            line.ward.code,
            line.ward.name,
            line.accepted,
            line.asked,
            line.present,
            line.required,
            float(line.percent) if line.percent is not None else None,
            line.report.paper.number_text if line.report else None,
            _day(line.report.paper.dated_on) if line.report else None,
        ]
        for line in lines
    ]
    return write_workbook([Sheet(title="Số liệu", header=header, rows=rows)])


def _day(day):
    return day.isoformat() if day else None
