"""The secretary's pages on a small screen and at 200 %: nothing to scroll sideways, large enough to read and to hit."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from reports.models import Filing, FilingCopy
from tests import factories
from tests.e2e.conftest import PHONE
from tests.e2e.test_secretary_report import asked, phone_of
from units.choices import Role

__all__ = ["asked", "phone_of"]
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ZOOMED = {"width": 180, "height": 370}  # what a screen of 360 x 740 has left at 200 %
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('main button, main a.btn, .bottom-bar button, .bottom-bar a, main input:not([type=hidden]), main select, main summary')]
  .map((part) => [part, part.closest('.form-check') || part])
  .filter(([part, box]) => part.offsetParent && box.getBoundingClientRect().height < 47.5)
  .map(([part]) => part.outerHTML.slice(0, 90))"""
SMALL_WORDS = """() => [...document.querySelectorAll('main label, main legend, main input:not([type=hidden]), main select, main textarea, main .btn')]
  .filter((part) => part.offsetParent && parseFloat(getComputedStyle(part).fontSize) < 18)
  .map((part) => part.outerHTML.slice(0, 90))"""


def pages_of(filing):
    steps = [f"/bao-cao-buoi-hoc/{filing.pk}/{slug}/" for slug in ("buoi-hoc", "so-nguoi", "viec-lam")]
    rest = [f"/bao-cao-buoi-hoc/{filing.pk}/{slug}/" for slug in ("hai-ban", "them-buoi", "bo")]
    return ["/bao-cao-buoi-hoc/", *steps, *rest, "/ngoai-mang/"]


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


@pytest.fixture
def secretary(asked, phone_of):
    user = factories.make_person(asked, Role.SECRETARY)
    page = phone_of(user)
    page.goto("/bao-cao-buoi-hoc/")
    page.locator("button:has-text('Báo cáo buổi học')").tap()
    page.wait_for_url("**/buoi-hoc/")
    filing = Filing.objects.get()
    content = {
        "session": filing.content["session"] | {"speaker": "Đồng chí Nguyễn Thị Hồng Chuyên"},
        "counts": {"present": "39"},
    }
    FilingCopy.objects.create(filing=filing, content=content, kept_by=user, kept_at=filing.edited_at)
    page.filing = filing
    return page


def test_pages_fit_the_phone_and_the_finger(secretary):
    found = {}
    for path in pages_of(secretary.filing):
        secretary.goto(path)
        open_details(secretary)
        faults = [secretary.evaluate(OVERFLOW), secretary.evaluate(SMALL_TARGETS), secretary.evaluate(SMALL_WORDS)]
        if faults != [0, [], []]:
            found[path] = faults
    assert list(found.items()) == []


def test_pages_at_twice_the_size_do_not_scroll_sideways(secretary):
    secretary.set_viewport_size(ZOOMED)
    found = {}
    for path in pages_of(secretary.filing):
        secretary.goto(path)
        open_details(secretary)
        if over := secretary.evaluate(OVERFLOW):
            found[path] = over
    assert found == {}


def test_the_page_kept_on_the_phone_fits_group_by_group(secretary):
    found = {}
    for size in (PHONE, ZOOMED):
        secretary.set_viewport_size(size)
        secretary.goto(f"/bao-cao-buoi-hoc/{secretary.filing.pk}/tat-ca/")
        secretary.wait_for_selector("[data-whole][data-ready]")
        secretary.evaluate("document.querySelectorAll('[data-group]').forEach((one) => { one.hidden = false })")
        open_details(secretary)
        found[size["width"]] = secretary.evaluate(OVERFLOW)
    assert found == {360: 0, 180: 0}


@pytest.mark.parametrize("slug", ["hai-ban", "tat-ca"])
def test_new_pages_are_accessible(secretary, slug):
    secretary.goto(f"/bao-cao-buoi-hoc/{secretary.filing.pk}/{slug}/")
    open_details(secretary)
    violations = Axe().run(secretary, options=AXE).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in violations] == []
