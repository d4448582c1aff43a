"""A text becomes lines without the traces of its extraction, and every word leads back to the file."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from documents.reading.text import text_source

pytestmark = pytest.mark.once


def lines(text):
    return [(line.number, line.text) for line in text_source(text).lines]


def test_line_numbers_count_every_kind_of_line_end_and_skip_empty_lines():
    assert lines("\ufeffmột\r\n\r\nhai\n \nba\rbốn\x0c") == [(1, "một"), (3, "hai"), (5, "ba"), (6, "bốn")]


def test_traces_are_dropped_and_emphasis_is_remembered():
    (line,) = text_source("## **I. MỤC ĐÍCH** và <b>trước ngày</b> *05/6*  ").lines
    assert line.text == "I. MỤC ĐÍCH và trước ngày 05/6"
    assert (line.heading, [line.text[start:end] for start, end in line.bold]) == (2, ["I. MỤC ĐÍCH", "trước ngày"])
    assert [line.text[start:end] for start, end in line.italic] == ["05/6"]
    assert line.quote(*line.bold[1]) == "trước ngày"
    assert line.quote(0, len(line.text)) == "I. MỤC ĐÍCH** và <b>trước ngày</b> *05/6"


def test_bold_goes_on_to_the_next_line_and_ends_at_an_empty_one():
    source = text_source("**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nNguyễn Văn An")
    assert [bool(line.bold) for line in source.lines] == [True, True, False]


def test_text_is_composed_and_spaces_are_single():
    text = unicodedata.normalize("NFD", "Tuyên\u00a0Quang\u200b  tỉnh")
    (line,) = text_source(text).lines
    assert line.text == "Tuyên Quang tỉnh"
    assert unicodedata.normalize("NFC", line.quote(0, 5)) == "Tuyên"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| STT | Nội dung |", ("STT", "Nội dung")),
        ("STT\tNội dung\tGhi chú", ("STT", "Nội dung", "Ghi chú")),
        ("1\t\t\t", ("1", "", "", "")),
        ("\t<b>Tỉnh ủy</b>\t\t", ("", "Tỉnh ủy", "", "")),
        ("ĐẢNG BỘ TỈNH A\tĐẢNG CỘNG SẢN VIỆT NAM", ("ĐẢNG BỘ TỈNH A", "ĐẢNG CỘNG SẢN VIỆT NAM")),
        ("1.\tMục đích", ()),
        ("-\tChủ trì tham mưu", ()),
        ("\t\tThực hiện Chỉ thị", ()),
        ("a | b", ()),
    ],
)
def test_rows_of_tables_have_cells(text, cells):
    (line,) = text_source(text).lines
    assert line.cells == cells


def test_rules_of_markdown_tables_and_fences_are_no_lines():
    assert lines("```\n| a | b |\n|---|:-:|\n| 1 | 2 |\n```") == [(2, "a b"), (4, "1 2")]


def test_a_star_as_a_bullet_becomes_a_dash():
    assert lines("* Chủ trì tham mưu\n*nghiêng*\n-----") == [(1, "- Chủ trì tham mưu"), (2, "nghiêng"), (3, "-----")]


def test_a_text_above_the_size_of_any_paper_is_refused():
    with pytest.raises(ValidationError) as problem:
        text_source("a" * 200_001)
    assert problem.value.code == "too_long"
