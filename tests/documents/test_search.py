"""Reliability ids: N-02, N-07."""

import unicodedata

import pytest

from documents.search import fold, natural_sort_key


@pytest.mark.proves("N-02")
@pytest.mark.parametrize(
    "text",
    [
        "nghị quyết", "nghi quyet", "NGHỊ QUYẾT", unicodedata.normalize("NFD", "Nghị quyết"), " nghị  quyết ",
    ],
)  # fmt: skip
def test_spellings_fold_together(text):
    assert fold(text) == "nghi quyet"


@pytest.mark.proves("N-02")
@pytest.mark.parametrize(("one", "other"), [("uỷ", "ủy"), ("hoà", "hòa"), ("Đảng", "Ðảng"), ("Đ", "Ɖ"), ("đ", "ɖ")])
def test_tone_placing_and_false_letters_fold_together(one, other):
    assert fold(one) == fold(other)


def test_names_sort_as_a_person_would():
    names = [
        "Chi bộ 1", "Chi bộ 2", "Chi bộ 10", "Chi bộ An", "Chi bộ Ăn", "Chi bộ Ân", "Chi bộ Dân", "Chi bộ Đá", "Chi bộ Ôn", "Chi bộ Ơn",
    ]  # fmt: skip
    assert sorted(set(names), key=natural_sort_key) == names
