"""The editor of one annex: its name, the headings of the outline, the forms and their columns."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory

from campaigns.choices import ColumnFill, ColumnKind, HeadingFill
from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.outline_text import read_outline
from campaigns.plan_content import AnnexText, ColumnText, FormText, OutlineText
from units.forms.fields import DayField

MOST_HEADINGS, MOST_FORMS, MOST_COLUMNS = 120, 12, 20
LEVELS = [(1, "I, II…"), (2, "1, 2…"), (3, "1.1, 1.2…")]


class NewAnnexForm(forms.Form):
    """A new annex; a pasted outline is read into headings and forms."""

    title = CleanLineField(label="Tên phụ lục", max_length=200, initial="Đề cương")
    pasted = CleanTextField(
        label="Dán đề cương có sẵn", required=False, rows=8, limit=60_000,
        help_text="Mục nhận theo số: I., 1., 1.1.; dòng “Biểu 1. …” mở một biểu, dòng sau ghi các cột cách nhau bằng dấu |.",
    )  # fmt: skip

    def content(self):
        """The annex as typed."""
        headings, tables = read_outline(self.cleaned_data["pasted"])
        return AnnexText(title=self.cleaned_data["title"], headings=headings[:MOST_HEADINGS], forms=tables[:MOST_FORMS])


class _Row(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False  # a button that adds a row must not be stopped by an empty field


class AnnexForm(_Row):
    """What stands above the annex."""

    label = CleanLineField(label="Chữ đứng trên tên", required=False, max_length=40, help_text="“Phụ lục”, hoặc để trống.")
    title = CleanLineField(label="Tên phụ lục", max_length=200)
    subject = CleanLineField(
        label="Trích yếu của phụ lục", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class HeadingRow(_Row):
    """A heading of the outline."""

    level = forms.TypedChoiceField(label="Cấp", choices=LEVELS, coerce=int)
    title = CleanLineField(label="Tên mục", max_length=500)
    guidance = CleanTextField(label="Gợi ý nội dung", required=False, rows=2)
    fill = forms.TypedChoiceField(
        label="Số liệu điền trước", choices=HeadingFill, required=False, empty_value=HeadingFill.NONE.value
    )

    def value(self):
        """The row as content."""
        return OutlineText(**self.cleaned_data)


class FormRow(_Row):
    """A biểu without its columns."""

    title = CleanLineField(label="Tên biểu", max_length=500)
    groups = CleanTextField(label="Các nhóm dòng, mỗi dòng một nhóm", required=False, rows=2, limit=4000)
    blank_rows = forms.IntegerField(label="Số dòng trống mỗi nhóm", min_value=0, max_value=50)
    repeating = forms.BooleanField(label="Thêm dòng “...” để ghi tiếp", required=False)
    landscape = forms.BooleanField(label="In ngang", required=False)
    period_from = DayField(label="Chỉ nhận ngày, từ", required=False)
    period_to = DayField(label="đến hết ngày", required=False)

    def clean(self):
        data = super().clean()
        first, last = data.get("period_from"), data.get("period_to")
        if first and last and first > last:
            self.add_error("period_to", ValidationError("Ngày cuối đang trước ngày đầu. Đồng chí xem lại.", code="period"))
        return data


class ColumnRow(_Row):
    """A column of a biểu."""

    title = CleanLineField(label="Tên cột", max_length=200)
    group = CleanLineField(label="Tiêu đề chung phía trên", required=False, max_length=200)
    kind = forms.ChoiceField(label="Kiểu", choices=ColumnKind)
    width = forms.IntegerField(label="Độ rộng", min_value=1, max_value=100)
    options = CleanTextField(label="Các giá trị để chọn, mỗi dòng một giá trị", required=False, rows=2, limit=4000)
    fill = forms.TypedChoiceField(
        label="Điền trước", choices=ColumnFill, required=False, empty_value=ColumnFill.NONE.value
    )

    def clean(self):
        data = super().clean()
        if data.get("kind") == ColumnKind.CHOICE and not data.get("options", "").strip():
            text = "Cột chọn trong danh sách cần ít nhất một giá trị để chọn."
            self.add_error("options", ValidationError(text, code="options"))
        return data

    def value(self):
        """The row as content."""
        return ColumnText(**self.cleaned_data)


def _rows(form, most):
    return formset_factory(form, extra=0, max_num=most, absolute_max=most + 5, validate_max=True)


HeadingRows = _rows(HeadingRow, MOST_HEADINGS)
FormRows = _rows(FormRow, MOST_FORMS)
ColumnRows = _rows(ColumnRow, MOST_COLUMNS)
NEW_COLUMN = {"kind": ColumnKind.TEXT.value, "width": 20, "title": "", "group": ""}
NEW_FORM = {"blank_rows": 3, "repeating": True, "columns": [NEW_COLUMN | {"title": "STT", "kind": "order", "width": 5}]}


class AnnexEditor:
    """The forms of the page, bound to what was posted or filled with `initial`."""

    def __init__(self, data=None, *, initial=None):
        initial = initial or {}
        self.general = AnnexForm(data, prefix="general", initial=initial.get("general"))
        self.headings = HeadingRows(data, prefix="headings", initial=initial.get("headings"))
        tables = initial.get("forms", [])
        self.tables = FormRows(data, prefix="forms", initial=tables)
        counted = range(len(self.tables.forms))
        columns = [table.get("columns", []) for table in tables] + [[]] * len(self.tables.forms)
        self.columns = [ColumnRows(data, prefix=f"columns{number}", initial=columns[number]) for number in counted]

    @classmethod
    def of_content(cls, annex: AnnexText) -> "AnnexEditor":
        """The editor as it opens."""
        return cls(
            initial={
                "general": {name: getattr(annex, name) for name in AnnexForm.base_fields},
                "headings": [vars(one) for one in annex.headings],
                "forms": [vars(one) | {"columns": [vars(column) for column in one.columns]} for one in annex.forms],
            }
        )

    @classmethod
    def rearranged(cls, data, act: str) -> "AnnexEditor":
        """The editor after a row button: rows moved, every typed character still there."""
        tables = _raw(data, "forms", FormRow, MOST_FORMS)
        for number, table in enumerate(tables):
            table["columns"] = _raw(data, f"columns{number}", ColumnRow, MOST_COLUMNS)
        initial = {"headings": _raw(data, "headings", HeadingRow, MOST_HEADINGS), "forms": tables}
        initial["general"] = {name: data.get(f"general-{name}", "") for name in AnnexForm.base_fields}
        _rearrange(initial, act)
        return cls(initial=initial)

    @property
    def parts(self):
        """The forms with their columns, for the page."""
        return list(zip(self.tables.forms, self.columns, strict=True))

    def is_valid(self) -> bool:
        """Whether all can be saved; every part is looked at, so that all faults show at once."""
        sets = [self.headings, self.tables, *self.columns]
        return all([self.general.is_valid(), *(one.is_valid() for one in sets)])

    def faults(self) -> int:
        """How many fields have to be looked at."""
        sets = [self.headings, self.tables, *self.columns]
        return len(self.general.errors) + sum(one.total_error_count() for one in sets)

    def content(self) -> AnnexText:
        """What was typed; only after is_valid()."""
        tables = tuple(
            FormText(columns=tuple(column.value() for column in columns.forms), **table.cleaned_data)
            for table, columns in self.parts
        )
        return AnnexText(headings=tuple(row.value() for row in self.headings.forms), forms=tables, **self.general.cleaned_data)


def _raw(data, prefix, form, most):
    """The rows of a list exactly as posted, valid or not."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(total), most) if total.isdecimal() and len(total) < 10 else 0
    return [{name: data.get(f"{prefix}-{row}-{name}", "") for name in form.base_fields} for row in range(count)]


def _rearrange(initial, act):
    """Do what a button asks: "headings-add", "headings-3-after", "forms-0-up", "columns0-2-remove"; others do nothing."""
    part, _, rest = act.partition("-")
    if part.startswith("columns") and part[7:].isdecimal() and len(part) < 10:
        number = int(part[7:])
        rows = initial["forms"][number]["columns"] if number < len(initial["forms"]) else None
        new = NEW_COLUMN
    else:
        rows, new = initial.get(part), NEW_FORM if part == "forms" else {"level": 1}
    if not isinstance(rows, list):
        return
    if rest == "add":
        rows.append(dict(new))
        return
    number, _, move = rest.partition("-")
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(rows):
        return
    place = int(number)
    other = {"up": place - 1, "down": place + 1}.get(move, -1)
    if move == "remove":
        del rows[place]
    elif move == "after" and part == "headings":
        rows.insert(place + 1, {"level": rows[place].get("level") or 1})
    elif 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
