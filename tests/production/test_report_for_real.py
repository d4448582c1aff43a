"""A secretary's report through gunicorn over TLS on PostgreSQL: the card, the form on a phone, no reminder afterwards."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.processes import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.postgres, pytest.mark.redis]

SEED = """
import datetime as dt, json
from django.utils import timezone
from tests import factories
from campaigns.models import Assignment, Duty
from campaigns.services.counters import recount
from campaigns.services.reminders import plan_reminders
from reports.services.rubrics import load_default_rubric
from units.models import Membership
from units.services.cards import make_card

now, today = timezone.now(), timezone.localdate()
ward = factories.make_ward(factories.make_province())
unit = factories.make_unit(ward, name="Chi bộ Tổ dân phố Tràng Đà 6", member_count=48, exempt_count=6)
office = factories.make_person(ward, "admin")
secretary = factories.make_person(unit, "secretary", email="bithu@example.vn")
paper = factories.make_paper(ward, dated_on=today - dt.timedelta(days=20))
plan = factories.make_issued_plan(ward, units=[unit, factories.make_unit(ward)], paper=paper)
Duty.objects.filter(plan=plan).update(last_day=today + dt.timedelta(days=8))
Assignment.objects.filter(plan=plan).update(due_on=today + dt.timedelta(days=8))
recount(plan_ids=[plan.pk])
factories.make_dispatch(paper, unit, sent_at=now - dt.timedelta(days=15), sent_by=office)
factories.pin_rubric(plan, load_default_rubric())
plan_reminders(assignments=list(Assignment.objects.filter(plan=plan)), now=now)
made = make_card(membership=Membership.objects.get(user=secretary), by=office)
print(json.dumps({"secret": made.secret, "code": made.code}))
"""
STATE = """
import json
from campaigns.models import Reminder
from reports.models import Submission, SubmissionRevision
print(json.dumps({
    "submissions": list(Submission.objects.values_list("state", "revision", "members", "excused")),
    "revisions": SubmissionRevision.objects.count(),
    "reminders": sorted(set(Reminder.objects.values_list("state", flat=True))),
}))
"""


@pytest.mark.proves("H-02", "H-05", "R-08")
def test_secretary_reports_through_gunicorn_and_postgresql(production, open_page, mailbox):
    card = json.loads(production.python(SEED).splitlines()[-1])
    page = open_page(production, viewport=PHONE, touch=True)
    page.goto(f"/the/{card['secret']}/")
    page.fill("[name=code]", card["code"])
    page.fill("[name=pin]", "482917")
    page.fill("[name=pin_again]", "482917")
    page.locator("form [type=submit]").first.tap()
    page.wait_for_url(f"{production.url}/")
    report(page)
    expect(page.locator("main")).to_contain_text("là đơn vị thứ 1/2")
    cookies = {cookie["name"]: (cookie["secure"], cookie["httpOnly"]) for cookie in page.context.cookies()}
    assert cookies["__Host-lantoa"] == cookies["__Host-lantoa-csrf"] == (True, True)
    done = production.log("worker").count("succeeded")
    wait_until(lambda: production.log("worker").count("succeeded") >= done + 3, production, seconds=60)
    assert json.loads(production.python(STATE)) == {
        "submissions": [["submitted", 1, 48, 3]],
        "revisions": 1,
        "reminders": ["cancelled"],
    }
    assert mailbox.letters == []


def report(page):
    """The form from first to last step, as tests/e2e/test_secretary_report.py counts its taps."""
    page.goto("/bao-cao-buoi-hoc/")
    page.locator("button:has-text('Báo cáo buổi học')").tap()
    page.locator("label:has-text('danh sách điểm danh')").tap()
    page.locator("button:has-text('Tiếp tục')").tap()
    page.fill("[name=present]", "39")
    page.fill("[name=excused]", "3")
    page.fill("[name=speakers]", "9")
    page.locator("button:has-text('Tiếp tục')").tap()
    page.wait_for_url("**/viec-lam/")
    page.locator("button:has-text('Tiếp tục')").tap()
    page.wait_for_url("**/tu-cham/")
    page.locator("label:has-text('Rõ việc, rõ nơi')").tap()
    with page.expect_navigation():
        page.locator("button:has-text('Gửi báo cáo')").tap()
    assert page.url.endswith("/bien-nhan/"), page.inner_text("main")[:500]
