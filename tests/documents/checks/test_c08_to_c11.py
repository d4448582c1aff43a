"""C08-C11: punctuation, tone marks, capitals, abbreviations."""

import pytest

from tests.documents.checks.samples import found, quotes, whole


@pytest.mark.parametrize(
    ("sentence", "variant", "quote", "suggestion"),
    [
        ("So với năm 2013 ; từ đó.", "space_before", "2013 ;", "2013;"),
        ("Cấp ủy,chi bộ.", "no_space_after", "ủy,chi", "ủy, chi"),
        ("Thực hiện nghiêm.Các chi bộ học tập.", "no_space_after", "nghiêm.Các", "nghiêm. Các"),
        ("Cấp ủy,, chi bộ.", "doubled_mark", ",,", None),
        ("Tổ chức học tập. các chi bộ báo cáo.", "lower_after_stop", "tập. các", None),
        ("Cơ quan, đơn vị,... báo cáo.", "comma_ellipsis", ",...", "..."),
        ("Kinh tế xanh/ tuần hoàn.", "slash", "xanh/ tuần", "xanh/tuần"),
        ("Giai đoạn 2026-2030.", "hyphen", "2026-2030", "2026 - 2030"),
        ("Tổ chức chính trị-xã hội.", "hyphen", "chính trị-xã hội", "chính trị - xã hội"),
        ("Phòng Y tế-Dân số.", "hyphen_in_name", "tế-Dân", "tế - Dân"),
        ("Cơ quan tham mưu giúp việc Đảng ủy.", "missing_comma", "tham mưu giúp việc", "tham mưu, giúp việc"),
        ("Họp chi bộ (đã báo cáo.", "unbalanced", "(đã báo cáo.", None),
    ],
)
def test_marks_out_of_place(sentence, variant, quote, suggestion):
    assert found("C08", whole(sentence)) == [(variant, 5, quote, suggestion)]


def test_a_full_stop_that_cuts_the_opening_sentence():
    opening = "Thực hiện Kế hoạch số 33-KH/TU, ngày 21/5/2021 của Tỉnh ủy (gọi tắt là Kế hoạch). Thị ủy xây dựng kế hoạch như sau:"
    assert [one[0] for one in found("C08", whole(opening))] == ["cut_sentence"]
    whole_sentence = "Thực hiện tốt Kế hoạch đã đề ra, các chi bộ chủ động học tập. Đảng ủy ban hành kế hoạch kiểm tra."
    assert [one[0] for one in found("C08", whole(whole_sentence))] in ([], ["cut_sentence"])


def test_a_long_paragraph_without_an_end():
    text = "Như sau:\n\nTổ chức học tập nghiêm túc, thiết thực, phù hợp với điều kiện của từng chi bộ, đúng thời gian quy định"
    assert [one[0] for one in found("C08", whole(text))] == ["no_end"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lúc 08 giờ 00, ngày 10/9/2026; tỷ lệ 95,5%; v.v. và 1.000 đồng...",
        "Gửi về vanphong@tuyenquang.gov.vn, http://dang.vn/a,b; T/M Ban Thường vụ; 05-CT/TU; 15/TTr-UBND.",
        "Giai đoạn 2026 - 2030; kinh tế - xã hội; (1) học tập; (2) tuyên truyền.",
        "a) Thời gian: 08 giờ.",
    ],
)
def test_marks_in_place(sentence):
    assert quotes("C08", whole(sentence)) == []


def test_the_rarer_way_of_placing_tones():
    text = whole("Cấp ủy, tỉnh ủy, cấp uỷ; quý, quỹ, thủy lợi.")
    assert found("C09", text) == [("mixed", 5, "uỷ", "ủy")]
    assert quotes("C09", whole("Cấp uỷ, hoà bình, thuỷ lợi, quý.").replace("Đảng ủy", "Đảng bộ")) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ủy ban kiểm tra Đảng ủy.", [("body", 5, "Ủy ban kiểm tra", "Ủy ban Kiểm tra")]),
        ("Ban Thường Vụ Đảng ủy.", [("body", 5, "Ban Thường Vụ", "Ban Thường vụ")]),
        ("Lãnh đạo, chi bộ Quân sự phường.", [("own_name", 5, "chi bộ Quân sự phường", None)]),
        ("Gửi kèm kế hoạch này.", [("this_plan", 5, "kế hoạch này", "Kế hoạch này")]),
        ("Cán bộ và Nhân dân; đời sống nhân dân.", [("people", 5, "nhân dân", "Nhân dân")]),
        ("Ủy ban nhân dân, các chi bộ, cấp ủy, ban thường vụ cấp ủy các cấp, Mặt trận Tổ quốc, kiểm tra.", []),
    ],
)
def test_capitals(sentence, expected):
    assert found("C10", whole(sentence)) == expected


def test_abbreviations():
    text = whole(
        "Thường trực HĐND và HĐND; Ban Chỉ đạo (BCĐ), BCĐ; trường THPT; khóa XIII; 5G.\n\nCác UV BCH ĐBK.\n\nTT Đảng ủy."
    )
    assert [one[:3] for one in found("C11", text)] == [
        ("known", 5, "HĐND"),
        ("known", 7, "BCH"),
        ("unknown", 7, "UV BCH ĐBK"),
        ("ambiguous", 9, "TT"),
    ]
