from datetime import date

import pytest

from documents.directive_titles import DirectiveTitle, read_title


@pytest.mark.parametrize(
    ("pasted", "fields"),
    [
        (
            "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về đẩy mạnh xây dựng hệ sinh thái.",
            DirectiveTitle("Chỉ thị", "05", "CT/TU", date(2026, 5, 5), "Ban Thường vụ Tỉnh ủy", "về đẩy mạnh xây dựng hệ sinh thái"),
        ),
        (
            "NGHỊ QUYẾT số 91-NQ/TU ngày 12 tháng 5 năm 2026 của Ban Chấp hành Đảng bộ tỉnh về phát triển hạ tầng thực hiện Nghị quyết số 13-NQ/TW",
            DirectiveTitle(
                "Nghị quyết", "91", "NQ/TU", date(2026, 5, 12), "Ban Chấp hành Đảng bộ tỉnh",
                "về phát triển hạ tầng thực hiện Nghị quyết số 13-NQ/TW",
            ),
        ),
        (
            "Chỉ thị số 19-CT/TU, ngày 28/9/2016 của Ban Thường vụ Tỉnh ủy “về nâng cao nhận thức”",
            DirectiveTitle("Chỉ thị", "19", "CT/TU", date(2016, 9, 28), "Ban Thường vụ Tỉnh ủy", "về nâng cao nhận thức"),
        ),
        ("Kết luận 69-KL/TW", DirectiveTitle("Kết luận", "69", "KL/TW", None, "", "")),
        ("về phát triển du lịch", DirectiveTitle("", "", "", None, "", "về phát triển du lịch")),
        ("", DirectiveTitle("", "", "", None, "", "")),
    ],
)  # fmt: skip
def test_a_pasted_title_becomes_fields(pasted, fields):
    assert read_title(pasted) == fields


def test_the_number_is_shown_as_printed():
    assert read_title("Chỉ thị số 05-CT/TU").number_text == "05-CT/TU"
    assert read_title("không có số").number_text == ""
