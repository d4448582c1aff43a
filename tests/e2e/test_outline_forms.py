"""A review plan in the browser: its outline and Biểu 1 to 3 made, issued, filled in by units, put together by the office."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.campaigns.three_kinds import REVIEW
from tests.e2e import steps_plan as plans
from tests.e2e.steps_people import said, sign_in
from tests.e2e.test_three_kinds import add_annex, draft, register

pytestmark = pytest.mark.e2e
OWN = "bithu"


def test_an_outline_and_its_forms_from_the_editor_to_the_merged_table(own_site, open_page, shoot):
    office = sign_in(open_page(own_site), "soanthao")
    plan = issued_plan(own_site, open_page, office)
    secretary = sign_in(open_page(own_site, viewport=PHONE, touch=True), OWN)
    fill_on_the_phone(secretary, shoot)
    compiler = sign_in(open_page(own_site), "tonghop")
    other = enter_for_another(compiler, plan, shoot)
    accept(compiler, plan)
    merged(compiler, plan, other, shoot)


def issued_plan(site, open_page, office):
    """The plan with the pasted outline, a period for Biểu 3, approved and issued."""
    register(office, REVIEW.directive)
    plan = draft(office, "review")
    add_annex(office, plan, replace(REVIEW, annex_subject="sơ kết 05 năm"))
    office.fill("[name=forms-2-period_from]", "01/01/2017")
    office.fill("[name=forms-2-period_to]", "31/12/2020")
    office.get_by_role("button", name="Lưu phụ lục").first.click()
    said(office, "Đã lưu phụ lục.")
    assert "(từ năm 2017 đến hết năm 2020)" in plans.read_print(office, plan)
    plans.submit_plan(office, plan)
    plans.approve_plan(sign_in(open_page(site, viewport=PHONE, touch=True), "lanhdao"))
    plans.issue_plan(sign_in(open_page(site), "vanthu"), plan)
    return plan


def go_on(page):
    """Press "Tiếp tục" and wait for the next part."""
    before = page.url
    page.locator(".bottom-bar button[type=submit]").click()
    page.wait_for_url(lambda url: url != before)


def fill_on_the_phone(page, shoot):
    """The unit writes under every heading of the first section, adds a row, and sends."""
    page.goto("/bao-cao-buoi-hoc/")
    shoot(page, "de-cuong-viec")
    page.get_by_role("button", name="Điền đề cương, biểu").tap()
    page.wait_for_url("**/muc-1-I/")
    for row, area in enumerate(page.locator("main textarea").all(), 1):
        area.fill(f"Chi bộ đã làm việc thứ {row}.")
    # the server has it before anything is pressed: only a saving there makes another version
    page.locator("input[name=version]:not([value='1'])").wait_for(state="attached")
    shoot(page, "de-cuong-muc")
    for part in ("muc-1-II", "muc-1-III", "muc-1-IV", "bieu-1"):
        go_on(page)
        assert page.url.endswith(f"/{part}/")
    values = [one.input_value() for one in page.locator(".answer-row textarea, .answer-row input[type=text]").all()]
    assert "19-CT/TU" in values
    shoot(page, "bieu-1")
    page.locator(".answer-group").nth(4).locator(".answer-row").first.locator("input[type=text]").last.fill("ngày mai")
    page.locator(".bottom-bar button[type=submit]").click()
    said(page, "Có 1 chỗ cần xem lại")
    shoot(page, "bieu-1-sai")
    wrong = page.locator(".is-invalid")
    expect(wrong).to_have_value("ngày mai")
    wrong.fill("")
    go_on(page)
    model(page, "Tổ công nghệ số")
    page.get_by_role("button", name="Thêm dòng").tap()
    page.locator(".answer-row").nth(1).wait_for()
    shoot(page, "bieu-2")
    go_on(page)
    go_on(page)
    shoot(page, "de-cuong-gui")
    page.get_by_role("button", name="Gửi báo cáo").tap()
    said(page, "biên nhận số")
    shoot(page, "de-cuong-da-gui")


def model(page, name):
    """The first row of Biểu 2."""
    page.wait_for_url("**/bieu-2/")
    for area, text in zip(page.locator(".answer-row").first.locator("textarea").all(), (name, "Nội dung", "Chi đoàn", "12 hộ"), strict=True):
        area.fill(text)


def enter_for_another(page, plan, shoot):
    """The office enters the same model and one more for a unit that sent paper; the unit's name."""
    page.goto(f"/tong-hop-bieu/{plan}/")
    shoot(page, "tong-hop-truoc")
    page.locator("summary", has_text="Chưa báo cáo").click()
    button = page.get_by_role("button", name=re.compile("^Nhập hộ")).first
    name = button.inner_text().removeprefix("Nhập hộ").strip()
    button.click()
    page.wait_for_url("**/muc-1-I/")
    page.locator("main textarea").first.fill("Đã quán triệt ở ba hội nghị.")
    for _ in range(5):
        go_on(page)
    model(page, "Tổ công nghệ số")
    page.get_by_role("button", name="Thêm dòng").click()
    second = page.locator(".answer-row").nth(1)
    second.wait_for()
    second.locator("textarea").first.fill("Góc học tập số")
    shoot(page, "bieu-2-may-tinh")
    go_on(page)
    go_on(page)
    page.get_by_role("button", name="Gửi báo cáo").click()
    said(page, "biên nhận số")
    shoot(page, "de-cuong-doc")
    return name


def accept(page, plan):
    """Take both reports in."""
    page.goto(f"/ket-qua/?ke_hoach={plan}")
    for box in page.locator("[name=chon]").all():
        box.check()
    page.get_by_role("button", name=re.compile("Tiếp nhận")).first.click()
    said(page, "Đã tiếp nhận 2 báo cáo")


def merged(page, plan, other, shoot):
    """One table with a source column, the heading side by side, the dated steps, the workbook and the paper."""
    page.goto(f"/tong-hop-bieu/{plan}/")
    shoot(page, "tong-hop")
    table = page.locator("#bieu-2 tbody")
    rows = [[cell.inner_text().strip() for cell in row.locator("td").all()] for row in table.locator("tr").all()]
    assert [row[1] for row in rows] == ["Tổ công nghệ số", "Góc học tập số"]
    assert rows[0][-1].count(";") == 1
    assert other in rows[0][-1]
    assert rows[1][-1] == other
    expect(page.locator("#bieu-1 tbody")).to_contain_text("Sổ văn bản")
    days = [text.split()[0] for text in page.locator(".timeline li strong").all_inner_texts()]
    assert len(days) >= 2
    page.locator("main a", has_text="I.1.").first.click()
    said(page, "Đã quán triệt ở ba hội nghị.")
    said(page, "Chi bộ đã làm việc thứ 1.")
    shoot(page, "tong-hop-muc")
    book = load_workbook(BytesIO(page.request.get(f"/tong-hop-bieu/{plan}/excel/").body()))
    assert [row[1] for row in list(book["Biểu 2"].values)[1:]] == ["Tổ công nghệ số", "Góc học tập số"]
    words = plans.text_of(page.request.get(f"/tong-hop-bieu/{plan}/pdf/").body())
    assert "Góc học tập số" in words
    assert all(day in words for day in days)
