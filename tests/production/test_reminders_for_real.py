"""A reminder on its whole way: PostgreSQL row, beat, Redis, worker, SMTP (R-02 in small, R-04, R-08)."""

import email
from email.header import decode_header, make_header

import pytest

from tests.processes import CELERY, kill_tree, start, start_celery, wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

# Two units with a reminder due this minute; one of them has reported meanwhile.
SEED = """
from django.utils import timezone
from tests import factories
from campaigns.models import Assignment, Reminder

now = timezone.now()
ward = factories.make_ward(factories.make_province())
late, done = factories.make_unit(ward), factories.make_unit(ward)
people = {unit: factories.make_person(unit, "secretary", email=f"{word}@example.vn") for unit, word in ((late, "con"), (done, "xong"))}
plan = factories.make_issued_plan(ward, units=[late, done])
Assignment.objects.filter(unit=done).update(state="submitted")
for row in Assignment.objects.filter(product="report"):
    Reminder.objects.create(
        assignment=row, person=people[row.unit], rung=0, due_version=1, remind_on=timezone.localdate(now), remind_at=now
    )
"""
STATE = """
from campaigns.models import Delivery, Notification, Reminder
print(sorted(Reminder.objects.values_list("person__email", "state")))
print(sorted(Notification.objects.values_list("person__email", flat=True)))
print(sorted(Delivery.objects.values_list("person__email", "channel", "state", "tries")))
"""
TOLD_ONCE = [
    "[('con@example.vn', 'sent'), ('xong@example.vn', 'cancelled')]",
    "['con@example.vn']",
    "[('con@example.vn', 'email', 'sent', 1), ('con@example.vn', 'in_app', 'sent', 0)]",
]


@pytest.mark.proves("R-02", "R-04", "R-08")
def test_worker_delivers_a_reminder_once(production, mailbox):
    site = production
    site.python(SEED)
    wait_until(lambda: mailbox.letters, site, seconds=30)
    # The worker and beat die at once and come back, and a second beat joins: nothing is told again.
    for name in ("worker", "beat"):
        kill_tree(site.processes.pop(name))
    start_celery(site)
    start(site, "second-beat", *CELERY, "beat", "-l", "INFO", "-s", str(site.folder / "second-schedule"))
    ticks = site.log("worker").count("campaigns.tick")
    wait_until(lambda: site.log("worker").count("succeeded") >= ticks + 3, site, seconds=60)
    assert site.python(STATE).splitlines() == TOLD_ONCE
    assert [letter.rcpt_tos for letter in mailbox.letters] == [["con@example.vn"]]
    message = email.message_from_bytes(mailbox.letters[0].content)
    assert message["Message-ID"].startswith("<nhac-viec.")
    assert "hạn" in str(make_header(decode_header(message["Subject"]))).lower()


@pytest.mark.proves("R-09")
def test_letter_waits_for_the_mail_server(production, mailbox):
    """With the mail server away the person is told in the program at once; the letter waits with its reason."""
    site = production
    for name in ("worker", "beat"):
        kill_tree(site.processes.pop(name))
    site.environment["EMAIL_PORT"] = "1"  # nobody listens there
    site.python(SEED)
    start_celery(site)
    wait_until(lambda: site.log("worker").count("campaigns.tick[") >= 4, site, seconds=40)
    assert site.python(STATE).splitlines() == [
        *TOLD_ONCE[:2],
        "[('con@example.vn', 'email', 'waiting', 0), ('con@example.vn', 'in_app', 'sent', 0)]",
    ]
    # tried, although a server that is away costs no try
    reason = site.python('from campaigns.models import Delivery; print(Delivery.objects.get(channel="email").problem)')
    assert reason.startswith("Không kết nối được máy chủ thư")
    assert mailbox.letters == []
