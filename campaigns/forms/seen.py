"""A form confirmed on a preview: it carries the mark of what the preview showed."""

from django import forms


class SeenForm(forms.Form):
    """`seen` is the mark of what a person looked at; the service refuses when it is no longer so."""

    seen = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)

    def remember(self, mark: str) -> None:
        """The page carries what it shows, so that the confirmation can tell whether it is still so."""
        self.data = self.data.copy()
        self.data["seen"] = mark
