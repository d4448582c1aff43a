"""A key of the browser as second factor: added instead of the telephone's application, asked for at the next log-in."""

import os

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.e2e.steps_people import fits

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
# Playwright keeps an event loop in this thread; the rows of these tests are made in the same thread all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def desk(live_server, open_page, settings):
    """A browser with a key of its own, as a laptop with a fingerprint reader has one."""
    settings.SECOND_FACTOR_REQUIRED = True
    page = open_page(live_server)
    wires = page.context.new_cdp_session(page)
    wires.send("WebAuthn.enable")
    authenticator = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    presence = {"isUserVerified": True, "automaticPresenceSimulation": True}
    wires.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator | presence})
    return page


def _log_in(page, username):
    page.goto("/dang-nhap/?mat-khau")
    page.fill("[name=login]", username)
    page.fill("[name=password]", factories.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_a_key_is_added_and_opens_the_next_log_in(desk, live_server, open_page):
    factories.make_person(factories.make_ward(factories.make_province()), "admin", username="quantri")
    _log_in(desk, "quantri")
    desk.wait_for_url("**/xac-thuc-hai-lop/bat/")
    desk.get_by_role("link", name="dùng vân tay").click()
    desk.fill("[name=name]", "Vân tay máy văn phòng")
    desk.get_by_role("button", name="Thêm khóa truy cập").click()
    desk.wait_for_url("**/ma-du-phong/")
    expect(desk.locator("code")).to_have_count(10)
    desk.goto("/xac-thuc-hai-lop/")
    desk.locator("strong:has-text('Vân tay máy văn phòng')").wait_for()
    desk.get_by_role("link", name="Gỡ Vân tay máy văn phòng").click()
    desk.get_by_role("button", name="Gỡ khóa").click()
    desk.get_by_text("bắt buộc xác thực hai lớp nên không tắt được").wait_for()
    desk.context.clear_cookies()
    _log_in(desk, "quantri")
    desk.wait_for_url("**/ma-xac-thuc/")
    desk.get_by_role("button", name="Dùng khóa truy cập").click()
    desk.wait_for_url(f"{live_server.url}/")
    stranger = open_page(live_server, viewport={"width": 360, "height": 740})
    _log_in(stranger, "quantri")
    stranger.wait_for_url("**/ma-xac-thuc/")
    assert fits(stranger)
