"""A secretary who opened the card inside Zalo goes on in Chrome: what was being typed is there, after the PIN."""

import datetime as dt
import os

import pytest
from django.utils import timezone

from campaigns.models import Assignment, Duty
from tests import factories
from tests.e2e.conftest import PHONE
from tests.e2e.steps_people import PIN, fits
from units.models import Membership
from units.services.cards import make_card

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ZALO = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/24"
# Playwright keeps an event loop in this thread; the rows of these tests are made in the same thread all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def made(transactional_db):
    """The card of a secretary whose unit has one study session to report."""
    today = timezone.localdate()
    ward = factories.make_ward(factories.make_province())
    unit = factories.make_unit(ward, member_count=48, exempt_count=6)
    paper = factories.make_paper(ward, dated_on=today - dt.timedelta(days=20))
    plan = factories.make_issued_plan(ward, units=[unit], paper=paper)
    Duty.objects.filter(plan=plan).update(last_day=today + dt.timedelta(days=8))
    Assignment.objects.filter(plan=plan).update(due_on=today + dt.timedelta(days=8))
    sent_at = timezone.now() - dt.timedelta(days=15)
    factories.make_dispatch(paper, unit, sent_at=sent_at, sent_by=factories.make_user())
    membership = Membership.objects.get(user=factories.make_person(unit, "secretary"))
    return make_card(membership=membership, by=factories.make_person(ward, "admin"))


def test_what_was_typed_in_zalo_is_there_in_chrome(made, live_server, open_page):
    zalo = open_page(live_server, viewport=PHONE, touch=True, agent=ZALO)
    zalo.goto(f"/the/{made.secret}/")
    for name, figures in (("code", made.code), ("pin", PIN), ("pin_again", PIN)):
        zalo.fill(f"[name={name}]", figures)
    zalo.get_by_role("button", name="Kích hoạt thẻ").tap()
    zalo.wait_for_url(f"{live_server.url}/")
    zalo.goto("/bao-cao-buoi-hoc/")
    zalo.get_by_role("button", name="Báo cáo buổi học").first.tap()
    zalo.wait_for_url("**/buoi-hoc/")
    zalo.locator("label:has-text('danh sách điểm danh')").tap()
    zalo.get_by_role("button", name="Tiếp tục").tap()
    zalo.wait_for_url("**/so-nguoi/")
    step = zalo.url
    zalo.fill("[name=present]", "37")
    zalo.get_by_role("button", name="Mở tiếp bằng Chrome").tap()
    zalo.get_by_role("link", name="Mở Chrome").wait_for()
    assert zalo.get_by_role("link", name="Mở Chrome").get_attribute("href").startswith("intent://")
    assert fits(zalo)
    chrome = open_page(live_server, viewport=PHONE, touch=True)
    chrome.goto(zalo.url)
    chrome.fill("[name=pin]", PIN)
    chrome.keyboard.press("Enter")
    chrome.wait_for_url(step)
    chrome.wait_for_function("() => document.querySelector('[name=present]').value === '37'")
    assert chrome.evaluate("sessionStorage.getItem('lantoa-carried')") is None
    assert fits(chrome)
    for name, figures in (("excused", "5"), ("speakers", "9")):
        chrome.fill(f"[name={name}]", figures)
    chrome.get_by_role("button", name="Tiếp tục").tap()
    chrome.wait_for_url(lambda url: url != step)
