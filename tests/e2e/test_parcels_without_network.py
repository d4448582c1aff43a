"""Photos and a further session given on a phone while the network is cut: they wait, say so, and go exactly once."""

import os

import pytest
from PIL import Image
from playwright.sync_api import expect

from documents.services.files import open_stored
from reports.models import Evidence, Parcel, StudySession, Submission
from tests import factories
from tests.e2e.test_photos import PLACE, taken
from tests.e2e.test_secretary_report import Thumb, asked
from tests.e2e.test_without_network import (
    KEPT,
    PATIENCE,
    begin,
    cable,
    counts,
    go_on,
    judge,
    phone_of,
    pocket,
    sent,
    sign_in,
)
from units.choices import Role

__all__ = ["asked", "cable", "phone_of", "pocket"]
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WAITS = "[data-parcels][data-state=waiting]"
HELD = """async () => (await self.lantoaPhone.all("parcels")).map((row) => {
    let text = ""; for (const byte of new Uint8Array(row.file.bytes)) text += String.fromCharCode(byte);
    return [row.file.name, text.length, text.includes("PLACE")];
})""".replace("PLACE", PLACE)
# A disk that is full ends the transaction of what does not fit, as the browser does.
FULL = """() => {
    self.roomy = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (row) {
        const asked = self.roomy.call(this, row);
        if (row.file) this.transaction.abort();
        return asked;
    };
}"""
ONE_FILE = "1 tệp ảnh, biên bản"
# What a page of the version before holds open, and does not close for the next.
OLDER = """() => new Promise((done) => {
    const asked = indexedDB.open("lantoa-phone", 1);
    asked.onsuccess = () => { self.held = asked.result; done(true); };
})"""
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def open_apart(page, slug):
    """The page of files or of a further session, kept on the phone."""
    page.goto("/".join([*page.url.split("/")[:5], slug, ""]))
    page.wait_for_selector(KEPT)


def give_photo(page, *photos):
    page.set_input_files("[name=photos]", photos or taken())
    page.wait_for_selector("[data-shrink-state]:has-text('Đã thu nhỏ')")
    page.locator("label:has-text('không thuộc bí mật')").tap()
    page.locator("button:has-text('Lưu tệp')").tap()


@pytest.mark.proves("C-02", "U-09")
def test_a_photo_of_a_killed_browser_without_network_arrives_once(asked, pocket, cable):
    secretary = factories.make_person(asked, Role.SECRETARY)
    page = pocket.start()
    sign_in(page.context, secretary, cable.url)
    begin(page)
    open_apart(page, "tep")
    cable.cut()
    page.reload()  # the page kept on the phone is there without network
    raw = taken()
    give_photo(page, raw)
    expect(page.locator(WAITS)).to_contain_text(f"Đang chờ gửi: 1 tệp ảnh, biên bản của {asked.short_name}.")
    assert Thumb(page).fits()
    [(name, size, placed)] = page.evaluate(HELD)
    assert (name, size < len(raw["buffer"]) / 4, placed) == ("IMG_0001.jpg", True, False)
    pocket.kill()

    page = pocket.start()
    page.goto("/")
    expect(page.locator(WAITS)).to_contain_text("Đang chờ gửi: 1 tệp")
    assert Evidence.objects.count() == 0
    cable.swallow()  # the server hears it, the phone hears nothing
    page.context.clear_cookies()
    sign_in(page.context, secretary, cable.url)
    page.reload()
    page.wait_for_function("() => new Promise((done) => setTimeout(done, 3000, true))")
    cable.mend()
    page.goto("/bao-cao-buoi-hoc/")
    expect(page.locator("[data-parcels][data-state=taken]")).to_contain_text("Đã lưu 1 tệp.", timeout=PATIENCE)
    assert (Evidence.objects.count(), Parcel.objects.count()) == (1, 1)
    with open_stored(Evidence.objects.get().file) as file:
        assert max(Image.open(file).size) == 1600


@pytest.mark.proves("C-02")
def test_a_further_session_without_network_goes_before_its_report(asked, phone_of, cable):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    begin(page)
    cable.cut()
    open_extra(page, "2")
    page.wait_for_selector("[data-whole][data-ready] [data-group=session]:not([hidden])")
    expect(page.locator(WAITS)).to_contain_text("Đang chờ gửi: 1 buổi chia ca, học bù")
    thumb = Thumb(page)
    go_on(thumb, "counts")
    counts(thumb, present="37")
    expect(page.locator("[data-sum-rule]")).to_contain_text("42 = 37 có mặt + 2 buổi khác + 3 vắng có lý do")
    go_on(thumb, "results")
    go_on(thumb, "scores")
    judge(page, thumb)
    thumb.tap("[data-next]")
    expect(page.locator("[data-sent-later]")).to_be_visible()
    cable.mend()
    page.wait_for_url("**/bien-nhan/", timeout=PATIENCE)
    assert sent(asked) == (2, 2)
    assert sorted(StudySession.objects.values_list("kind", "present")) == [("main", 37), ("make_up", 2)]


def open_extra(page, present, day=""):
    page.goto(page.url.replace("buoi-hoc/", "them-buoi/").replace("bao-cao-them-buoi/", "bao-cao-buoi-hoc/"))
    page.locator("[name=present]").fill(present)
    page.locator("[name=held_on]").fill(day or page.evaluate("new Date().toLocaleDateString('vi-VN')"))
    page.locator("button:has-text('Thêm buổi này')").tap()


