"""Senders under SIGKILL: the rows, the processes, and what arrived (R-01)."""

import contextlib
import os
import queue
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from campaigns.models import Assignment, Reminder
from tests import factories
from tests.campaigns.smtp import mail_server
from tests.processes import sender_environment
from units.choices import Role

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds until a run that does not end is a failure


@dataclass
class Outcome:
    """What a run of kills came to."""

    kills: int
    lost: int
    lines: int
    reminders: int
    people: int
    letters: Counter
    message_ids: dict

    @property
    def letters_lost(self):
        return self.people - len(self.letters)

    @property
    def letters_doubled(self):
        return sum(self.letters.values()) - len(self.letters)


def make_due(*, people, duties):
    """`people` secretaries with `duties` reminders each, due a few minutes ago; a second list of who is served."""
    ward = factories.make_ward()
    units = [factories.make_unit(ward) for _ in range(people)]
    secretaries = {unit.pk: factories.make_person(unit, Role.SECRETARY, password="x") for unit in units}
    now = timezone.now()
    for _ in range(duties):
        plan = factories.make_plan(ward, state="issued", issued_at=now, issued_by=factories.make_user())
        duty = factories.make_duty(plan, product="report", last_day=timezone.localdate(now))
        rows = Assignment.objects.bulk_create(
            Assignment(plan=plan, duty=duty, unit=unit, product="report", due_on=duty.last_day) for unit in units
        )
        Reminder.objects.bulk_create(
            Reminder(
                assignment=row, person=secretaries[row.unit_id], rung=0, due_version=1,
                remind_on=duty.last_day, remind_at=now,
            )
            for row in rows
        )  # fmt: skip


def run(folder, *, people, duties, delay, least_kills=0, claims=True) -> Outcome:
    """Two senders work off the rows while a random one of them is killed every 0.25 to 0.6 seconds.

    Nobody is killed when `least_kills` is 0; `claims` switches off the defence, for the control.
    """
    make_due(people=people, duties=duties)
    with mail_server() as server, shared_database(folder) as (url, ask):
        server.delay = delay
        with sender_host(url, server.port, claims=claims) as pids:
            kills = kill_until(lambda: is_done(ask), pids, least_kills=least_kills)
        return Outcome(
            kills=kills,
            lost=ask("SELECT count(*) FROM campaigns_reminder WHERE state <> 'sent'")[0][0],
            lines=sum(row[0].count("\n") + 1 for row in ask("SELECT body FROM campaigns_notification")),
            reminders=people * duties,
            people=people,
            letters=Counter(recipient for recipient, _, _ in server.letters),
            message_ids={who: {mid for to, mid, _ in server.letters if to == who} for who, _, _ in server.letters},
        )


def is_done(ask):
    waiting = ask("SELECT count(*) FROM campaigns_reminder WHERE state = 'waiting'")[0][0]
    opened = ask("SELECT count(*) FROM campaigns_delivery WHERE state IN ('waiting', 'sending')")[0][0]
    return not waiting and not opened


def kill_until(done, pids, *, least_kills):
    """Kill and kill again until everything is handled; how many were killed."""
    kills, alive, chance = 0, [], random.Random(2026)
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, f"not done after {PATIENCE} s and {kills} kills"
        time.sleep(chance.uniform(0.25, 0.6))
        while not pids.empty():
            alive.append(pids.get())
        if alive and least_kills:
            with contextlib.suppress(ProcessLookupError):
                os.kill(alive.pop(chance.randrange(len(alive))), signal.SIGKILL)
                kills += 1
    assert kills >= least_kills, f"the work was over after {kills} kills: the test proves too little"
    return kills


@contextlib.contextmanager
def sender_host(url, port, *, claims):
    """The host with its two senders; gives a queue of the pids it reports."""
    # kills come at whatever hour it is
    environment = sender_environment(url, port, LOG_LEVEL="ERROR", REMIND_AT_ANY_HOUR="yes")
    command = [sys.executable, "-m", "tests.campaigns.senders", "2", *([] if claims else ["--no-claim"])]
    host = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    pids = queue.Queue()
    reader = threading.Thread(target=lambda: [pids.put(int(line)) for line in host.stdout], daemon=True)
    reader.start()
    try:
        yield pids
    finally:
        os.killpg(host.pid, signal.SIGKILL)
        host.wait()
        reader.join()
        host.stdout.close()


@contextlib.contextmanager
def shared_database(folder):
    """(URL, ask): the test's database as other processes reach it; on SQLite a copy in a file."""
    if connection.vendor == "postgresql":
        facts = connection.settings_dict
        login = f"{facts['USER']}:{facts['PASSWORD']}@" if facts["PASSWORD"] else f"{facts['USER']}@"
        yield f"postgres://{login}{facts['HOST']}:{facts['PORT']}/{facts['NAME']}", _ask_django
        return
    path = folder / "shared.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with contextlib.closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as copy:
        yield f"sqlite:///{path}", lambda sql: copy.execute(sql).fetchall()


def _ask_django(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
