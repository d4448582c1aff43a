"""Fields that clean what a person typed before anything else looks at it (documents.text)."""

from django import forms

from documents.text import FIELD_LIMIT, clean_line, clean_text


class CleanLineField(forms.CharField):
    """One line: NFC, plain spaces, nothing that no paper can show."""

    def to_python(self, value):
        return clean_line(super().to_python(value), limit=self.max_length or 500, name=str(self.label or "Nội dung"))


class CleanTextField(forms.CharField):
    """Several lines, cleaned alike; blank lines part paragraphs."""

    def __init__(self, *, limit=FIELD_LIMIT, rows=4, **options):
        self.limit = limit
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value):
        text = super().to_python(value)
        return clean_text(text, limit=self.limit, multiline=True, name=str(self.label or "Nội dung"))
