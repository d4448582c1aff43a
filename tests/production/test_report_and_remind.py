"""The report-and-remind part of the campaign on PostgreSQL, Redis, gunicorn and Celery: told once, reported, left in peace."""

import json

import pytest

from tests.e2e.steps_office import read_notice
from tests.e2e.steps_people import open_card
from tests.e2e.steps_results import MOST_TAPS, report_session, unit_papers
from tests.processes import wait_until
from tests.production.test_report_for_real import SEED

pytestmark = [pytest.mark.e2e, pytest.mark.postgres, pytest.mark.redis]

# The secretary's next reminder falls due now; those of later days wait.
DUE_NOW = """
from campaigns.models import Reminder
first = Reminder.objects.filter(person=secretary).order_by("remind_at", "pk").first()
Reminder.objects.filter(pk=first.pk).update(remind_at=now, remind_on=today)
"""
STATE = """
import json
from campaigns.models import Delivery, Notification, Reminder
from reports.models import Submission
print(json.dumps({
    "submissions": list(Submission.objects.values_list("state", "revision", "excused")),
    "told": Notification.objects.filter(key__startswith="digest:").count(),
    "letters": list(Delivery.objects.filter(channel="email").values_list("state", "tries")),
    "waiting": Reminder.objects.filter(state="waiting", assignment__unit__submissions__isnull=False).count(),
}))
"""


@pytest.mark.proves("R-02", "R-04", "R-08")
def test_a_reminded_secretary_reports_and_is_left_in_peace(production, open_page, mailbox):
    card = json.loads(production.python(SEED + DUE_NOW).splitlines()[-1])
    wait_until(lambda: mailbox.letters, production, seconds=90)
    page = open_card(open_page, production, f"{production.url}/the/{card['secret']}/", card["code"])
    assert read_notice(page, "hạn hết") == 1
    assert report_session(page, present=39, excused=3, shoot=lambda *_: None) <= MOST_TAPS
    assert [("39" in paper, "T/M CHI BỘ" in paper) for paper in unit_papers(page)] == [(True, True)]
    done = production.log("worker").count("succeeded")
    wait_until(lambda: production.log("worker").count("succeeded") >= done + 3, production, seconds=90)
    assert json.loads(production.python(STATE)) == {
        "submissions": [["submitted", 1, 3]],
        "told": 1,
        "letters": [["sent", 1]],
        "waiting": 0,
    }
    assert [letter.rcpt_tos for letter in mailbox.letters] == [["bithu@example.vn"]]
