"""What units report and what the office does with it."""

import re
from io import BytesIO

from pypdf import PdfReader

from tests.e2e.steps_people import said
from tests.e2e.steps_plan import text_of

MOST_TAPS = 10


class Thumb:
    """Taps and counts them; typing digits is free, the tap that reaches the field is not."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, selector):
        self.taps += 1
        self.page.locator(selector).first.tap()

    def press(self, words, url):
        self.tap(f"button:has-text('{words}')")
        self.page.wait_for_url(url)

    def figure(self, name, digits):
        self.tap(f"[name={name}]")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(digits)


def report_session(page, *, present, excused, shoot):
    """One session for everything the unit owes, with the self-score; the number of taps."""
    page.goto("/bao-cao-buoi-hoc/")
    shoot(page, "bao-cao-0")
    thumb = Thumb(page)
    thumb.press("Báo cáo buổi học", "**/buoi-hoc/")
    shoot(page, "bao-cao-1")
    thumb.tap("label:has-text('danh sách điểm danh')")
    thumb.press("Tiếp tục", "**/so-nguoi/")
    thumb.figure("present", str(present))
    thumb.figure("excused", str(excused))
    thumb.figure("speakers", "9")
    shoot(page, "bao-cao-2")
    thumb.press("Tiếp tục", "**/viec-lam/")
    shoot(page, "bao-cao-3")
    thumb.press("Tiếp tục", "**/tu-cham/")
    thumb.tap("label:has-text('Rõ việc, rõ nơi')")
    shoot(page, "bao-cao-4")
    thumb.press("Gửi báo cáo", "**/bien-nhan/")
    said(page, "Đã gửi báo cáo")
    return thumb.taps


def unit_papers(page):
    """The words of each one-page report that the receipt offers."""
    links = page.get_by_role("link", name="In báo cáo để ký")
    papers = [page.request.get(link.get_attribute("href")).body() for link in links.all()]
    assert [len(PdfReader(BytesIO(paper)).pages) for paper in papers] == [1] * len(papers)
    return [text_of(paper) for paper in papers]


def find_report(page, plan, unit):
    """Open the report of `unit` for `plan` from the office's list."""
    page.goto("/ket-qua/")
    page.get_by_label("Tìm đơn vị").fill(unit)
    page.get_by_label("Kế hoạch").select_option(str(plan))
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name=unit, exact=True).click()
    page.wait_for_url(re.compile(r"/ket-qua/\d+/$"))


def return_report(page, *, place, reason):
    """From the open report: name the place and say why."""
    page.get_by_role("link", name="Đề nghị bổ sung").click()
    page.get_by_label("Chỗ cần bổ sung").select_option(label=place)
    page.get_by_label("Lời đề nghị").fill(reason)
    page.get_by_role("button", name="Gửi lời đề nghị").click()
    said(page, "Đã gửi lời đề nghị bổ sung")


def mend_report(page, *, reason, shoot, **figures):
    """One tap opens the place that was named; the figures are typed again and sent."""
    page.goto("/")
    shoot(page, "de-nghi-bo-sung")
    page.goto("/bao-cao-buoi-hoc/")
    said(page, reason)
    page.get_by_role("button", name="Mở đúng chỗ").tap()
    page.wait_for_url("**/so-nguoi/**")
    said(page, reason)
    for name, value in figures.items():
        page.fill(f"[name={name}]", str(value))
    shoot(page, "bo-sung")
    for words, step in (("Tiếp tục", "viec-lam"), ("Tiếp tục", "tu-cham"), ("Gửi báo cáo", "bien-nhan")):
        page.locator(f"button:has-text('{words}')").last.tap()
        page.wait_for_url(f"**/{step}/**")  # the browser carries the place's anchor along


def accept_report(page):
    page.get_by_role("button", name="Tiếp nhận").click()
    said(page, "Đã tiếp nhận báo cáo của")


def enter_on_behalf(page, unit, *, members, exempt, present, excused):
    """The office types what a unit read out on the telephone."""
    page.goto("/ket-qua/nhap-ho/")
    page.locator("select#id_unit").select_option(label=unit)
    page.get_by_label("Điện thoại").check()
    page.get_by_role("button", name="Mở biểu nhập").click()
    page.wait_for_url("**/buoi-hoc/")
    forward = page.get_by_role("button", name="Tiếp tục")
    forward.click()
    page.wait_for_url("**/so-nguoi/")
    page.locator("details:has([name=members])").evaluate("box => { box.open = true }")
    for name, value in {
        "members": members,
        "exempt": exempt,
        "present": present,
        "excused": excused,
        "speakers": 6,
    }.items():
        page.fill(f"[name={name}]", str(value))
    forward.click()
    page.wait_for_url("**/viec-lam/")
    page.locator("summary:has-text('Nhận xét, kiến nghị')").click()
    page.fill("[name=proposals]", "Đề nghị phát tờ gấp về phân loại rác tại nguồn.")
    forward.click()
    page.wait_for_url("**/tu-cham/")
    page.locator("label:has-text('Rõ việc, rõ nơi')").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.wait_for_url("**/bien-nhan/")
