"""The forms in which real offices write the parts of a plan, one small paper for each."""

from datetime import date

import pytest

from documents.reading.plan import read_plan
from documents.reading.plan_json import to_json
from documents.reading.text import text_source

TODAY = date(2026, 5, 20)
pytestmark = pytest.mark.once


def read(text):
    return to_json(read_plan(text_source(text), today=TODAY))


def titles(sections):
    return [(one["marker"], one["title"], titles(one["children"])) for one in sections]


def duties(text):
    body = f"KẾ HOẠCH\nhọc tập nghị quyết\n\nI. MỤC ĐÍCH\nNắm vững nội dung.\n\n{text}"
    return [(one["assignee"], one["text"], (one["deadline"] or {}).get("last_day")) for one in read(body)["duties"]]


@pytest.mark.parametrize(
    "head",
    [
        "ĐẢNG BỘ TỈNH A\nĐẢNG ỦY XÃ B\n*\nSố 12-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nEa Kar, ngày 05 tháng 6 năm 2026",
        "ĐẢNG BỘ TỈNH A\t\tĐẢNG CỘNG SẢN VIỆT NAM\n**ĐẢNG ỦY XÃ B**\n*\t\t*Ea Kar, ngày 05 tháng 6 năm 2026*\nSố: 12 – KH/ĐU",
        "ĐẢNG BỘ TỈNH A ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY XÃ B\nSố 12-KH/ĐU Ea Kar, ngày 05 tháng 6 năm 2026",
        "ĐẢNG ỦY XÃ B Ea Kar, ngày 05 tháng 6 năm 2026\n* Số 12-KH/ĐU",
        "| ĐẢNG BỘ TỈNH A<br>**ĐẢNG ỦY XÃ B**<br>Số 12-KH/ĐU | ĐẢNG CỘNG SẢN VIỆT NAM<br>*Ea Kar, ngày 05 tháng 6 năm 2026* |",
    ],
)
def test_a_letterhead_is_read_whichever_way_its_columns_are_mixed(head):
    facts = read(f"{head}\n\nKẾ HOẠCH\nhọc tập nghị quyết\n-----\nI. MỤC ĐÍCH\nNắm vững.")
    assert [facts[name] for name in ("number", "sign", "place", "issued_on")] == ["12", "KH/ĐU", "Ea Kar", "2026-06-05"]


def test_blank_number_and_day_are_not_invented():
    facts = read("Số      -KH/ĐU\nEa Kar, ngày      tháng 6 năm 2026\n\nKẾ HOẠCH\nhọc tập\n\nI. MỤC ĐÍCH")
    assert [facts[name] for name in ("number", "sign", "place", "issued_on")] == [None, "KH/ĐU", "Ea Kar", None]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        (("I.", "1.", "2.", "II."), ("I", "1", "2", "II")),
        (("I-", "1-", "2-", "II-"), ("I", "1", "2", "II")),
        (("I -", "1 -", "2 -", "II -"), ("I", "1", "2", "II")),
        (("I/", "1)", "2)", "II/"), ("I", "1", "2", "II")),
        (("A.", "1.", "2.", "B."), ("A", "1", "2", "B")),
    ],
)
def test_headings_of_every_style_make_the_same_tree(marks, found):
    text = f"KẾ HOẠCH\nhọc tập\n\n{marks[0]} MỤC ĐÍCH\n{marks[1]} Một\nNội dung.\n{marks[2]} Hai\nNội dung.\n{marks[3]} NỘI DUNG"
    assert titles(read(text)["sections"]) == [
        (found[0], "MỤC ĐÍCH", [(found[1], "Một", []), (found[2], "Hai", [])]),
        (found[3], "NỘI DUNG", []),
    ]


def test_parts_take_their_title_from_the_next_line():
    text = (
        "KẾ HOẠCH\nhọc tập\n\nPhần thứ nhất\nMỤC ĐÍCH\nI. Yêu cầu\n1. Một\n1.1. Nhỏ\na) nhỏ hơn;\nb) nhỏ nhất.\n"
        "Phần thứ hai\nTỔ CHỨC\n"
    )
    assert titles(read(text)["sections"]) == [
        ("Phần thứ nhất", "MỤC ĐÍCH", [("I", "Yêu cầu", [("1", "Một", [("1.1", "Nhỏ", [])])])]),
        ("Phần thứ hai", "TỔ CHỨC", []),
    ]