def test_a_session_that_the_server_refuses_holds_the_report_back_and_is_mended(asked, phone_of, cable):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    begin(page)
    cable.cut()
    open_extra(page, "2", day="01/01/2090")
    page.wait_for_selector("[data-whole][data-ready]")
    thumb = Thumb(page)
    go_on(thumb, "counts")
    counts(thumb, present="37")
    go_on(thumb, "results")
    go_on(thumb, "scores")
    judge(page, thumb)
    thumb.tap("[data-next]")
    expect(page.locator("[data-sent-later]")).to_be_visible()
    cable.mend()
    refused = page.locator("[data-parcels][data-state=refused]")
    expect(refused).to_contain_text("chưa đến", timeout=PATIENCE)
    expect(page.locator("[data-waiting]")).to_contain_text("chờ buổi chia ca, học bù ở trên")
    assert (Submission.objects.filter(state="submitted").count(), thumb.fits()) == (0, True)
    refused.get_by_role("link", name="Sửa lại").tap()
    page.wait_for_url("**/them-buoi/")
    expect(page.locator("[name=present]")).to_have_value("2")
    page.locator("[name=held_on]").fill(page.evaluate("new Date().toLocaleDateString('vi-VN')"))
    page.locator("button:has-text('Thêm buổi này')").tap()
    expect(page.locator("[data-waiting]")).to_contain_text("Đã gửi báo cáo", timeout=PATIENCE)
    assert sent(asked) == (2, 2)


def test_a_phone_without_room_says_so_and_a_refused_file_says_why(asked, phone_of, cable):
    secretary = factories.make_person(asked, Role.SECRETARY)
    page = phone_of(secretary)
    begin(page)
    open_apart(page, "tep")
    cable.cut()
    page.evaluate(FULL)
    give_photo(page)
    expect(page.locator("[data-shrink-state]")).to_contain_text("Máy hết chỗ nên chưa giữ được")
    page.evaluate("() => { IDBObjectStore.prototype.put = self.roomy; }")
    page.locator("button:has-text('Lưu tệp')").tap()  # what was chosen is still there
    expect(page.locator(WAITS)).to_contain_text("1 tệp")
    page.set_input_files(
        "[name=minutes]", {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": b"%PDF khong"}
    )
    page.locator("label:has-text('không thuộc bí mật')").tap()
    page.set_input_files("[name=photos]", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"})
    page.locator("button:has-text('Lưu tệp')").tap()
    expect(page.locator("[data-shrink-state]")).to_contain_text("x.jpg: máy không xóa được nơi chụp")
    cable.mend()
    refused = page.locator("[data-parcels][data-state=refused]")
    expect(refused).to_contain_text("Chưa gửi được bien-ban.pdf", timeout=PATIENCE)
    expect(page.locator("[data-parcels][data-state=taken]")).to_contain_text("Đã lưu 1 tệp.", timeout=PATIENCE)
    assert Evidence.objects.count() == 1
    there = page.url
    page.context.clear_cookies()
    page.goto("/ngoai-mang/")  # whoever holds the phone sees how much waits, never what, and cannot throw it away
    expect(refused).to_have_text(f"Chưa gửi được {ONE_FILE}, vẫn giữ trên máy. Đồng chí đăng nhập để xem lý do và gửi lại.")
    expect(page.locator("[data-waiting] button, [data-waiting] a")).to_have_count(0)
    sign_in(page.context, secretary, cable.url)
    page.goto(there)
    refused.get_by_role("button", name="Bỏ khỏi máy này").tap()
    expect(refused).to_have_count(0)


def test_a_page_of_an_older_version_left_open_does_not_hold_a_photo_back(asked, phone_of, cable):
    page = phone_of(factories.make_person(asked, Role.SECRETARY))
    older = page.context.new_page()
    older.goto(f"{cable.url}/static/js/phone-parcels.js")  # a page of the site that runs nothing
    older.evaluate(OLDER)
    page.goto("/bao-cao-buoi-hoc/")
    Thumb(page).press("Báo cáo buổi học", "**/buoi-hoc/")
    page.goto("/".join([*page.url.split("/")[:5], "tep", ""]))
    give_photo(page)
    expect(page.get_by_role("heading", name="Đã có 1 tệp")).to_be_visible()
    assert (Evidence.objects.count(), Parcel.objects.count()) == (1, 1)
    older.close()
    page.reload()
    page.wait_for_selector(KEPT)
    cable.cut()
    give_photo(page)
    expect(page.locator(WAITS)).to_contain_text("Đang chờ gửi: 1 tệp")


def test_two_phones_without_network_give_both_their_photos(asked, phone_of, cable):
    one = phone_of(factories.make_person(asked, Role.SECRETARY))
    two = phone_of(factories.make_person(asked, Role.HELPER))
    begin(one)
    open_apart(one, "tep")
    two.goto(one.url)
    two.wait_for_selector(KEPT)
    cable.cut()
    give_photo(one)
    give_photo(two)
    for page in (one, two):
        expect(page.locator(WAITS)).to_contain_text("1 tệp")
    cable.mend()
    for page in (one, two):
        expect(page.locator("[data-parcels][data-state=taken]")).to_contain_text("Đã lưu 1 tệp.", timeout=PATIENCE)
    assert len({row.added_by_id for row in Evidence.objects.all()}) == 2
