"""A Word file of an old plan: checked as a file, then read into the register and recorded as issued on paper."""

import os
import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.campaigns.test_plan_import import PLAN
from tests.documents.reading.docx_files import saved
from tests.e2e.steps_people import fits, said, sign_in

pytestmark = pytest.mark.e2e
SHOTS = os.environ.get("LANTOA_SHOTS")


@pytest.fixture
def plan_file(tmp_path):
    """The plan as an office keeps it, a paragraph a line, one word doubled."""
    document = Document()
    for line in PLAN.replace("Giúp đảng viên", "Giúp đảng đảng viên").splitlines():
        document.add_paragraph(line)
    path = tmp_path / "Kế hoạch 07.docx"
    path.write_bytes(saved(document))
    return path


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS, f"{name}-{page.viewport_size['width']}.png"))
    assert fits(page), f"{page.url} scrolls sideways"


def give(page, path, button):
    page.set_input_files("[name=upload]", path)
    page.check("[name=declared]")
    page.get_by_role("button", name=button).click()


def test_a_file_is_checked_and_taken_into_the_register(site, open_page, plan_file):
    drafter = sign_in(open_page(site), "soanthao")
    drafter.goto("/kiem-tra-tep/")
    give(drafter, plan_file, "Kiểm tra")
    drafter.locator(".finding").first.wait_for()
    expect(drafter.locator(".read-mark", has_text="đảng đảng")).to_have_count(1)
    shoot(drafter, "kiem-tra-tep")
    drafter.goto("/ke-hoach/nhap/")
    shoot(drafter, "nhap")
    give(drafter, plan_file, "Đọc tệp")
    drafter.wait_for_url("**/nhap/xem-truoc/")
    assert drafter.locator("[name=general-subject]").input_value().startswith("học tập Nghị quyết số 31-NQ/TU")
    expect(drafter.locator("[name=cited-0-choice]")).to_have_value("new")
    shoot(drafter, "xem-truoc")
    drafter.locator("#nhiem-vu").scroll_into_view_if_needed()
    shoot(drafter, "xem-truoc-nhiem-vu")
    drafter.fill("[name=duties-0-text]", "Tham mưu xây dựng kế hoạch thực hiện Nghị quyết số 31-NQ/TU")
    drafter.select_option("[name=general-signer_id]", index=1)  # the signer of the paper is no longer in the list
    drafter.get_by_role("button", name="Lưu vào sổ kế hoạch").first.click()
    drafter.wait_for_url(re.compile(r"/ke-hoach/\d+/sua/"))
    said(drafter, "Đã lưu thành dự thảo")
    plan = re.search(r"/ke-hoach/(\d+)/", drafter.url)[1]

    clerk = sign_in(open_page(site), "vanthu")
    clerk.goto(f"/ke-hoach/{plan}/ghi-lai/")
    clerk.fill("[name=number]", "40")
    clerk.fill("[name=dated_on]", "12/3/2026")
    clerk.locator("main form button.btn-primary").first.click()
    clerk.wait_for_url(re.compile(rf"/ke-hoach/{plan}/$"))
    said(clerk, "40-KH/ĐU")


def test_the_pages_fit_a_phone(site, open_page, plan_file):
    page = sign_in(open_page(site, viewport=PHONE, touch=True), "soanthao")
    page.goto("/kiem-tra-tep/")
    give(page, plan_file, "Kiểm tra")
    page.locator(".finding").first.wait_for()
    shoot(page, "kiem-tra-tep")
    page.goto("/ke-hoach/nhap/")
    give(page, plan_file, "Đọc tệp")
    page.wait_for_url("**/nhap/xem-truoc/")
    shoot(page, "xem-truoc")
    page.goto("/van-ban-den/moi/")
    page.locator("summary", has_text="đọc từ tệp").tap()
    shoot(page, "van-ban-moi")
