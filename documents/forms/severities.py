"""The form of the page "Mức độ lưu ý": one choice for each kind of finding."""

from django import forms

from documents.choices import FindingSeverity
from documents.selectors.severities import SeverityRow


class SeveritiesForm(forms.Form):
    """A choice per kind of finding; the empty one is the program's own severity."""

    def __init__(self, *args, groups: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = groups
        for _, rows in groups:
            for row in rows:
                self.fields[row.name] = _field(row)

    def sections(self):
        """Give each check with its rows: what it finds and the field."""
        for check, rows in self.groups:
            yield check, [(row, self[row.name]) for row in rows]


def _field(row: SeverityRow) -> forms.ChoiceField:
    choices = [("", f"Như mặc định ({row.default.label.lower()})"), *FindingSeverity.choices]
    select = forms.Select(attrs={"class": "form-select form-select-sm"})
    return forms.ChoiceField(label=row.finds, choices=choices, required=False, initial=row.own, widget=select)
