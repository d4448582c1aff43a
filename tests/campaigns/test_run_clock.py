"""The clock beside the web process, the timer's command and the Celery task."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import OperationalError

from campaigns.management.commands import run_clock
from campaigns.models import Notification
from campaigns.services.reminders import plan_reminders
from campaigns.tasks import tick as tick_task
from tests import factories
from tests.campaigns.kills import ROOT, shared_database
from tests.campaigns.owed import at
from tests.processes import clean_environment
from units.models import Heartbeat, Job

FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))


@pytest.fixture
def due(cast, clock):
    """The first rung of five duties is due now."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])
    plan_reminders(assignments=list(plan.assignments.all()), now=at(dt.date(2026, 5, 20)))
    clock.move_to(FIRST)


def test_once_does_a_tick_and_the_jobs(due, cast):
    Job.objects.create(kind="none", title="Thử", asked_at=FIRST, asked_by=cast.clerk)
    call_command("run_clock", "--once")
    assert Notification.objects.count() == 3
    assert Heartbeat.objects.filter(name__in=("tick", "jobs")).count() == 2
    assert Job.objects.exclude(state="waiting").count() == 1


def test_the_timer_command_says_what_it_did(due, capsys):
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out.splitlines() == [
        "Đã nhắc 3 người (5 lời nhắc), gửi 3 thư, 0 tin nhắn.",
        "Đã nhắc 0 người (0 lời nhắc), gửi 0 thư, 0 tin nhắn.",
    ]


def test_the_celery_task_does_the_same(due):
    assert current_app.tasks["campaigns.tick"].name == tick_task.name
    tick_task.delay()
    assert Notification.objects.count() == 3


def test_a_database_error_is_logged_and_the_next_round_goes_on(due, monkeypatch, caplog):
    rounds = []

    def fails_first():
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("server closed the connection")

    command = run_clock.Command()
    monkeypatch.setattr(run_clock.connection, "close", lambda: None)  # the test's own transaction lives on it
    for _ in range(2):
        command._round(fails_first)
    assert len(rounds) == 2
    assert "the database did not answer the clock: server closed the connection" in caplog.text


def test_a_slow_round_does_not_pile_up_others(settings, monkeypatch):
    settings.CLOCK_TICK_SECONDS = settings.CLOCK_JOB_SECONDS = 0.01
    command = run_clock.Command()
    command.stopping = threading.Event()
    rounds = []

    def round_(part):
        rounds.append(part.__name__)
        if len(rounds) == 6:
            command.stopping.set()

    monkeypatch.setattr(command, "_round", round_)
    monkeypatch.setattr(run_clock.connection, "close", lambda: None)
    monkeypatch.setattr(run_clock, "close_old_connections", lambda: None)
    command._loop()
    assert sorted(rounds) == ["_jobs"] * 3 + ["_tick"] * 3


@pytest.mark.proves("F-07")
@pytest.mark.django_db(transaction=True)
def test_sigterm_ends_the_clock_cleanly(tmp_path):
    with shared_database(tmp_path) as (url, ask):
        environment = clean_environment(
            LANTOA_ENV="test", LANTOA_VAR_DIR=os.environ["LANTOA_VAR_DIR"], DATABASE_URL=url, LOG_LEVEL="INFO",
            DJANGO_SETTINGS_MODULE="config.settings",
        )  # fmt: skip
        command = [sys.executable, "manage.py", "run_clock"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as clock:
            for line in clock.stderr:
                if "the clock runs" in line:
                    break
            clock.send_signal(signal.SIGTERM)
            said = clock.stderr.read()
    assert (clock.returncode, "the clock has stopped" in said) == (0, True)
