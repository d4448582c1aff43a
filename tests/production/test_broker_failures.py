"""The broker fails, or the whole of Celery is killed in the middle: the rows hold what is owed, so nothing is lost (R-02, R-06)."""

import secrets
import shutil
import subprocess
import time
from collections import Counter
from email import message_from_bytes
from textwrap import indent

import pytest
import redis

from scripts.private_servers import free_port
from tests.processes import kill_tree, start_celery, wait_until
from tests.production.test_reminders_for_real import SEED, STATE, TOLD_ONCE

pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.redis]

PEOPLE, DUTIES, KILLS = 160, 2, 5
MOST_DELAY = 120  # seconds from the last restart: the rest of a lease of two minutes, and a tick of this site
MANY = f"""
from django.utils import timezone
from tests import factories
from campaigns.models import Assignment, Reminder

now = timezone.now()
ward = factories.make_ward(factories.make_province())
units = [factories.make_unit(ward) for _ in range({PEOPLE})]
people = {{unit.pk: factories.make_person(unit, "secretary", email=f"bt{{unit.pk}}@example.vn") for unit in units}}
for _ in range({DUTIES}):
    factories.make_issued_plan(ward, units=units)
Reminder.objects.bulk_create(
    Reminder(assignment=row, person=people[row.unit_id], rung=0, due_version=1, remind_on=timezone.localdate(now), remind_at=now)
    for row in Assignment.objects.filter(product="report")
)
"""
COUNTS = """
from campaigns.models import Delivery, Notification, Reminder
from django.db.models import Count
states = lambda rows: sorted(rows.order_by().values_list("state").annotate(n=Count("pk")))
print(states(Reminder.objects), states(Delivery.objects.filter(channel="email")))
print(Notification.objects.count(), sum(len(body.splitlines()) for body in Notification.objects.values_list("body", flat=True)))
"""
# What a unit sends meanwhile is taken in whatever became of the broker; no tick sees it between reminder and report.
OPEN = SEED.replace('Assignment.objects.filter(unit=done).update(state="submitted")\n', "")
REPORT = """
from campaigns.services.assignments import mark_submitted
row = Assignment.objects.select_related("unit", "plan").get(product="report", unit=done)
mark_submitted(unit=row.unit, plan=row.plan, by=people[done], at=now)
print(Assignment.objects.get(pk=row.pk).state)
"""
OPEN_THEN_REPORTED = f"from django.db import transaction\nwith transaction.atomic():\n{indent(OPEN + REPORT, '    ')}"


class Broker:
    """A Redis of the test's own, which fails in the ways of R-06 and comes back as it was."""

    def __init__(self):
        self.port, self.password, self.process = free_port(), secrets.token_hex(16), None
        self.start()

    @property
    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self):
        facts = {"bind": "127.0.0.1", "port": self.port, "requirepass": self.password, "save": "", "appendonly": "no"}
        settings = [word for name, value in facts.items() for word in (f"--{name}", str(value))]
        self.process = subprocess.Popen([shutil.which("redis-server"), *settings], stdout=subprocess.DEVNULL)

    def client(self, password=None):
        return redis.Redis(port=self.port, password=password or self.password)

    def flush(self):
        self.client().flushall()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def lock(self):
        """Another password, and whoever had come in by the old one is put out."""
        client = self.client()
        client.config_set("requirepass", "khac")
        client.client_kill_filter(_type="normal", skipme=True)

    def unlock(self):
        self.client("khac").config_set("requirepass", self.password)

    def nothing(self):
        """It is well again by itself."""


FAULTS = {
    "flushed": (Broker.flush, Broker.nothing),
    "killed": (Broker.kill, Broker.start),
    "wrong password": (Broker.lock, Broker.unlock),
}


@pytest.fixture
def broker():
    broker = Broker()
    yield broker
    broker.kill()


@pytest.fixture
def redis_url(broker):
    """The production set of these tests runs on a broker that may be broken."""
    return broker.url


@pytest.mark.proves("R-06")
@pytest.mark.parametrize("fault", FAULTS)
def test_no_reminder_and_no_report_is_lost_with_the_broker(production, mailbox, broker, fault):
    """wait_until fails when a process ends: none of them is started anew, all come back by themselves."""
    site = production
    fail, mend = FAULTS[fault]
    fail(broker)
    if mend is not Broker.nothing:
        wait_until(lambda: "onnection to broker lost" in site.log("worker"), site)
    assert site.python(OPEN_THEN_REPORTED) == "submitted"
    if mend is not Broker.nothing:
        assert mailbox.letters == []  # the control: with this broker nothing goes out
    mend(broker)
    wait_until(lambda: mailbox.letters, site, seconds=120)
    ticks = site.log("worker").count("succeeded")
    wait_until(lambda: site.log("worker").count("succeeded") >= ticks + 3, site, seconds=120)
    assert [letter.rcpt_tos for letter in mailbox.letters] == [["con@example.vn"]]
    assert site.python(STATE).splitlines() == TOLD_ONCE


@pytest.mark.proves("R-01", "R-02")
def test_the_whole_of_celery_killed_in_the_middle_tells_everybody(production, mailbox):
    """Worker, its children and beat at once, again and again, each time with letters still to be sent."""
    site = production
    mailbox.pause = 0.02
    site.python(MANY)
    for _ in range(KILLS):
        reached = len(mailbox.letters) + 3
        wait_until(lambda least=reached: len(mailbox.letters) >= least, site, seconds=300)
        assert len(told(mailbox)) < PEOPLE  # the control: whoever died had not finished
        for name in ("worker", "beat"):
            kill_tree(site.processes.pop(name))
        start_celery(site)
    mailbox.pause = 0
    restarted, left = time.monotonic(), PEOPLE - len(told(mailbox))
    # what the dead held is taken up when its lease of two minutes is over
    wait_until(lambda: len(told(mailbox)) == PEOPLE, site, seconds=300)
    delay = time.monotonic() - restarted
    wait_until(lambda: site.python(COUNTS).splitlines()[0].endswith(f"[('sent', {PEOPLE})]"), site, seconds=60)
    reminders, repeated = PEOPLE * DUTIES, sum(told(mailbox).values()) - PEOPLE
    print(f"{reminders} reminders, {PEOPLE} letters, {KILLS} kills of the whole tree: lost 0, sent again {repeated},")
    print(f"the last {left} letters {delay:.1f} s after the last restart")
    assert site.python(COUNTS).splitlines() == [
        f"[('sent', {reminders})] [('sent', {PEOPLE})]", f"{PEOPLE} {reminders}"
    ]  # fmt: skip
    assert repeated <= KILLS
    ids = {(letter.rcpt_tos[0], message_from_bytes(letter.content)["Message-ID"]) for letter in mailbox.letters}
    assert len(ids) == PEOPLE
    assert delay <= MOST_DELAY


def told(mailbox):
    """How many letters each address got."""
    return Counter(letter.rcpt_tos[0] for letter in mailbox.letters)
