"""Excel of the reports received: one row a unit and plan, as the list shows them."""

from collections.abc import Iterable

from django.utils import timezone

from documents.spreadsheets import Sheet, write_workbook
from reports.models import Submission
from units.templatetags.lantoa import state_word

_HEADER = (
    "Mã", "Đơn vị", "Đồng chí phụ trách", "Kế hoạch", "Nhận lúc", "So với hạn", "Có mặt", "Phải dự", "Tự chấm", "Thẩm định",
    "Xếp loại", "Trạng thái", "Nguồn", "Số lần bổ sung",
)  # fmt: skip
_WIDTHS = (12, 34, 28, 16, 18, 16, 9, 9, 10, 10, 20, 16, 20, 14)


def results_workbook(submissions: Iterable[Submission]) -> bytes:
    """The file; `submissions` as selectors/submissions.py list_for_file gives them. Figures a unit keeps to itself, and
    those nobody gave, are empty cells, never 0."""
    return write_workbook([Sheet("Kết quả", _HEADER, [_row(one) for one in submissions], _WIDTHS)])


def _row(one: Submission) -> tuple:
    unit = one.unit
    return (
        unit.code, unit.name, unit.in_charge.full_name if unit.in_charge else None, str(one.plan),
        f"{timezone.localtime(one.submitted_at):%d/%m/%Y %H:%M}", one.verdict.label if one.verdict else None, one.present_count,
        None if unit.figures_withheld else one.required, _points(one.self_total), _points(one.appraised_total),
        one.appraised_level or one.self_level or None, state_word(one.state), one.get_source_display(), one.return_rounds,
    )  # fmt: skip


def _points(points) -> float | None:
    return None if points is None else float(points)
