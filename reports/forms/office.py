"""Forms of the office's pages over results: filters, return on a named place, entry on behalf, appraisal."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.choices import CriterionKind, EntrySource, SubmissionState
from reports.forms.fields import DayField, PointsField, WordsField
from reports.places import is_outline
from reports.scoring import skipped
from reports.wording import plan_name, points_words
from units.models import User

_STATES = [one for one in SubmissionState.choices if one[0] != SubmissionState.DRAFT]


class PlanChoice(forms.ModelChoiceField):
    def label_from_instance(self, plan):
        return plan_name(plan)


class SubmissionFilterForm(forms.Form):
    """GET filters of the list; everything optional."""

    q = WordsField(label="Tìm đơn vị", required=False, limit=80)
    ke_hoach = PlanChoice(queryset=None, label="Kế hoạch", required=False, empty_label="Mọi kế hoạch")
    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Mọi trạng thái"), *_STATES])
    phu_trach = forms.ModelChoiceField(queryset=None, label="Người phụ trách", required=False, empty_label="Mọi đồng chí")

    def __init__(self, *args, plans, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ke_hoach"].queryset = plans
        self.fields["phu_trach"].queryset = User.objects.filter(units_in_charge__in=units).distinct()


MOST_SHOWN = 1_000_000


class ChosenForm(forms.Form):
    """Ticked rows of a list, or everything that waits under its filter.

    `moi` is how many waited when the page was shown, `luc` when that was: what came in later was not seen and is left alone.
    """

    chon = forms.ModelMultipleChoiceField(
        queryset=None, required=False, error_messages={"invalid_choice": "Có dòng không còn trong danh sách."}
    )
    moi = forms.IntegerField(required=False, min_value=0, max_value=MOST_SHOWN)
    luc = forms.DateTimeField(required=False)

    def __init__(self, *args, submissions, everything, clock, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chon"].queryset = submissions
        self.everything, self.clock = everything, clock

    def clean(self):
        data = super().clean()
        if not self.errors and data["moi"] is None and not data["chon"]:
            raise ValidationError("Đồng chí đánh dấu ít nhất một báo cáo.", code="none")
        return data

    def chosen(self):
        """The reports meant (valid form only)."""
        if self.cleaned_data["moi"] is None:
            return self.cleaned_data["chon"]
        seen = {f"{self.clock}__lte": self.cleaned_data["luc"]} if self.cleaned_data["luc"] else {}
        return self.everything.filter(**seen)

    def unseen(self):
        """How many came under the filter after the page was shown (valid form only)."""
        if self.cleaned_data["moi"] is None or self.cleaned_data["luc"] is None:
            return 0
        return self.everything.filter(**{f"{self.clock}__gt": self.cleaned_data["luc"]}).count()

    def problem(self):
        """The first sentence why it is refused."""
        return next(sentence for sentences in self.errors.values() for sentence in sentences)


MOST_PLACES = 8


class ReturnForm(forms.Form):
    """Which of `places` (selectors/returned.py: offered_places), and kind words why for each: "field" and "reason", then
    "field_2" and "reason_2"...

    `rows` is how many places may be named; beyond the first an empty one is left out.
    """

    def __init__(self, *args, places, rows=1, **kwargs):
        super().__init__(*args, **kwargs)
        choices = list(places)
        self.names = [(f"field_{n}", f"reason_{n}") if n > 1 else ("field", "reason") for n in range(1, rows + 1)]
        for number, (field, reason) in enumerate(self.names, start=1):
            first = number == 1
            self.fields[field] = forms.ChoiceField(
                label="Chỗ cần bổ sung" if rows == 1 else f"Chỗ cần bổ sung thứ {number}",
                choices=choices if first else [("", "Không có"), *choices],
                required=first,
            )
            self.fields[reason] = WordsField(
                label="Lời đề nghị" if rows == 1 else f"Lời đề nghị cho chỗ thứ {number}",
                multiline=True,
                limit=1000,
                required=first,
                help_text=_RETURN_HELP if first else "",
                error_messages={"required": _RETURN_WHY},
            )

    def clean(self):
        data, seen = super().clean(), set()
        for field, reason in self.names:
            place, words = data.get(field), data.get(reason)
            if place and not words and reason not in self.errors:
                self.add_error(reason, _RETURN_WHY)
            elif words and not place and field not in self.errors:
                self.add_error(field, "Đồng chí chọn chỗ cần bổ sung, hoặc xóa lời đề nghị.")
            if place and place in seen:
                self.add_error(field, "Chỗ này đã nêu ở trên. Đồng chí gộp vào một lời đề nghị.")
            if seen and place and is_outline(place) != is_outline(next(iter(seen))):
                self.add_error(field, "Đề cương, biểu và báo cáo buổi học được gửi riêng. Đồng chí đề nghị từng phần một lần.")
            seen |= {place} - {None, ""}
        return data

    def places(self):
        """(field, reason) of each named place (valid form only)."""
        pairs = [(self.cleaned_data[field], self.cleaned_data[reason]) for field, reason in self.names]
        return [pair for pair in pairs if all(pair)]


_RETURN_HELP = (
    "Lời này hiện nguyên văn với đơn vị. Thí dụ: Đề nghị đồng chí kiểm tra lại số vắng có lý do, biên bản ghi 3 đồng chí."
)
_RETURN_WHY = "Đồng chí ghi lý do để đơn vị biết cần sửa gì."


class OnBehalfForm(forms.Form):
    """For whom, and from what: a telephone call or a paper; `returned` when one report that waits to be completed was chosen."""

    returned = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(queryset=None, label="Đơn vị", empty_label="Chọn đơn vị")
    source = forms.ChoiceField(
        label="Nhập theo",
        choices=[one for one in EntrySource.choices if one[0] in EntrySource.BY_HAND],
        widget=forms.RadioSelect,
        initial=EntrySource.PHONE,
    )
    told_by = WordsField(
        label="Đồng chí cung cấp số liệu",
        required=False,
        limit=120,
        help_text="Người đọc qua điện thoại hoặc ký bản giấy.",
    )
    told_on = DayField(label="Ngày đơn vị báo", required=False, help_text="Ngày gọi điện hoặc ngày ký bản giấy.")

    def __init__(self, *args, units, returned, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["returned"].queryset = returned

    def clean(self):
        data = super().clean()
        if self.errors.pop("returned", None):  # a hidden field has no place of its own for words
            raise ValidationError("Báo cáo này không còn chờ bổ sung nên chưa mở. Đồng chí xem lại trang báo cáo của đơn vị.", code="state")
        chosen, unit = data.get("returned"), data.get("unit")
        if chosen and unit and chosen.unit_id != unit.pk:
            data["returned"] = None  # another unit was chosen after all
        return data

    def clean_told_on(self):
        day = self.cleaned_data["told_on"]
        if day and day > timezone.localdate():
            raise ValidationError("Ngày này chưa đến. Đồng chí ghi ngày đơn vị đã báo.", code="future")
        return day


class SignedCopyForm(forms.Form):
    """ "đã có bản giấy ký" """

    kept = forms.BooleanField(required=False)


def _points_widget(criterion):
    """A line of yes and no is chosen, the others are typed."""
    if criterion.kind == CriterionKind.YES_NO:
        return forms.Select(choices=[("", "–"), (points_words(criterion.max_points), "Đạt"), ("0", "Không đạt")])
    return forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 8, "autocomplete": "off"})


class AppraisalForm(forms.Form):
    """The office's column beside the unit's: points_<score>, note_<score>; starts with the unit's own points."""

    def __init__(self, *args, scores, **kwargs):
        super().__init__(*args, **kwargs)
        # a line the unit left out with a reason is shown too: the office may agree (nothing given) or give points
        self.scores = [one for one in scores if one.self_points is not None or skipped(one.criterion, None, one.self_note)]
        for score in self.scores:
            code = score.criterion.code
            start = score.self_points if score.appraised_points is None else score.appraised_points
            self.fields[f"points_{score.pk}"] = PointsField(
                most=score.criterion.max_points,
                label=f"Điểm thẩm định mục {code}",
                initial=start,
                widget=_points_widget(score.criterion),
            )
            self.fields[f"note_{score.pk}"] = WordsField(
                label=f"Lý do chênh lệch mục {code}", required=False, limit=500, initial=score.appraised_note
            )

    def rows(self):
        """(score, points field, reason field) in printed order."""
        return [(one, self[f"points_{one.pk}"], self[f"note_{one.pk}"]) for one in self.scores]

    def clean(self):
        data = super().clean()
        for score in self.scores:
            points = data.get(f"points_{score.pk}")
            if f"points_{score.pk}" in self.errors:
                continue
            if points is None and score.self_points is not None:
                self.add_error(f"points_{score.pk}", ValidationError("Đồng chí cho điểm mục này.", code="required"))
            elif score.criterion.kind == CriterionKind.YES_NO and points not in (None, 0, score.criterion.max_points):
                self.add_error(f"points_{score.pk}", ValidationError("Mục này chỉ có đạt hoặc không đạt.", code="yes_no"))
            elif points != score.self_points and not data.get(f"note_{score.pk}"):
                self.add_error(f"note_{score.pk}", ValidationError("Điểm khác điểm tự chấm thì cần ghi lý do.", code="why"))
        return data

    def given(self):
        """Score id -> (points, reason), for the service (valid form only)."""
        return {
            one.pk: (self.cleaned_data[f"points_{one.pk}"], self.cleaned_data[f"note_{one.pk}"]) for one in self.scores
        }
