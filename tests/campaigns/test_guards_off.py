"""Reminders under failure with their guard on and off: a test that cannot see the defect proves nothing (R-03, R-07, R-08)."""

import datetime as dt

import pytest
from django.core import mail
from django.test import override_settings

from campaigns.models import Assignment, Notification, Reminder
from campaigns.selectors import told
from campaigns.services import assignments as duties
from campaigns.services import clock, digests
from campaigns.services.clock import tick
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at

ISSUED_AT = at(dt.date(2026, 5, 20))
HALF_PAST_SEVEN = dt.time(7, 30)
FIRST = at(dt.date(2026, 5, 28), HALF_PAST_SEVEN)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def plan(cast):
    """Issued on 20/5, due on 4/6."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], issued_at=ISSUED_AT)
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def morning(month, day):
    return at(dt.date(2026, month, day), HALF_PAST_SEVEN)


def days_told(person):
    """Days on which `person` found a digest."""
    found = Notification.objects.filter(person=person, key__startswith="digest:").order_by("created_at")
    return [one.created_at.astimezone(factories.HANOI).date() for one in found]


def moved_twice(plan, cast):
    """The office moves the day to 11/6 and to 18/6 before any reminder; the clock runs until three days before it."""
    for day, due in ((22, dt.date(2026, 6, 11)), (25, dt.date(2026, 6, 18))):
        for row in Assignment.objects.filter(plan=plan).select_related("plan__ward", "unit", "duty"):
            duties.extend(assignment=row, due_on=due, reason="Mưa lũ.", by=cast.compiler, at=at(dt.date(2026, 5, day)))
    day = dt.date(2026, 5, 21)
    while day <= dt.date(2026, 6, 15):
        for time in (HALF_PAST_SEVEN, dt.time(16, 0)):
            tick(now=at(day, time))
        day += dt.timedelta(days=1)


@pytest.mark.proves("R-07")
def test_a_day_moved_twice_is_told_of_the_final_one_alone(plan, cast):
    moved_twice(plan, cast)
    assert days_told(cast.secretary) == [dt.date(2026, 6, 11), dt.date(2026, 6, 15)]  # seven and three days before 18/6
    told_of = Reminder.objects.filter(state="sent", person=cast.secretary)
    assert set(told_of.values_list("due_version", flat=True)) == {3}
    at_three = told_of.filter(assignment__product="report", rung=-3)
    assert [(row.delivery_day, row.assignment.due_on) for row in at_three] == [
        (dt.date(2026, 6, 15), dt.date(2026, 6, 18))
    ]
    letters = [letter for letter in mail.outbox if letter.to == [cast.secretary.email]]
    letters = [letter for letter in letters if letter.extra_headers["Message-ID"].startswith("<nhac-viec.")]
    assert ["18/6/2026" in letter.body for letter in letters] == [True, True]


@pytest.mark.proves("R-07")
def test_the_control_with_old_versions_left_standing_tells_of_them(plan, cast, monkeypatch):
    """Neither cancelled when the day moves nor looked at again before it is told: every old day is told of too."""
    monkeypatch.setattr("campaigns.services.new_days.cancel_reminders", lambda **facts: 0)
    monkeypatch.setattr(digests, "_why_not", lambda row, people: None)
    moved_twice(plan, cast)
    assert len(days_told(cast.secretary)) > 2
    assert {1, 2} & set(Reminder.objects.filter(state="sent").values_list("due_version", flat=True))


@pytest.mark.proves("R-03")
def test_the_control_that_rings_at_the_hour_alone_tells_nobody_after_a_standstill(plan, cast, monkeypatch):
    """A clock that looks only at what falls due this very minute, as a line of crontab does, has missed it for good."""
    due_people = clock.due_people

    def due_this_minute(now, *, limit, skip=frozenset()):
        older = set(due_people(now - MINUTE, limit=1000))
        return [person for person in due_people(now, limit=limit, skip=skip) if person not in older]

    monkeypatch.setattr(clock, "due_people", due_this_minute)
    tick(now=FIRST + dt.timedelta(hours=6))
    assert days_told(cast.secretary) == []
    monkeypatch.undo()
    tick(now=FIRST + dt.timedelta(hours=6))
    assert days_told(cast.secretary) == [FIRST.date()]


@pytest.mark.proves("R-03")
def test_the_control_without_folding_writes_a_letter_a_day(plan, cast, monkeypatch):
    """Three mornings on which the mail server was away: one letter when they are folded, three when they are not."""
    smtp = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}

    def mornings():
        with override_settings(**smtp):
            for now in (FIRST, morning(6, 1), morning(6, 3)):
                tick(now=now)

    monkeypatch.setattr(clock, "fold_waiting", lambda *, now: 0)
    mornings()
    tick(now=morning(6, 3) + 2 * MINUTE)
    assert [letter.to for letter in mail.outbox].count([cast.secretary.email]) == 3


@pytest.mark.proves("R-08")
def test_the_control_of_the_last_look_sends_a_letter_about_work_done(plan, cast, monkeypatch):
    """The letter waits while the unit reports: not sent, unless what it says is not looked at again."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        tick(now=FIRST)
    for unit, person in ((cast.own_unit, cast.secretary), (cast.other_unit, cast.other_secretary)):
        duties.mark_studied(unit=unit, plans=[plan], by=person, at=FIRST + MINUTE)
        duties.mark_submitted(unit=unit, plan=plan, by=person, at=FIRST + MINUTE)
    with monkeypatch.context() as patch:
        patch.setattr(told, "_still_stands", lambda row: row.person_id == cast.secretary.pk)
        tick(now=FIRST + 3 * MINUTE)
    assert [letter.to for letter in mail.outbox] == [[cast.secretary.email]]
