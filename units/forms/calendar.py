"""One day of the calendar."""

from django import forms

from units.choices import DayKind
from units.forms.fields import DayField, LineField
from units.models import CalendarDay


class CalendarDayForm(forms.ModelForm):
    """A day off or a Saturday worked instead, with the notice it rests on."""

    day = DayField(label="Ngày")
    name = LineField(label="Lý do", max_length=120, help_text="Ví dụ: Nghỉ Tết Nguyên đán.")
    source = LineField(label="Văn bản căn cứ", max_length=200, required=False)

    class Meta:
        model = CalendarDay
        fields = ("day", "kind", "name", "source")

    def clean(self):
        cleaned = super().clean()
        day, kind = cleaned.get("day"), cleaned.get("kind")
        if day and kind == DayKind.MAKE_UP and day.weekday() < 5:
            self.add_error("kind", "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.")
        return cleaned


class YearForm(forms.Form):
    """Which year's calendar."""

    nam = forms.IntegerField(label="Năm", min_value=2020, max_value=2100, required=False)
