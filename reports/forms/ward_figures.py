"""The file of a ward that runs apart: its upload, and each of its rows checked by name."""

import io
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError

from documents.choices import FilePurpose
from documents.spreadsheets import read_rows
from documents.uploads import CONTENT_TYPES, check_upload
from reports.figure_file import COLUMNS, SHEET, read_table
from reports.selectors.ward_figures import KnownFigures, fate_of, same_code
from units.forms.fields import DayField, LineField

MOST_ROWS = 2_000
MOST_COLUMNS = 50
MOST_PEOPLE = 1_000_000
_FIELDS = {"A8": "required", "A9": "present", "report": "report_number", "ward": "ward_code"}


class WardFiguresFileForm(forms.Form):
    """The file; `table` (FigureTable) holds its known columns when it is valid."""

    upload = forms.FileField(
        label="Tệp số liệu (.xlsx)",
        help_text="Tệp do chương trình của xã, phường xuất ra, hoặc tệp mẫu đã điền. Một tệp có thể gồm nhiều xã, phường.",
        error_messages={"required": "Đồng chí chọn tệp số liệu."},
    )

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        checked = check_upload(upload, purpose=FilePurpose.EVIDENCE)
        if checked.content_type != CONTENT_TYPES["xlsx"]:
            raise ValidationError(
                "Mục này chỉ nhận tệp Excel .xlsx. Tệp chưa được lưu; đồng chí chọn tệp số liệu.", code="wrong_type"
            )
        self.name = checked.name
        rows = read_rows(io.BytesIO(checked.data), sheet=SHEET, row_limit=MOST_ROWS, column_limit=MOST_COLUMNS)
        self.table = read_table(rows)
        if self.table.missing:
            names = ", ".join(f"“{name}”" for name in self.table.missing)
            raise ValidationError(
                f"Tệp chưa có cột {names}. Chưa có gì được ghi; đồng chí dùng tệp mẫu hoặc tệp do xã, phường xuất ra.",
                code="missing_columns",
            )
        if not self.table.rows:
            raise ValidationError("Tệp không có dòng số liệu nào. Đồng chí xem lại tệp.", code="no_rows")
        return upload


def _figure(label):
    words = {"invalid": "Cần là số nguyên.", "min_value": "Không được là số âm.", "max_value": "Số quá lớn."}
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_PEOPLE, error_messages=words)


def _needed(kind, label, **more):
    return kind(label=label, error_messages={"required": "Chưa ghi."}, **more)


class WardFiguresRowForm(forms.Form):
    """One row of the file."""

    ward_code = _needed(LineField, COLUMNS["ward"][0], max_length=40)
    ward_name = _needed(LineField, COLUMNS["ward_name"][0], max_length=200)
    directive = _needed(LineField, COLUMNS["directive"][0], max_length=60)
    directive_date = _needed(DayField, COLUMNS["directive_date"][0])
    report_number = _needed(LineField, COLUMNS["report"][0], max_length=40)
    report_date = _needed(DayField, COLUMNS["report_date"][0])
    counted_on = DayField(label=COLUMNS["counted_on"][0], required=False)
    asked = _figure(COLUMNS["asked"][0])
    accepted = _figure(COLUMNS["accepted"][0])
    required = _figure(COLUMNS["A8"][0])
    present = _figure(COLUMNS["A9"][0])
    withheld = _figure(COLUMNS["withheld"][0])

    def clean(self):
        data = super().clean()
        for part, whole in (("accepted", "asked"), ("present", "required")):
            small, great = data.get(part), data.get(whole)
            if part in self.errors or whole in self.errors:
                continue
            if (small is None) != (great is None):
                lacking = part if small is None else whole
                self.add_error(lacking, f"Còn trống trong khi đã có “{self.fields[part if lacking == whole else whole].label}”.")
            elif small is not None and small > great:
                self.add_error(part, f"{small} nhiều hơn “{self.fields[whole].label}” ({great}).")
        return data


@dataclass
class FiguresRow:
    """One row as it was read. `state`: "new", "changed", "same", "older" (a newer report is held) or "wrong"."""

    number: int
    ward: str
    paper: str
    state: str = "wrong"
    fields: dict = field(default_factory=dict)
    held: object = None
    problems: list[tuple[str, str]] = field(default_factory=list)


def read_figures(table_rows, *, known: KnownFigures) -> list[FiguresRow]:
    """A FiguresRow per row of the file; nothing is written."""
    rows, seen = [], {}
    for number, typed in table_rows:
        row = FiguresRow(number, typed.get("ward_name") or typed.get("ward", ""), typed.get("directive", ""))
        rows.append(row)
        form = WardFiguresRowForm({_FIELDS.get(code, code): text for code, text in typed.items()})
        if form.is_valid():
            _compare(row, form.cleaned_data, known=known, seen=seen)
        row.problems += [(form.fields[name].label, errors[0]) for name, errors in form.errors.items()]
    return rows


def _compare(row, data, *, known, seen):
    """Set the state of a row whose cells are right by what the level above has already."""
    code = same_code(data["ward_code"])
    directive, why = known.directive(data["directive"], data["directive_date"])
    if directive is None:
        row.problems.append((COLUMNS["directive"][0], why))
    if code in known.here:
        row.problems.append(
            (COLUMNS["ward"][0], "Xã, phường này dùng chung chương trình; số liệu được lấy thẳng từ báo cáo đã ban hành.")
        )
    if (name := known.names.get(code)) and same_code(name) != same_code(data["ward_name"]):
        row.problems.append((COLUMNS["ward"][0], f"Mã {data['ward_code']} đã được dùng cho “{name}”."))
    if row.problems:
        return
    if before := seen.get((code, directive.pk)):
        row.problems.append((COLUMNS["ward"][0], f"Xã, phường và văn bản này đã có ở dòng {before}."))
        return
    seen[code, directive.pk] = row.number
    row.paper = directive.short_form
    row.fields = {name: value for name, value in data.items() if name != "directive_date"}
    row.fields |= {"directive": directive, "withheld": data["withheld"] or 0}
    row.held = known.figures(code, directive)
    row.state = fate_of(row.fields, row.held)
