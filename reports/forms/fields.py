"""Fields that older fingers and phones fill in: counts, days as people write them, points with a comma, clean text."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.text import clean_text
from reports.wording import points_words
from units.templatetags.lantoa import vn_day

MOST_WORDS = 2000  # characters of an answer in words
LARGEST = 100_000
_DIGITS = re.compile(r"\d+")
WRITE_A_DAY = "Đồng chí ghi ngày theo thứ tự ngày, tháng, năm. Thí dụ: 05/6/2026."


class CountField(forms.IntegerField):
    """A number of heads or things, 0 and up; an empty field is "chưa có số liệu", never 0."""

    def __init__(self, *, label, required=False, example=37, **kwargs):
        messages = {
            "required": f"Đồng chí ghi {label.lower()}.",
            "invalid": f"Chỉ ghi chữ số. Thí dụ: {example}.",
            "min_value": "Số này không thể nhỏ hơn 0.",
            "max_value": f"Số này quá lớn (nhiều nhất {LARGEST}). Đồng chí kiểm tra lại.",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 20}))
        super().__init__(
            label=label, required=required, min_value=0, max_value=LARGEST, error_messages=messages, **kwargs
        )

    def to_python(self, value):
        if isinstance(value, str):
            # full-width figures and spaces between thousands come from some keyboards
            value = "".join(unicodedata.normalize("NFKC", value).split())
            if value and not value.lstrip("-").isdigit():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DayField(forms.DateField):
    """A day as people write it: "05/6/2026", "5.6.2026", "5 6" (this year), "05062026", or 2026-06-05 from a machine.

    Always day before month. Shown again as the office writes it: 05/6/2026.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 40}))
        kwargs.setdefault("error_messages", {"required": WRITE_A_DAY, "invalid": WRITE_A_DAY})
        super().__init__(input_formats=["%d/%m/%Y"], **kwargs)

    def prepare_value(self, value):
        return vn_day(value) if isinstance(value, dt.date) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return _read_day(unicodedata.normalize("NFKC", str(value)), timezone.localdate())
        except (ValueError, OverflowError) as error:  # a year of twenty figures is no year
            raise ValidationError(WRITE_A_DAY, code="invalid") from error


def _read_day(text, today):
    parts = _DIGITS.findall(text)
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) == 1 and len(parts[0]) == 4:
        parts = [parts[0][:2], parts[0][2:]]
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    if len(parts) == 2:
        day = dt.date(today.year, int(parts[1]), int(parts[0]))
        # "28/12" typed in January is last December: a session has been held already
        return day if day <= today else day.replace(year=today.year - 1)
    if len(parts) != 3:
        raise ValueError("Not a day.")
    year = int(parts[2])
    return dt.date(year + 2000 if year < 100 else year, int(parts[1]), int(parts[0]))


class PointsField(forms.Field):
    """Points from 0 to `most` in steps of 0.5, with a comma or a full stop; empty is "chưa chấm"."""

    def __init__(self, *, most, **kwargs):
        self.most = Decimal(most)
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return points_words(value)
        return value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            points = Decimal(unicodedata.normalize("NFKC", str(value)).strip().replace(",", "."))
        except InvalidOperation:
            points = None
        if points is None or not points.is_finite():
            raise ValidationError("Chỉ ghi số điểm. Thí dụ: 7,5.", code="invalid")
        if not 0 <= points <= self.most:
            raise ValidationError(f"Điểm của dòng này từ 0 đến {points_words(self.most)}.", code="range")
        if points * 2 != (points * 2).to_integral_value():
            raise ValidationError("Điểm chia theo bước 0,5. Thí dụ: 7 hoặc 7,5.", code="step")
        return points


class WordsField(forms.CharField):
    """Text in NFC without what no paper can print; `multiline` keeps line feeds."""

    def __init__(self, *, multiline=False, limit=MOST_WORDS, rows=3, **kwargs):
        self.multiline, self.limit = multiline, limit
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}) if multiline else forms.TextInput())
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean_text(value or "", limit=self.limit, multiline=self.multiline, name=str(self.label or "Nội dung"))
