"""One month of the demonstration ward in a browser: the conference, the chase and what changes after issue, to the report.

The office, a guest without an account and the secretary of a unit that was silent take part.
"""

import datetime as dt
import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e import steps_month as month
from tests.e2e import steps_office as office
from tests.e2e import steps_results as results
from tests.e2e.conftest import PHONE
from tests.e2e.steps_people import make_card, open_card, sign_in
from tests.e2e.steps_plan import text_of

pytestmark = pytest.mark.e2e

# What the month begins with: two plans, a unit that owes everything, one to be merged, one that will report after all, one
# that gets more time, the directive to be revoked.
FACTS = """
import json
from campaigns.models import Assignment, Plan
from campaigns.selectors.chase_letters import due_groups
from django.utils import timezone
from units.models import Membership
plans = list(Plan.objects.filter(state="issued").order_by("pk"))
open_ = Assignment.objects.open().filter(plan__in=plans, product="report", unit__code__startswith="TDP")
owing = list(open_.exclude(unit__code="TDP-06").order_by("unit__code").values_list("unit", "unit__name", "unit__short_name").distinct())
taken = [row[0] for row in owing[:3]]
chased = next(group.units for group in due_groups(plans[0].ward, on=timezone.localdate()) if len(group.units) > 1)
late = next(unit for unit in chased if unit.pk not in taken and unit.pk in [row[0] for row in owing])
others = open_.filter(plan=plans[0]).exclude(unit__in=[*taken, late.pk]).exclude(unit__code="TDP-06")
print(json.dumps({
    "late": [late.pk, late.name, late.short_name], "late_heads": late.member_count - late.exempt_count,
    "late_secretary": Membership.objects.get(unit=late, role="secretary", ends_on=None).user.full_name,
    "extended": others.order_by("unit__code").first().pk,
    "plans": [plan.pk for plan in plans],
    "numbers": [str(plan) for plan in plans],
    "due": max(plans[0].assignments.filter(product="report").values_list("due_on", flat=True)).isoformat(),
    "merged": owing[0], "into": owing[1], "silent": owing[2],
    "directive": plans[1].directives.order_by("pk").last().pk,
}))
"""
OWED = """
from campaigns.models import Assignment, Reminder
units = dict(Assignment.objects.open().filter(plan__state="issued", unit={unit}).values_list("pk", "due_on"))
print(len(units), Reminder.objects.filter(state="waiting", assignment__unit={unit}).count())
"""

SENT = """
from campaigns.models import Assignment
print(*Assignment.objects.filter(unit={unit}, product__in=["study", "report"]).values_list("state", flat=True))
"""


def short(day):
    return f"{day.day:02d}/{day.month}/{day.year}"


def test_from_the_conference_to_the_report(own_site, open_page, shoot):
    facts = json.loads(own_site.python(FACTS).splitlines()[-1])
    today = timezone.localdate()
    drafter, compiler = sign_in(open_page(own_site), "soanthao"), sign_in(open_page(own_site), "tonghop")
    clerk, admin = sign_in(open_page(own_site), "vanthu"), sign_in(open_page(own_site), "quantri")

    present = meet(own_site, open_page, drafter, compiler, clerk, facts, today, shoot)
    letter = chase(compiler, drafter, clerk, facts, today, shoot)
    answer(own_site, open_page, admin, clerk, facts, letter, shoot)
    change(own_site, drafter, clerk, admin, facts, shoot)
    tell(compiler, facts, present, shoot)


def meet(site, open_page, drafter, compiler, clerk, facts, today, shoot):
    """Called for both plans, convened by a numbered notice, the roll called while the network is away."""
    conference = month.call_conference(compiler, facts["plans"], title="Hội nghị quán triệt ba văn bản của Tỉnh ủy")
    month.fix_day(compiler, conference, short(today))
    shoot(compiler, "hoi-nghi")
    link = month.invite_guest(compiler, conference, name="Trần Thị Khách", office="Phó Trưởng ban")
    guest = open_page(site, viewport=PHONE, touch=True)
    month.send_deputy(guest, link, name="Lê Văn Thay", office="Chuyên viên")
    shoot(guest, "loi-moi")
    number = month.issue_draft(clerk, month.draft_convening(drafter, conference), day=short(today))
    clerk.goto(f"/hoi-nghi/{conference}/giay/")
    expect(clerk.locator("main")).to_contain_text(f"số {number:02d}-TB/ĐU")
    door = sign_in(open_page(site, viewport=PHONE, touch=True), "tonghop")
    present = month.call_roll(door, conference)
    expect(door.locator("[data-roll-line]", has_text="Trần Thị Khách")).to_contain_text("Cử người dự thay: Lê Văn Thay")
    shoot(door, "diem-danh")
    month.close_roll(compiler, conference)
    shoot(compiler, "hoc-bu")
    return present


