"""The lunar calendar of Việt Nam, and the days around Tết on which nobody is reminded."""

import datetime as dt

import pytest

from units.lunar import LunarDay, lunar_day
from units.workdays import RemindingCalendar, WorkCalendar, is_tet_season

pytestmark = pytest.mark.once

# Mùng 1 Tết as printed in calendars of Việt Nam; in 1985, 2007 and 2030 it differs from the Chinese one.
TET = (
    (1985, 1, 21), (2007, 2, 17), (2020, 1, 25), (2021, 2, 12), (2022, 2, 1), (2023, 1, 22), (2024, 2, 10),
    (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13), (2030, 2, 2), (2033, 1, 31),
)  # fmt: skip


@pytest.mark.parametrize("tet", TET)
def test_tet_is_the_first_of_the_first_month(tet):
    day = dt.date(*tet)
    assert lunar_day(day) == LunarDay(1, 1)
    eve = lunar_day(day - dt.timedelta(days=1))
    assert (eve.month, eve.day in {29, 30}, eve.leap) == (12, True, False)


def test_leap_months_are_told_apart():
    assert lunar_day(dt.date(2025, 6, 25)) == LunarDay(1, 6)
    assert lunar_day(dt.date(2025, 7, 25)) == LunarDay(1, 6, leap=True)
    assert lunar_day(dt.date(2023, 3, 22)) == LunarDay(1, 2, leap=True)


def test_every_day_follows_the_one_before():
    """Over thirty years each day is the next of its month or the first of the next; months have 29 or 30 days."""
    day, last = dt.date(2015, 1, 1), lunar_day(dt.date(2014, 12, 31))
    while day.year < 2045:
        found = lunar_day(day)
        if found.day != 1:
            assert found == LunarDay(last.day + 1, last.month, last.leap)
        else:
            assert last.day in {29, 30}
            assert found.month == last.month % 12 + 1 or (found.leap and found.month == last.month)
        day, last = day + dt.timedelta(days=1), found


def test_the_season_of_tet_2027():
    """23 tháng Chạp is 30/01/2027, mùng 6 is 11/02/2027."""
    season = [dt.date(2027, 1, 1) + dt.timedelta(days=n) for n in range(90)]
    season = [day for day in season if is_tet_season(day)]
    assert (season[0], season[-1], len(season)) == (dt.date(2027, 1, 30), dt.date(2027, 2, 11), 13)


def test_the_office_works_in_the_season_but_reminds_nobody():
    monday = dt.date(2027, 2, 1)
    assert WorkCalendar({}).is_working_day(monday)
    assert not RemindingCalendar({}).is_working_day(monday)
    assert RemindingCalendar({}).previous_working_day(monday) == dt.date(2027, 1, 29)
    assert RemindingCalendar({}).next_working_day(monday) == dt.date(2027, 2, 12)
