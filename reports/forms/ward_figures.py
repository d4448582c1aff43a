"""The file of a ward that runs apart: its upload, and each of its rows checked by name."""

import io
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError

from documents.choices import FilePurpose
from documents.dates import short
from documents.spreadsheets import read_rows
from documents.uploads import CONTENT_TYPES, check_upload
from reports.figure_file import COLUMNS, SHEET, read_table
from reports.forms.compiled import DATE_FORMATS
from reports.selectors.ward_figures import KnownFigures, fate_of, same_code
from units.forms.fields import DayField, LineField

MOST_ROWS = 2_000
MOST_COLUMNS = 50
MOST_PEOPLE = 1_000_000
LONGEST = 200  # the name of a ward
_FIELDS = {"A8": "required", "A9": "present", "report": "report_number", "ward": "ward_code"}


_FIRST = {"changed": 0, "older": 1}  # what takes the place of something is looked at first


class WardFiguresFileForm(forms.Form):
    """The file and whose it is; `table` (FigureTable) holds its known columns when it is valid."""

    sender = forms.ChoiceField(
        label="Tệp này của",
        choices=[("one", "Một xã, phường"), ("many", "Nhiều xã, phường (tệp đã gộp)")],
        widget=forms.RadioSelect,
        initial="one",
        error_messages={"required": "Đồng chí chọn tệp của một hay nhiều xã, phường."},
    )
    ward_code = LineField(
        label="Mã xã, phường gửi tệp",
        max_length=40,
        required=False,
        help_text="Ghi khi tệp của một xã, phường, thí dụ NT. Dòng ghi mã khác sẽ không được ghi vào số liệu.",
    )
    upload = forms.FileField(
        label="Tệp số liệu (.xlsx)",
        help_text="Tệp do chương trình của xã, phường xuất ra, hoặc tệp mẫu đã điền. Một tệp có thể gồm nhiều xã, phường.",
        error_messages={"required": "Đồng chí chọn tệp số liệu."},
    )

    def clean(self):
        data = super().clean()
        if data.get("sender") == "one" and "ward_code" not in self.errors and not data.get("ward_code"):
            self.add_error("ward_code", "Đồng chí ghi mã xã, phường gửi tệp, hoặc chọn “Nhiều xã, phường”.")
        return data

    @property
    def owner(self):
        """Code of the one ward whose file it is, "" for a file of many (valid form only)."""
        return self.cleaned_data["ward_code"] if self.cleaned_data["sender"] == "one" else ""

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        checked = check_upload(upload, purpose=FilePurpose.EVIDENCE)
        if checked.content_type != CONTENT_TYPES["xlsx"]:
            raise ValidationError(
                "Mục này chỉ nhận tệp Excel .xlsx. Tệp chưa được lưu; đồng chí chọn tệp số liệu.", code="wrong_type"
            )
        self.name = checked.name
        rows = read_rows(
            io.BytesIO(checked.data),
            sheet=SHEET,
            row_limit=MOST_ROWS,
            column_limit=MOST_COLUMNS,
            cell_limit=LONGEST + 1,  # the rows wait in the session; one more, so that too long is still told
        )
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


class WithdrawFileForm(forms.Form):
    """Why a file taken in is taken back."""

    reason = LineField(label="Lý do rút lại", max_length=300, help_text="Thí dụ: nhập nhầm tệp của quý trước.")