def chase(compiler, drafter, clerk, facts, today, shoot):
    """A promise holds a unit's reminders; one letter names everybody who let a day pass, numbered like any paper."""
    _, name, silent = facts["silent"]
    text = office.promise(compiler, facts["plans"][0], silent, short(today + dt.timedelta(days=2)))
    assert name in text
    longer = dt.date.fromisoformat(facts["due"]) + dt.timedelta(days=30)
    reason = "Công văn số 130-CV/ĐU: đơn vị khắc phục mưa lũ"
    month.extend(compiler, facts["extended"], short(longer), reason=reason)
    address, units = month.draft_chasing(drafter)
    shoot(drafter, "don-doc")
    words = text_of(drafter.request.get(f"{address}in/").body())
    assert name in words
    assert facts["late"][1] in words
    assert units > 1
    number = month.issue_draft(clerk, address, day=short(today))
    paper = clerk.url
    drafter.goto("/don-doc/")
    expect(drafter.locator("main")).to_contain_text(f"Lần 1: Công văn số {number:02d}-CV/")
    return paper, number


def answer(site, open_page, admin, clerk, facts, letter, shoot):
    """The secretary of a unit that was chased opens the letter on the phone and reports; the unit owes no report any more."""
    paper, number = letter
    pk, name, _ = facts["late"]
    phone = open_card(open_page, site, *make_card(admin, facts["late_secretary"]))
    month.open_letter(phone, number)
    shoot(phone, "don-doc-mo")
    month.opened_by(clerk, paper, name, facts["late_secretary"])
    taps = results.report_session(phone, present=facts["late_heads"] - 2, excused=2, shoot=shoot)
    assert taps <= results.MOST_TAPS
    states = set(site.python(SENT.format(unit=pk)).splitlines()[-1].split())
    assert "submitted" in states
    assert not states & {"todo", "doing", "returned"}


def change(site, drafter, clerk, admin, facts, shoot):
    """A later day by a công văn, a unit merged with what it owed, a directive taken back, and its plan ended by that."""
    first, second = facts["plans"]
    later = dt.date.fromisoformat(facts["due"]) + dt.timedelta(days=7)
    words = month.change_plan(clerk, first, "doi-han", "Đổi thời hạn", duty="báo cáo", new_day=short(later))
    assert f"{later:%d/%m/%Y}" in words or short(later) in words
    clerk.goto(f"/nhiem-vu/{facts['extended']}/")
    expect(clerk.locator("main")).to_contain_text("Công văn số 130-CV/ĐU")  # the longer day it was given stays
    expect(clerk.locator("main")).not_to_contain_text("128-CV/ĐU")
    gone, into = facts["merged"], facts["into"]
    before = site.python(OWED.format(unit=gone[0])).splitlines()[-1]
    assert before != "0 0"
    assert into[1] in month.merge_unit(admin, gone[0], into[1])
    shoot(admin, "sap-nhap")
    assert site.python(OWED.format(unit=gone[0])).splitlines()[-1] == "0 0"
    month.revoke_directive(drafter, facts["directive"])
    shoot(drafter, "thu-hoi")
    drafter.goto(f"/ke-hoach/{second}/")
    expect(drafter.locator("main")).to_contain_text("Thu hồi theo Thông báo số 15-TB/TU")
    month.change_plan(clerk, second, "dung", "Dừng kế hoạch")
    owed = site.python(OWED.format(unit=facts["silent"][0])).splitlines()[-1].split()
    assert owed[0] in {"1", "2"}, "what the ended plan asked is over, what the other asks is not"


def tell(compiler, facts, present, shoot):
    """The report of the plan that goes on tells of the conference with the figures of its roll."""
    report = office.draft_report(compiler, facts["plans"][0])
    words = office.report_text(compiler, report)
    assert facts["numbers"][0] in words
    assert "hội nghị" in words.lower()
    assert f"có mặt {present}" in words
    compiler.goto(f"/bao-cao/{report}/")
    shoot(compiler, "bao-cao-thang")
