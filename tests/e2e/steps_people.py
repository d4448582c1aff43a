"""How people come in: the office by name, a secretary by the card that the administrator has just printed."""

import re
from io import BytesIO

from pypdf import PdfReader

from reports.demo.organisation import PASSWORD
from tests.browser import PHONE
from tests.e2e.qr import read_card

PIN = "482917"


class Hand:
    """A person's mouse and keyboard: counts what they do; a field filled is one interaction, however long the text."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, selector):
        self.count += 1
        self.page.locator(selector).first.click()

    def fill(self, selector, text):
        self.count += 1
        self.page.locator(selector).first.fill(text)

    def press(self, words, url):
        """Click the button or link that leads to another page, and wait for it."""
        self.click(f"main :is(a, button):has-text('{words}')")
        self.page.wait_for_url(url)


def sign_in(page, username, password=PASSWORD):
    page.goto("/dang-nhap/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(re.compile(r"127\.0\.0\.1:\d+/$"))
    return page


def make_card(page, name):
    """The administrator prints a card for the person called `name`; (address in its QR code, 4-digit code)."""
    page.goto("/nguoi-dung/")
    page.get_by_label("Tìm theo tên").fill(name)
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url("**/nguoi-dung/*/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Làm và in thẻ mới").click()
    pdf = download.value.path().read_bytes()
    codes = PdfReader(BytesIO(pdf)).pages[-1].extract_text()
    return read_card(pdf), re.search(r"\b\d{4}\b", codes.partition("Vai trò")[2])[0]


def open_card(open_page, site, address, code):
    """The first use of a card on a telephone of 360 x 740: its code, then a PIN of one's own; the page that follows."""
    page = open_page(site, viewport=PHONE, touch=True)
    page.goto(address)
    page.get_by_label("Mã 4 số").fill(code)
    page.get_by_label("Mã PIN mới của đồng chí").fill(PIN)
    page.get_by_label("Nhập lại mã PIN mới").fill(PIN)
    page.get_by_role("button", name="Kích hoạt thẻ").tap()
    page.wait_for_url(f"{site.url}/")
    return page


def said(page, words):
    """Wait for the sentence that the program answers with."""
    page.get_by_text(words).first.wait_for()


def fits(page):
    """Nothing to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
