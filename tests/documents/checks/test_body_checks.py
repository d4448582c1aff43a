"""C15, C16, C26, C27, C31: who receives, who is reported to, who issues, who does it."""

from dataclasses import replace

import pytest

from documents.checks import CheckContext, CheckedText
from documents.checks.registry import BY_ID
from documents.reading.plan import read_plan
from documents.reading.source import Source, SourceKind
from documents.reading.text import text_source
from tests.documents.checks.plans import TODAY, changed, found, implementation, study

UNITS = "Báo cáo kết quả với Ban Thường vụ Đảng ủy phường (qua Ban Xây dựng Đảng) trước ngày 30/10/2026."


@pytest.mark.parametrize("check", ["C15", "C16", "C26", "C27", "C31"])
def test_a_plan_in_order_is_left_alone(check):
    assert found(check, study()) == []


def test_a_body_with_a_task_receives_the_plan():
    text = changed(study(), ("- Ủy ban nhân dân phường;\n", ""))
    assert found("C15", text) == [
        ("tasked_not_listed", 49, "Ủy ban nhân dân phường"),
        ("guest_not_listed", 31, "lãnh đạo Ủy ban nhân dân phường"),
    ]


@pytest.mark.parametrize(
    "line", ["- UBND phường;\n", "- Uỷ ban nhân dân phường;\n", "- Thường trực HĐND, UBND phường;\n"]
)
def test_a_body_is_known_by_its_other_names(line):
    assert found("C15", changed(study(), ("- Ủy ban nhân dân phường;\n", line))) == []


@pytest.mark.parametrize(
    "line", ["- Các cơ quan chuyên trách tham mưu, giúp việc Đảng ủy;\n", "- Các CQ TM, GV Đảng ủy;\n"]
)
def test_a_collective_line_reaches_the_boards(line):
    assert found("C15", changed(study(), ("- Ban Xây dựng Đảng;\n", line))) == []


def test_a_room_that_is_told_to_lead_receives_the_plan():
    text = changed(
        study(),
        ("Chỉ đạo các phòng chuyên môn tuyên truyền", "Chỉ đạo phòng Nội vụ chủ trì, phối hợp tuyên truyền"),
        ("- Ủy ban nhân dân phường;\n", "- Ủy ban nhân dân phường;\n- Phòng Văn hóa - Xã hội phường;\n"),
    )
    assert found("C15", text) == [("tasked_not_listed", 51, "phòng Nội vụ")]
    assert found("C15", changed(text, ("Phòng Văn hóa - Xã hội phường", "Phòng Nội vụ phường"))) == []


def test_a_centre_may_be_listed_by_its_initials():
    task = "4. Trung tâm Văn hóa, Thể thao - Truyền thông\n\nTuyên truyền chậm nhất ngày 30/10/2026.\n\nTrên đây là"
    text = changed(
        study(), ("Trên đây là", task), ("- Ban Xây dựng Đảng;\n", "- Ban Xây dựng Đảng;\n- Trung tâm VH, TT-TT;\n")
    )
    assert found("C15", text) == []


def test_guests_from_outside_receive_the_plan():
    text = changed(
        study(), ("bí thư các chi bộ.", "đại diện doanh nghiệp; tổ trưởng các tổ dân phố; bí thư các chi bộ.")
    )
    assert found("C15", text) == [
        ("guest_not_listed", 31, "đại diện doanh nghiệp"),
        ("guest_not_listed", 31, "tổ trưởng các tổ dân phố"),
    ]


def test_the_committee_above_receives_the_plan():
    line = "- Ban Thường vụ Tỉnh ủy (báo cáo);\n"
    text = changed(study(), (line, "- Ban Tuyên giáo và Dân vận Tỉnh ủy (báo cáo);\n"))
    assert found("C15", text) == [("superior_not_listed", 59, "Nơi nhận:")]
    assert found("C15", changed(study(), (line, "- Thường trực Tỉnh uỷ (b/c);\n"))) == []


