"""Fields that every form of the program shares: Vietnamese dates and cleaned lines of text."""

import unicodedata

from django import forms

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


class LineField(forms.CharField):
    """One line of text as it will be stored: NFC, without characters that no paper shows, single spaces."""

    def to_python(self, value):
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        kept = (
            " " if char.isspace() else char
            for char in text
            if char.isspace() or unicodedata.category(char) not in _DROPPED
        )
        return " ".join("".join(kept).split())


class DayField(forms.DateField):
    """A day typed as 05/6/2026, day before month."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off"}
    )
    default_error_messages = {"invalid": "Ngày chưa đúng. Hãy gõ ngày, tháng, năm, ví dụ 05/6/2026."}
