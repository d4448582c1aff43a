"""Reliability ids: P-05, P-06."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from documents.text import clean_line, clean_text, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Đảng ủy  phường\tNông Tiến ", "Đảng ủy phường Nông Tiến"),
        (unicodedata.normalize("NFD", "Tràng Đà 6"), "Tràng Đà 6"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("số \u202e05\u202c-CT\u200b/TU\u2066\u2069\ufeff", "số 05-CT/TU"),
        ("nghị\u00adquyết", "nghịquyết"),
        ("ok \U0001f44d \ue000 \udc80 \ufffd x", "ok x"),
        ("hai\u00a0dòng\r\nmột\u2028ba", "hai dòng một ba"),
        ("", ""),
        (None, ""),
    ],
)
def test_clean_line_keeps_only_what_paper_can_show(typed, kept):
    assert clean_line(typed) == kept


def test_multiline_text_keeps_paragraphs_and_items():
    typed = "  Dòng một \r\n\r\n\r\n\r\n- Chủ trì;  \n- Phối hợp.\n"
    assert clean_text(typed, multiline=True) == "Dòng một\n\n- Chủ trì;\n- Phối hợp."


def test_markup_and_template_signs_are_only_text():
    typed = "{{ request }} {% load x %} <b>đậm</b> &amp;"
    assert clean_line(typed) == typed


def test_cleaning_twice_changes_nothing():
    once = clean_text("a\u200b \n\u202e b\n\n\n c\u0301\u0323", multiline=True)
    assert clean_text(once, multiline=True) == once == unicodedata.normalize("NFC", once)


def test_removed_characters_cannot_join_into_unnormalised_text():
    assert clean_line("a\u200b\u0301") == "á"


@pytest.mark.parametrize("marks", ["\u0301" * 5, "\u0301" * 100_000])
def test_a_tower_of_marks_is_refused(marks):
    with pytest.raises(ValidationError) as refused:
        clean_text("a" + marks, limit=200_000)
    assert refused.value.code == "too_many_marks"


def test_a_long_text_is_refused_with_its_length_and_never_cut():
    with pytest.raises(ValidationError) as refused:
        clean_text("x" * 20_001, name="Kiến nghị")
    assert refused.value.messages == [
        "Kiến nghị dài 20.001 ký tự, vượt quá giới hạn 20.000 ký tự. Chưa có gì được lưu; đồng chí vui lòng rút ngắn rồi gửi lại."
    ]


def test_a_megabyte_is_refused_before_any_work():
    with pytest.raises(ValidationError) as refused:
        clean_text("\u202e" * 1_000_000)
    assert refused.value.code == "too_long"


def test_normalise_never_refuses():
    assert normalise("x" * 30_000 + "\x00") == "x" * 30_000
