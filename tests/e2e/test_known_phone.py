"""A phone that is known asks for the PIN alone: wrong, right, locked after five, opened again by the office; at 360 px."""

import os
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests import factories
from tests.e2e.conftest import PHONE
from tests.e2e.steps_people import PIN
from units.models import AccessCard, Membership
from units.services.cards import make_card, unlock_card

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db(transaction=True)]
WRONG = "739154"
# Playwright keeps an event loop in this thread; the rows of these tests are made in the same thread all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def admin(transactional_db):
    return factories.make_person(factories.make_ward(factories.make_province()), "admin")


@pytest.fixture
def phone(admin, live_server, open_page):
    """A secretary's phone that has used its card once and whose session has ended since."""
    unit = factories.make_unit(admin.memberships.get().unit, name="Chi bộ Tổ dân phố Nông Tiến 1")
    person = factories.make_person(unit, "secretary", full_name="Đồng chí Bí thư chi bộ")
    made = make_card(membership=Membership.objects.get(user=person), by=admin)
    page = open_page(live_server, viewport=PHONE, touch=True)
    page.goto(f"/the/{made.secret}/")
    for name, figures in (("code", made.code), ("pin", PIN), ("pin_again", PIN)):
        page.fill(f"[name={name}]", figures)
    page.get_by_role("button", name="Kích hoạt thẻ").tap()
    expect(page).to_have_url(f"{live_server.url}/")
    Session.objects.all().delete()
    return page


def try_pin(page, figures):
    page.get_by_label("Mã PIN").fill(figures)
    with page.expect_navigation():  # the answer may look like the page before it
        page.get_by_role("button", name="Vào Lan Tỏa").tap()


def says(page, words):
    """The sentence stands beside the field."""
    expect(page.locator("form.sheet .invalid-feedback")).to_contain_text(words)
    expect(page.get_by_label("Mã PIN")).to_be_visible()


def test_the_pin_page_of_a_known_phone(phone, admin, live_server, shoot):
    wanted = f"{live_server.url}/bao-cao-buoi-hoc/"
    phone.goto("/bao-cao-buoi-hoc/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Chào đồng chí Đồng chí Bí thư chi bộ")
    expect(phone.get_by_label("Mã PIN")).to_have_attribute("inputmode", "numeric")
    shoot(phone, "pin")
    try_pin(phone, WRONG)
    says(phone, "Mã PIN chưa đúng. Đồng chí kiểm tra và nhập lại.")
    shoot(phone, "pin-wrong")
    try_pin(phone, PIN)
    expect(phone).to_have_url(wanted)

    Session.objects.all().delete()
    phone.reload()
    for _ in range(4):
        expect(phone.get_by_label("Mã PIN")).to_have_value("")
        try_pin(phone, WRONG)
        says(phone, "Mã PIN chưa đúng")
    try_pin(phone, WRONG)
    resting = re.compile(r"Đã nhập sai nhiều lần nên tạm nghỉ đến \d\d giờ \d\d\. Đồng chí chờ hoặc gọi văn phòng")
    says(phone, resting)
    shoot(phone, "pin-resting")
    try_pin(phone, PIN)
    says(phone, resting)
    expect(phone).not_to_have_url(wanted)

    unlock_card(card=AccessCard.objects.get(), by=admin)
    try_pin(phone, PIN)
    expect(phone).to_have_url(wanted)


def test_a_phone_that_is_forgotten_asks_for_the_card_again(phone, live_server):
    phone.goto("/bao-cao-buoi-hoc/")
    phone.get_by_role("button", name="Không phải tôi, quên điện thoại này").tap()
    expect(phone.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
    phone.goto("/bao-cao-buoi-hoc/")
    expect(phone.get_by_label("Mã PIN")).to_have_count(0)