def test_the_front_that_receives_the_plan_has_a_task():
    text = changed(study(), ("- Ban Xây dựng Đảng;\n", "- Ban Xây dựng Đảng;\n- MTTQ và tổ chức CT - XH phường;\n"))
    assert found("C15", text) == [("listed_without_task", 63, "MTTQ và tổ chức CT - XH phường")]


def test_one_sender_has_one_addressee():
    text = changed(
        study(), ("Giúp cán bộ", "Sau hội nghị, các chi bộ báo cáo kết quả về Thường trực Đảng ủy phường. Giúp cán bộ")
    )
    assert found("C16", text) == [
        ("two_addressees", 17, "báo cáo kết quả về Thường trực Đảng ủy"),
        ("other_addressee", 55, "Báo cáo kết quả với Ban Thường vụ Đảng ủy"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Ban Xây dựng Đảng tham mưu, trình Thường trực Đảng ủy ký báo cáo.",
        "Ban Thường vụ Đảng ủy báo cáo Ban Thường vụ Tỉnh ủy.",
        "Các chi bộ báo cáo kết quả với Ban Thường vụ Đảng ủy.",
        "Các chi bộ phân công báo cáo viên; Thường trực Đảng ủy theo dõi.",
    ],
)
def test_other_reports_are_left_alone(words):
    assert found("C16", changed(study(), ("Giúp cán bộ", f"{words} Giúp cán bộ"))) == []


def test_one_report_has_one_author():
    text = changed(
        study(), ("Chỉ đạo các phòng chuyên môn tuyên truyền", "Tham mưu cho Đảng ủy báo cáo kết quả thực hiện")
    )
    text = changed(text, ("Tổng hợp, tham mưu báo cáo", "Xây dựng dự thảo báo cáo, trình"))
    assert [one[:2] for one in found("C16", text)] == [("two_authors", 47), ("two_authors", 51)]


def test_nobody_reports_to_himself():
    text = changed(
        study(), ("chậm nhất ngày 30/10/2026.", "chậm nhất ngày 30/10/2026. Báo cáo gửi Đảng ủy, UBND phường.")
    )
    assert found("C16", text) == [("to_itself", 51, "Báo cáo gửi Đảng ủy, UBND phường")]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("theo hướng dẫn sẽ ban hành của Ban Xây dựng Đảng", "theo hướng dẫn sẽ ban hành của Ban Xây dựng Đảng"),
        ("sau khi có hướng dẫn của cấp trên", "sau khi có hướng dẫn của cấp trên"),
    ],
)
def test_a_paper_to_come_is_no_basis(words, quote):
    text = changed(study(), ("Báo cáo kết quả với", f"Thực hiện {words}; báo cáo kết quả với"))
    assert found("C26", text) == [("not_yet_issued", 55, quote)]


def test_a_paper_must_not_read_as_another_body_s():
    text = changed(
        study(),
        ("Kế hoạch học tập Nghị quyết số 18-NQ/TU.", "Kế hoạch học tập Nghị quyết số 18-NQ/TU của Đảng ủy phường."),
    )
    assert [one[:2] for one in found("C26", text)] == [("whose_document", 57)]


def test_a_paper_of_later_date_does_not_exist_yet():
    text = changed(study(), ("ngày 14/9/2026 của", "ngày 24/9/2026 của"))
    assert {one[0] for one in found("C26", text)} == {"later_document"}


@pytest.mark.parametrize(
    "words",
    [
        "Nghị quyết số 18-NQ/TU của Tỉnh ủy",
        "Chỉ thị số 05-CT/TW của Bộ Chính trị",
        "hội nghị (có văn bản triệu tập riêng)",
        "Nghị quyết số 18-NQ/TU của Ban Chấp hành Đảng bộ tỉnh",
    ],
)
def test_good_references_are_left_alone(words):
    assert found("C26", changed(study(), ("Giúp cán bộ", f"Học tập {words}. Giúp cán bộ"))) == []


