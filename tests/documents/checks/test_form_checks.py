"""C17, C18, C22: elements and labels, lists and numbering, the plans beside this one."""

import pytest

from tests.documents.checks.plans import changed, found, implementation, read, sample, study

HEAD = study().partition("KẾ HOẠCH")[0]


@pytest.mark.parametrize("check", ["C17", "C18", "C22"])
def test_a_plan_in_order_is_left_alone(check):
    assert found(check, study()) == []


def test_the_whole_head_missing_is_one_error():
    assert found("C17", changed(study(), (HEAD, ""))) == [("no_head", None, "")]


@pytest.mark.parametrize("part", ["Số 41-KH/ĐU\n", "ĐẢNG CỘNG SẢN VIỆT NAM\n", "Chợ Mới, ngày 21 tháng 9 năm 2026\n"])
def test_a_part_of_the_head_missing_is_a_warning(part):
    assert found("C17", changed(study(), (part, ""))) == [("head_part_missing", None, "")]


def test_a_head_with_blanks_for_signature_is_complete():
    text = changed(study(), ("Số 41-KH/ĐU", "Số      -KH/ĐU"), ("ngày 21 tháng 9", "ngày      tháng 9"))
    assert found("C17", text) == []


def test_a_head_in_one_line_is_complete():
    head = "ĐẢNG BỘ TỈNH THÁI NGUYÊN    ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY PHƯỜNG CHỢ MỚI\n* Chợ Mới, ngày 21 tháng 9 năm 2026\nSố 41-KH/ĐU\n\n"
    assert found("C17", changed(study(), (HEAD, head))) == []


def test_recipients_and_signature_are_asked_for():
    ending = study()[study().index("Nơi nhận:") :]
    assert found("C17", changed(study(), (ending, ""))) == [("no_recipients", None, ""), ("no_signature", None, "")]


def test_a_missing_label_is_found_at_its_line():
    text = changed(
        study(), ("- Thời gian: ngày 05/10/2026.", "- Dự kiến trong tháng **10/2026** (có văn bản triệu tập riêng).")
    )
    assert found("C17", text) == [("label_missing", 27, "Dự kiến trong tháng")]


def test_a_conference_says_when_where_who_and_by_whom():
    text = changed(study(), ("- Báo cáo viên: Đồng chí Bí thư Đảng ủy phường.\n\n", ""))
    assert found("C17", text) == [("conference_part_missing", 25, "1. Cấp phường")]


def test_an_empty_section_is_found():
    text = changed(study(), ("Quan điểm, mục tiêu, nhiệm vụ của Nghị quyết số 18-NQ/TU.\n\n", ""))
    assert found("C17", text) == [("empty_section", 19, "II. NỘI DUNG")]


def test_a_section_that_the_kind_needs_is_asked_for():
    text = changed(study(), ("I. MỤC ĐÍCH, YÊU CẦU", "I. ĐẶC ĐIỂM TÌNH HÌNH"))
    assert found("C17", text) == [("section_missing", None, "")]


def test_a_closing_sentence_is_a_matter_of_style():
    text = changed(study(), ("Trên đây là Kế hoạch học tập Nghị quyết số 18-NQ/TU.\n\n", ""))
    assert found("C17", text) == [("no_closing", None, "")]


def test_an_annex_says_what_it_belongs_to():
    text = changed(
        study() + "\nĐỀ CƯƠNG\n\nbáo cáo kết quả\n\nI. KẾT QUẢ\n",
        ("Báo cáo kết quả với", "Báo cáo kết quả (theo đề cương gửi kèm) với"),
    )
    assert found("C17", text) == [
        ("annex_not_linked", 72, "ĐỀ CƯƠNG"),
        ("annex_not_named", 55, "theo đề cương gửi kèm"),
    ]
    linked = changed(
        text, ("báo cáo kết quả\n", "báo cáo kết quả\n\n(Kèm theo Kế hoạch số 41-KH/ĐU, ngày 21/9/2026)\n")
    )
    assert found("C17", linked) == []


def test_one_bullet_alone_is_no_list():
    text = changed(study(), ("Chỉ đạo các phòng", "- Chỉ đạo các phòng"))
    assert found("C18", text) == [("lone_bullet", 51, "- Chỉ đạo các phòng chuyên môn")]


def test_two_bullets_or_the_last_section_are_left_alone():
    unit = "Báo cáo kết quả với"
    text = changed(study(), (unit, f"- Học tập nghiêm túc.\n\n- {unit}"))
    assert found("C18", text) == []


def test_a_jump_in_the_numbers_is_found():
    assert found("C18", changed(study(), ("III. HÌNH THỨC", "V. HÌNH THỨC")))[0] == (
        "numbering_gap",
        23,
        "V. HÌNH THỨC TỔ CHỨC",
    )


