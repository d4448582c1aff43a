"""Ticks beside the open duties of bodies that something being sent or issued brings to an end."""

from django import forms


class DutyTicksForm(forms.Form):
    """A form with one box per duty; `suggests` says of a duty whether it is ticked at first."""

    ticks_label = "Việc hoàn thành khi gửi"
    ticks_help = ""

    def __init__(self, *args, duties, **kwargs):
        super().__init__(*args, **kwargs)
        self.duties = sorted(duties, key=lambda row: not self.suggests(row))  # what is ticked stands on top
        if duties:
            self.fields["viec"] = forms.MultipleChoiceField(
                label=self.ticks_label,
                help_text=self.ticks_help,
                choices=[(row.pk, self.words(row)) for row in self.duties],
                initial=[row.pk for row in self.duties if self.suggests(row)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def words(self, row) -> str:
        """What stands beside the box."""
        return row.duty.text

    def suggests(self, row) -> bool:
        """Whether the clause asks for just this."""
        raise NotImplementedError

    def clean(self):
        """A duty that was settled since the page was opened is passed over: it needs no ending any more."""
        ticked = set(self.data.getlist("viec"))
        self.errors.pop("viec", None)
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("viec", None)
        cleaned["ending"] = [row for row in self.duties if str(row.pk) in ticked]
        return cleaned