def test_the_signer_signs_for_the_body_that_issues():
    text = changed(study(), ("T/M BAN THƯỜNG VỤ", "T/M ĐẢNG ỦY"))
    assert found("C27", text) == [
        ("other_issuer", 13, "Ban Thường vụ Đảng ủy phường"),
        ("other_signer", 67, "T/M ĐẢNG ỦY"),
    ]


@pytest.mark.parametrize(
    ("issuer", "signed"),
    [
        ("Ban Thường vụ Đảng ủy xã", "T/M BAN THƯỜNG VỤ"),
        ("Ban Thường vụ Đảng ủy xã", "T/L BAN THƯỜNG VỤ"),
        ("Đảng ủy xã", "T/M ĐẢNG ỦY"),
        ("Thị ủy Sa Pa", "T/M THỊ ỦY"),
    ],
)
def test_matching_signers_are_left_alone(issuer, signed):
    assert found("C27", implementation("II. NHIỆM VỤ", issuer=issuer, signed=signed)) == []


def test_a_task_without_a_body_among_others_has_no_owner():
    text = implementation(
        "II. NỘI DUNG THỰC HIỆN",
        "1. Các chi bộ tổ chức học tập Nghị quyết số 18-NQ/TU.",
        "2. Tăng cường sự lãnh đạo của Đảng đối với du lịch, tạo việc làm cho thanh niên trong xã.",
        "3. Phát huy vai trò của các đoàn thể trong vận động hội viên làm du lịch.",
    )
    assert found("C31", text) == [
        ("no_owner", 15, "Tăng cường sự lãnh đạo của Đảng đối"),
        ("no_owner", 17, "Phát huy vai trò của các đoàn thể"),
    ]


def test_a_part_that_assigns_nothing_is_said_once():
    text = implementation(
        "II. NHIỆM VỤ, GIẢI PHÁP", "- Đẩy mạnh tuyên truyền về du lịch.", "- Bồi dưỡng kỹ năng đón khách cho các hộ."
    )
    assert found("C31", text) == [("no_owner", 13, "Đẩy mạnh tuyên truyền về du lịch")]


def test_an_organ_does_not_speak():
    text = changed(study(), ("Đồng chí Bí thư Đảng ủy phường", "Thường trực Đảng ủy"))
    assert found("C31", text) == [("organ_speaks", 33, "Thường trực Đảng ủy")]


def test_one_result_goes_one_way():
    text = changed(
        study(), (UNITS, f"- {UNITS}\n\n- Gửi báo cáo về Đảng ủy (qua Văn phòng Đảng ủy) trước ngày 30/10/2026.")
    )
    assert found("C16", text) == [("two_ways", 55, "Ban Xây dựng Đảng"), ("other_way", 57, "Văn phòng Đảng ủy")]


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("C12", " chậm nhất ngày 30/10/2026.", "."),
        ("C13", "trước ngày 11/11/2026", "trước ngày 30/10/2026"),
        ("C15", "- Ủy ban nhân dân phường;\n", ""),
        ("C16", "Giúp cán bộ", "Sau hội nghị, các chi bộ báo cáo kết quả về Thường trực Đảng ủy phường. Giúp cán bộ"),
    ],
)
def test_the_lines_of_a_page_share_a_number_and_are_told_apart(check, old, new):
    text = changed(study(), (old, new))
    source = text_source(text)
    pages = Source(
        tuple(replace(line, number=1 + place // 20) for place, line in enumerate(source.lines)), SourceKind.PDF
    )
    paged = CheckedText(pages, read_plan(pages, today=TODAY), CheckContext(today=TODAY))
    assert [one.quote for one in BY_ID[check].find(paged)] == [quote for _, _, quote in found(check, text)]


def test_a_paper_still_being_written_is_no_basis():
    text = changed(study(), ("Báo cáo kết quả với", "Chấm điểm theo quy định đang soạn thảo; báo cáo kết quả với"))
    assert [one[0] for one in found("C26", text)] == ["not_yet_issued"]
