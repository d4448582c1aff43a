from datetime import date

from units.choices import DayKind
from units.models import CalendarDay
from units.workdays import WorkCalendar, add_working_days, next_working_day, previous_working_day


def make_days():
    CalendarDay.objects.create(day=date(2026, 8, 31), kind=DayKind.OFF, name="Hoán đổi")
    CalendarDay.objects.create(day=date(2026, 9, 1), kind=DayKind.OFF, name="Quốc khánh")
    CalendarDay.objects.create(day=date(2026, 9, 2), kind=DayKind.OFF, name="Quốc khánh")
    CalendarDay.objects.create(day=date(2026, 8, 22), kind=DayKind.MAKE_UP, name="Làm bù")


def test_working_days_skip_weekends_and_days_off(db):
    make_days()
    calendar = WorkCalendar.load()
    working = [day for day in range(20, 32) if calendar.is_working_day(date(2026, 8, day))]
    assert working == [20, 21, 22, 24, 25, 26, 27, 28]


def test_nearest_working_days(db):
    make_days()
    assert previous_working_day(date(2026, 9, 2)) == date(2026, 8, 28)
    assert next_working_day(date(2026, 8, 29)) == date(2026, 9, 3)
    assert next_working_day(date(2026, 8, 22)) == date(2026, 8, 22)


def test_add_working_days_goes_both_ways(db):
    make_days()
    assert add_working_days(date(2026, 8, 28), 2) == date(2026, 9, 4)
    assert add_working_days(date(2026, 9, 3), -1) == date(2026, 8, 28)
    assert add_working_days(date(2026, 8, 30), 0) == date(2026, 8, 30)


def test_calendar_is_read_in_one_query(db, django_assert_num_queries):
    make_days()
    with django_assert_num_queries(1):
        calendar = WorkCalendar.load()
        for day in range(1, 29):
            calendar.add_working_days(date(2026, 8, day), 3)
