"""A directive registered from its own text."""

from datetime import date

import pytest

from documents.reading.directive import read_directive
from documents.reading.text import text_source

pytestmark = pytest.mark.once
BODY = """
-----
Thời gian qua, công tác khởi nghiệp đạt kết quả bước đầu. Ban Thường vụ Tỉnh ủy yêu cầu:

1. Nâng cao nhận thức
Các cấp ủy tổ chức quán triệt Chỉ thị.
2. Hoàn thiện cơ chế
a) Về vốn;
b) Về đất đai.
3. Tổ chức thực hiện
Chỉ thị này phổ biến đến chi bộ.

Nơi nhận:
- Các huyện ủy;
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Hầu Văn Mẫu
"""


def read(head):
    found = read_directive(text_source(head + BODY), today=date(2026, 6, 1))
    return found, (found.kind, found.number, found.sign, found.date, found.issuer, found.subject)


def test_its_number_day_issuer_and_subject_are_read():
    head = (
        "TỈNH ỦY TUYÊN QUANG\n*\nSố 05-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nTuyên Quang, ngày 05 tháng 5 năm 2026\n\n"
        "CHỈ THỊ\ncủa Ban Thường vụ Tỉnh ủy\nvề đẩy mạnh khởi nghiệp đổi mới sáng tạo"
    )
    _, found = read(head)
    assert found == (
        "Chỉ thị",
        "05",
        "CT/TU",
        date(2026, 5, 5),
        "Ban Thường vụ Tỉnh ủy",
        "về đẩy mạnh khởi nghiệp đổi mới sáng tạo",
    )


def test_its_issuer_comes_from_the_signature_when_the_title_names_none():
    head = (
        "ĐẢNG BỘ TỈNH TUYÊN QUANG\nTỈNH ỦY TUYÊN QUANG\nSố 91-NQ/TU\nTuyên Quang, ngày 12 tháng 5 năm 2026\n\n"
        "NGHỊ QUYẾT\nvề phát triển hạ tầng"
    )
    _, found = read(head)
    assert (found[0], found[4]) == ("Nghị quyết", "Ban Thường vụ Tỉnh ủy Tuyên Quang")


def test_two_levels_of_headings_are_offered_as_contents():
    found, _ = read("CHỈ THỊ\nvề khởi nghiệp")
    assert [one.title for one in found.headings] == ["Nâng cao nhận thức", "Hoàn thiện cơ chế", "Tổ chức thực hiện"]
    assert (found.number, found.date) == ("", None)
