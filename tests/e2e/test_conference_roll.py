"""The roll at the door of a conference, with the network gone and with answers lost on the way: each line counts once."""

import os

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Error, expect

from campaigns.models import Invitee
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee
from tests.e2e.cable import Cable
from tests.e2e.conftest import PHONE
from units.choices import Role
from units.models import AuditEvent

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def cable(live_server):
    made = Cable(live_server.thread.host, live_server.thread.port)
    yield made
    made.close()


@pytest.fixture
def door(client, cable, open_page):
    """The compiler's phone on the roll of today's conference, and its lines."""
    ward = factories.make_ward(factories.make_province())
    conference = make_conference(ward, held_on=timezone.localdate())
    lines = [make_invitee(conference, factories.make_unit(ward), name=f"Đại biểu {number}") for number in range(3)]
    client.force_login(factories.make_person(ward, Role.COMPILER))
    page = open_page(cable, viewport=PHONE, touch=True)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": cable.url}])
    page.goto(f"/hoi-nghi/{conference.pk}/diem-danh/")
    return page, lines


def mark(page, line, value):
    page.locator(f"[data-roll-line='{line.pk}'] input[value={value}]").check()


def stands(lines):
    return [Invitee.objects.get(pk=line.pk).attendance for line in lines]


def test_marks_made_without_network_are_kept_and_arrive_once(door, cable):
    page, lines = door
    state, status = page.locator("[data-roll-state]"), page.locator("[data-roll-status]")
    mark(page, lines[0], "present")
    expect(status).to_contain_text("1/3 dòng: 1 có mặt")
    cable.cut()
    mark(page, lines[1], "excused")
    expect(state).to_contain_text("1 dòng đang chờ mạng")
    assert stands(lines) == ["present", "none", "none"]
    cable.swallow()  # the program hears it, the phone never learns so
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("1 dòng đang chờ mạng")
    cable.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Đã gửi hết", timeout=40_000)  # by itself every 15 seconds
    expect(status).to_contain_text("2/3 dòng: 1 có mặt, 1 vắng có lý do")
    assert stands(lines) == ["present", "excused", "none"]
    assert AuditEvent.objects.filter(verb="conference.roll").count() == 2


def is_kept(page):
    """The browser has the page and a worker that answers for it: from now on the network may go."""
    expect(page.locator("html")).to_have_attribute("data-kept", "yes", timeout=40_000)
    page.wait_for_function("() => navigator.serviceWorker.controller")


def reopened(page):
    """The tab is closed and its address opened anew."""
    context, address = page.context, page.url
    page.close()
    made = context.new_page()
    made.set_default_timeout(40_000)
    made.goto(address)
    return made


def test_a_closed_tab_opens_again_without_network_with_its_marks_and_sends_them_once(door, cable):
    page, lines = door
    mark(page, lines[0], "present")
    expect(page.locator("[data-roll-status]")).to_contain_text("1/3 dòng: 1 có mặt")
    is_kept(page)
    cable.cut()
    mark(page, lines[1], "excused")
    expect(page.locator("[data-roll-state]")).to_contain_text("1 dòng đang chờ mạng")

    page = reopened(page)
    expect(page.locator("h1")).to_have_text("Điểm danh")
    expect(page.locator("[data-roll-status]")).to_contain_text("1/3 dòng: 1 có mặt")
    for line, value in zip(lines[:2], ("present", "excused"), strict=True):
        expect(page.locator(f"[data-roll-line='{line.pk}'] input[value={value}]")).to_be_checked()
    mark(page, lines[2], "absent")
    expect(page.locator("[data-roll-state]")).to_contain_text("2 dòng đang chờ mạng")
    page = reopened(page)
    page.goto("/")
    page.get_by_role("link", name="Điểm danh tiếp hội nghị").click()
    expect(page.locator(f"[data-roll-line='{lines[2].pk}'] input[value=absent]")).to_be_checked()
    assert stands(lines) == ["present", "none", "none"]

    cable.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-roll-state]")).to_contain_text("Đã gửi hết", timeout=40_000)
    expect(page.locator("[data-roll-status]")).to_contain_text("3/3 dòng: 1 có mặt, 1 vắng có lý do, 1 vắng không lý do")
    assert stands(lines) == ["present", "excused", "absent"]
    assert AuditEvent.objects.filter(verb="conference.roll").count() == 2


def test_the_page_of_the_roll_is_gone_from_the_machine_after_logout(door, cable):
    page, lines = door
    mark(page, lines[0], "present")
    expect(page.locator("[data-roll-status]")).to_contain_text("1/3 dòng: 1 có mặt")
    is_kept(page)
    address = page.url
    page.locator("[data-menu] summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(lambda url: url != address)
    page.wait_for_function("async () => !(await caches.has('lantoa-pages'))")
    assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.endsWith('-da-gui'))") == []
    cable.cut()
    with pytest.raises(Error, match="ERR_"):
        page.goto(address)


def test_a_scanner_marks_the_line_of_its_code_and_no_other(door):
    page, lines = door
    code = page.locator(f"[data-roll-line='{lines[2].pk}']").get_attribute("data-roll-code")
    box = page.locator("#tim")
    box.fill(f"https://phuong.example/hoi-nghi/quet/{code}/")
    box.press("Enter")
    expect(page.locator("[data-roll-status]")).to_contain_text("1/3 dòng: 1 có mặt")
    expect(page.locator("[data-roll-state]")).to_contain_text("Có mặt: Đại biểu 2")
    box.fill(f"https://phuong.example/hoi-nghi/quet/{lines[1].pk}-{'A' * 22}/")
    box.press("Enter")
    expect(page.locator("[data-roll-state]")).to_contain_text("Chưa ghi gì")
    assert stands(lines) == ["none", "none", "present"]
