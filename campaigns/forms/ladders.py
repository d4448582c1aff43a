"""The ladder of one plan as the office types it."""

import re

from django import forms

from campaigns.choices import ChaseStep
from campaigns.ladder import Ladder
from units.forms.fields import LineField

MOST = 30
_NUMBERS = re.compile(r"\s*[,;]\s*|\s+")


class DaysField(LineField):
    """Numbers of days between commas: "7, 3, 1"; empty for none."""

    def clean(self, value):
        text = super().clean(value)
        parts = [part for part in _NUMBERS.split(text) if part]
        if any(not re.fullmatch(r"\d{1,2}", part) or not 1 <= int(part) <= MOST for part in parts):
            raise forms.ValidationError(
                f"Đồng chí ghi các số ngày từ 1 đến {MOST}, cách nhau bằng dấu phẩy, ví dụ 7, 3, 1."
            )
        return sorted({int(part) for part in parts}, reverse=True)


def _delay(step):
    return forms.IntegerField(label=ChaseStep(step).label, min_value=1, max_value=MOST, required=False)


class LadderForm(forms.Form):
    """When the unit itself is reminded, in calendar days; after how many working days those above it are told."""

    before = DaysField(
        label="Nhắc đơn vị trước hạn (ngày)",
        required=False,
        max_length=60,
        help_text="Ví dụ 7, 3, 1. Để trống nếu không nhắc trước.",
    )
    on_day = forms.BooleanField(label="Nhắc đơn vị trong ngày hạn", required=False)
    after = DaysField(label="Nhắc đơn vị sau hạn (ngày)", required=False, max_length=60)
    second = _delay(ChaseStep.SECOND)
    in_charge = _delay(ChaseStep.IN_CHARGE)
    compiler = _delay(ChaseStep.COMPILER)
    leader = _delay(ChaseStep.LEADER)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "second"
        ].help_text = "Số ngày làm việc sau hạn; để trống thì không báo bước này. Các bước dưới cũng vậy."

    @property
    def ladder(self) -> Ladder:
        """What was typed."""
        typed = self.cleaned_data
        own = [-day for day in typed["before"]] + [0] * typed["on_day"] + sorted(typed["after"])
        above = tuple((str(step), typed[step]) for step in ChaseStep.ABOVE if typed[step])
        return Ladder(own=tuple(own), above=above)


def typed_of(ladder: Ladder) -> dict:
    """The first values of the form for a ladder."""
    before = [str(-day) for day in sorted(ladder.own) if day < 0]
    after = [str(day) for day in sorted(ladder.own) if day > 0]
    return {"before": ", ".join(before), "on_day": 0 in ladder.own, "after": ", ".join(after)} | dict(ladder.above)
