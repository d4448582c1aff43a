"""The look in a real browser under the strict CSP: readable by rule (axe), nothing refused, small scripts at work."""

import mimetypes
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from tests.e2e import specimens

pytestmark = pytest.mark.e2e
ORIGIN = "http://lantoa.localhost"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
# What a phone page asks for to go on without the network; the specimens have no server to go on from.
WITHOUT_NETWORK = {"/dien-thoai.js": "text/javascript", "/ngoai-mang/": "text/html", "/bao-cao-buoi-hoc/": "text/html"}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def answer(route, sent: list) -> None:
    """The server of the specimens: pages by name, static files by Django's finders, posts remembered."""
    request = route.request
    path = request.url.removeprefix(ORIGIN).partition("?")[0]
    if path.startswith("/static/"):
        found = Path(finders.find(path.removeprefix("/static/")))
        kind = mimetypes.guess_type(found.name)[0] or "font/woff2"
        route.fulfill(body=found.read_bytes(), content_type=kind)
    elif path in WITHOUT_NETWORK:
        route.fulfill(body="", content_type=WITHOUT_NETWORK[path])
    elif request.method == "POST":
        sent.append(request.post_data)
        done = '<!doctype html><html lang="vi"><head><title>Đã nhận</title><meta name="draft-done" content="k">'
        body = done + '</head><body>Đã nhận<script src="/static/js/typed-fields.js"></script><script src="/static/js/autosave-draft.js"></script></body></html>'
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": CSP})
    else:
        html = specimens.render(path.strip("/")).replace('data-draft-key="demo"', 'data-draft-key="k"')
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": CSP})


@pytest.fixture
def open_specimen(browser):
    """`open_specimen(name, width)` -> page; its complaints are in page.complaints, its posts in page.sent."""
    contexts = []

    def opened(name, width=1366, user_agent=None):
        context = browser.new_context(viewport={"width": width, "height": 740}, user_agent=user_agent, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.sent = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        context.route(f"{ORIGIN}/**", lambda route: answer(route, page.sent))
        page.goto(f"{ORIGIN}/{name}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.proves("H-05")
@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("name", ["desk", "matrix", "form", "boxes", "chosen", "editor", "phone"])
def test_a_page_is_accessible_and_quiet_under_the_policy(open_specimen, name, width):
    page = open_specimen(name, width)
    violations = Axe().run(page, options=AXE).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in violations] == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_font_of_the_pages_is_really_ours(open_specimen):
    page = open_specimen("desk")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter', 'Đảng ủy phường'))")
    assert page.evaluate("[...document.fonts].every((face) => face.status === 'loaded')")


def test_targets_of_the_phone_are_large_enough(open_specimen):
    page = open_specimen("phone", 360)
    heights = page.eval_on_selector_all(
        ".btn, .step-btn, .stepper input, .tool, .form-check",
        "nodes => nodes.filter(node => node.offsetParent || node.offsetHeight).map(node => node.offsetHeight)",
    )
    assert min(heights) >= 48


def test_stepper_counts_and_the_sum_states_its_rule(open_specimen):
    page = open_specimen("phone", 360)
    expect(page.locator("[data-sum-rule]")).to_have_text("42 = 37 có mặt + 3 vắng có lý do + 2 vắng không lý do")
    page.get_by_label("Thêm 1: Có mặt").click()
    expect(page.locator("#id_present")).to_have_value("38")
    expect(page.locator("[data-sum-rule]")).to_contain_text("Cần đúng 42, thừa 1.")
    assert "sum-off" in page.get_attribute(".sum-box", "class")
    page.fill("#id_unexcused", "0")
    page.get_by_label("Bớt 1: Vắng không lý do").click()
    expect(page.locator("#id_unexcused")).to_have_value("0")


def test_a_draft_survives_a_reload_and_goes_when_the_server_has_it(open_specimen):
    page = open_specimen("phone", 360)
    first_key = page.input_value("#id_idempotency_key")
    page.fill("#id_present", "31")
    page.locator("[data-save-state][data-state=saved]").wait_for()
    page.reload()
    expect(page.locator("#id_present")).to_have_value("31")
    expect(page.locator("#id_idempotency_key")).to_have_value(first_key)
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu trên máy ")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Đã nhận").wait_for()
    assert len(page.sent) == 1
    assert "present=31" in page.sent[0]
    page.goto(f"{ORIGIN}/phone")
    expect(page.locator("#id_present")).to_have_value("37")
    expect(page.locator("#id_idempotency_key")).not_to_have_value(first_key)


