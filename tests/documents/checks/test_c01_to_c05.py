"""C01-C05: what a paper says of the documents it cites, and proper names."""

import pytest

from tests.documents.checks.samples import found, quotes, whole

FULL = "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về đẩy mạnh xây dựng nếp sống văn minh đô thị"
DEFINED = (
    f"Thực hiện {FULL} (sau đây viết tắt là Chỉ thị số 05-CT/TU), Ban Thường vụ Đảng ủy ban hành Kế hoạch như sau:"
)


@pytest.mark.parametrize(
    ("sentence", "variant", "quote"),
    [
        ("Theo Chỉ thị số 05-CT/TU, ngày 15/5/2026.", "conflicting_dates", "Chỉ thị số 05-CT/TU, ngày 15/5/2026"),
        ("Theo Nghị quyết số 05-CT/TU.", "kind_and_sign", "Nghị quyết số 05-CT/TU"),
        ("Hoàn thành trước ngày 31/4/2026.", "impossible_date", "31/4/2026"),
        (
            f"Theo {FULL.replace('05-CT', '06-CT')}.",
            "conflicting_numbers",
            FULL.replace("05-CT", "06-CT").split(" về ")[0],
        ),
    ],
)
def test_facts_that_clash_are_errors(sentence, variant, quote):
    assert [(one[0], one[2]) for one in found("C01", whole(f"{DEFINED}\n\n{FULL}.\n\n{sentence}"))] == [
        (variant, quote)
    ]


def test_facts_that_agree_are_left_alone():
    text = whole(
        f"{DEFINED}\n\nTheo {FULL}. Quyết định số 12-QĐ/TU và Quy định số 12-QĐ/TW; từ 29/02/2024 đến 05/5/2026."
    )
    assert quotes("C01", text) == []


def test_a_first_mention_without_its_day_is_found():
    text = whole(
        f"{DEFINED}\n\nChấm điểm theo Quy định số 22-QĐ/TU. Sau đó theo Quy định số 22-QĐ/TU của Ban Thường vụ Tỉnh ủy."
    )
    assert [one[:3] for one in found("C02", text)] == [("no_date", 7, "Quy định số 22-QĐ/TU")]


def test_a_document_read_as_somebody_elses_is_found():
    text = whole(f"{DEFINED}\n\nTrên đây là Kế hoạch thực hiện Chỉ thị số 05-CT/TU của Thị ủy Sa Pa.")
    assert [one[:2] for one in found("C02", text)] == [("other_issuer", 7)]


def test_a_main_document_without_short_form_is_found():
    chain = (
        "Thực hiện Chương trình hành động số 56-CTr/TU, ngày 13/3/2024 của Ban Thường vụ Tỉnh ủy về thực hiện Kết luận số "
        "69-KL/TW, ngày 11/01/2024 của Bộ Chính trị (sau đây viết tắt là Kết luận số 69-KL/TW), Đảng ủy xây dựng Kế hoạch:"
    )
    text = whole(f"{chain}\n\nTriển khai Chương trình hành động số 56-CTr/TU.")
    assert [one[:2] for one in found("C02", text)] == [("no_short_form", 5)]


def test_a_short_form_keeps_its_word():
    text = whole(
        f"{DEFINED}\n\nNội dung Chỉ thị 05-CT/TU và Chỉ thị số 05-CT/TU.\n\nTuyên truyền Chỉ thị đến Nhân dân."
    )
    assert found("C03", text.replace("một văn bản", FULL)) == [
        ("uneven", 7, "Chỉ thị 05-CT/TU", "Chỉ thị số 05-CT/TU"),
        ("bare_kind", 9, "Chỉ thị", None),
    ]


def test_a_subject_is_copied_word_for_word():
    other = FULL.replace("nếp sống", "lối sống")
    text = whole(f"{DEFINED}\n\nHọc tập {other}.\n\nTheo {FULL}, Ban Thường vụ Đảng ủy yêu cầu.")
    assert [one[:3] for one in found("C04", text)] == [("title_differs", 7, "dựng lối sống")]


def test_a_shortened_subject_is_no_other_subject():
    text = whole(
        f"{DEFINED}\n\nHọc tập {FULL} với mục tiêu và giải pháp.\n\nTheo {FULL.removesuffix(' đô thị')}, chi bộ thực hiện."
    )
    assert quotes("C04", text) == []


@pytest.mark.parametrize(
    ("sentence", "names", "expected"),
    [
        ("Trên địa bàn tỉnh Tuyền Quang.", (), [("near_miss", 5, "Tuyền Quang", "Tuyên Quang")]),
        ("Trên địa bàn tỉnh Quảng Ngải.", (), [("near_miss", 5, "Quảng Ngải", "Quảng Ngãi")]),
        ("Trụ sở phường Nông Tiên.", ("phường Nông Tiến",), [("near_miss", 5, "Nông Tiên", "Nông Tiến")]),
        ("Tổ dân phố Tràng Đa 6.", ("tổ dân phố Tràng Đà 6",), [("near_miss", 5, "Tràng Đa", "Tràng Đà")]),
        ("Phường An Phú, phường An Phú, phường An Phủ.", (), [("near_miss", 5, "An Phủ", "An Phú")]),
        ("Tỉnh Tuyên Quang, xã Thanh Hòa, tỉnh Thanh Hóa, tỉnh Khánh Hoà, huyện Quang Bình, tỉnh Bắc Cạn.", (), []),
        ("Đồng chí Nguyễn Thái Bính; phường Nông Tiến; Ban Thường vụ Tỉnh ủy Thái Nguyên.", ("phường Nông Tiến",), []),
    ],
)
def test_names_of_places(sentence, names, expected):
    assert found("C05", whole(sentence), names=names) == expected
