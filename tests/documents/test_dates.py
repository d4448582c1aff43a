from datetime import date

import pytest

from documents import dates


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2026, 5, 5), "05/5/2026", "ngày 05 tháng 5 năm 2026"),
        (date(2026, 2, 3), "03/02/2026", "ngày 03 tháng 02 năm 2026"),
        (date(2026, 12, 25), "25/12/2026", "ngày 25 tháng 12 năm 2026"),
    ],
)
def test_dates_both_ways(day, short, long):
    assert (dates.short(day), dates.long(day)) == (short, long)
    assert dates.parse(short) == dates.parse(long) == day


def test_blank_day_keeps_the_month_foreseen():
    assert dates.long_blank(date(2026, 5, 1)) == "ngày      tháng 5 năm 2026"
    assert dates.long_blank(None) == "ngày      tháng      năm      "


@pytest.mark.parametrize(("typed", "day"), [("5.6.2026", date(2026, 6, 5)), ("05-06-2026", date(2026, 6, 5))])
def test_the_day_comes_first_however_it_is_typed(typed, day):
    assert dates.parse(typed) == day


@pytest.mark.parametrize("text", ["", "31/6/2026", "29/02/2025", "00/13/2026", "1/2/2026 và 3/4/2026", "1/2/26"])
def test_impossible_dates_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- datetime.date's own message differs
        dates.parse(text)
