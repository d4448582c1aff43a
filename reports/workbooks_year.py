"""Excel of the year sheets: one line per unit and plan, and one per unit."""

from django.utils import timezone

from documents.spreadsheets import Sheet, write_workbook
from reports.selectors.year_sheet import due_words

LINE_HEADINGS = [
    "Mã đơn vị", "Đơn vị", "Kế hoạch", "Văn bản", "Hạn báo cáo", "Nhận lúc", "Thời hạn", "Số lần bổ sung",
    "Phải dự", "Có mặt", "Tỷ lệ dự (%)", "Điểm tự chấm", "Điểm thẩm định", "Xếp loại",
]  # fmt: skip
UNIT_HEADINGS = [
    "Mã đơn vị",
    "Đơn vị",
    "Kế hoạch được giao",
    "Đã nộp",
    "Đúng hạn",
    "Số lần bổ sung",
    "Được chấm điểm",
    "Điểm bình quân",
]


def year_workbook(years):
    """Two sheets over `years` (UnitYear); what was not told is an empty cell, never 0."""
    return write_workbook(
        [
            Sheet(
                title="Từng kế hoạch",
                header=LINE_HEADINGS,
                rows=[_line(year.unit, line) for year in years for line in year.lines],
            ),
            Sheet(title="Từng đơn vị", header=UNIT_HEADINGS, rows=[_unit(year) for year in years]),
        ]
    )


def _line(unit, line):
    percent = line.percent
    return [
        unit.code,
        unit.short_name,
        line.plan,
        line.studied,
        due_words(line),
        timezone.localtime(line.sent_at) if line.sent_at else None,
        line.verdict.label if line.verdict else None,
        line.rounds,
        line.required,
        line.present,
        float(percent) if percent is not None else None,
        line.self_total,
        line.appraised_total,
        line.level or None,
    ]


def _unit(year):
    return [
        year.unit.code,
        year.unit.short_name,
        year.asked,
        year.sent,
        year.in_time,
        year.rounds,
        year.scored,
        year.mean,
    ]
