"""The ward's own words for one slot."""

from django import forms
from django.core.exceptions import ValidationError

from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.selectors.snippets import unknown_placeholders


class SnippetForm(forms.Form):
    """Heading and words of a slot; placeholders must be ones that drafting knows."""

    title = CleanLineField(label="Tên mục hoặc tên mẫu câu", max_length=200)
    text = CleanTextField(label="Lời văn", required=False, rows=8)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if unknown := unknown_placeholders(text):
            names = ", ".join(f"{{{name}}}" for name in unknown)
            raise ValidationError(f"Chương trình không biết từ thay thế {names}. Đồng chí xem danh sách bên dưới.", code="unknown")
        return text
