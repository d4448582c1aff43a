"""Forms as people fill them: a day in our order, input that is wrong, a telephone on which no script runs."""

import json
import unicodedata

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from documents.dates import short
from tests.browser import PHONE
from tests.e2e.steps_people import said, sign_in

pytestmark = pytest.mark.e2e
SUBJECT = "về công tác phòng, chống thiên tai trên địa bàn tỉnh Tuyên Quang"
# A secretary of a unit that still owes reports, made to come in by name: cards are tried in test_whole_campaign.py.
OWING = """
import json
from campaigns.models import Assignment
from django.contrib.auth.hashers import make_password
from units.models import Membership, User
owed = Assignment.objects.open().filter(product="report", unit__code__startswith="TDP-").exclude(unit__code="TDP-06")
unit = owed.order_by("-unit__sort_key").first().unit
person = Membership.objects.filter(unit=unit, role="secretary").first().user
User.objects.filter(pk=person.pk).update(password=make_password("{password}"))
print(json.dumps({{"username": person.username, "required": unit.member_count - (unit.exempt_count or 0)}}))
"""


@pytest.fixture
def registering(page):
    """The form of a new directive, filled in but for its days."""
    sign_in(page, "soanthao")
    page.goto("/van-ban-den/moi/")
    page.get_by_label("Loại văn bản").select_option(label="Chỉ thị")
    for name, text in {"sign": "CT/TU", "issuer": "Ban Thường vụ Tỉnh ủy", "subject": SUBJECT}.items():
        page.fill(f"[name={name}]", text)
    return page


def test_the_fifth_of_june_is_the_fifth_of_june(registering):
    page = registering
    page.fill("[name=number]", "71")
    page.fill("[name=subject]", unicodedata.normalize("NFD", SUBJECT))
    page.fill("[name=dated_on]", short(timezone.localdate()))
    page.fill("[name=superior_due_on]", "05/6/2026")
    page.get_by_role("button", name="Đăng ký văn bản").click()
    said(page, "Đã đăng ký Chỉ thị số 71-CT/TU.")
    words = page.locator("main").inner_text()
    assert "thứ Sáu, 05/6/2026" in words
    assert SUBJECT in words


def test_a_refused_form_keeps_what_was_typed(registering):
    page = registering
    page.fill("[name=number]", "72")
    page.fill("[name=dated_on]", "31/02/2026")
    page.get_by_role("button", name="Đăng ký văn bản").click()
    page.locator("#div_id_dated_on .invalid-feedback").wait_for()
    typed = {name: page.input_value(f"[name={name}]") for name in ("number", "sign", "dated_on", "subject")}
    assert typed == {"number": "72", "sign": "CT/TU", "dated_on": "31/02/2026", "subject": SUBJECT}


@pytest.fixture
def old_phone(site, browser):
    """A telephone whose browser runs no script."""
    context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(45_000)
    yield page
    context.close()


def test_a_secretary_reports_without_any_script(site, old_phone):
    page, password = old_phone, "tram dao nong tien"
    owing = json.loads(site.python(OWING.format(password=password)).splitlines()[-1])
    sign_in(page, owing["username"], password)
    page.goto("/bao-cao-buoi-hoc/")
    for words, step in (("Báo cáo buổi học", "buoi-hoc"), ("Tiếp tục", "so-nguoi")):
        page.locator(f"main button:has-text('{words}'), .bottom-bar button:has-text('{words}')").first.click()
        page.wait_for_url(f"**/{step}/")
    forward = page.get_by_role("button", name="Tiếp tục")
    page.fill("[name=present]", str(owing["required"] + 1))
    page.fill("[name=excused]", "0")
    page.fill("[name=speakers]", "7")
    forward.click()
    said(page, f"Có mặt {owing['required'] + 1} nhưng phải dự chỉ {owing['required']}.")
    expect(page.locator("[name=present]")).to_have_value(str(owing["required"] + 1))
    page.fill("[name=present]", str(owing["required"]))
    forward.click()
    page.wait_for_url("**/viec-lam/")
    forward.click()
    page.wait_for_url("**/tu-cham/")
    page.get_by_label("Rõ việc, rõ nơi").check()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.wait_for_url("**/bien-nhan/")
    said(page, "Biên nhận số")