def test_headings_without_numbers_are_known_by_capitals_and_bold():
    text = "KẾ HOẠCH\nhọc tập\n\n**MỤC ĐÍCH**\n\n**Yêu cầu**\n\nNghiêm túc.\n\nNỘI DUNG HỌC TẬP\n\n- Nghị quyết."
    assert titles(read(text)["sections"]) == [
        (None, "MỤC ĐÍCH", [(None, "Yêu cầu", [])]),
        (None, "NỘI DUNG HỌC TẬP", []),
    ]


def test_a_number_with_a_date_is_no_heading():
    (section,) = read("KẾ HOẠCH\nhọc tập\n\nI. MỤC ĐÍCH\nHọc xong vào ngày\n20/5/2026 tại chi bộ.")["sections"]
    assert (section["children"], len(section["paragraphs"])) == ([], 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "IV. TỔ CHỨC THỰC HIỆN\n1. Ban Xây dựng Đảng\n- Tham mưu kế hoạch.\n- Báo cáo trước ngày 05/6/2026.",
            [
                ("Ban Xây dựng Đảng", "Tham mưu kế hoạch.", None),
                ("Ban Xây dựng Đảng", "Báo cáo trước ngày 05/6/2026.", "2026-06-04"),
            ],
        ),
        (
            "IV. TỔ CHỨC THỰC HIỆN\n- Giao Ban Xây dựng Đảng: Tham mưu kế hoạch.\n- Đề nghị UBND xã chỉ đạo tuyên truyền.",
            [("Ban Xây dựng Đảng", "Tham mưu kế hoạch.", None), ("UBND xã", "chỉ đạo tuyên truyền.", None)],
        ),
        (
            ("III. PHÂN CÔNG NHIỆM VỤ\n1- Giao Ban Tổ chức chủ trì, phối hợp với Văn phòng tham mưu hội nghị.\n"
            "2- Các tổ chức chính trị - xã hội xã: Vận động đoàn viên."),
            [
                ("Ban Tổ chức", "chủ trì, phối hợp với Văn phòng tham mưu hội nghị.", None),
                ("Các tổ chức chính trị - xã hội xã", "Vận động đoàn viên.", None),
            ],
        ),
        (
            "V. TIẾN ĐỘ THỰC HIỆN\n- Trước ngày 10/8/2026: Các chi bộ gửi báo cáo.\n- Ngày 20/8/2026: Ban Xây dựng Đảng tổng hợp.",
            [("Các chi bộ", "gửi báo cáo.", "2026-08-09"), ("Ban Xây dựng Đảng", "tổng hợp.", "2026-08-20")],
        ),
        (
            ("V. TỔ CHỨC THỰC HIỆN\n\nNội dung\tĐơn vị chủ trì\tThời gian hoàn thành\n"
            "Học tập nghị quyết\tCác chi bộ\tTháng 6/2026\nTuyên truyền\tUBND xã\tThường xuyên"),
            [("Các chi bộ", "Học tập nghị quyết", "2026-06-30"), ("UBND xã", "Tuyên truyền", None)],
        ),
        (
            "IV. TỔ CHỨC THỰC HIỆN\n1. Uỷ ban nhân dân xã:\n+ Bảo đảm kinh phí.\n2. Các chi bộ, căn cứ Kế hoạch này tổ chức học tập.",
            [("Uỷ ban nhân dân xã", "Bảo đảm kinh phí.", None), ("Các chi bộ", "căn cứ Kế hoạch này tổ chức học tập.", None)],
        ),
        ("II. NHIỆM VỤ, GIẢI PHÁP\n1. Các chi bộ tăng cường học tập.\n2. Nâng cao nhận thức.", []),
        ("IV. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ\n- Học tập.\n\nTrên đây là Kế hoạch, yêu cầu các chi bộ thực hiện.", [("Các chi bộ", "Học tập.", None)]),
    ],
)  # fmt: skip
def test_one_duty_for_each_clause_that_asks_a_body(text, found):
    assert duties(text) == found


