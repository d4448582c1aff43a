"""Reliability ids: N-03, N-04, N-05."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.citations import Citation, has_lookalikes, key, long_form, parse, short_form

SPELLINGS = [
    "05-CT/TU",
    "5-CT/TU",
    "05\u2013CT/TU",
    "05\u2011CT/TU",
    "05\u2212CT/TU",
    "05-\u0421\u0422/TU",
    "05-C\u03a4/\u03a4U",
    "\uff10\uff15\uff0d\uff23\uff34\uff0f\uff34\uff35",
    "O5-CT/TU",
    "05 - CT / TU",
    "05-CT\u200b/TU",
    "05\u00ad-CT/TU",
    "\u202e05-CT/TU\u202c",
    "05-CT\u2044TU",
    "05-CT\u2215TU",
    "05-ct/tu",
    "Chỉ thị số 05-CT/TU, ngày 05/5/2026",
]


@pytest.mark.proves("N-03")
def test_every_spelling_of_one_number_has_one_key():
    assert {key(spelling) for spelling in SPELLINGS} == {"5-ct/tu"}
    assert len(SPELLINGS) == 17


@pytest.mark.proves("N-03")
def test_three_false_letters_are_the_same_d():
    assert {key(f"12-KH/{letter}U") for letter in ("Đ", "Ð", "Ɖ", "đ")} == {"12-kh/đu"}


@pytest.mark.proves("N-04")
def test_other_numbers_have_other_keys():
    texts = [
        "05-CT/TU",
        "05-CT/TW",
        "50-CT/TU",
        "05-NQ/TU",
        "15/TTr-UBND",
        "15-TTr/UBND",
        "30/2020/NĐ-CP",
        "30/2021/NĐ-CP",
    ]
    assert len({key(text) for text in texts}) == len(texts)
    assert [key(text) for text in ("", "không có số", "05-CT", "2026/TU", None)] == [""] * 5


def test_false_letters_are_told_and_true_ones_are_not():
    assert [has_lookalikes(text) for text in ("05-CT/TU", "12-KH/ĐU", "56-CTr/TU")] == [False] * 3
    assert [has_lookalikes(text) for text in SPELLINGS[2:8]] == [True] * 6


def test_a_full_citation_is_read_whole():
    text = "Thực hiện Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về đẩy mạnh xây dựng"
    assert parse(text) == [
        Citation("Chỉ thị", "05", "CT/TU", date(2026, 5, 5), "Ban Thường vụ Tỉnh ủy", (10, text.index(" về"))),
    ]


def test_a_chain_is_read_in_order():
    text = (
        "thực hiện Chương trình hành động số 56-CTr/TU, ngày 13/3/2024 của Ban Thường vụ Tỉnh ủy Thái Nguyên về thực hiện "
        "Kết luận số 69-KL/TW, ngày 11/01/2024 của Bộ Chính trị về tiếp tục thực hiện Nghị quyết số 20-NQ/TW, ngày "
        "01/11/2012 của Ban Chấp hành Trung ương Đảng khóa XI về phát triển, Nghị định số 30/2020/NĐ-CP; Tờ trình 15/TTr-UBND"
    )
    assert [(one.kind, one.number_text, one.date, one.issuer) for one in parse(text)] == [
        ("Chương trình hành động", "56-CTr/TU", date(2024, 3, 13), "Ban Thường vụ Tỉnh ủy Thái Nguyên"),
        ("Kết luận", "69-KL/TW", date(2024, 1, 11), "Bộ Chính trị"),
        ("Nghị quyết", "20-NQ/TW", date(2012, 11, 1), "Ban Chấp hành Trung ương Đảng khóa XI"),
        ("Nghị định", "30/2020/NĐ-CP", None, ""),
        ("Tờ trình", "15/TTr-UBND", None, ""),
    ]


def test_marks_line_ends_and_missing_parts_are_no_obstacle():
    text = "**Quy định số\n 22-QĐ/TU** của *Ban Thường vụ Tỉnh ủy*. Hoàn thành; 19-CT/TU, ngày 31/6/2026"
    found = parse(text)
    assert [(one.kind, one.number_text, one.date, one.issuer) for one in found] == [
        ("Quy định", "22-QĐ/TU", None, "Ban Thường vụ Tỉnh ủy"),
        ("", "19-CT/TU", None, ""),
    ]
    assert text[slice(*found[0].span)] == "Quy định số\n 22-QĐ/TU** của *Ban Thường vụ Tỉnh ủy"


def test_writing_and_reading_agree():
    text = long_form("Chỉ thị", "05-CT/TU", date(2026, 5, 5), "Ban Thường vụ Tỉnh ủy", "về khởi nghiệp")
    assert text == "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về khởi nghiệp"
    assert short_form("Chỉ thị", "05-CT/TU") == "Chỉ thị số 05-CT/TU"
    assert long_form("Công văn", "7-CV/ĐU", None, "") == "Công văn số 7-CV/ĐU"


KIND_SIGNS = {
    "Chỉ thị": ["CT/TU", "CT/TW", "CT-TTg"],
    "Nghị quyết": ["NQ/TU", "NQ/ĐU", "NQ-CP"],
    "Kế hoạch": ["KH/ĐU", "KH/BTGTU", "KH-UBND"],
    "Tờ trình": ["TTr-UBND"],
    "Quy định": ["QĐ/TU", "QĐ/TW"],
}
ISSUERS = ["", "Ban Thường vụ Tỉnh ủy", "Bộ Chính trị", "Ủy ban nhân dân phường Nông Tiến", "Ban Chấp hành Đảng bộ tỉnh khóa XVIII"]
SUBJECTS = ["", "về đẩy mạnh khởi nghiệp", "về phát triển 3 khu du lịch, dịch vụ"]


@given(
    kind_sign=st.sampled_from([(kind, sign) for kind, signs in KIND_SIGNS.items() for sign in signs]),
    number=st.integers(1, 9999),
    day=st.none() | st.dates(date(1930, 2, 3), date(2099, 12, 31)),
    issuer=st.sampled_from(ISSUERS),
    subject=st.sampled_from(SUBJECTS),
    form=st.sampled_from(["NFC", "NFD"]),
    space=st.sampled_from([" ", "\u00a0", "  ", "\n"]),
    around=st.sampled_from([("", ""), ("Thực hiện ", "; các chi bộ học tập."), ("**", "**")]),
)
def test_every_citation_is_read_as_it_was_written(kind_sign, number, day, issuer, subject, form, space, around):
    kind, sign = kind_sign
    number_text = f"{number:02}{'-' if '/' in sign else '/'}{sign}"
    written = f"{around[0]}{long_form(kind, number_text, day, issuer, subject)}{around[1]}"
    (found,) = parse(unicodedata.normalize(form, written.replace(" ", space)))
    read = (found.kind, found.number_text, found.date, found.issuer)
    assert [unicodedata.normalize("NFC", str(part)) for part in read] == [
        str(part) for part in (kind, number_text, day, issuer)
    ]


@pytest.mark.proves("N-05")
@pytest.mark.parametrize(
    "piece",
    ["05-CT/TU, ngày 05/5/2026 của ", "0", "A" * 10 + "-", "Chỉ thị số ", "1-A/", "của " * 3, "\u0301", " ", "*"],
)
def test_hostile_strings_are_read_without_trouble(piece):
    assert isinstance(parse(piece * (100_000 // len(piece))), list)
    assert isinstance(key(piece * (100_000 // len(piece))), str)


def test_signs_with_small_letters_and_laws_are_read_as_printed():
    text = "Quyết định số 1719/QĐ-TTg ngày 14/10/2021 của Thủ tướng Chính phủ; Kế hoạch số 12-KH/ThU; Luật số 24/2018/QH14"
    assert [(one.kind, one.number, one.sign, one.key) for one in parse(text)] == [
        ("Quyết định", "1719", "QĐ-TTg", "1719/qđ-ttg"),
        ("Kế hoạch", "12", "KH/ThU", "12-kh/thu"),
        ("Luật", "24/2018", "QH14", "24/2018/qh14"),
    ]
