"""The rows of the plan editor: one form for each part, cleaned into the values of campaigns.plan_content."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory

from campaigns.choices import ConferenceLevel, LeadGroup, Product
from campaigns.deadline_phrases import read_phrase
from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.forms.unit_names import SEPARATOR
from campaigns.plan_content import ConferenceText, DutyText, RecipientText, SectionText
from campaigns.shown_deadlines import shown_deadline
from documents.text import normalise
from units.folding import fold
from units.forms.fields import DayField

LIST_ID = "ten-don-vi"
SECTION_LEVELS = [(1, "Mục lớn (I, II…)"), (2, "Mục nhỏ (1, 2…)"), (3, "Mục con (1.1, 1.2…)")]


class RowForm(forms.Form):
    """A row that knows the units of the ward and the day it is read on."""

    def __init__(self, *args, context, **kwargs):
        super().__init__(*args, **kwargs)
        self.context = context
        self.use_required_attribute = False  # a button that adds a row must not be stopped by an empty field

    def _read(self, name):
        phrase = self.cleaned_data.get(name, "")
        try:
            return read_phrase(phrase, today=self.context.today)
        except ValidationError as unreadable:
            self.add_error(name, unreadable)
            return read_phrase("", today=self.context.today)

    def typed(self, name):
        """What stands in a field as text, cleaned if it can be."""
        value = self.cleaned_data.get(name) if self.is_bound and hasattr(self, "cleaned_data") else None
        return value if isinstance(value, str) else normalise(self[name].value() or "")

    @cached_property
    def deadline(self):
        """What to say beside the phrase as it stands in the field."""
        context = self.context
        phrase = str(self[self.phrase_field].value() or "")
        return shown_deadline(phrase, today=context.today, reading=context.reading, calendar=context.calendar)


class GeneralForm(forms.Form):
    """What stands once on the paper."""

    subject = CleanLineField(label="Trích yếu", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    opening = CleanTextField(label="Đoạn mở đầu", required=False)
    closing = CleanTextField(label="Đoạn kết", required=False, rows=3)
    issuer = CleanLineField(label="Cơ quan ban hành", max_length=120)
    signer_id = forms.TypedChoiceField(label="Người ký", required=False, coerce=int, empty_value=None)
    window_starts_on = DayField(label="Học tập từ ngày", required=False)
    scored = forms.BooleanField(label="Các đơn vị tự chấm điểm", required=False)
    essay_required = forms.BooleanField(label="Có viết thu hoạch", required=False)

    def __init__(self, *args, context, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["signer_id"].choices = [("", "Chưa chọn"), *context.signers]


class DirectiveRow(RowForm):
    """A directive of the plan; its place in the list is its place in protocol."""

    pk = forms.IntegerField(widget=forms.HiddenInput)

    def clean_pk(self):
        pk = self.cleaned_data["pk"]
        if pk not in self.context.directives:
            raise ValidationError("Văn bản này không còn trong danh sách.", code="unknown")
        return pk

    @property
    def name(self):
        """How the row calls its directive."""
        value = str(self["pk"].value() or "")
        return self.context.directives.get(int(value)) if value.isdecimal() and len(value) < 20 else ""

    def value(self):
        """The row as content."""
        return self.cleaned_data["pk"]


class SectionRow(RowForm):
    """A heading with its paragraphs; two levels."""

    level = forms.TypedChoiceField(label="Cấp", choices=SECTION_LEVELS, coerce=int)
    slot = CleanLineField(required=False, max_length=30, widget=forms.HiddenInput)
    title = CleanLineField(label="Tên mục", required=False, max_length=300)
    body = CleanTextField(label="Nội dung", required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title") and cleaned.get("level", 1) == 1 and "title" not in self.errors:
            self.add_error("title", "Đồng chí ghi tên mục lớn; mục nhỏ thì để trống được.")
        return cleaned

    def value(self):
        """The row as content."""
        return SectionText(**self.cleaned_data)


class DutyRow(RowForm):
    """One clause: who, what, with which product, by when."""

    phrase_field = "phrase"
    lead = CleanLineField(label="Giao cho", required=False, max_length=200, widget=forms.TextInput(attrs={"list": LIST_ID}))
    lead_text = CleanLineField(label="Tên in trên kế hoạch", required=False, max_length=200)
    helpers = CleanLineField(label="Phối hợp", required=False, max_length=1000)
    text = CleanTextField(label="Nội dung việc", limit=4000, rows=3)
    product = forms.ChoiceField(label="Sản phẩm", choices=[one for one in Product.choices if one[0] not in Product.ARISING])
    phrase = CleanLineField(label="Thời hạn in trên kế hoạch", required=False, max_length=200)

    def clean_helpers(self):
        names = [name.strip() for name in self.cleaned_data["helpers"].split(SEPARATOR) if name.strip()]
        found = [(name, self.context.names.find(name)) for name in names]
        if unknown := [name for name, unit in found if unit is None]:
            text = f"Chưa có đơn vị “{unknown[0]}”. Đồng chí chọn trong danh sách; nhiều đơn vị cách nhau bằng dấu chấm phẩy."
            raise ValidationError(text, code="unknown")
        return tuple(sorted({unit.pk for _, unit in found}))

    def clean(self):
        cleaned = super().clean()
        lead, printed = cleaned.get("lead", ""), cleaned.get("lead_text", "")
        if not lead and not printed:
            self.add_error("lead", "Đồng chí cho biết giao việc này cho ai.")
        cleaned["everyone"] = fold(lead) == fold(LeadGroup.ALL_UNITS.label)
        cleaned["unit"] = None if cleaned["everyone"] or not lead else self.context.names.find(lead)
        if lead and not cleaned["everyone"] and cleaned["unit"] is None:
            self.add_error("lead", "Chưa có đơn vị tên này. Đồng chí chọn trong danh sách, hoặc để trống và ghi tên in bên cạnh.")
        cleaned["reading"] = self._read("phrase")
        reports = cleaned["everyone"] or (cleaned["unit"] is not None and cleaned["unit"].must_report)
        if cleaned.get("product") in Product.BY_UNITS and not reports and "lead" not in self.errors:
            self.add_error("product", "Buổi học và báo cáo kết quả chỉ giao cho chi bộ, đảng bộ; đồng chí chọn sản phẩm khác.")
        return cleaned

    def value(self):
        """The row as content."""
        facts, reading = self.cleaned_data, self.cleaned_data["reading"]
        return DutyText(
            lead_text=facts["lead_text"] or facts["lead"],
            text=facts["text"],
            lead_group=(LeadGroup.ALL_UNITS if facts["everyone"] else LeadGroup.ONE).value,
            lead_id=facts["unit"].pk if facts["unit"] else None,
            helper_ids=facts["helpers"],
            product=facts["product"],
            deadline_phrase=facts["phrase"],
            rule=reading.rule,
            last_day=reading.last_day,
            tentative=reading.tentative,
        )


class ConferenceRow(RowForm):
    """What the paper says of one level of conferences."""

    phrase_field = "time_phrase"
    level = forms.ChoiceField(label="Cấp", choices=ConferenceLevel)
    time_phrase = CleanLineField(label="Thời gian", required=False, max_length=200)
    form = CleanTextField(label="Hình thức", required=False, limit=2000, rows=2)
    place = CleanLineField(label="Địa điểm", required=False, max_length=300)
    participants = CleanTextField(label="Thành phần, đối tượng", required=False, limit=4000, rows=3)
    speaker = CleanLineField(label="Báo cáo viên", required=False, max_length=300)

    def clean(self):
        cleaned = super().clean()
        cleaned["reading"] = self._read("time_phrase")
        return cleaned

    def value(self):
        """The row as content."""
        facts = dict(self.cleaned_data)
        reading = facts.pop("reading")
        return ConferenceText(last_day=reading.last_day, tentative=reading.tentative, **facts)


class RecipientRow(RowForm):
    """One line of Nơi nhận."""

    name = CleanLineField(label="Nơi nhận", max_length=200)
    note = CleanLineField(label="Ghi chú", required=False, max_length=60)
    all_units = forms.BooleanField(label="Gửi mọi đơn vị", required=False)
    unit = CleanLineField(label="Đơn vị", required=False, max_length=200, widget=forms.TextInput(attrs={"list": LIST_ID}))
    copies = forms.IntegerField(label="Số bản", min_value=0, max_value=500, initial=1)

    def clean_unit(self):
        typed = self.cleaned_data["unit"]
        unit = self.context.names.find(typed) if typed else None
        if typed and unit is None:
            raise ValidationError("Chưa có đơn vị tên này. Đồng chí chọn trong danh sách hoặc để trống.", code="unknown")
        return unit

    def value(self):
        """The row as content."""
        facts = dict(self.cleaned_data)
        unit = facts.pop("unit")
        return RecipientText(unit_id=unit.pk if unit else None, **facts)


class ConferenceRows(forms.BaseFormSet):
    """One row a level at most."""

    def clean(self):
        levels = [form.cleaned_data.get("level") for form in self.forms if hasattr(form, "cleaned_data")]
        if len(levels) != len(set(levels)):
            raise ValidationError("Mỗi cấp chỉ có một hội nghị trong kế hoạch.", code="twice")


def _rows(form, most, base=forms.BaseFormSet):
    return formset_factory(form, formset=base, extra=0, max_num=most, absolute_max=most + 5, validate_max=True)


ROW_FORMS = {
    "directives": DirectiveRow,
    "sections": SectionRow,
    "duties": DutyRow,
    "conferences": ConferenceRow,
    "recipients": RecipientRow,
}
ROW_SETS = {
    "directives": _rows(DirectiveRow, 20),
    "sections": _rows(SectionRow, 60),
    "duties": _rows(DutyRow, 60),
    "conferences": _rows(ConferenceRow, 2, ConferenceRows),
    "recipients": _rows(RecipientRow, 80),
}