def test_a_form_waits_for_the_network_and_sends_itself(open_specimen):
    page = open_specimen("phone", 360)
    page.context.set_offline(True)
    page.fill("#id_present", "30")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Chưa gửi, đang chờ mạng").wait_for()
    assert page.sent == []
    page.context.set_offline(False)
    page.get_by_text("Đã nhận").wait_for()
    assert len(page.sent) == 1


def test_the_browser_of_zalo_is_told_to_open_chrome(open_specimen):
    agent = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/12"
    page = open_specimen("phone", 360, agent)
    expect(page.locator("[data-zalo-hint]")).to_be_visible()
    link = page.get_attribute("[data-zalo-open]", "href")
    assert link == "intent://lantoa.localhost/phone#Intent;scheme=http;package=com.android.chrome;end"
    expect(open_specimen("phone", 360).locator("[data-zalo-hint]")).not_to_be_visible()


def test_copy_says_that_it_copied(open_specimen):
    page = open_specimen("desk")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép nội dung").click()
    page.get_by_role("button", name="Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Kính gửi đồng chí Bí thư")


def test_menu_closes_on_escape_and_gives_the_focus_back(open_specimen):
    page = open_specimen("desk")
    page.click("details[data-menu] summary")
    expect(page.locator("text=Đăng xuất")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("text=Đăng xuất")).not_to_be_visible()
    page.wait_for_function("() => document.activeElement.tagName === 'SUMMARY'")


def test_a_refused_form_takes_the_reader_to_its_summary(open_specimen):
    page = open_specimen("form")
    page.wait_for_function("() => document.activeElement.hasAttribute('data-error-summary')")
    page.click("[data-error-summary] a >> nth=0")
    page.wait_for_function("() => document.activeElement.id === 'id_due'")
    assert settings.CRISPY_TEMPLATE_PACK == "bootstrap5"


def test_units_are_found_and_ticked_with_the_keyboard_alone(open_specimen):
    page = open_specimen("boxes", 360)
    boxes = page.locator("input[name=units]")
    page.get_by_label("Tìm đơn vị").fill("trang da 3")  # as typed on a machine without Vietnamese keys
    expect(boxes.locator("visible=true")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Đã đánh dấu 0/16 đơn vị. Tìm thấy 1.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Chi bộ tổ dân phố Tràng Đà 3")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_label("Tìm đơn vị").fill("nông tiến 5")
    expect(boxes.locator("visible=true")).to_have_count(2)  # what is ticked stays in sight
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("Đã nhận").wait_for()
    assert [part for part in page.sent[0].split("&") if part.startswith("units=")] == ["units=10"]


def test_one_box_ticks_the_rows_of_the_page_and_says_how_many(open_specimen):
    page = open_specimen("chosen", 360)
    everything, rows = page.get_by_label("Chọn tất cả ở trang này"), page.locator("input[name=chon]")
    everything.check()
    expect(page.get_by_role("status")).to_have_text("Đã đánh dấu 3/3 báo cáo ở trang này.")
    rows.nth(1).uncheck()
    expect(everything).to_have_js_property("indeterminate", value=True)
    expect(page.get_by_role("status")).to_have_text("Đã đánh dấu 2/3 báo cáo ở trang này.")
    rows.nth(1).check()
    expect(everything).to_be_checked()
    everything.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("")
    expect(rows.nth(2)).not_to_be_checked()
    rows.nth(0).check()
    page.get_by_role("button", name="Tiếp nhận các báo cáo đã chọn").click()
    page.get_by_text("Đã nhận").wait_for()
    assert [part for part in page.sent[0].split("&") if part.startswith(("chon=", "moi="))] == ["chon=1"]
