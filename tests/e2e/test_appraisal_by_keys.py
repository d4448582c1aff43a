"""An appraiser goes through 58 reports without touching the mouse: one by one, many at once, a sample."""

import os
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from reports.models import Score, Submission
from tests import factories
from tests.reports.test_appraisal import scored

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
UNITS, TICKED = 58, 40
MOST_TABS = 60
# the mouse is taken away: a click that no key made fails the test
NO_MOUSE = "addEventListener('pointerdown', () => { throw new Error('the mouse was used'); }, true)"


@pytest.fixture
def office(client, live_server, open_page):
    cast = factories.make_cast()
    plan, rows = scored(cast, UNITS)
    client.force_login(cast.compiler)
    page = open_page(live_server)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.add_init_script(NO_MOUSE)
    page.goto("/ket-qua/tham-dinh/")
    page.plan, page.rows = plan, rows
    return page


def access(page, letter):
    """Press Alt and a letter as a keyboard does: playwright's own press leaves out the letter the browser looks for."""
    keys = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "unmodifiedText": letter, "text": letter}
    devtools = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        devtools.send("Input.dispatchKeyEvent", {"type": kind, "windowsVirtualKeyCode": ord(letter.upper()), **keys})
    devtools.detach()


def reach(page, selector):
    """Press Tab until an element of `selector` has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the Tab key")


def place(page, number, count=UNITS):
    """Wait for the page of the unit at `number` of the list, and for its script, which goes to the first points."""
    expect(page.locator("#noi-dung")).to_contain_text(f"Đơn vị thứ {number}/{count},")
    expect(page.locator("[name^=points_]").first).to_be_focused()


def appraised():
    return Submission.objects.filter(state="appraised").count()


def test_fifty_eight_reports_are_appraised_by_the_keyboard_alone(office):
    page = office
    expect(page.locator("#noi-dung")).to_contain_text(f"{UNITS} báo cáo chờ thẩm định trong {UNITS} báo cáo")
    for _ in range(TICKED):
        reach(page, "[name=chon]:not(:checked)")
        page.keyboard.press("Space")
    expect(page.locator("[name=chon]:checked")).to_have_count(TICKED)
    page.keyboard.press("Enter")  # the form of the list has one button
    page.get_by_text(f"Đã thẩm định {TICKED} báo cáo, giữ nguyên điểm tự chấm.").wait_for()
    assert appraised() == TICKED

    reach(page, "a.btn-primary")
    page.keyboard.press("Enter")
    place(page, TICKED + 1)
    for letter, number in (("j", TICKED + 2), ("k", TICKED + 1)):
        access(page, letter)
        place(page, number)
    differ(page)
    for number in range(TICKED + 2, UNITS + 1):
        place(page, number)
        access(page, "s") if number % 2 else page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/ket-qua/tham-dinh/\?ke_hoach=\d+$"))
    expect(page.locator("#noi-dung")).to_contain_text(f"0 báo cáo chờ thẩm định trong {UNITS} báo cáo")
    assert appraised() == UNITS
    [score] = Score.objects.exclude(appraised_note="")
    assert (score.submission, score.appraised_note) == (page.rows[TICKED], "Bien ban ghi thieu.")
    assert score.appraised_points == score.self_points - 1


def differ(page):
    """Lower the first points by one: refused without a reason, taken with one; nothing typed is lost."""
    points = page.locator("[name^=points_]").first
    expect(points).to_be_focused()
    page.keyboard.type(str(int(float(points.input_value().replace(",", "."))) - 1))
    access(page, "s")
    expect(page.locator("[name^=note_].is-invalid, [name^=points_].is-invalid").first).to_be_visible()
    expect(points).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Bien ban ghi thieu.")
    access(page, "s")


def test_a_sample_is_drawn_and_walked_by_the_keyboard(office):
    page = office
    reach(page, "[name=so]")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_contain_text("3 báo cáo chờ thẩm định trong 3 báo cáo lấy ngẫu nhiên")
    reach(page, "a.btn-primary")
    page.keyboard.press("Enter")
    for number in (1, 2, 3):
        place(page, number, count=3)
        access(page, "s")
    expect(page).to_have_url(re.compile(r"/ket-qua/tham-dinh/\?ke_hoach=\d+&mau="))
    assert appraised() == 3
