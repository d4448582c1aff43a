"""Step 4: the score sheet. Points come filled in from the figures with the reason; a change needs a few words."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from reports.forms.fields import PointsField, WordsField
from reports.scoring import Line, applies, level, suggest, total
from reports.wording import points_words


@dataclass
class SheetRow:
    """One line of the sheet on the screen."""

    criterion: object
    points: object
    note: object
    suggested: object
    why: str
    judged: bool

    @property
    def shown(self):
        """The points now in the field, as the office writes them."""
        value = self.points.value()
        return points_words(value) if isinstance(value, Decimal) else value


class ScoresStepForm(forms.Form):
    """Fields points_<criterion> and note_<criterion>; lines that do not apply are left out.

    `facts` are those of the report as typed so far; `live` gives total and level of what stands in the form.
    """

    def __init__(self, *args, criteria=(), levels=(), facts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria, self.levels, self.facts = list(criteria), list(levels), facts
        self.suggested = {}
        for criterion in self.criteria:
            if applies(criterion, facts):
                self.add_line(criterion)

    def add_line(self, criterion):
        """The fields of one line; without a suggestion the bands become choices of one tap each."""
        suggested, why = suggest(criterion, self.facts)
        self.suggested[criterion.pk] = (suggested, why)
        bands = [(points_words(band["points"]), f"{band['label']} ({points_words(band['points'])} điểm)") for band in criterion.bands if "label" in band]
        judged = suggested is None and bands
        most = points_words(criterion.max_points)
        attrs = {"data-most": f"{criterion.max_points:f}"}
        typed = {"inputmode": "decimal", "maxlength": 8, "autocomplete": "off"}
        widget = forms.RadioSelect(choices=bands, attrs=attrs) if judged else forms.TextInput(attrs=attrs | typed)
        self.fields[f"points_{criterion.pk}"] = PointsField(
            most=criterion.max_points, label=f"Điểm mục {criterion.code} (tối đa {most})", initial=suggested, widget=widget
        )
        self.fields[f"note_{criterion.pk}"] = WordsField(label=f"Căn cứ mục {criterion.code}", required=False, limit=500)

    def rows(self):
        """SheetRow in printed order, for the page."""
        return [
            SheetRow(
                criterion=one,
                points=self[f"points_{one.pk}"],
                note=self[f"note_{one.pk}"],
                suggested=self.suggested[one.pk][0],
                why=self.suggested[one.pk][1],
                judged=isinstance(self.fields[f"points_{one.pk}"].widget, forms.RadioSelect),
            )
            for one in self.criteria
            if one.pk in self.suggested
        ]

    def clean(self):
        data = super().clean()
        for pk, (suggested, _) in self.suggested.items():
            points = data.get(f"points_{pk}")
            if f"points_{pk}" in self.errors:
                continue
            if points is None:
                self.add_error(f"points_{pk}", ValidationError("Đồng chí cho điểm mục này.", code="required"))
            elif suggested is not None and points != suggested and not data.get(f"note_{pk}"):
                words = f"Điểm khác mức gợi ý ({points_words(suggested)}); đồng chí ghi ngắn gọn căn cứ."
                self.add_error(f"note_{pk}", ValidationError(words, code="why"))
        return data

    def given(self):
        """Criterion id -> (points, note), for the service (valid form only)."""
        return {
            pk: (self.cleaned_data[f"points_{pk}"], self.cleaned_data[f"note_{pk}"]) for pk in self.suggested
        }

    def live(self):
        """(Total, Level or None) of the points now in the form."""
        lines = []
        for one in self.criteria:
            counts = one.pk in self.suggested
            lines.append(Line(one.max_points, self.points_now(one.pk) if counts else None, counts))
        result = total(lines)
        return result, level(result, self.levels, self.facts)

    def points_now(self, pk):
        """Points of a line as typed, or as filled in; None when empty or not a number."""
        field = self.fields[f"points_{pk}"]
        try:
            return field.to_python(self[f"points_{pk}"].value())
        except ValidationError:
            return None
