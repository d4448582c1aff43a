"""Dates, times and numbers as they are typed in Vietnam."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats


@pytest.mark.parametrize(
    "typed", ["05/6/2026", "5/6/2026", "05/06/2026", "5-6-2026", "05.06.2026", "2026-06-05", "05/6/26", " 05/6/2026 "]
)
def test_the_day_comes_first(typed):
    assert forms.DateField().clean(typed) == dt.date(2026, 6, 5)


@pytest.mark.parametrize("typed", ["31/6/2026", "29/02/2025", "00/13/2026", "6/27/2026", "ngày mai"])
def test_an_impossible_date_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refusal:
        forms.DateField().clean(typed)
    assert refusal.value.messages == ["Ngày này không có trên lịch. Viết theo dạng ngày/tháng/năm, ví dụ 05/6/2026."]


@pytest.mark.parametrize("typed", ["19:30", "19 giờ 30", "19h30", "19:30:00"])
def test_times_are_read_as_people_write_them(typed):
    assert forms.TimeField().clean(typed) == dt.time(19, 30)


def test_a_moment_of_a_browser_and_a_typed_one_are_the_same():
    field = forms.DateTimeField()
    assert field.clean("2026-06-05T19:30") == field.clean("05/6/2026 19:30") == field.clean("19:30 05/06/2026")


def test_a_date_is_shown_back_as_it_may_be_typed():
    shown = forms.DateInput().format_value(dt.date(2026, 6, 5))
    assert shown == "05/06/2026"
    assert forms.DateField().clean(shown) == dt.date(2026, 6, 5)


def test_numbers_use_the_comma():
    assert formats.localize(Decimal("95.6")) == "95,6"
    assert forms.DecimalField(localize=True).clean("95,6") == Decimal("95.6")
    assert formats.date_format(dt.date(2026, 6, 5), "SHORT_DATE_FORMAT") == "05/06/2026"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
