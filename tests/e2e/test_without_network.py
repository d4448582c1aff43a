"""A report on a phone whose network comes and goes, in a real browser: it goes on, says what waits, is sent once."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from reports.models import Filing, FilingCopy, Submission, SubmissionRevision
from tests import factories
from tests.e2e.cable import Cable
from tests.e2e.conftest import PHONE
from tests.e2e.pocket import Pocket
from tests.e2e.test_secretary_report import MOST_SECONDS, MOST_TAPS, Thumb, asked
from units.choices import Role

__all__ = ["asked"]
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
KEPT = "html[data-kept=yes]"
PATIENCE = 40_000
SLOW_DISK = """() => {
    const put = self.lantoaPhone.put;
    const going = new Promise((done) => { self.diskGoesOn = done; });
    self.lantoaPhone.put = async (...row) => { await going; return put(...row); };
}"""


@pytest.fixture
def cable(live_server):
    made = Cable(live_server.thread.host, live_server.thread.port)
    yield made
    made.close()


def sign_in(context, user, url):
    """The session cookie of `user`, as log-in would leave it."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url, "expires": 4_000_000_000}])


@pytest.fixture
def phone_of(cable, open_page):
    def open_(user):
        page = open_page(cable, viewport=PHONE, touch=True)
        sign_in(page.context, user, cable.url)
        return page

    return open_


@pytest.fixture
def pocket(browser, cable, tmp_path):
    made = Pocket(browser.browser_type, tmp_path / "phone", cable.url)
    yield made
    made.close()


def begin(page, thumb=None):
    """Open the report; the phone has it all before the network may go."""
    thumb = thumb or Thumb(page)
    page.goto("/bao-cao-buoi-hoc/")
    thumb.press("Báo cáo buổi học", "**/buoi-hoc/")
    page.wait_for_selector(KEPT)
    page.wait_for_function("() => navigator.serviceWorker.controller")
    return thumb


def counts(thumb, present="39", excused="3"):
    thumb.figure("present", present)
    thumb.figure("excused", excused)
    thumb.figure("speakers", "9")


def judge(page, thumb):
    for box in page.locator("[data-group=scores] .score-row").all():
        thumb.taps += 1
        box.locator("label").first.tap()


def go_on(thumb, anchor):
    thumb.tap("[data-next]")
    thumb.page.wait_for_selector(f"[data-group={anchor}]:not([hidden])")


def sent(unit):
    rows = Submission.objects.filter(unit=unit, state="submitted")
    return rows.count(), SubmissionRevision.objects.filter(submission__in=rows).count()


