"""Which texts of filled outlines go into a compiled report."""

from django import forms


class ChosenTextsForm(forms.Form):
    """A tick beside every text; one that was taken out of the report meanwhile is refused by name of the field."""

    chosen = forms.MultipleChoiceField(
        label="Nội dung đưa vào báo cáo",
        required=False,
        error_messages={"invalid_choice": "Nội dung vừa được cập nhật. Đồng chí xem lại rồi lưu lần nữa."},
    )

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(pk, pk) for pk in report.outline_texts.values_list("pk", flat=True)]

    def clean_chosen(self):
        return {int(pk) for pk in self.cleaned_data["chosen"]}
