import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from documents.models import NumberEntry
from tests.documents.pdfs import plain_pdf
from tests.factories import TODAY, make_book, make_dispatch, make_entry, make_paper


def test_book_page_lists_gaps_and_explains_one(cast, sign_in):
    book = make_book(cast.ward)
    make_entry(book, number=3)
    client = sign_in(cast.clerk)
    page = client.get(f"/so-van-ban/{book.pk}/")
    assert (page.context["gaps"], page.context["next_number"]) == ([1, 2], 4)
    refused = client.post(f"/so-van-ban/{book.pk}/so/2/", {"state": "void", "reason": ""})
    assert refused.context["form"].errors == {"reason": ["Cần ghi lý do bỏ số."]}
    assert client.post(f"/so-van-ban/{book.pk}/so/2/", {"state": "void", "reason": "Ghi nhầm"}).status_code == 302
    assert NumberEntry.objects.get(book=book, number=2).reason == "Ghi nhầm"
    assert client.get(f"/so-van-ban/{book.pk}/so/2/").status_code == 404


def test_clerk_opens_a_book_once(cast, sign_in):
    client = sign_in(cast.clerk)
    posted = {"kind_sign": "KH", "body_sign": "ĐU", "term_name": "2025-2030", "first_number": "12"}
    assert client.post("/so-van-ban/moi/", posted).status_code == 302
    again = client.post("/so-van-ban/moi/", posted)
    assert again.context["form"].non_field_errors() == ["Nhiệm kỳ này đã có sổ cho loại văn bản đó."]


def test_register_is_searched_and_exported(cast, sign_in):
    paper = make_paper(cast.ward, number_text="12-KH/ĐU", subject="=1+1 học tập Chỉ thị")
    make_paper(cast.ward, number_text="13-KH/ĐU", subject="Việc khác")
    make_paper(cast.foreign_ward, subject="học tập ở phường khác")
    make_dispatch(paper, cast.own_unit, copies=2)
    client = sign_in(cast.drafter)
    found = client.get("/van-ban-di/", {"q": "học tập"})
    assert [row.pk for row in found.context["page_obj"]] == [paper.pk]
    sheet = load_workbook(io.BytesIO(client.get("/van-ban-di/xuat/", {"q": "học tập"}).content)).active
    row = [cell.value for cell in sheet[2]]
    assert (row[0].date(), row[1], row[3], row[6]) == (TODAY, "12-KH/ĐU", "=1+1 học tập Chỉ thị", 2)
    assert "f" not in {cell.data_type for row in sheet for cell in row}


def test_scan_is_attached_once(cast, sign_in):
    paper = make_paper(cast.ward)
    client = sign_in(cast.clerk)
    address = f"/van-ban-di/{paper.pk}/ban-da-ky/"
    refused = client.post(address, {"upload": SimpleUploadedFile("a.pdf", plain_pdf())})
    assert refused.context["form"].errors == {
        "declared_not_secret": ["Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước."]
    }
    posted = {"upload": SimpleUploadedFile("a.pdf", plain_pdf()), "declared_not_secret": "on"}
    assert client.post(address, posted).status_code == 302
    paper.refresh_from_db()
    assert paper.signed_scan.shown_name == "a.pdf"
    again = client.post(address, posted | {"upload": SimpleUploadedFile("b.pdf", plain_pdf())})
    assert "đã có bản đã ký" in again.context["form"].errors["upload"][0]


@pytest.mark.parametrize("who", ["secretary", "clerk"])
def test_paper_page_shows_the_withdrawal(cast, sign_in, who):
    paper = make_paper(
        cast.ward, withdrawn_at="2026-06-03T00:00:00Z", withdrawn_by=cast.clerk, withdrawal_reason="Sai thời hạn"
    )
    make_dispatch(paper, cast.own_unit)
    page = sign_in(getattr(cast, who)).get(f"/van-ban-di/{paper.pk}/").content.decode()
    assert "Văn bản đã thu hồi" in page
    assert "Lý do: Sai thời hạn" in page