@pytest.mark.proves("C-02")
def test_three_directives_with_the_network_cut_in_at_most_ten_taps(asked, phone_of, cable):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    thumb = begin(page)
    cable.cut()
    thumb.tap("label:has-text('danh sách điểm danh')")
    thumb.tap("button:has-text('Tiếp tục')")
    page.wait_for_selector("[data-whole][data-ready] [data-group=counts]:not([hidden])")
    assert thumb.fits()
    counts(thumb)
    expect(page.locator("[data-sum-rule]")).to_contain_text("42 = 39 có mặt + 3 vắng có lý do + 0 vắng không lý do")
    go_on(thumb, "results")
    assert thumb.fits()
    go_on(thumb, "scores")
    expect(page.locator("[data-summary]")).to_contain_text("39/42 đồng chí dự")
    judge(page, thumb)
    thumb.tap("[data-next]")
    page.wait_for_selector("[data-waiting] :has-text('Chờ mạng')")
    expect(page.locator("[data-sent-later]")).to_be_visible()
    assert sent(asked) == (0, 0)
    cable.mend()
    page.wait_for_url("**/bien-nhan/", timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("Đồng chí làm xong trên máy lúc")
    assert thumb.taps <= MOST_TAPS
    assert sent(asked) == (2, 2)
    minutes_kept = {one.minutes_kept for row in Submission.objects.all() for one in row.sessions.all()}
    assert minutes_kept == {True}


@pytest.mark.proves("C-02")
def test_a_lost_answer_makes_no_second_report(asked, phone_of, cable):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    thumb = begin(page)
    page.goto(page.url.replace("buoi-hoc/", "tat-ca/").replace("bao-cao-tat-ca", "bao-cao-buoi-hoc"))
    page.wait_for_selector("[data-whole][data-ready]")
    go_on(thumb, "counts")
    counts(thumb)
    go_on(thumb, "results")
    go_on(thumb, "scores")
    judge(page, thumb)
    cable.swallow()
    thumb.tap("[data-next]")
    page.wait_for_selector("[data-waiting] :has-text('Chờ mạng')")
    page.wait_for_function("() => new Promise((done) => setTimeout(done, 1500, true))")
    cable.mend()
    page.wait_for_url("**/bien-nhan/", timeout=PATIENCE)
    assert sent(asked) == (2, 2)
    assert Filing.objects.count() == 1


@pytest.mark.proves("C-06")
def test_a_killed_browser_loses_nothing_and_sends_when_it_is_opened_again(asked, pocket, cable):
    secretary = factories.make_person(asked, Role.SECRETARY)
    page = pocket.start()
    sign_in(page.context, secretary, cable.url)
    thumb = begin(page)
    cable.cut()
    thumb.tap("button:has-text('Tiếp tục')")
    page.wait_for_selector("[data-group=counts]:not([hidden])")
    counts(thumb)
    page.wait_for_selector("[data-save-state]:has-text('Đã lưu trên máy')")
    filing = Filing.objects.get()
    pocket.kill()

    page = pocket.start()
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("Máy đang không có mạng")
    thumb.page = page  # it goes on counting
    thumb.tap("a:has-text('Viết tiếp báo cáo')")
    page.wait_for_selector("[data-whole][data-ready] [data-group=counts]:not([hidden])")  # where it was left
    kept = [page.input_value(f"[data-group=counts] [name={name}]") for name in ("present", "excused", "speakers")]
    assert kept == ["39", "3", "9"]
    go_on(thumb, "results")
    go_on(thumb, "scores")
    judge(page, thumb)
    thumb.tap("[data-next]")
    page.wait_for_selector("[data-waiting] :has-text('Chờ mạng')")
    assert thumb.taps <= MOST_TAPS
    assert thumb.seconds <= MOST_SECONDS
    pocket.kill()
    assert filing.version == Filing.objects.get().version

    cable.mend()
    page = pocket.start()
    sign_in(page.context, secretary, cable.url)  # a log-in of its own: the token typed under the old one is renewed
    page.goto("/bao-cao-buoi-hoc/")
    page.wait_for_selector("[data-waiting] :has-text('Đã gửi báo cáo')", timeout=PATIENCE)
    assert sent(asked) == (2, 2)
    page.get_by_role("link", name="Xem biên nhận").tap()
    page.wait_for_url("**/bien-nhan/")


@pytest.mark.proves("C-06")
def test_saved_is_said_only_of_what_the_phone_holds(asked, phone_of, cable):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    begin(page)
    cable.cut()
    page.locator("button:has-text('Tiếp tục')").tap()
    page.wait_for_selector("[data-whole][data-ready] [data-group=counts]:not([hidden])")
    page.evaluate(SLOW_DISK)
    page.locator("[name=present]").fill("39")
    state = page.locator("[data-save-state]")
    expect(state).to_have_text("Đang lưu trên máy…")
    page.evaluate("self.diskGoesOn()")
    expect(state).to_contain_text("Đã lưu trên máy")
    page.evaluate("() => { self.lantoaPhone.put = () => Promise.reject(new Error('full')); }")
    page.locator("[name=excused]").fill("3")
    expect(state).to_contain_text("Máy này hết chỗ nên chưa giữ được số liệu.")


def test_what_is_typed_reaches_the_server_before_the_step_is_passed(asked, phone_of):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    begin(page)
    page.locator("[name=speaker]").fill("Đồng chí Phó Bí thư")
    page.wait_for_selector("[data-save-state][data-state=saved]:text-matches('^Đã lưu [0-9]')")
    assert Filing.objects.get().content["session"]["speaker"] == "Đồng chí Phó Bí thư"
    assert Filing.objects.get().content["typed"] == []


@pytest.mark.proves("C-01")
def test_two_phones_see_both_versions_and_choose(asked, phone_of):
    one = phone_of(factories.make_person(asked, Role.SECRETARY))
    two = phone_of(factories.make_person(asked, Role.HELPER))
    begin(one)
    two.goto(one.url)
    two.wait_for_selector(KEPT)
    one.locator("[name=speaker]").fill("Đồng chí Bí thư")
    one.wait_for_selector("[data-save-state][data-state=saved]:text-matches('^Đã lưu [0-9]')")
    two.locator("[name=speaker]").fill("Đồng chí Phó Bí thư")
    two.get_by_role("link", name="Xem và chọn").tap()
    two.wait_for_url("**/hai-ban/")
    assert Thumb(two).fits()
    assert two.locator(".versions dd").all_inner_texts() == ["Đồng chí Bí thư", "Đồng chí Phó Bí thư"]
    two.get_by_role("button", name="Dùng bản của").tap()
    two.wait_for_url("**/buoi-hoc/")
    expect(two.locator("[name=speaker]")).to_have_value("Đồng chí Phó Bí thư")
    copies = {one.content["session"]["speaker"] for one in FilingCopy.objects.all()}
    assert copies == {"Đồng chí Bí thư", "Đồng chí Phó Bí thư"}
    assert FilingCopy.objects.filter(settled_at=None).count() == 0


def test_over_plain_http_there_is_no_worker_and_the_pages_work(asked, pocket, cable, settings):
    settings.ALLOWED_HOSTS = ["van-phong.lan"]
    page = pocket.start(host="van-phong.lan")
    sign_in(page.context, factories.make_person(asked, Role.SECRETARY), cable.url.replace("127.0.0.1", "van-phong.lan"))
    thumb = Thumb(page)
    page.goto("/bao-cao-buoi-hoc/")
    assert page.evaluate("[isSecureContext, 'serviceWorker' in navigator]") == [False, False]
    thumb.press("Báo cáo buổi học", "**/buoi-hoc/")
    thumb.press("Tiếp tục", "**/so-nguoi/")
    counts(thumb)
    page.wait_for_selector("[data-save-state][data-state=saved]:text-matches('^Đã lưu [0-9]')")
    page.reload()
    expect(page.locator("[name=present]")).to_have_value("39")
    thumb.press("Tiếp tục", "**/viec-lam/")
    thumb.press("Tiếp tục", "**/tu-cham/")