CONFERENCES = """KẾ HOẠCH
học tập nghị quyết

III. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN
{}

IV. TỔ CHỨC THỰC HIỆN
1. Các chi bộ
- Học tập.
"""


@pytest.mark.parametrize(
    "text",
    [
        "1. Cấp xã\n- Thời gian: ngày 10/6/2026.\n- Địa điểm: Hội trường xã.\n- Đối tượng: Đảng ủy viên; bí thư chi bộ.\n- Người truyền đạt: Đồng chí Bí thư.\n2. Cấp cơ sở\n- Thời gian: trước ngày 30/6/2026.",
        "1. Hội nghị do Đảng ủy tổ chức\na) Đối tượng:\n- Đảng ủy viên.\n- Bí thư chi bộ.\nb) Thời gian, địa điểm: 01 buổi, ngày 10/6/2026, tại Hội trường xã.\nc) Truyền đạt: Đồng chí Bí thư.\n2. Tại các chi bộ\nHọc tập trong sinh hoạt chi bộ, xong trước ngày 30/6/2026.",
        "**Thời gian:**\n- Cấp xã: Ngày 10/6/2026.\n- Cấp cơ sở: trước ngày 30/6/2026.\n\n**Địa điểm:** Hội trường xã.\n\n**Thành phần:**\n- Đảng ủy viên;\n- Bí thư chi bộ.\n\n**Báo cáo viên:** Đồng chí Bí thư.",
        "1. Cấp xã: Thời gian: ngày 10/6/2026. Địa điểm: Hội trường xã. Thành phần: Đảng ủy viên; bí thư chi bộ. Báo cáo viên: Đồng chí Bí thư.\n2. Cấp cơ sở: Thời gian hoàn thành: trước ngày 30/6/2026; thành phần: đảng viên.",
        "STT\tHội nghị\tThời gian\tĐịa điểm\tThành phần\tBáo cáo viên\n1\tHội nghị cấp xã\tNgày 10/6/2026\tHội trường xã\tĐảng ủy viên; bí thư chi bộ\tĐồng chí Bí thư\n2\tỞ chi bộ\tTrước ngày 30/6/2026\t\tĐảng viên\tBí thư",
        "- Cấp xã: Thời gian: ngày 10/6/2026; địa điểm: Hội trường xã; thành phần: Đảng ủy viên, bí thư chi bộ; báo cáo viên: Đồng chí Bí thư.\n- Cấp cơ sở: xong trước ngày 30/6/2026.",
    ],
)  # fmt: skip
def test_both_levels_of_conferences_are_read_in_every_layout(text):
    ward, grassroots = read(CONFERENCES.format(text))["conferences"]
    assert (ward["level"], grassroots["level"]) == ("ward", "grassroots")
    assert (ward["when"]["last_day"], grassroots["when"]["last_day"]) == ("2026-06-10", "2026-06-29")
    assert (ward["place"], ward["speaker"]) == ("Hội trường xã", "Đồng chí Bí thư")
    assert [one.lower() for one in ward["participants"]] == ["đảng ủy viên", "bí thư chi bộ"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cán bộ, đảng viên và Nhân dân.", ["Cán bộ", "đảng viên", "Nhân dân"]),
        ("Ban Chấp hành; trưởng, phó các ngành; bí thư.", ["Ban Chấp hành", "trưởng, phó các ngành", "bí thư"]),
        ("Bí thư (cả phó; có danh sách), đảng viên.", ["Bí thư (cả phó; có danh sách)", "đảng viên"]),
    ],
)
def test_participants_are_parted_outside_brackets(text, found):
    (one,) = read(CONFERENCES.format(f"- Thời gian: trong tháng 6/2026.\n- Thành phần: {text}"))["conferences"]
    assert one["participants"] == found


