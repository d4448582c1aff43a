"""The days of the rungs, over months, years, Tết and 29 February."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.ladder import RUNGS, Rung, rungs_of
from units.workdays import WorkCalendar

PLAIN = WorkCalendar({})
TET = [dt.date(2027, 2, day) for day in range(4, 11)]
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2036, 12, 31))


def test_a_thursday_in_june():
    assert rungs_of(dt.date(2026, 6, 4), calendar=PLAIN) == [
        Rung(-7, dt.date(2026, 5, 28)),
        Rung(-3, dt.date(2026, 6, 1)),
        Rung(-1, dt.date(2026, 6, 3)),
        Rung(0, dt.date(2026, 6, 4)),
        Rung(1, dt.date(2026, 6, 5)),
        Rung(3, dt.date(2026, 6, 8)),  # the Sunday moves on to Monday
    ]


def test_a_sunday_keeps_the_most_urgent_rung_of_its_friday():
    assert rungs_of(dt.date(2026, 5, 31), calendar=PLAIN) == [
        Rung(-7, dt.date(2026, 5, 22)),
        Rung(-3, dt.date(2026, 5, 28)),
        Rung(0, dt.date(2026, 5, 29)),
        Rung(1, dt.date(2026, 6, 1)),
        Rung(3, dt.date(2026, 6, 3)),
    ]


def test_rungs_in_tet_move_before_it_and_after_it():
    calendar = WorkCalendar(dict.fromkeys(TET, "off"))
    assert rungs_of(dt.date(2027, 2, 8), calendar=calendar) == [
        Rung(-7, dt.date(2027, 2, 1)),
        Rung(0, dt.date(2027, 2, 3)),
        Rung(3, dt.date(2027, 2, 11)),
    ]


def test_a_saturday_worked_instead_is_a_working_day():
    calendar = WorkCalendar({dt.date(2026, 6, 6): "make_up"})
    assert Rung(0, dt.date(2026, 6, 6)) in rungs_of(dt.date(2026, 6, 6), calendar=calendar)


@pytest.mark.proves("T-05")
@settings(max_examples=5000, deadline=None, database=None)
@given(due=DAYS, off=st.sets(st.integers(-12, 12), max_size=9), worked=st.sets(st.integers(-12, 12), max_size=3))
def test_no_rung_is_a_day_off(due, off, worked):
    special = {due + dt.timedelta(days=day): "off" for day in off}
    special |= {due + dt.timedelta(days=day): "make_up" for day in worked}
    calendar = WorkCalendar(special)
    rungs = rungs_of(due, calendar=calendar)
    assert {rung.day: rung.offset for rung in rungs} == expected(due, special)
    assert [rung.day for rung in rungs] == sorted({rung.day for rung in rungs})
    assert [rung.offset for rung in rungs] == sorted(rung.offset for rung in rungs)


def expected(due, special):
    """The same by brute force: look at each day one by one."""
    found = {}
    for offset in RUNGS:
        day = due + dt.timedelta(days=offset)
        while (special.get(day) or ("off" if day.isoweekday() > 5 else "worked")) == "off":
            day += dt.timedelta(days=1 if offset > 0 else -1)
        found[day] = max(offset, found.get(day, -99))
    return found
