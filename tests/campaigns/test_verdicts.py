"""On time, on the day, late: judged by the receipt time in Hà Nội."""

import datetime as dt
import os
import time

import pytest

from campaigns.choices import DeadlineRule
from campaigns.verdicts import Verdict, verdict
from tests.campaigns.owed import at
from units.choices import DeadlineReading

DUE = dt.date(2026, 6, 4)  # "trước ngày 05/6/2026"
DAY_D = dt.date(2026, 6, 5)


@pytest.mark.parametrize(
    ("rule", "reading", "day", "excused", "expected"),
    [
        ("before", "tolerant", DUE, False, Verdict("on_time")),
        ("before", "tolerant", DAY_D, False, Verdict("due_day")),
        ("before", "tolerant", dt.date(2026, 6, 6), False, Verdict("late", 1)),
        ("before", "tolerant", dt.date(2026, 6, 6), True, Verdict("excused", 1)),
        ("before", "strict", DUE, False, Verdict("on_time")),
        ("before", "strict", DAY_D, False, Verdict("late", 1)),
        ("before", "strict", dt.date(2026, 6, 6), False, Verdict("late", 2)),
        ("before", "strict", DAY_D, True, Verdict("excused", 1)),
        ("by", "tolerant", DUE, False, Verdict("on_time")),
        ("by", "tolerant", DAY_D, False, Verdict("late", 1)),
        ("within_month", "tolerant", DAY_D, False, Verdict("late", 1)),
    ],
)
def test_the_table_of_verdicts(rule, reading, day, excused, expected):
    assert verdict(due_on=DUE, rule=rule, reading=reading, received_at=at(day), excused=excused) == expected


def test_without_a_day_nothing_is_late():
    received = at(dt.date(2030, 1, 1))
    assert verdict(due_on=None, rule="open", reading="strict", received_at=received) == Verdict("no_day")


@pytest.mark.parametrize(
    ("found", "on_time", "label"),
    [
        (Verdict("on_time"), True, "đúng hạn"),
        (Verdict("due_day"), True, "đúng ngày hạn"),
        (Verdict("late", 3), False, "muộn 3 ngày"),
        (Verdict("excused", 3), True, "muộn 3 ngày, được cho qua"),
        (Verdict("no_day"), True, "không định hạn"),
    ],
)
def test_words_and_counting(found, on_time, label):
    assert (found.on_time, found.label) == (on_time, label)


@pytest.mark.proves("T-01")
@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def test_the_last_second_of_the_day_in_any_zone_of_the_server(zone, monkeypatch):
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        last = at(DUE, dt.time(23, 59, 59, 999_000)).astimezone(dt.UTC)
        first = at(DAY_D, dt.time(0, 0)).astimezone(dt.UTC)
        judged = [
            verdict(due_on=DUE, rule=DeadlineRule.BY, reading=DeadlineReading.STRICT, received_at=moment)
            for moment in (last, first)
        ]
    finally:
        os.environ["TZ"] = before or ""
        if before is None:
            del os.environ["TZ"]
        time.tzset()
    assert judged == [Verdict("on_time"), Verdict("late", 1)]
