"""The roll at the door of a conference, with the network gone and with answers lost on the way: each line counts once."""

import os

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

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
