"""Excel of the merged outline and forms: one sheet per biểu with its source column, one with every text of the outline."""

from campaigns.choices import ColumnKind
from documents.spreadsheets import Sheet, write_workbook
from reports.selectors.merging import merged_forms, outline_counts, texts_of

SOURCES = ["Đơn vị", "Mã đơn vị"]


def merged_workbook(plan, submissions, coverage) -> bytes:
    """The file; a cell nobody filled in is empty, never 0, a number is a number."""
    sheets = [_sheet(form) for form in merged_forms(plan, submissions)]
    outline = outline_counts(plan, submissions)
    if outline:
        rows = [
            [heading.number, heading.title, one.unit, one.text]
            for _, headings in outline
            for heading, count in headings
            if count
            for one in texts_of(plan, submissions, heading)
        ]
        sheets.insert(0, Sheet(title="Đề cương", header=["Mục", "Tên mục", "Đơn vị", "Nội dung"], rows=rows))
    missing = [["Chưa báo cáo", unit.code, unit.short_name] for unit in (*coverage.missing, *coverage.bodies_missing)]
    counted = [["Đã tổng hợp", one.unit.code, one.unit.short_name] for one in submissions]
    apart = [["Báo cáo bằng văn bản riêng", unit.code, unit.short_name] for unit in coverage.bodies_apart]
    rows = [*counted, *apart, *missing]
    sheets.append(Sheet(title="Phạm vi", header=["Tình trạng", "Mã đơn vị", "Đơn vị"], rows=rows))
    return write_workbook(sheets)


def _sheet(form):
    part = form.part
    grouped = part.groups != ("",)
    titles = [" - ".join(filter(None, (one.group, one.title))) for one in part.columns]
    header = [*(["Nhóm"] if grouped else []), *titles, *SOURCES]
    rows = [
        [*([name] if grouped else []), *_values(part, row, number), row.source, "; ".join(filter(None, row.codes))]
        for name, merged in form.groups
        for number, row in enumerate(merged, 1)
    ]
    return Sheet(title=f"Biểu {part.number}", header=header, rows=rows)


def _values(part, row, number):
    return [number if one.kind == ColumnKind.ORDER else _value(one.kind, row.cells.get(one.key, "")) for one in part.columns]


def _value(kind, text):
    if kind in {ColumnKind.NUMBER, ColumnKind.PERCENT} and text:
        return float(text) if "." in text else int(text)
    return text or None
