"""Turns of language in which plans name documents, months, outlines and closing words, one small paper for each."""

from datetime import date

import pytest

from documents.reading.pdf_paragraphs import cell_text
from documents.reading.plan import read_plan
from documents.reading.plan_json import to_json
from documents.reading.text import text_source

TODAY = date(2026, 5, 20)
pytestmark = pytest.mark.once


def read(text):
    return to_json(read_plan(text_source(text), today=TODAY))


def duties(text):
    return [(one["assignee"], one["text"]) for one in read(text)["duties"]]


def headings(tree):
    return [(one["marker"], one["title"], headings(one["children"])) for one in tree]


def test_an_outline_has_a_third_level():
    text = (
        "KẾ HOẠCH\nsơ kết\n\nI. MỤC ĐÍCH\nSơ kết.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn An\n\nĐỀ CƯƠNG\n-----\n"
        "I. KẾT QUẢ\n1. Việc nêu gương\na) Của người đứng đầu\nb) Của đảng viên\n2. Việc khen thưởng\n"
        "3. Nêu rõ các mặt sau:\na) kết quả;\nb) hạn chế.\nII. KIẾN NGHỊ"
    )
    (annex,) = read(text)["annexes"]
    letters = [("a", "Của người đứng đầu", []), ("b", "Của đảng viên", [])]
    second = [("1", "Việc nêu gương", letters), ("2", "Việc khen thưởng", []), ("3", "Nêu rõ các mặt sau", [])]
    assert headings(annex["headings"]) == [("I", "KẾT QUẢ", second), ("II", "KIẾN NGHỊ", [])]


@pytest.mark.parametrize(
    "chain", ["thực hiện", "triển khai thực hiện", "cụ thể hóa"]
)
def test_a_document_may_carry_out_another_without_saying_what_about(chain):
    lower = "Nghị quyết số 15-NQ/TU, ngày 20/4/2026 của Ban Chấp hành Đảng bộ tỉnh về xây dựng văn hóa"
    upper = f"Chương trình số 22-CTr/ĐU, ngày 25/5/2026 của Ban Chấp hành Đảng bộ phường {chain} {lower}"
    facts = read(
        f"KẾ HOẠCH\nthực hiện {upper}\n-----\nThực hiện {upper}, Ban Thường vụ Đảng ủy xây dựng Kế hoạch như sau:\n\nI. MỤC ĐÍCH"
    )
    found = [[one[name] for name in ("number", "issuer", "subject", "role")] for one in facts["directives"]]
    assert found == [
        ["22", "Ban Chấp hành Đảng bộ phường", f"{chain} {lower}", "subject"],
        ["15", "Ban Chấp hành Đảng bộ tỉnh", "về xây dựng văn hóa", "basis"],
    ]


def test_two_documents_that_are_both_carried_out_make_no_chain():
    facts = read(
        "KẾ HOẠCH\nthực hiện Nghị quyết số 15-NQ/TU, ngày 20/4/2026 của Tỉnh ủy về văn hóa và Chỉ thị số 03-CT/TU, ngày "
        "22/4/2026 của Ban Thường vụ Tỉnh ủy về lễ hội\n\nI. MỤC ĐÍCH"
    )
    assert [(one["number"], one["role"]) for one in facts["directives"]] == [("15", "subject"), ("03", "subject")]


REVIEW = "KẾ HOẠCH\nsơ kết 05 năm thực hiện Kết luận số 01-KL/TW\n\nI. MỤC ĐÍCH\nĐánh giá đúng.\n\n"
CONTENTS = "1. Đối với cấp ủy\nĐánh giá công tác lãnh đạo.\n2. Đối với các cơ quan, đơn vị\nĐánh giá việc nêu gương.\n\n"


@pytest.mark.parametrize("title", ["NỘI DUNG SƠ KẾT", "PHẠM VI, NỘI DUNG", "NỘI DUNG SƠ KẾT VIỆC TỔ CHỨC THỰC HIỆN"])
def test_what_a_review_weighs_asks_nobody_for_anything(title):
    assigned = "III. TỔ CHỨC THỰC HIỆN\n1. Ban Xây dựng Đảng\n- Tổng hợp báo cáo.\n"
    assert duties(f"{REVIEW}II. {title}\n{CONTENTS}{assigned}") == [("Ban Xây dựng Đảng", "Tổng hợp báo cáo.")]


@pytest.mark.parametrize("title", ["TỔ CHỨC SƠ KẾT", "PHÂN CÔNG CHUẨN BỊ SƠ KẾT"])
def test_a_review_is_organised_by_bodies_too(title):
    text = f"{REVIEW}II. {title}\n1. Các chi bộ\nHọp sơ kết.\n2. Văn phòng Đảng ủy\nChuẩn bị hội nghị."
    assert duties(text) == [("Các chi bộ", "Họp sơ kết."), ("Văn phòng Đảng ủy", "Chuẩn bị hội nghị.")]


CLOSING = "Căn cứ Kế hoạch này, các chi bộ, đảng bộ cơ sở và các cơ quan, đơn vị tổ chức thực hiện; khó khăn báo cáo ngay."
PLAN = "KẾ HOẠCH\nhọc tập nghị quyết\n\nI. MỤC ĐÍCH\nNắm vững.\n\nII. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ\n"


def test_the_last_sentence_to_all_bodies_closes_the_plan():
    facts = read(f"{PLAN}- Tổ chức học tập.\n\n{CLOSING}\n\nNơi nhận:\n- Các chi bộ,")
    assert [one["text"] for one in facts["duties"]] == ["Tổ chức học tập."]
    assert facts["sections"][1]["children"][0]["paragraphs"] == ["- Tổ chức học tập."]


def test_the_same_sentence_below_a_body_is_its_duty():
    assert duties(f"{PLAN}{CLOSING}\n\nNơi nhận:\n- Các chi bộ,") == [("Các chi bộ", CLOSING)]


def test_a_line_broken_at_a_slash_or_a_hyphen_is_joined_without_a_space():
    text = f"{PLAN}- Báo cáo kết quả học tập, quán triệt với Đảng ủy trong quý II/\n2026 và giai đoạn 2025-\n2030."
    assert duties(text)[0][1].endswith("trong quý II/2026 và giai đoạn 2025-2030.")


@pytest.mark.parametrize(
    ("cell", "text"), [("Trong quý II/\n2026", "Trong quý II/2026"), ("Ban  Xây dựng\n\nĐảng", "Ban Xây dựng Đảng"), ("", "")]
)
def test_a_cell_of_a_printed_table_is_one_line(cell, text):
    assert cell_text(cell) == text
