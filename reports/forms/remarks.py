"""Forms of the page where the remarks of all units stand side by side."""

from django import forms

from documents.text import clean_text


class JoinRemarksForm(forms.Form):
    """Which remarks say the same, and in which words they are printed."""

    picked = forms.TypedMultipleChoiceField(
        label="Ý kiến cần gộp", coerce=int, error_messages={"required": "Hãy đánh dấu ít nhất hai ý kiến để gộp."}
    )
    wording = forms.CharField(
        label="Lời ghi trong báo cáo", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    def __init__(self, *args, remarks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["picked"].choices = [(remark.pks[0], remark.text) for remark in remarks]

    def clean_wording(self):
        return clean_text(self.cleaned_data["wording"], limit=1000, name="Lời ghi trong báo cáo")


class PartRemarksForm(forms.Form):
    """Which remark is taken apart."""

    lead = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
