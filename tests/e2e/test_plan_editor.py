"""The plan editor in a browser: saves by itself, two people, undo, findings with one button, keys, history, no network."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.steps_people import fits, sign_in

pytestmark = pytest.mark.e2e
DRAFT = """
from django.utils import timezone
from campaigns.models import Directive
from campaigns.services.drafting import draft_plan
from units.models import Unit, User
by = User.objects.get(username="soanthao")
directive = Directive.objects.order_by("pk").first()
ward = Unit.objects.get(pk=by.memberships.first().unit_id)
print(draft_plan(ward=ward, directives=[directive], kind="study", by=by, now=timezone.now()).pk)
"""
STORED = "import json\nfrom campaigns.models import Plan\nprint(json.dumps(list(Plan.objects.filter(pk={pk}).values('version', 'closing', 'subject'))[0]))"
CLOSING = "[name=general-closing]"


@pytest.fixture
def plan(site):
    return int(site.python(DRAFT).splitlines()[-1])


@pytest.fixture
def page(site, open_page, plan):
    return opened(sign_in(open_page(site), "soanthao"), plan)


def opened(page, plan):
    page.goto(f"/ke-hoach/{plan}/sua/")
    page.locator("[data-keys]").wait_for()
    return page


def stored(site, plan):
    return json.loads(site.python(STORED.format(pk=plan)).splitlines()[-1])


def saved(page):
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Đã lưu \d\d:\d\d$"))


def type_in(page, selector, text):
    page.locator(selector).fill(text)
    saved(page)


def paper(page):
    return page.frame_locator(".editor-frame").locator("body")


def test_what_is_typed_is_saved_printed_and_checked(site, page, plan):
    type_in(page, CLOSING, "Văn phòng theo dõi, đôn đốc các các đơn vị.")
    expect(paper(page)).to_contain_text("đôn đốc các các đơn vị")
    assert stored(site, plan)["closing"] == "Văn phòng theo dõi, đôn đốc các các đơn vị."
    card = page.locator("[data-finding][data-field=general-closing]").filter(has=page.locator(".finding-fix")).first
    card.locator(".finding-go").first.click()
    page.wait_for_function("() => document.activeElement.name === 'general-closing'")
    expect(page.frame_locator(".editor-frame").locator(".pointed")).to_contain_text("các các đơn vị")
    card.locator(".finding-fix").click()
    expect(page.locator(CLOSING)).to_have_value("Văn phòng theo dõi, đôn đốc các đơn vị.")
    expect(paper(page)).not_to_contain_text("các các đơn vị")
    saved(page)
    assert stored(site, plan)["closing"] == "Văn phòng theo dõi, đôn đốc các đơn vị."


def test_a_finding_is_let_stand_with_a_reason(page):
    type_in(page, CLOSING, "Văn phòng theo dõi, đôn đốc các các đơn vị.")
    card = page.locator("[data-finding][data-field=general-closing]").first
    key = card.get_attribute("data-finding")
    card.locator(".finding-skip").click()
    card.locator(".skip-form input").fill("Đúng nguyên văn của cấp trên.")
    card.locator(".skip-form input").press("Enter")
    expect(page.locator("[data-findings]")).to_contain_text("1 đã bỏ qua")
    page.reload()
    assert key not in page.locator("[data-finding]").evaluate_all("cards => cards.map(one => one.dataset.finding)")


@pytest.mark.proves("C-01")
def test_the_second_of_two_people_is_told_and_nothing_is_lost(site, open_page, page, plan):
    other = opened(sign_in(open_page(site), "tonghop"), plan)
    type_in(page, CLOSING, "Lời của người thứ nhất.")
    other.locator(CLOSING).fill("Lời của người thứ hai.")
    expect(other.locator("[data-conflict]")).to_be_visible()
    expect(paper(other)).to_contain_text("Lời của người thứ hai.")
    assert stored(site, plan)["closing"] == "Lời của người thứ nhất."
    other.get_by_role("button", name="Xem hai bản và chọn").click()
    expect(other.locator("main")).to_contain_text("Lời của người thứ nhất.")
    expect(other.locator("main")).to_contain_text("Lời của người thứ hai.")
    other.get_by_role("button", name="Lưu lựa chọn").click()
    other.wait_for_url("**/sua/")
    assert stored(site, plan)["closing"] == "Lời của người thứ hai."


def test_undo_brings_words_and_rows_back(site, page, plan):
    before, first = page.input_value(CLOSING), page.input_value("[name=duties-0-text]")
    rows = page.locator("[data-row^=duties-]").count()
    type_in(page, CLOSING, "Viết lại.")
    page.locator("[data-row=duties-0] button[value=duties-0-remove]").click()
    expect(page.locator("[data-row^=duties-]")).to_have_count(rows - 1)
    saved(page)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-row^=duties-]")).to_have_count(rows)
    expect(page.locator("[name=duties-0-text]")).to_have_value(first)
    page.keyboard.press("Control+z")
    expect(page.locator(CLOSING)).to_have_value(before)
    page.keyboard.press("Control+y")
    expect(page.locator(CLOSING)).to_have_value("Viết lại.")
    saved(page)
    assert stored(site, plan)["closing"] == "Viết lại."


def test_keys_move_rows_walk_rows_and_findings(page):
    second = page.input_value("[name=duties-1-text]")
    page.locator("[name=duties-1-text]").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[name=duties-0-text]")).to_have_value(second)
    page.locator("[name=duties-0-text]").focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.activeElement.name === 'duties-1-text'")
    page.keyboard.press("F8")
    expect(page.locator("[data-finding][aria-current]")).to_have_count(1)
    page.keyboard.press("Control+s")
    saved(page)


def test_a_deadline_shows_its_last_day_as_it_is_typed(page):
    page.locator("[name=duties-0-phrase]").fill("trước ngày 06/6/2029")
    expect(page.locator("[data-deadline-of=duties-0-phrase]")).to_contain_text("hết thứ Ba, 05/6/2029")
    page.locator("[name=duties-0-phrase]").fill("hôm nào tiện")
    expect(page.locator("[data-save-state]")).to_contain_text("đang giữ trên máy")
    expect(page.locator("[name=duties-0-phrase]")).to_have_attribute("aria-invalid", "true")


def test_without_a_network_the_words_stay_on_the_machine(site, page, plan):
    page.context.set_offline(True)
    page.locator(CLOSING).fill("Gõ khi mất mạng.")
    expect(page.locator("[data-save-state]")).to_have_text("Mất mạng, đang giữ trên máy")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(False)
    page.evaluate("window.stop()")
    opened(page, plan)
    if stored(site, plan)["closing"] != "Gõ khi mất mạng.":  # the page may have sent it in the moment before it was left
        page.get_by_role("button", name="Mở lại phần đó").click()
        expect(page.locator(CLOSING)).to_have_value("Gõ khi mất mạng.")
        saved(page)
    assert stored(site, plan)["closing"] == "Gõ khi mất mạng."


def test_an_earlier_version_is_compared_and_put_back(site, page, plan):
    before = stored(site, plan)["closing"]
    type_in(page, CLOSING, "Bản viết sau.")
    page.get_by_role("link", name="Lịch sử").click()
    page.get_by_role("link", name="So với bản mới nhất").first.click()
    expect(page.locator("ins").filter(has_text="Bản viết sau").first).to_be_visible()
    page.get_by_role("link", name="Đưa lại bản này").first.click()
    page.get_by_role("button", name="Đưa lại bản 1").click()
    page.wait_for_url("**/sua/")
    expect(page.locator(CLOSING)).to_have_value(before)


def test_the_three_panes_are_tabs_on_a_telephone(site, open_page, plan):
    phone = opened(sign_in(open_page(site, viewport=PHONE, touch=True), "soanthao"), plan)
    assert fits(phone)
    for tab in ("ban-in", "luu-y", "viet"):
        phone.locator(f"[data-tab={tab}]").tap()
        assert phone.locator("[data-pane]:visible").evaluate_all("all => all.map(one => one.id)") == [tab]
