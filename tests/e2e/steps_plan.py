"""From an arriving directive to the issued plan, as the office does it."""

import datetime as dt
import re
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from documents.dates import short
from tests.e2e.steps_people import said

NUMBER = "17-CT/TU"


def directive_line(today):
    """The title as the office copies it from the list of arrivals."""
    issuer, subject = "Ban Thường vụ Tỉnh ủy", "về tăng cường bảo vệ môi trường trên địa bàn tỉnh Tuyên Quang"
    return f"Chỉ thị số {NUMBER}, ngày {short(today - dt.timedelta(days=8))} của {issuer} {subject}"


def register_directive(hand, line):
    """Paste, read, register; the directive's page is open afterwards."""
    page = hand.page
    hand.press("Văn bản mới đến", "**/van-ban-den/moi/")
    hand.fill("[name=title]", line)
    hand.click("button[value=read]")
    page.locator("[name=number]:not([value=''])").wait_for()
    read = {name: page.input_value(f"[name={name}]") for name in ("kind", "number", "sign", "issuer", "subject")}
    hand.press("Đăng ký văn bản", re.compile(r"/van-ban-den/\d+/$"))
    said(page, "Đã đăng ký")
    return read


def draft_plan(hand):
    """One click more writes the whole draft; the number of the plan."""
    hand.press("Tạo kế hoạch", "**/ke-hoach/moi/**")
    hand.press("Soạn dự thảo", "**/sua/")
    said(hand.page, "Đã soạn dự thảo")
    return int(re.search(r"/ke-hoach/(\d+)/", hand.page.url)[1])


def findings(page):
    """What the editor says that the checks found in the draft."""
    return page.locator(".findings-sum").inner_text().strip()


def read_print(page, plan):
    """The words of the paper as it would print now."""
    answer = page.request.get(f"/ke-hoach/{plan}/ban-in/")
    assert answer.headers["content-type"] == "application/pdf"
    return text_of(answer.body())


def text_of(pdf):
    """All words of a PDF in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def edit_deadlines(page, plan, *, study, report):
    """Type the last days of the units' two duties and save."""
    page.goto(f"/ke-hoach/{plan}/sua/")
    for product, day in (("study", study), ("report", report)):
        row = page.locator(f".edit-row:has(select[name$='-product'] option[value={product}][selected])").first
        row.locator("[name$='-phrase']").fill(f"chậm nhất ngày {short(day)}")
    save(page)


def save(page):
    page.get_by_role("button", name="Lưu kế hoạch").first.click()
    said(page, "Đã lưu kế hoạch.")


def edit_together(first, second, plan):
    """Two people open the draft; the second to save sees both texts and takes the other's for one place."""
    for page in (first, second):
        page.goto(f"/ke-hoach/{plan}/sua/")
    closing = "[name=general-closing]"
    theirs = f"{first.input_value(closing)} Văn phòng theo dõi, đôn đốc."
    mine = f"{second.input_value(closing)} Ban Xây dựng Đảng theo dõi, đôn đốc."
    first.fill(closing, theirs)
    save(first)
    second.fill(closing, mine)
    second.get_by_role("button", name="Lưu kế hoạch").first.click()
    said(second, "Kế hoạch vừa được người khác lưu")
    shown = second.locator("main").inner_text()
    second.locator("input[value=theirs]").first.check()
    second.get_by_role("button", name="Lưu lựa chọn").click()
    said(second, "Đã lưu kế hoạch.")
    return mine in shown and theirs in shown, second.input_value(closing) == theirs


def submit_plan(page, plan):
    page.goto(f"/ke-hoach/{plan}/")
    page.get_by_role("button", name="Trình lãnh đạo").click()
    said(page, "Đã trình kế hoạch.")


def approve_plan(phone):
    """The leader comes from the first page of the phone."""
    phone.goto("/")
    phone.get_by_role("link", name="Xem, duyệt").first.tap()
    phone.get_by_role("button", name="Duyệt").tap()
    said(phone, "Đã duyệt.")


def issue_plan(page, plan):
    """The clerk records number, day and scan of the signed paper; the number."""
    page.goto("/")
    page.get_by_role("link", name="Ghi số").first.click()
    number = int(page.get_by_label("Số văn bản").input_value())
    scan = {"name": "ke-hoach-da-ky.pdf", "mimeType": "application/pdf", "buffer": signed_scan()}
    page.locator("[name=scan]").set_input_files(scan)
    page.get_by_label("Tôi xác nhận tài liệu không thuộc bí mật nhà nước").check()
    page.get_by_role("button", name="Ghi ban hành").click()
    page.wait_for_url(f"**/ke-hoach/{plan}/")
    said(page, "Đã ghi ban hành")
    return number


def send_plan(page, plan):
    """The whole send list is marked as sent; how many lines it has."""
    page.goto(f"/ke-hoach/{plan}/gui/")
    lines = page.locator("main tbody tr").count()
    page.get_by_role("button", name="Đánh dấu tất cả đã gửi").click()
    said(page, "Đã ghi vào danh sách gửi")
    return lines


def signed_scan():
    """A page as a scanner would give it."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
