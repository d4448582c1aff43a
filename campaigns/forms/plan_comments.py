"""A remark on a part of a plan, and the two versions to compare."""

from django import forms

from campaigns.forms.fields import CleanLineField, CleanTextField


class CommentForm(forms.Form):
    """A remark and the part it is about."""

    block = CleanLineField(max_length=30, widget=forms.HiddenInput)
    text = CleanTextField(label="Góp ý", limit=2000, rows=3)


class VersionPairForm(forms.Form):
    """Two versions by number."""

    tu = forms.TypedChoiceField(label="So từ bản", coerce=int)
    den = forms.TypedChoiceField(label="đến bản", coerce=int)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(one.number, f"Bản {one.number}") for one in versions]


class RestoreForm(forms.Form):
    """Which version to put back, and the save that the person saw as the latest."""

    number = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
