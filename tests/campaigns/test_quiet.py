"""Nobody is disturbed at night, on days off and over Tết; what fell due then goes out once, afterwards."""

import datetime as dt

import pytest

from campaigns.choices import Product
from campaigns.models import Notification, Reminder
from campaigns.quiet import quiet_until
from campaigns.services.clock import Ticked, tick
from campaigns.services.reminders import hold_reminders, plan_reminders
from tests import factories
from tests.campaigns.owed import at, rungs
from units.health import run_checks
from units.models import CalendarDay

FRIDAY, MONDAY = dt.date(2026, 5, 29), dt.date(2026, 6, 1)
SIX = dt.time(6, 0)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(FRIDAY, dt.time(6, 0)), None),
        (at(FRIDAY, dt.time(20, 59)), None),
        (at(FRIDAY, dt.time(5, 59)), at(FRIDAY, SIX)),
        (at(FRIDAY, dt.time(21, 0)), at(MONDAY, SIX)),
        (at(dt.date(2026, 5, 30)), at(MONDAY, SIX)),
        (at(dt.date(2027, 1, 29), dt.time(22, 0)), at(dt.date(2027, 2, 12), SIX)),
        (at(dt.date(2027, 2, 11)), at(dt.date(2027, 2, 12), SIX)),
    ],
)
def test_the_silence_ends_on_the_next_morning_of_work(now, until):
    assert quiet_until(now) == until


def test_a_day_off_is_silent_and_a_saturday_worked_instead_is_not():
    CalendarDay.objects.update_or_create(day=FRIDAY, defaults={"kind": "off", "name": "Nghỉ"})
    CalendarDay.objects.update_or_create(day=dt.date(2026, 5, 30), defaults={"kind": "make_up", "name": "Làm bù"})
    assert quiet_until(at(FRIDAY)) == at(dt.date(2026, 5, 30), SIX)
    assert quiet_until(at(dt.date(2026, 5, 30))) is None


@pytest.fixture
def due(cast):
    """Reminders of the -3 rung (Monday 01/6) that a power cut kept until the evening after."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=at(MONDAY, dt.time(7, 0)))
    plan_reminders(assignments=list(plan.assignments.all()), now=at(MONDAY, dt.time(7, 0)))
    return plan


def test_what_falls_due_in_the_night_goes_out_once_in_the_morning(due):
    assert tick(now=at(MONDAY, dt.time(23, 0))) == Ticked(quiet=True)
    assert tick(now=at(dt.date(2026, 6, 2), dt.time(3, 0))) == Ticked(quiet=True)
    assert not Notification.objects.exists()
    assert tick(now=at(dt.date(2026, 6, 2), SIX)).people == 1
    assert tick(now=at(dt.date(2026, 6, 2), dt.time(6, 1))).people == 0


def test_the_health_page_stays_calm_in_the_silence(due):
    def level(now):
        return next(one.level for one in run_checks(now=now) if one.key == "reminder-queue")

    assert level(at(MONDAY, dt.time(23, 0))) == "ok"
    assert level(at(dt.date(2026, 6, 2), dt.time(6, 5))) == "ok"
    assert level(at(dt.date(2026, 6, 2), dt.time(6, 11))) == "bad"


def test_the_switch_for_trials_ends_the_silence(due, settings):
    settings.REMIND_AT_ANY_HOUR = True
    assert tick(now=at(MONDAY, dt.time(23, 0))).people == 1


def test_rungs_in_the_season_of_tet_come_before_it_and_after_it(cast):
    duty = factories.make_duty(
        factories.make_plan(cast.ward, state="draft"), product=Product.REPORT, last_day=dt.date(2027, 2, 8)
    )
    row = factories.make_assignment(duty, cast.own_unit)
    plan_reminders(assignments=[row], now=at(dt.date(2027, 1, 4)))
    assert rungs(row) == [(0, dt.date(2027, 1, 29)), (3, dt.date(2027, 2, 12))]


def test_a_promise_for_a_saturday_holds_until_monday(due, cast):
    hold_reminders(unit=cast.own_unit, until=dt.date(2026, 6, 6))
    days = set(Reminder.objects.filter(rung__lte=1).values_list("remind_on", flat=True))
    assert days == {dt.date(2026, 6, 8)}
