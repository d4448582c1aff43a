"""What recurs (monthly, quarterly, half-yearly) is owed turn by turn, each with its own day, reminders and product."""

import datetime as dt

import pytest

from campaigns.choices import DeadlineRule, PlanState, Product
from campaigns.deadline_phrases import read_phrase
from campaigns.models import Assignment, Duty
from campaigns.recurrence import turn_after
from campaigns.services.assignments import mark_submitted
from campaigns.services.clock import tick
from campaigns.services.due_days import set_told_day
from campaigns.services.turns import make_turns, refresh_first_turns
from tests import factories
from tests.campaigns.owed import at, counted, counters, rungs

pytestmark = pytest.mark.usefixtures("clock")
MONTHLY = "định kỳ trước ngày 15 hằng tháng"
FIRST = dt.date(2026, 6, 14)


def days_after(phrase, start, number, first=None):
    days, day = [], start
    for _ in range(number):
        day = turn_after(phrase, first=first, after=day)
        days.append((day.day, day.month, day.year))
    return days


@pytest.mark.parametrize(
    ("phrase", "first", "days"),
    [
        (MONTHLY, None, [(14, 6, 2026), (14, 7, 2026), (14, 8, 2026)]),
        ("chậm nhất ngày 31 hằng tháng", None, [(30, 6, 2026), (31, 7, 2026), (31, 8, 2026)]),
        ("hằng quý, trước ngày 15 của tháng cuối quý", None, [(14, 6, 2026), (14, 9, 2026), (14, 12, 2026)]),
        ("6 tháng trước ngày 15/6, năm trước ngày 15/12", None, [(14, 6, 2026), (14, 12, 2026), (14, 6, 2027)]),
        ("định kỳ hằng quý", dt.date(2026, 6, 30), [(30, 6, 2026), (30, 9, 2026), (31, 12, 2026)]),
        ("định kỳ 6 tháng", dt.date(2026, 6, 20), [(20, 6, 2026), (20, 12, 2026), (20, 6, 2027)]),
    ],
)
def test_each_turn_follows_the_one_before(phrase, first, days):
    assert days_after(phrase, factories.TODAY, 3, first) == days


def test_what_tells_no_period_has_no_turns():
    assert turn_after("theo quy định", first=FIRST, after=FIRST) is None
    assert turn_after("định kỳ hằng quý", first=None, after=FIRST) is None


def test_two_days_a_year_are_one_deadline():
    read = read_phrase("6 tháng trước ngày 15/6, năm trước ngày 15/12", today=factories.TODAY)
    assert (read.rule, read.last_day) == ("recurring", FIRST)


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


@pytest.fixture
def duty(plan, cast):
    facts = {"rule": DeadlineRule.RECURRING, "deadline_phrase": MONTHLY, "last_day": FIRST}
    duty = factories.make_duty(
        plan, lead=cast.body, product=Product.ACTION, text="Báo cáo công tác tuyên truyền.", **facts
    )
    factories.make_assignment(duty, cast.body)
    return duty


def turns(duty):
    return list(duty.arisen.order_by("turn_on").values_list("turn_on", flat=True))


def test_the_next_turn_comes_when_the_present_one_is_over(duty, cast, sign_in):
    assert make_turns(now=at(FIRST)) == 0
    assert make_turns(now=at(FIRST + dt.timedelta(days=1))) == 1
    assert make_turns(now=at(FIRST + dt.timedelta(days=2))) == 0
    row = Assignment.objects.get(duty__origin=duty)
    assert (row.unit, row.due_on, row.state) == (cast.body, dt.date(2026, 7, 14), "todo")
    assert [rung for rung, _day in rungs(row)] == [-7, -3, -1, 0, 1, 3]
    assert counters() == counted()
    page = sign_in(cast.contact).get(f"/nhiem-vu/{row.pk}/").content.decode()
    assert "hết 14/6/2026" in page
    assert "Kỳ hạn hết ngày 14/7/2026" in page


def test_the_clock_makes_them_and_after_a_gap_none_is_missing(duty):
    tick(now=at(dt.date(2026, 9, 1)))
    assert turns(duty) == [dt.date(2026, 7, 14), dt.date(2026, 8, 14), dt.date(2026, 9, 14)]
    tick(now=at(dt.date(2026, 9, 1), dt.time(11, 0)))
    assert len(turns(duty)) == 3


@pytest.mark.parametrize("state", [PlanState.CLOSED, PlanState.WITHDRAWN])
def test_a_plan_that_ended_makes_no_turns(duty, state):
    duty.plan.state = state
    duty.plan.save(update_fields=["state"])
    assert make_turns(now=at(dt.date(2026, 9, 1))) == 0


def test_a_unit_of_the_group_owes_the_turn_if_it_is_active_then(plan, cast):
    facts = {"rule": DeadlineRule.RECURRING, "deadline_phrase": MONTHLY, "last_day": FIRST}
    factories.make_duty(plan, product=Product.REPORT, text="Báo cáo tháng.", **facts)
    late = factories.make_unit(cast.ward)
    make_turns(now=at(dt.date(2026, 6, 15)))
    rows = Assignment.objects.filter(duty__turn_on=dt.date(2026, 7, 14))
    assert {row.unit for row in rows} == {cast.own_unit, cast.other_unit, late}
    assert {row.product for row in rows} == {Product.DOCUMENT}
    mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=at(dt.date(2026, 6, 16)))
    assert {row.state for row in rows.all()} == {"todo"}  # the report of the plan is not the report of the month
    assert counters() == counted()


def test_a_plan_recorded_from_paper_begins_with_its_next_turn(duty, cast):
    Duty.objects.filter(pk=duty.pk).update(last_day=dt.date(2021, 3, 14))
    make_turns(now=at(dt.date(2026, 6, 4)))
    assert turns(duty) == [FIRST]


def test_a_period_without_a_day_asks_for_its_first_one_and_goes_on_from_there(plan, cast, sign_in):
    facts = {"rule": DeadlineRule.RECURRING, "deadline_phrase": "định kỳ hằng quý", "last_day": None}
    duty = factories.make_duty(plan, lead=cast.body, product=Product.DOCUMENT, **facts)
    factories.make_assignment(duty, cast.body)
    assert "chưa có ngày của kỳ đầu" in sign_in(cast.compiler).get("/").content.decode()
    assert make_turns(now=at(dt.date(2026, 9, 1))) == 0
    set_told_day(duty=duty, due_on=dt.date(2026, 6, 30), basis="Công văn 15.", by=cast.compiler, at=factories.NOW)
    make_turns(now=at(dt.date(2026, 9, 1)))
    assert turns(duty) == [dt.date(2026, 9, 30)]


def test_a_turn_that_passed_while_the_plan_was_drafted_is_no_obstacle(duty, plan):
    refresh_first_turns(plan=plan, on=dt.date(2026, 6, 20))
    duty.refresh_from_db()
    assert duty.last_day == dt.date(2026, 7, 14)
