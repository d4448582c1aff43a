"""C19-C24, C28-C30, C32, C33: form, channels, names and sums."""

from datetime import date

import pytest

from tests.documents.checks.samples import found, quotes, whole

FULL = "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về đẩy mạnh xây dựng nếp sống văn minh đô thị"
DEFINED = (
    f"Thực hiện {FULL} (sau đây viết tắt là Chỉ thị số 05-CT/TU), Ban Thường vụ Đảng ủy ban hành Kế hoạch như sau:"
)


def test_one_heading_in_bold_among_plain_ones():
    text = whole(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. **Giao Văn phòng:** Đôn đốc.\n\n2. Các chi bộ: Học tập.\n\n3. Đoàn thể: Vận động."
    )
    assert [one[:3] for one in found("C19", text)] == [("heading", 7, "1. **Giao Văn phòng:")]
    assert quotes("C19", text.replace("**", "")) == []


def test_one_deadline_in_plain_among_bold_ones():
    text = whole("Xong **trước ngày 20/8/2026**.\n\nXong **trước ngày 21/8/2026**.\n\nTrình trước ngày 22/8/2026.")
    assert [(one[0], one[1]) for one in found("C19", text)] == [("deadline", 9)]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Thực hiện Chỉ thị (sau đây gọi tắt là Chỉ thị),\n\nBan Thường vụ ban hành Kế hoạch như sau:", [5]),
        ("Kế hoạch như sau:\n\nTrong quá trình triển khai và thực hiện Chỉ\n\nthị, xây dựng báo cáo.", [7]),
        ("Gồm các nội dung sau:\n\n- một là học tập,\n- hai là báo cáo.", []),
        ("1. Cấp phường\n\nhọc tập.", []),
        ("I. MỤC ĐÍCH\n\nHọc tập.\n\n(có Chỉ thị gửi kèm)\n\nThời gian: 08 giờ.", []),
    ],
)
def test_broken_paragraphs(body, lines):
    assert [one[1] for one in found("C20", whole(body))] == lines


def test_small_numbers_one_way():
    text = whole("Sau 05 năm thực hiện; 5 năm qua; trong 5 năm tới; ngày 05 tháng 5; khoản 3 Điều 4; 03 nhóm.")
    assert found("C21", text) == [("mixed", 5, "05 năm", "5 năm")]


def test_the_subject_begins_small():
    assert found("C23", whole("Học tập.").replace("học tập một", "Học tập một")) == [
        ("capital", 3, "Học tập", "học tập")
    ]
    assert quotes("C23", whole("Học tập.")) == []


def test_the_position_is_not_bold():
    text = whole("Học tập **kỹ**.").replace("BÍ THƯ", "**BÍ THƯ**")
    assert [one[:3] for one in found("C24", text)] == [("bold_position", 11, "BÍ THƯ")]


def test_forms_of_state_papers():
    text = "Số: 12-KH/ĐU\n\n" + whole("Nghiêm túc thực hiện./.").replace("T/M", "TM.").replace(
        "- Lưu Văn", "- Lưu: VT, Văn"
    )
    assert [one[0] for one in found("C24", text)] == ["number_colon", "state_authority", "state_keep", "state_end"]


def test_private_channels():
    text = whole(
        "Gửi về vanphong@gmail.com.\n\nBáo cáo gửi qua nhóm Zalo.\n\nGửi về vp@tinh.gov.vn; tuyên truyền trên Zalo."
    )
    assert [one[:2] for one in found("C28", text)] == [("private_mail", 5), ("chat", 7)]


def test_the_long_form_again():
    text = whole(f"{DEFINED}\n\nHọc tập {FULL}.\n\nTheo Chỉ thị số 05-CT/TU.")
    assert [one[:2] for one in found("C29", text)] == [("again", 7)]


def test_two_names_for_one_set_of_units():
    text = whole(
        "Các chi bộ, đảng ủy cơ sở học tập.\n\nCác chi bộ, đảng ủy cơ sở báo cáo.\n\nGửi các chi bộ, đảng bộ cơ sở."
    )
    assert [one[:3] for one in found("C30", text)] == [("units", 9, "chi bộ, đảng bộ cơ sở")]


@pytest.mark.parametrize(
    ("sentence", "variant"),
    [
        ("Giai đoạn 2030 - 2026.", "reversed"),
        ("Từ ngày 20/8/2026 đến ngày 10/8/2026.", "reversed"),
        ("Kế hoạch 5 năm (2026 - 2035).", "span"),
        ("Nhiệm kỳ 2025 - 2031.", "term"),
        ("Họp thứ Sáu, ngày 10/9/2026.", "weekday"),
        ("Ngày 10/9/2026 (thứ Tư).", "weekday"),
        ("Gồm ba nhiệm vụ: (1) học; (2) làm; (3) báo cáo; (4) kiểm tra.", "count"),
        ("Phấn đấu tỷ lệ 120% đảng viên.", "percent"),
        ("Nhiệm kỳ 2025 - 2030; thứ Năm, ngày 10/9/2026; 5 năm 2026 - 2030; ba nhiệm vụ: (1) a; (2) b; (3) c.", None),
        ("Từ năm 2026 đến năm 2030; tăng 120% so với cùng kỳ.", None),
    ],
)
def test_sums_and_spans(sentence, variant):
    assert [one[0] for one in found("C32", whole(sentence))] == ([variant] if variant else [])


def test_the_span_of_a_review():
    title = "sơ kết 05 năm thực hiện Chỉ thị số 19-CT/TU, ngày 28/9/2016 của Ban Thường vụ Tỉnh ủy"
    text = whole("Biểu 1 (từ năm 2017 đến hết năm 2020).\n\nKết quả từ năm 2016 đến năm 2021.").replace(
        "học tập một văn bản", title
    )
    assert [one[:2] for one in found("C32", text)] == [("review_span", 5)]


@pytest.mark.parametrize(
    ("day", "variants"),
    [(date(2024, 3, 13), ["since_renamed"]), (date(2026, 3, 13), ["outdated", "outdated", "former_province"])],
)
def test_bodies_by_the_day_of_the_paper(day, variants):
    sentence = (
        f"Theo Kết luận số 69-KL/TW, ngày {day:%d/%m/%Y} của Bộ Chính trị; Ban Tuyên giáo, Thị ủy, tỉnh Hà Giang."
    )
    assert [one[0] for one in found("C33", whole(sentence))] == variants


def test_today_s_bodies_are_left_alone():
    sentence = (
        "Kết luận số 69-KL/TW, ngày 13/3/2026 của Bộ Chính trị; Ban Tuyên giáo và Dân vận Tỉnh ủy, tỉnh Tuyên Quang."
    )
    assert quotes("C33", whole(sentence)) == []