class WardFiguresRowForm(forms.Form):
    """One row of the file."""

    ward_code = _needed(LineField, COLUMNS["ward"][0], max_length=40)
    ward_name = _needed(LineField, COLUMNS["ward_name"][0], max_length=LONGEST)
    directive = _needed(LineField, COLUMNS["directive"][0], max_length=60)
    directive_date = _needed(DayField, COLUMNS["directive_date"][0])
    report_number = _needed(LineField, COLUMNS["report"][0], max_length=40)
    report_date = _needed(DayField, COLUMNS["report_date"][0], input_formats=DATE_FORMATS)
    counted_on = DayField(label=COLUMNS["counted_on"][0], required=False, input_formats=DATE_FORMATS)
    asked = _figure(COLUMNS["asked"][0])
    accepted = _figure(COLUMNS["accepted"][0])
    required = _figure(COLUMNS["A8"][0])
    present = _figure(COLUMNS["A9"][0])
    withheld = _figure(COLUMNS["withheld"][0])

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        data = super().clean()
        # a day to come would keep every true report out as older
        for name in ("report_date", "counted_on"):
            if (day := data.get(name)) and day > self.today:
                self.add_error(name, f"Ngày {short(day)} ở sau hôm nay. Đồng chí đề nghị xã, phường xem lại ngày.")
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
    """One row as it was read. `state`: "new", "changed", "same", "older" (a newer report is held) or "wrong".

    `notes` are what a person should look at before it is written.
    """

    number: int
    ward: str
    paper: str
    state: str = "wrong"
    fields: dict = field(default_factory=dict)
    held: object = None
    own: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def over(self):
        """Primary key of what is held, whose place the row would take; None when nothing is held."""
        return self.held.pk if self.held else None

    @property
    def asks(self):
        """True when it is written only with a tick of its own."""
        return self.state in _FIRST or (self.state == "new" and bool(self.notes))

    @property
    def tick(self):
        """Value of that tick: what was held when the person saw it is part of it."""
        return f"{self.number}-{self.over or 0}"

    @property
    def ticked(self):
        """True when the tick is set to begin with: a later report in the ward's own file, of the ward's known name."""
        return self.state == "changed" and self.own and not self.notes


def read_figures(table_rows, *, known: KnownFigures, today, owner: str = "") -> list[FiguresRow]:
    """A FiguresRow per row of the file, what takes the place of something first; nothing is written.

    `owner` is the code of the one ward whose file it is: rows of others are wrong.
    """
    rows, seen = [], {}
    for number, typed in table_rows:
        ward = typed.get("ward_name") or typed.get("ward", "")
        row = FiguresRow(number, ward, typed.get("directive", ""), own=bool(owner))
        rows.append(row)
        form = WardFiguresRowForm({_FIELDS.get(code, code): text for code, text in typed.items()}, today=today)
        if form.is_valid():
            _compare(row, form.cleaned_data, known=known, seen=seen, owner=owner)
        row.problems += [(form.fields[name].label, errors[0]) for name, errors in form.errors.items()]
    return sorted(rows, key=lambda row: _FIRST.get(row.state, len(_FIRST)))


def _compare(row, data, *, known, seen, owner):
    """Set the state of a row whose cells are right by what the level above has already."""
    code = same_code(data["ward_code"])
    directive, why = known.directive(data["directive"], data["directive_date"])
    if directive is None:
        row.problems.append((COLUMNS["directive"][0], why))
    if owner and code != same_code(owner):
        why = f"Tệp này của mã {owner}, dòng ghi mã {data['ward_code']}. Đồng chí hỏi lại nơi gửi tệp."
        row.problems.append((COLUMNS["ward"][0], why))
    if code in known.here:
        row.problems.append(
            (COLUMNS["ward"][0], "Xã, phường này dùng chung chương trình; số liệu được lấy thẳng từ báo cáo đã ban hành.")
        )
    if row.problems:
        return
    if (name := known.names.get(code)) and same_code(name) != same_code(data["ward_name"]):
        row.notes.append(f"Mã {data['ward_code']} trước đây ghi “{name}”. Đồng chí đánh dấu nếu đúng là xã, phường ấy.")
    if before := seen.get((code, directive.pk)):
        row.problems.append((COLUMNS["ward"][0], f"Xã, phường và văn bản này đã có ở dòng {before}."))
        return
    seen[code, directive.pk] = row.number
    row.paper = directive.short_form
    row.fields = {name: value for name, value in data.items() if name != "directive_date"}
    row.fields |= {"directive": directive, "withheld": data["withheld"] or 0}
    row.held = known.figures(code, directive)
    row.state = fate_of(row.fields, row.held)
