"""Calling a conference, setting its time, calling it off, and the lines of its list."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError

from campaigns.choices import ConferenceOrganiser, ConferenceState, ConferenceWay, ParticipantClass
from campaigns.forms.fields import CleanLineField, CleanTextField
from units.forms.fields import DayField
from units.models import Unit, Venue

LABEL = 160  # letters of a plan beside its box
_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")


class MonthField(forms.CharField):
    """A month typed as 5/2026; the value is its first day."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "tháng/năm", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=10, **options)

    def prepare_value(self, value):
        return f"{value.month}/{value.year}" if isinstance(value, dt.date) else value

    def clean(self, value):
        found = _MONTH.fullmatch(super().clean(value).strip())
        if not found or not 1 <= int(found[1]) <= 12 or not 1975 <= int(found[2]) <= 2100:
            raise ValidationError("Tháng chưa đúng. Hãy gõ tháng, năm, ví dụ 5/2026.", code="invalid")
        return dt.date(int(found[2]), int(found[1]), 1)


class HourField(forms.TimeField):
    """An hour of the day; browsers show their own picker."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    default_error_messages = {"invalid": "Giờ chưa đúng. Hãy gõ giờ, phút, ví dụ 08:00."}


class PlansField(forms.ModelMultipleChoiceField):
    """Plans told apart by number or subject."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        words = f"KH {obj.paper.number_text}: {obj.subject}" if obj.paper_id else f"Dự thảo: {obj.subject}"
        return words if len(words) <= LABEL else f"{words[: LABEL - 2].rsplit(' ', 1)[0]}…"


class ConferenceForm(forms.Form):
    """What is written about a conference; `version` is what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = CleanLineField(label="Tên hội nghị", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    plans = PlansField(label="Học tập cho các kế hoạch", queryset=None, required=False)
    month_on = MonthField(label="Dự kiến trong tháng")
    organiser = forms.ChoiceField(label="Cấp tổ chức", choices=ConferenceOrganiser, initial=ConferenceOrganiser.WARD)
    wide = forms.BooleanField(
        label="Quy mô toàn phường, xã", required=False, initial=True,
        help_text="Được đếm vào số hội nghị toàn phường, xã trong năm.",
    )  # fmt: skip
    way = forms.ChoiceField(label="Hình thức", choices=ConferenceWay, initial=ConferenceWay.IN_PERSON)
    online_points = forms.IntegerField(label="Số điểm cầu", required=False, min_value=1, max_value=999)
    venue = forms.ModelChoiceField(
        label="Địa điểm", queryset=Venue.objects.none(), required=False, empty_label="Nơi khác"
    )
    place = CleanLineField(label="Địa điểm khác, các điểm cầu", max_length=300, required=False)
    chair = CleanLineField(label="Chủ trì", max_length=200, required=False)
    recorder = CleanLineField(label="Người ghi biên bản", max_length=200, required=False)
    speaker = CleanLineField(label="Báo cáo viên", max_length=300, required=False)
    programme = CleanTextField(label="Chương trình", required=False, help_text="Mỗi nội dung một dòng.")
    materials = CleanTextField(label="Tài liệu", required=False, rows=3, help_text="Mỗi tài liệu một dòng.")

    def __init__(self, *args, plans, ward, with_month=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plans"].queryset = plans
        self.fields["venue"].queryset = Venue.objects.filter(ward=ward)
        if not with_month:  # a day is fixed: time and place change on their own page, which tells those convened
            for name in ("month_on", "venue", "place"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("way") in ConferenceWay.WITH_POINTS and not cleaned.get("online_points"):
            self.add_error("online_points", "Hội nghị có phần trực tuyến: đồng chí ghi số điểm cầu.")
        if cleaned.get("way") == ConferenceWay.IN_PERSON:
            cleaned["online_points"] = None
        return cleaned


class ClassesForm(forms.Form):
    """Which classes are convened."""

    classes = forms.MultipleChoiceField(
        label="Thành phần triệu tập", choices=ParticipantClass, widget=forms.CheckboxSelectMultiple, required=False
    )


class TimeForm(forms.Form):
    """The day and hour, and where."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = DayField(label="Ngày họp")
    starts_at = HourField(label="Giờ bắt đầu")
    minutes = forms.IntegerField(label="Thời lượng (phút)", required=False, min_value=15, max_value=1440)
    venue = forms.ModelChoiceField(
        label="Địa điểm", queryset=Venue.objects.none(), required=False, empty_label="Nơi khác"
    )
    place = CleanLineField(label="Địa điểm khác, các điểm cầu", max_length=300, required=False)
    reason = CleanLineField(label="Lý do đổi, báo cho đại biểu", max_length=500, required=False)

    def __init__(self, *args, ward, moving, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.filter(ward=ward)
        if not moving:
            del self.fields["reason"]


class PostponeForm(forms.Form):
    """In which month it is expected instead, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    month_on = MonthField(label="Dự kiến trong tháng")
    reason = CleanLineField(label="Lý do hoãn, báo cho đại biểu", max_length=500)


class CancelForm(forms.Form):
    """Why a conference is called off."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = CleanLineField(label="Lý do hủy, báo cho đại biểu", max_length=500)


class InviteeForm(forms.Form):
    """One line of the list."""

    kind = forms.ChoiceField(label="Thành phần", choices=ParticipantClass, initial=ParticipantClass.GUESTS)
    name = CleanLineField(label="Họ và tên", max_length=200, required=False)
    office = CleanLineField(label="Chức vụ", max_length=200, required=False)
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), required=False, empty_label="Không thuộc đơn vị nào của phường"
    )
    whole = forms.BooleanField(label="Triệu tập cả tập thể", required=False)
    heads = forms.IntegerField(label="Số người", initial=1, min_value=1, max_value=9999, required=False)

    def __init__(self, *args, ward, on, fixed_kind=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.below(ward).active(on=on)
        if fixed_kind:
            del self.fields["kind"]


class ConferenceFilterForm(forms.Form):
    """What the list is narrowed by."""

    year = forms.IntegerField(label="Năm", required=False, min_value=1975, max_value=2100)
    state = forms.ChoiceField(
        label="Trạng thái", choices=[("", "Mọi trạng thái"), *ConferenceState.choices], required=False
    )


class MergeForm(forms.Form):
    """The other conference of the month that this one takes in."""

    other = forms.ModelChoiceField(label="Hội nghị", queryset=None)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others
