"""Step 4: the score sheet. Points come filled in from the figures with the reason; a change needs a few words."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from reports.choices import CriterionKind
from reports.forms.fields import PointsField, WordsField
from reports.scoring import Line, applies, level, skipped, suggest, total, why_not
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
        most = points_words(criterion.max_points)
        choices = [] if suggested is not None and criterion.kind == CriterionKind.POINTS else _choices(criterion)
        attrs = {"data-most": f"{criterion.max_points:f}"} | ({"data-may-skip": ""} if criterion.may_skip else {})
        typed = {"inputmode": "decimal", "maxlength": 8, "autocomplete": "off"}
        widget = forms.RadioSelect(choices=choices, attrs=attrs) if choices else forms.TextInput(attrs=attrs | typed)
        self.fields[f"points_{criterion.pk}"] = PointsField(
            most=criterion.max_points, label=f"Điểm mục {criterion.code} (tối đa {most})", initial=suggested, widget=widget
        )
        label = f"Căn cứ mục {criterion.code}" + (" (không áp dụng thì ghi lý do)" if criterion.may_skip else "")
        self.fields[f"note_{criterion.pk}"] = WordsField(label=label, required=False, limit=500)

    def rows(self):
        """SheetRow in printed order, for the page."""
        return [
            SheetRow(
                criterion=one,
                points=self[f"points_{one.pk}"],
                note=self[f"note_{one.pk}"],
                suggested=self.suggested[one.pk][0],
                why=self.suggested[one.pk][1],
                judged=self.suggested[one.pk][0] is None and isinstance(self.fields[f"points_{one.pk}"].widget, forms.RadioSelect),
            )
            for one in self.criteria
            if one.pk in self.suggested
        ]

    def clean(self):
        data = super().clean()
        by_pk = {one.pk: one for one in self.criteria}
        for pk, (suggested, _) in self.suggested.items():
            points = data.get(f"points_{pk}")
            if f"points_{pk}" in self.errors or skipped(by_pk[pk], points, data.get(f"note_{pk}")):
                continue
            if points is None:
                words = "Đồng chí cho điểm mục này" + (", hoặc ghi lý do nếu không áp dụng." if by_pk[pk].may_skip else ".")
                self.add_error(f"points_{pk}", ValidationError(words, code="required"))
            elif by_pk[pk].kind == CriterionKind.YES_NO and points not in (0, by_pk[pk].max_points):
                self.add_error(f"points_{pk}", ValidationError("Mục này chỉ có đạt hoặc không đạt.", code="yes_no"))
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
            points = self.points_now(one.pk) if one.pk in self.suggested else None
            lines.append(Line(one.max_points, points, one.pk in self.suggested and not self.skipped_now(one), one.code))
        result = total(lines)
        return result, level(result, self.levels, self.facts, lines)

    def left_out(self):
        """(criterion, why) of the lines that do not count: not asked of this unit, or left out by it with a reason."""
        rows = [(one, why_not(one, self.facts)) for one in self.criteria]
        return [(one, why or "đơn vị ghi không áp dụng") for one, why in rows if why or self.skipped_now(one)]

    def skipped_now(self, criterion):
        """Whether the line stands in the form without points but with the reason why."""
        if criterion.pk not in self.suggested:
            return False
        return skipped(criterion, self.points_now(criterion.pk), (self[f"note_{criterion.pk}"].value() or "").strip())

    def points_now(self, pk):
        """Points of a line as typed, or as filled in; None when empty or not a number."""
        field = self.fields[f"points_{pk}"]
        try:
            return field.to_python(self[f"points_{pk}"].value())
        except ValidationError:
            return None


def _choices(criterion):
    """The points of one tap each: yes and no, or the named bands; a line that may be left out can be left out here too."""
    if criterion.kind == CriterionKind.YES_NO:
        chosen = [(points_words(criterion.max_points), "Đạt"), ("0", "Không đạt")]
    else:
        named = [band for band in criterion.bands if "label" in band]
        chosen = [(points_words(one["points"]), f"{one['label']} ({points_words(one['points'])} điểm)") for one in named]
    return [*chosen, ("", "Không áp dụng, có ghi lý do")] if chosen and criterion.may_skip else chosen
