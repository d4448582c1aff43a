"""What the office may narrow and order the progress matrix by; everything stands in the address."""

from django import forms

from reports.forms.fields import WordsField
from reports.selectors.matrix import BY_DUE, BY_NAME, BY_PERSON, kinds_of, people_of
from units.templatetags.lantoa import state_word

SHOWN_STATES = ("todo", "studied", "submitted", "returned", "accepted", "appraised", "overdue", "extended", "exempt")


class MatrixFilterForm(forms.Form):
    """GET filters of the matrix; everything optional. A value that is not offered is as good as none."""

    q = WordsField(label="Tên đơn vị", required=False, limit=80)
    person = forms.ChoiceField(label="Đồng chí phụ trách", required=False)
    kind = forms.ChoiceField(label="Loại hình", required=False)
    state = forms.ChoiceField(label="Trạng thái", required=False)
    sort = forms.ChoiceField(label="Xếp theo", required=False)
    owing = forms.BooleanField(label="Chỉ đơn vị chưa báo cáo", required=False)

    def __init__(self, *args, rows, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Tất cả"), *((name, name) for name in people_of(rows))]
        self.fields["kind"].choices = [("", "Mọi loại hình"), *kinds_of(rows)]
        self.fields["state"].choices = [("", "Mọi trạng thái"), *((state, state_word(state)) for state in SHOWN_STATES)]
        self.fields["sort"].choices = [
            ("", "Đồng chí phụ trách"),
            (BY_NAME, "Tên đơn vị"),
            (BY_DUE, "Hạn gần nhất"),
            *((f"plan-{plan.pk}", f"KH {plan.number_text}, việc gấp trước") for plan in plans),
        ]

    @property
    def kept(self):
        """Keyword arguments of kept_rows."""
        self.is_valid()
        words = self.cleaned_data
        found = {name: words.get(name, "") for name in ("person", "kind", "state")}
        return found | {"wanted": words.get("q", ""), "owing": words.get("owing", False)}

    @property
    def order(self):
        """The sort of sorted_rows; BY_PERSON when nothing, or nothing known, is asked for."""
        self.is_valid()
        return self.cleaned_data.get("sort") or BY_PERSON
