"""What the health page says about reminders."""

import datetime as dt

import pytest

from campaigns.models import Delivery
from campaigns.services.clock import tick
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.health import run_checks
from units.services.heartbeat import SENDING_HELD, beat

NOW = at(dt.date(2026, 5, 28), dt.time(8, 0))


def levels(now=NOW):
    return {one.key: one.level for one in run_checks(now=now) if one.key.startswith("reminder-")}


@pytest.fixture
def ticked(db):
    tick(now=NOW)


def test_all_is_well_after_a_tick(ticked):
    assert levels() == {"reminder-queue": "ok", "reminder-failures": "ok"}


def test_a_due_reminder_that_waits_is_red(ticked, cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    plan_reminders(assignments=list(plan.assignments.all()), now=at(dt.date(2026, 5, 20)))
    assert levels()["reminder-queue"] == "bad"


def test_holding_after_a_restore_and_failed_letters_are_amber(ticked, cast):
    beat(name=SENDING_HELD, at=NOW, note="Phục hồi.")
    Delivery.objects.create(
        person=cast.secretary, day=NOW.date(), channel="email", state="failed", created_at=NOW, problem="550"
    )
    assert levels() == {"reminder-queue": "warn", "reminder-failures": "warn"}
    assert any(cast.secretary.full_name in one.sentence for one in run_checks(now=NOW))
