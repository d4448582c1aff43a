"""A secretary's phone: three directives of two plans reported in at most ten taps besides typing figures."""

import datetime as dt
import os

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.models import Assignment, Duty
from campaigns.services.counters import recount
from reports.models import Submission
from reports.services.rubrics import load_default_rubric
from tests import factories
from tests.e2e.conftest import PHONE
from units.choices import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_TAPS, MOST_SECONDS = 10, 60
# Playwright keeps an event loop in this thread; the rows of these tests are made in the same thread all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class Thumb:
    """Taps and counts them; typing digits is free, the tap that reaches the field is not."""

    def __init__(self, page):
        self.page, self.taps, self.digits = page, 0, 0

    @property
    def seconds(self):
        """What an unhurried thumb takes: 1.5 s a tap and 0.6 s a digit (a bound of the design, no clock is read)."""
        return 1.5 * self.taps + 0.6 * self.digits

    def tap(self, selector):
        self.taps += 1
        self.page.locator(selector).first.tap()

    def press(self, words, url):
        """Tap a button that leads to another page."""
        self.tap(f"button:has-text('{words}')")
        self.page.wait_for_url(url)

    def figure(self, name, digits):
        self.tap(f"[name={name}]")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(digits)
        self.digits += len(digits)

    def fits(self):
        """Nothing to scroll sideways on 360 px."""
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def asked():
    return ask_for(1, 2)


def ask_for(*numbers):
    """A plan for each of `numbers` of directives, due tomorrow, sent to one unit of 42 who must attend."""
    today = timezone.localdate()
    ward = factories.make_ward(factories.make_province())
    unit = factories.make_unit(ward, name="Chi bộ Tổ dân phố Tràng Đà 6", member_count=48, exempt_count=6)
    for number in numbers:
        group = [factories.make_directive(dated_on=today - dt.timedelta(days=30)) for _ in range(number)]
        paper = factories.make_paper(ward, dated_on=today - dt.timedelta(days=20))
        plan = factories.make_issued_plan(ward, units=[unit, factories.make_unit(ward)], directives=group, paper=paper)
        Duty.objects.filter(plan=plan).update(last_day=today + dt.timedelta(days=1))
        Assignment.objects.filter(plan=plan).update(due_on=today + dt.timedelta(days=1))
        recount(plan_ids=[plan.pk])
        sent_at = timezone.now() - dt.timedelta(days=15)
        factories.make_dispatch(paper, unit, sent_at=sent_at, sent_by=factories.make_user())
        factories.pin_rubric(plan, load_default_rubric())
    return unit


@pytest.fixture
def phone_of(client, live_server, open_page):
    def open_(user):
        client.force_login(user)
        page = open_page(live_server, viewport=PHONE, touch=True)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return open_


@pytest.mark.parametrize("numbers", [(1,), (1, 2)], ids=["one directive", "three directives of two plans"])
def test_three_directives_in_at_most_ten_taps_and_no_more_than_one_takes(phone_of, numbers):
    asked = ask_for(*numbers)
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    page.goto("/bao-cao-buoi-hoc/")
    thumb = Thumb(page)
    thumb.press("Báo cáo buổi học", "**/buoi-hoc/")
    assert thumb.fits()
    thumb.tap("label:has-text('danh sách điểm danh')")
    thumb.press("Tiếp tục", "**/so-nguoi/")
    assert thumb.fits()
    thumb.figure("present", "39")
    thumb.figure("excused", "3")
    expect(page.locator("[data-sum-rule]")).to_contain_text("42 = 39 có mặt + 3 vắng có lý do + 0 vắng không lý do")
    expect(page.locator("[data-rate]")).to_have_text("92,9 %")
    thumb.figure("speakers", "9")
    thumb.press("Tiếp tục", "**/viec-lam/")
    assert thumb.fits()
    thumb.press("Tiếp tục", "**/tu-cham/")
    assert thumb.fits()
    thumb.tap("label:has-text('Rõ việc, rõ nơi')")
    expect(page.locator("[data-score-total]")).to_contain_text("/100")
    thumb.press("Gửi báo cáo", "**/bien-nhan/")
    expect(page.locator("main")).to_contain_text("là đơn vị thứ 1/2")
    assert thumb.taps == MOST_TAPS  # the same for both
    assert thumb.seconds <= MOST_SECONDS
    assert Submission.objects.filter(unit=asked, state="submitted").count() == len(numbers)


def test_figures_typed_before_the_page_was_lost_come_back(asked, phone_of):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    page.goto("/bao-cao-buoi-hoc/")
    page.locator("button:has-text('Báo cáo buổi học')").tap()
    page.wait_for_url("**/buoi-hoc/")
    page.locator("button:has-text('Tiếp tục')").tap()
    page.wait_for_url("**/so-nguoi/")
    page.locator("[name=present]").fill("37")
    page.wait_for_selector("[data-save-state]:has-text('Đã lưu trên máy')")
    page.reload()
    expect(page.locator("[name=present]")).to_have_value("37")
    page.locator("[name=excused]").fill("5")
    page.locator("button:has-text('Tiếp tục')").tap()
    page.wait_for_url("**/viec-lam/")