def test_without_a_conference_none_is_read():
    assert read(CONFERENCES.format("Hoàn thành trước ngày 20/8/2026 (không tổ chức hội nghị)."))["conferences"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Nơi nhận:\n- Tỉnh ủy (báo cáo),\n- Các đồng chí Ủy viên\nBan Chấp hành,\n- Lưu VP.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n(đã ký)\nNguyễn Văn An",
        "Nơi nhận:                         T/M BAN THƯỜNG VỤ\n- Tỉnh ủy (báo cáo),         PHÓ BÍ THƯ THƯỜNG TRỰC\n- Các đồng chí Ủy viên\nBan Chấp hành,\n- Lưu VP.                    Nguyễn Văn An",
        "Nơi nhận: T/M BAN THƯỜNG VỤ\n- Tỉnh ủy (báo cáo); PHÓ BÍ THƯ THƯỜNG TRỰC\n- Các đồng chí Ủy viên Ban Chấp hành;\n- Lưu VP. Nguyễn Văn An",
        "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ THƯỜNG TRỰC\nNguyễn Văn An\n\nNơi nhận:\n- Tỉnh ủy (báo cáo);\n- Các đồng chí Ủy viên Ban Chấp hành;\n- Lưu VP.",
    ],
)  # fmt: skip
def test_recipients_and_signer_are_read_whichever_way_they_stand(text):
    facts = read(f"KẾ HOẠCH\nhọc tập\n\nI. MỤC ĐÍCH\nNắm vững nội dung nghị quyết.\n\n{text}")
    assert facts["recipients"] == [
        {"name": "Tỉnh ủy", "note": "báo cáo"},
        {"name": "Các đồng chí Ủy viên Ban Chấp hành", "note": None},
        {"name": "Lưu VP", "note": None},
    ]
    assert facts["signature"] == {
        "authority": "T/M BAN THƯỜNG VỤ",
        "position": "PHÓ BÍ THƯ THƯỜNG TRỰC",
        "name": "Nguyễn Văn An",
    }


def test_an_annex_has_its_outline_and_the_columns_of_its_forms():
    text = (
        "KẾ HOẠCH\nsơ kết\n\nI. MỤC ĐÍCH\nSơ kết.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn An\n\nĐỀ CƯƠNG\nbáo cáo sơ kết\n-----\n"
        "I. TÌNH HÌNH\n1. Thuận lợi\n2. Khó khăn\nII. KẾT QUẢ\n\nBIỂU SỐ 1\nKẾT QUẢ HỌC TẬP\n\n"
        "| T | Đơn vị | Đảng viên | | Ghi chú |\n|---|---|---|---|---|\n| T | | Tổng số | Dự học | |\n| (1) | (2) | (3) | (4) | (5) |\n| 1 | | | | |"
    )
    (annex,) = read(text)["annexes"]
    assert annex["title"] == "ĐỀ CƯƠNG báo cáo sơ kết"
    assert [(one["title"], [child["title"] for child in one["children"]]) for one in annex["headings"]] == [
        ("TÌNH HÌNH", ["Thuận lợi", "Khó khăn"]),
        ("KẾT QUẢ", []),
    ]
    assert annex["tables"] == [
        {
            "title": "BIỂU SỐ 1 KẾT QUẢ HỌC TẬP",
            "columns": ["TT", "Đơn vị", "Đảng viên - Tổng số", "Đảng viên - Dự học", "Ghi chú"],
        }
    ]


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("tổ chức học tập, quán triệt Nghị quyết số 09-NQ/TU", "study"),
        ("thực hiện Kết luận số 01-KL/TW về tiếp tục học tập và làm theo tư tưởng Hồ Chí Minh", "implementation"),
        ("sơ kết 05 năm thực hiện Chỉ thị số 19-CT/TU", "review"),
        ("tổng kết Nghị quyết số 10-NQ/TU", "review"),
        ("triển khai Đề án tuyên truyền chuyển đổi số", "implementation"),
    ],
)
def test_the_kind_of_plan_is_what_it_does_itself(subject, kind):
    assert read(f"KẾ HOẠCH\n{subject}\n\nI. MỤC ĐÍCH\nNắm vững.")["plan_type"] == kind
