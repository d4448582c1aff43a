"""A report on a phone whose network comes and goes, in a real browser: it goes on, says what waits, is sent once."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from reports.models import Filing, Submission, SubmissionRevision
from tests import factories
from tests.browser import ARGUMENTS
from tests.e2e.cable import Cable
from tests.e2e.conftest import PHONE
from tests.e2e.test_secretary_report import MOST_TAPS, Thumb, asked
from units.choices import Role

__all__ = ["asked"]
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
KEPT = "html[data-kept=yes]"
PATIENCE = 40_000


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
    """`pocket()` starts a browser that keeps its files, as a phone does between two starts."""
    started = []

    def start(host="127.0.0.1"):
        context = browser.browser_type.launch_persistent_context(
            str(tmp_path / "phone"),
            executable_path=shutil.which("chromium"),
            args=[*ARGUMENTS, "--host-resolver-rules=MAP van-phong.lan 127.0.0.1"],
            base_url=cable.url.replace("127.0.0.1", host),
            viewport=PHONE,
            has_touch=True,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        started.append(context)
        context.set_default_timeout(15_000)
        return context.pages[0]

    yield start
    kill(tmp_path / "phone")
    for context in started:
        try:
            context.close()
        except Exception:  # noqa: BLE001 - killed on purpose
            continue


def kill(folder):
    """End the browser that keeps its files in `folder`, as an impatient phone does: no good-bye."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in words:
            try:
                os.kill(int(process.name), signal.SIGKILL)
            except ProcessLookupError:
                continue


def begin(page, thumb=None):
    """Open the report; the phone has it all before the network may go."""
    thumb = thumb or Thumb(page)
    page.goto("/bao-cao-buoi-hoc/")
    thumb.press("Báo cáo buổi học", "**/buoi-hoc/")
    page.wait_for_selector(KEPT)
    page.wait_for_function("navigator.serviceWorker.controller")
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
    assert "42 = 39 có mặt + 3 vắng có lý do + 0 vắng không lý do" in page.inner_text("[data-sum-rule]")
    go_on(thumb, "results")
    assert thumb.fits()
    go_on(thumb, "scores")
    assert "39/42 đồng chí dự" in page.inner_text("[data-summary]")
    judge(page, thumb)
    thumb.tap("[data-next]")
    page.wait_for_selector("[data-waiting] :has-text('Chờ mạng')")
    assert page.is_visible("[data-sent-later]")
    assert sent(asked) == (0, 0)
    cable.mend()
    page.wait_for_url("**/bien-nhan/", timeout=PATIENCE)
    assert "Đồng chí làm xong trên máy lúc" in page.inner_text("main")
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
