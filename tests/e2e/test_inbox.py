"""A paper addressed to a chi bộ, in two browsers: the secretary opens it on the phone, the office sees by whom and when."""

import os

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from documents.paper_json import to_dict
from tests import factories
from tests.documents.papers import short_plan
from tests.e2e.conftest import PHONE
from units.choices import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def come_in(client, live_server, open_page):
    """Opens a browser in which `person` is signed in."""

    def open_for(person, **window):
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        page = open_page(live_server, **window)
        page.context.add_cookies([{"name": name, "value": client.cookies.pop(name).value, "url": live_server.url}])
        return page

    return open_for


def test_a_unit_opens_its_paper_and_says_that_it_is_made_known(come_in, shoot):
    ward = factories.make_ward(factories.make_province())
    unit, silent = factories.make_unit(ward), factories.make_unit(ward)
    secretary = factories.make_person(unit, Role.SECRETARY)
    factories.make_person(silent, Role.SECRETARY)
    paper = factories.make_paper(ward, content=to_dict(short_plan()), subject="học tập Chỉ thị số 05")
    for one in (unit, silent):
        factories.make_dispatch(paper, one)
    office = come_in(factories.make_person(ward, Role.CLERK))
    phone = come_in(secretary, viewport=PHONE, touch=True)

    office.goto(reverse("documents:paper-dispatches", args=[paper.pk]))
    row = office.locator("tbody tr", has_text=unit.name)
    expect(row).to_contain_text("chưa mở")
    phone.goto("/")
    phone.get_by_role("link", name="Văn bản gửi").tap()
    expect(phone.get_by_text("1 văn bản chưa mở.")).to_be_visible()
    shoot(phone, "van-ban-nhan")
    phone.get_by_role("link", name=str(paper)).tap()
    expect(phone.get_by_role("heading", name=str(paper))).to_be_visible()
    office.reload()
    expect(row).to_contain_text(secretary.full_name)
    expect(row).to_contain_text("chưa báo")
    phone.get_by_role("button", name="đã quán triệt").tap()
    expect(phone.get_by_text(f"Đồng chí {secretary.full_name} báo lúc")).to_be_visible()
    shoot(phone, "van-ban-da-quan-triet")
    office.goto(f"{office.url}?loc=chua-quan-triet")
    expect(office.locator("tbody tr")).to_have_count(1)
    expect(office.locator("tbody tr")).to_contain_text(silent.name)
    shoot(office, "danh-sach-gui")
