"""What was said on the telephone, and which part of the book to show."""

from django import forms

from campaigns.choices import CallOutcome
from campaigns.forms.fields import CleanLineField
from units.forms.fields import DayField


def _select():
    return forms.Select(attrs={"class": "form-select"})


class CallForm(forms.Form):
    """One call."""

    outcome = forms.ChoiceField(label="Kết quả", choices=CallOutcome, widget=forms.RadioSelect)
    promised_on = DayField(label="Đơn vị hẹn xong ngày", required=False)
    note = CleanLineField(label="Ghi chú", max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == CallOutcome.PROMISED and not cleaned.get("promised_on"):
            self.add_error("promised_on", "Khi đơn vị hẹn, hãy ghi ngày hẹn.")
        return cleaned


class CallFilterForm(forms.Form):
    """The book of calls of one plan, or of one committee member."""

    plan = forms.TypedChoiceField(label="Kế hoạch", coerce=int, required=False, empty_value=None, widget=_select())
    person = forms.TypedChoiceField(
        label="Cấp ủy viên phụ trách", coerce=int, required=False, empty_value=None, widget=_select()
    )

    def __init__(self, *args, plans, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [("", "Tất cả kế hoạch"), *plans]
        self.fields["person"].choices = [("", "Tất cả"), *people]
