"""The annex tables beside that of the units: by kind of unit, and by directive over all plans of a report."""

from documents.content import Column, Paragraph, Table
from reports.measures import MEAN, MISSING, said, total

STANDINGS = {
    "accepted": "đã tiếp nhận",
    "sent": "chờ tiếp nhận",
    "returned": "đang bổ sung",
    "missing": "chưa báo cáo",
    "exempt": "được miễn",
}
_NONE = "–"
_COUNTED = ("asked", "studied", "accepted", "required", "present", "attendance")
_KIND_COLUMNS = (
    Column("Loại hình", 3.4),
    Column("Được giao", 1.0, "right"),
    Column("Đã học", 1.0, "right"),
    Column("Đã tiếp nhận", 1.1, "right"),
    Column("Phải dự", 1.1, "right"),
    Column("Có mặt", 1.1, "right"),
    Column("Tỷ lệ dự", 1.1, "right"),
    Column("Điểm bình quân", 1.1, "right"),
)
_PLAN_COLUMNS = (
    Column("Văn bản", 3.4),
    Column("Kế hoạch", 1.3),
    *_KIND_COLUMNS[1:7],
    Column("Nộp đủ", 1.0, "right"),
    Column("Đúng hạn", 1.0, "right"),
)


def kind_blocks(plan):
    """The table of one plan by kind of unit, with the sums of the plan below; nothing while there is one kind only."""
    kinds = list(dict.fromkeys(row["kind"] for row in plan["rows"]))
    if len(kinds) < 2:
        return ()
    groups = [(kind, [row for row in plan["rows"] if row["kind"] == kind]) for kind in kinds]
    return (
        Table(
            columns=_KIND_COLUMNS,
            rows=tuple(_kind_row(kind, rows) for kind, rows in groups),
            title="Theo loại hình",
            total=_kind_row("Cộng", plan["rows"]),
            landscape=True,
        ),
    )


def _kind_row(words, rows):
    return (words, *(_cell(rows, name) for name in (*_COUNTED, MEAN)))


def plan_blocks(plans):
    """A line per plan and, where a directive of it was studied apart, per directive; heads are not added over directives."""
    lines = []
    for plan in plans:
        rows = plan["rows"]
        rates = [_cell(rows, name) for name in ("completeness", "timeliness")]
        lines.append((plan["name"], plan["number_text"], *(_cell(rows, name) for name in _COUNTED), *rates))
        lines.extend(_split_row(plan, split) for split in plan.get("split", ()))
    return (
        Table(columns=_PLAN_COLUMNS, rows=tuple(lines), landscape=True),
        Paragraph("Không cộng số người qua các văn bản: một đảng viên có thể học nhiều văn bản."),
    )


def _split_row(plan, split):
    studied, present = (_cell(plan["rows"], f"directive:{split['id']}:{name}") for name in ("studied", "present"))
    return (f"Riêng {split['name']}", plan["number_text"], "", studied, "", "", present, "", "", "")


def _cell(rows, name):
    text = said(rows, name)
    return _NONE if text == MISSING else text


def sums(rows, names):
    """The figures `names` over `rows` as numbers, None where nobody told them: the cells of an Excel line."""
    return [total(rows, name) for name in names]
