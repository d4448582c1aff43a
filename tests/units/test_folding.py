import unicodedata

import pytest

from units.folding import fold, natural_sort_key


@pytest.mark.proves("N-07")
def test_names_sort_as_a_vietnamese_list():
    names = [
        "An", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Ban", "Băng", "Bân", "Chi bộ 2", "Chi bộ 10", "Chi bộ 10a",
        "Chi bộ cơ quan", "Da", "Đa", "Đà", "Em", "Êm", "Ổi", "Ơi", "Tổ dân phố Tràng Đà 6", "Tổ dân phố Tràng Đà 12", "Uy", "Ưng",
        "Yên Lập",
    ]  # fmt: skip
    backwards = names[::-1]
    assert sorted(backwards, key=natural_sort_key) == names


def test_sort_key_is_ascii_letters_and_digits():
    assert natural_sort_key("Chi bộ Tổ 07, Đà") == "chi0boz5toz20" + "17" + "dza1"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_fold_is_the_same_for_both_ways_of_typing(form):
    assert fold(unicodedata.normalize(form, "  Tổ dân phố\u00a0TRÀNG ĐÀ  6 ")) == "to dan pho trang da 6"