def test_one_kind_of_roman_marker():
    text = changed(study(), ("II. NỘI DUNG", "II- NỘI DUNG"))
    assert [one[:2] for one in found("C18", text)] == [("mixed_markers", 19)]


def test_one_item_that_begins_otherwise_is_found():
    items = ("1. **Giao Ban Xây dựng Đảng:** Đôn đốc.", "2. Các chi bộ: Thực hiện.", "3. Các đoàn thể: Vận động.")
    text = implementation("II. TỔ CHỨC THỰC HIỆN", *items)
    assert found("C18", text) == [("uneven_items", 13, "Giao")]
    assert found("C18", changed(text, ("Giao ", ""))) == []


def test_without_siblings_there_is_nothing_to_compare():
    assert found("C22", sample("siblings/phuong_cho_moi_chi_thi.txt")) == []


def test_what_two_plans_of_one_ward_do_differently():
    sibling = read(study())
    assert found("C22", sample("siblings/phuong_cho_moi_chi_thi.txt"), siblings=(sibling,)) == [
        ("same_days", 11, "học tập, quán triệt Chỉ thị số 25-CT/TU, ngày 17/9/2026"),
        ("recipient_differs", 63, "Ủy ban Mặt trận Tổ quốc Việt Nam phường"),
        ("recipient_dropped", 59, "Nơi nhận:"),
        ("other_shape", 51, "- Chỉ đạo các phòng chuyên môn"),
        ("left_over", 21, "Nghị quyết số 18-NQ/TU"),
    ]


def test_a_plan_is_not_its_own_sibling():
    assert found("C22", study(), siblings=(read(study()),)) == []


def test_one_number_is_given_once():
    text = changed(sample("siblings/phuong_cho_moi_chi_thi.txt"), ("Số 42-KH/ĐU", "Số 41-KH/ĐU"))
    assert found("C22", text, siblings=(read(study()),))[0] == ("number_taken", 4, "41-KH/ĐU")


def test_a_sibling_of_another_season_does_not_crowd():
    text = changed(
        sample("siblings/phuong_cho_moi_chi_thi.txt"),
        ("23/10/2026", "20/11/2026"),
        ("trước ngày 30/10/2026", "trước ngày 04/12/2026"),
        ("11/11/2026", "18/12/2026"),
    )
    assert "same_days" not in {one[0] for one in found("C22", text, siblings=(read(study()),))}


@pytest.mark.parametrize("check", ["C12", "C13", "C15", "C16", "C17", "C18", "C22", "C25", "C31"])
def test_a_report_is_not_asked_for_tasks_and_conferences(check):
    report = changed(implementation("II. KẾT QUẢ", "Các chi bộ đã học xong."), ("KẾ HOẠCH\n", "BÁO CÁO\n"))
    assert found(check, report, siblings=(read(study()),)) == []


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        (
            "tổ chức 04 đêm diễn (02 đêm ở khu phố, 03 đêm ở trường học)",
            ["04 đêm diễn (02 đêm ở khu phố, 03 đêm ở trường học)"],
        ),
        ("tổ chức 05 đêm diễn (02 đêm ở khu phố, 03 đêm ở trường học)", []),
        ("tổ chức 05 hội nghị (02 hội nghị ở phường, 120 đại biểu)", []),
    ],
)
def test_the_parts_in_brackets_add_up(words, quotes):
    text = changed(study(), ("Giúp cán bộ", f"Phường {words}. Giúp cán bộ"))
    assert [one[2] for one in found("C32", text) if one[0] == "sum"] == quotes


def test_a_subject_may_begin_like_an_opening():
    text = changed(study(), ("\nhọc tập, quán triệt Nghị quyết", "\nThực hiện Nghị quyết"))
    assert [one[:2] for one in found("C23", text)] == [("capital", 11)]


def test_copies_are_not_collected_by_a_private_service():
    text = changed(study(), ("Giúp cán bộ", "Bản mềm nhận qua Zalo số 0900000000. Giúp cán bộ"))
    assert [one[0] for one in found("C28", text)] == ["chat"]


@pytest.mark.parametrize(
    ("label", "line", "quote"),
    [
        ("- Địa điểm: ", 29, "Hội trường Đảng ủy"),
        ("- Báo cáo viên: Đồng chí B", 33, "Đồng chí Bí thư"),
    ],
)
def test_every_label_of_a_conference_is_asked_for(label, line, quote):
    text = changed(study(), (label, f"- {label.partition(': ')[2]}"))
    assert found("C17", text) == [("label_missing", line, quote)]


def test_two_directives_have_a_bracket_each():
    second = "và Chỉ thị số 25-CT/TU, ngày 17/9/2026 của Ban Thường vụ Tỉnh ủy về bảo vệ rừng (sau đây viết tắt là Chỉ thị số 25-CT/TU), Ban Thường vụ"
    text = changed(study(), ("18-NQ/TU), Ban Thường vụ", f"18-NQ/TU) {second}"))
    assert found("C02", text) == []
