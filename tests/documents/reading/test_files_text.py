"""Plain text in every character set that an office still has, and files that are no text."""

import pytest
from django.core.exceptions import ValidationError

from documents.reading.files import read_source
from documents.reading.source import SourceKind

pytestmark = pytest.mark.once

TEXT = "KẾ HOẠCH\n\nTổ chức học tập Chỉ thị số 05-CT/TU. Hoàn thành trước ngày 05/6/2026.\n"
LINES = [(1, "KẾ HOẠCH"), (3, "Tổ chức học tập Chỉ thị số 05-CT/TU. Hoàn thành trước ngày 05/6/2026.")]
# "Kế hoạch tổ chức học tập, quán triệt chỉ thị của Ban Thường vụ Đảng ủy phường" in the two old sets.
TCVN3 = "KÕ ho¹ch tæ chøc häc tËp, qu¸n triÖt chØ thÞ cña Ban Th­êng vô §¶ng ñy ph­êng"
VNI = "Keá hoaïch toå chöùc hoïc taäp, quaùn trieät chæ thò cuûa Ban Thöôøng vuï Ñaûng uûy phöôøng"
WINDOWS_1258 = "KÊ\u0301 HOA\u0323CH\nTô\u0309 chư\u0301c ho\u0323c tâ\u0323p đê\u0301n hê\u0301t năm"


def test_unicode_is_read_with_and_without_a_mark_in_front():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        source = read_source("ke-hoach.txt", TEXT.encode(encoding))
        assert [(line.number, line.text) for line in source.lines] == LINES, encoding
        assert source.kind == SourceKind.TEXT


def test_windows_1258_keeps_every_letter():
    source = read_source("a.txt", WINDOWS_1258.encode("cp1258"))
    assert [line.text for line in source.lines] == ["KẾ HOẠCH", "Tổ chức học tập đến hết năm"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
@pytest.mark.parametrize(("text", "name"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_old_sets_are_named_and_refused(text, name, encoding):
    with pytest.raises(ValidationError) as refused:
        read_source("a.txt", text.encode(encoding))
    assert refused.value.code == "old_encoding"
    assert name in refused.value.messages[0]
    assert "Unicode" in refused.value.messages[0]


@pytest.mark.parametrize(
    "text", ["Ke hoach so 12-KH/DU", "Plan for 2026: café, naïve, coördinate", "Số 12 m² và 5 µg; «trích» ® ©", "abc"]
)
def test_other_texts_are_not_taken_for_an_old_set(text):
    assert [line.text for line in read_source("a.txt", text.encode()).lines] == [text]


@pytest.mark.proves("U-05", "U-12")
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\n \n", "nothing"),
        ("a.txt", b"x" * 13_000_000, "too_large"),
        ("a.txt", b"chu\x00\x01\x02\x03" * 50, "not_text"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old_word"),
        ("a.rtf", b"{\\rtf1 x}", "old_word"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "scan"),
        ("a.zip", b"PK\x03\x04", "bad_archive"),
        ("a.txt", "MẬT\nKế hoạch".encode(), "secret"),
        ("kế hoạch (tối mật).txt", b"abc", "secret"),
    ],
)
def test_what_is_no_plan_text_is_refused_in_one_sentence(name, content, code):
    with pytest.raises(ValidationError) as refused:
        read_source(name, content)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")
