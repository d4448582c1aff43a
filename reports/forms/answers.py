"""The forms of an outline and its biểu: one text field a heading, one form a row; bound to what was typed, right or not."""

from django import forms

from campaigns.choices import ColumnKind, Product
from documents.text import FIELD_LIMIT
from reports.body_duties import writes_own_report
from reports.cells import CELL_LIMIT
from reports.forms.duty_ticks import DutyTicksForm
from reports.forms.fields import WordsField
from reports.outline import MOST_ROWS, FormPart, SectionPart, is_empty_row

_KEYPADS = {ColumnKind.NUMBER: "decimal", ColumnKind.PERCENT: "decimal", ColumnKind.DATE: "decimal"}
MOST_FIGURES = 3  # of a number of rows or of a row


class SectionForm(forms.Form):
    """A section of the outline; one field for each heading that asks for words, named by its id."""

    def __init__(self, *args, part: SectionPart, **kwargs):
        super().__init__(*args, **kwargs)
        self.part = part
        for heading in part.asking:
            self.fields[f"muc_{heading.pk}"] = WordsField(
                label=f"{heading.number}. {heading.title}", required=False, multiline=True, limit=FIELD_LIMIT, rows=5
            )

    @classmethod
    def typed(cls, part, content):
        """The form as it stands in `content`."""
        return cls({f"muc_{pk}": text for pk, text in content.get("headings", {}).items()}, part=part)

    def rows(self):
        """(heading, its field or None) in printed order."""
        _dress(self)
        return [(one, self[f"muc_{one.pk}"] if one.asks else None) for one in self.part.headings]

    def changes(self):
        """What was typed, word for word, for save_sheet."""
        typed = {str(one.pk): _kept(self.data.get(f"muc_{one.pk}", ""), FIELD_LIMIT) for one in self.part.asking}
        return {"headings": typed}

    @property
    def faults(self):
        return len(self.errors)


class CellField(forms.CharField):
    """One cell of a biểu, checked as its column and the period of the biểu demand."""

    def __init__(self, *, part: FormPart, column, **kwargs):
        self.part, self.column = part, column
        super().__init__(label=column.title, required=False, **kwargs)

    def clean(self, value):
        return self.part.read(self.column, value or "")


class RowForm(forms.Form):
    """One row of a biểu."""

    def __init__(self, *args, part: FormPart, **kwargs):
        super().__init__(*args, **kwargs)
        for column in part.asking:
            self.fields[column.key] = CellField(part=part, column=column, widget=_widget(column))

    def cells(self):
        """The fields as the page shows them."""
        _dress(self)
        return list(self)


class TableForm:
    """The rows of one biểu, group by group; a group always shows at least one row to write on."""

    def __init__(self, part: FormPart, rows: list[dict]):
        self.part = part
        self.typed = [[row["c"] for row in rows if row["g"] == group][:MOST_ROWS] for group in range(len(part.groups))]
        self.groups = []
        for group, name in enumerate(part.groups):
            texts = self.typed[group] or [{}]
            forms_of = [RowForm(_data(group, row, cells), prefix=f"r{group}-{row}", part=part) for row, cells in enumerate(texts)]
            self.groups.append((group, name, forms_of))

    @classmethod
    def of_content(cls, part, content):
        """The rows as they stand in `content`."""
        return cls(part, content.get("forms", {}).get(str(part.pk), []))

    @classmethod
    def posted(cls, part, data):
        """The rows as they came from the browser; "act" may add a row to a group or take one out."""
        rows = []
        for group in range(len(part.groups)):
            for row in range(_count(data.get(f"rows-{group}", ""))):
                cells = {one.key: _kept(data.get(f"r{group}-{row}-{one.key}", ""), CELL_LIMIT) for one in part.asking}
                rows.append({"g": group, "c": cells})
        act, _, number = data.get("act", "").partition("-")
        if act not in {"add", "remove"}:
            rows = [row for row in rows if not is_empty_row(row)]
        if act == "remove":
            group, _, row = number.partition("-")
            places = [place for place, one in enumerate(rows) if str(one["g"]) == group]
            if row.isdecimal() and len(row) <= MOST_FIGURES and int(row) < len(places):
                del rows[places[int(row)]]
        if act == "add" and number in {str(group) for group in range(len(part.groups))}:
            rows.append({"g": int(number), "c": {}})
        return cls(part, rows)

    def changes(self):
        """What was typed, word for word, for save_sheet."""
        rows = []
        for group, texts in enumerate(self.typed):
            rows.extend({"g": group, "c": cells} for cells in texts)
        return {"forms": {str(self.part.pk): rows}}

    def is_valid(self):
        """Whether every cell is right; every row is looked at, so that all faults show at once."""
        return not self.faults

    @property
    def faults(self):
        return sum(len(form.errors) for _, _, rows in self.groups for form in rows)

    @property
    def filled(self):
        """How many rows hold something."""
        return sum(not is_empty_row({"c": cells}) for texts in self.typed for cells in texts)


def form_of(part, content):
    """The form of one part as it stands."""
    return TableForm.of_content(part, content) if isinstance(part, FormPart) else SectionForm.typed(part, content)


def posted_form(part, data):
    """The form of one part as it was posted."""
    return TableForm.posted(part, data) if isinstance(part, FormPart) else SectionForm(data, part=part)


def first_wrong(parts, content):
    """The first part that is not right; None when all are."""
    return next((part for part in parts if not form_of(part, content).is_valid()), None)


def _dress(form):
    for name, field in form.fields.items():
        looks = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        field.widget.attrs["class"] = f"{looks} is-invalid" if name in form.errors else looks


def _widget(column):
    if column.kind == ColumnKind.CHOICE:
        return forms.Select(choices=[("", "Chọn"), *((one, one) for one in column.options)])
    if column.kind == ColumnKind.TEXT:
        return forms.Textarea(attrs={"rows": 2})
    return forms.TextInput(attrs={"inputmode": _KEYPADS.get(column.kind, "text"), "autocomplete": "off", "maxlength": 40})


def _data(group, row, cells):
    return {f"r{group}-{row}-{key}": text for key, text in cells.items()}


def _count(text):
    if not text.isdecimal() or len(text) > MOST_FIGURES:
        return 0
    return min(int(text), MOST_ROWS)


def _kept(text, limit):
    """What a browser sent, bounded above what is allowed, without the one character that PostgreSQL cannot keep."""
    return text.replace("\0", "")[: 2 * limit]


class EndedDutiesForm(DutyTicksForm):
    """Which open duties of a body end with its outline; those that ask for a report of its own are ticked at first."""

    ticks_help = "Đồng chí đánh dấu việc mà đề cương, biểu này là sản phẩm; việc khác vẫn chờ thực hiện."

    def suggests(self, row):
        return row.product == Product.DOCUMENT and writes_own_report(row.duty.text)
