"""Reliability id: U-12."""

import pytest
from django.core.exceptions import ValidationError

from documents.secrecy import refuse_secret, secrecy_in_name, secrecy_mark

STAMPED = [
    "MẬT", "TỐI MẬT", "TUYỆT MẬT", "  MẬT  ", "*MẬT*", "[MẬT]", "(TỐI MẬT)", "“TUYỆT MẬT”", "M Ậ T", "T Ố I  M Ậ T",
    "T U Y Ệ T   M Ậ T", "Độ mật: Mật", "ĐỘ MẬT: TỐI MẬT", "Mức độ mật: Tuyệt mật", "Dấu mật: MẬT", "Mật", "Tối mật",
    "Tuyệt mật", "Tối Mật", "MẬT.", "-- MẬT --", "| MẬT |", "MẬT      ĐẢNG CỘNG SẢN VIỆT NAM", "Số 05-CT/TU     MẬT",
    "ĐẢNG ỦY TỐI MẬT", "Số 12-BC/ĐU TUYỆT MẬT", "Số 12-BC/ĐU (MẬT)", "Số 12-BC/ĐU (Mật)", "Số 03-KH/TU-M",
    "số 03-KH/TU/TM", "Số 07/MẬT-CT", "Số 07-TM/TU", "Số 5-M/ĐU", "Số 9-QĐ/TW (TỐI MẬT)", "_MẬT_", "<MẬT>", "MẬT:",
    "TỐI  MẬT", "\tMẬT\t", "Số 11/TM-BC",
]  # fmt: skip
HARMLESS = [
    "bảo mật", "bí mật", "mật độ", "BÍ MẬT NHÀ NƯỚC", "CÔNG TÁC BẢO MẬT", "MẬT ĐỘ DÂN SỐ", "mật khẩu", "Mật khẩu:",
    "Ban Cơ yếu, mật mã", "cơ mật", "Mặt trận Tổ quốc", "MẶT TRẬN TỔ QUỐC", "có độ mật theo quy định", "mật ong rừng",
    "Số 12-KH/ĐU", "Số 05-CT/TU, ngày 05/5/2026", "quản lý tài liệu bí mật nhà nước độ Tuyệt mật, Tối mật, Mật",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT", "Trà Mật", "",
]  # fmt: skip


def test_stamps_are_found():
    assert [line for line in STAMPED if not secrecy_mark(f"ĐẢNG BỘ TỈNH\n{line}\nKẾ HOẠCH")] == []
    assert len(STAMPED) == 40


def test_words_about_secrecy_are_no_stamp():
    assert [line for line in HARMLESS if secrecy_mark(f"KẾ HOẠCH\n{line}\nI. MỤC ĐÍCH")] == []


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Chi thi 05 (MẬT).pdf", "MẬT"),
        ("TUYỆT MẬT.pdf", "TUYỆT MẬT"),
        ("bao-cao_toi_mat.docx", "TOI MAT"),
        ("Tối mật.pdf", "TỐI MẬT"),
        ("Kế hoạch bảo mật.pdf", ""),
        ("Mật độ dân số.xlsx", ""),
        ("mat-tran-to-quoc.pdf", ""),
        ("Bí mật nhà nước.docx", ""),
    ],
)
def test_file_names(name, mark):
    assert secrecy_in_name(name) == mark


def test_the_refusal_gives_the_law_and_what_to_do():
    refuse_secret("")
    with pytest.raises(ValidationError) as refused:
        refuse_secret("MẬT")
    assert refused.value.code == "secret"
    assert "Luật Bảo vệ bí mật nhà nước" in refused.value.messages[0]
    assert "Không có gì được lưu" in refused.value.messages[0]


def test_long_hostile_lines_are_read_in_linear_steps():
    assert secrecy_mark("TỐI " * 25_000 + "M" * 100_000) == ""
