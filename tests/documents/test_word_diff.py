"""Words kept, added and removed between two texts."""

import random
import sys

import pytest

from documents.word_diff import word_diff

pytestmark = pytest.mark.once


def test_names_the_words_that_changed():
    assert word_diff("Hoàn thành trước ngày 05/6/2026.", "Hoàn thành xong trước ngày 10/6/2026.") == [
        ("same", "Hoàn thành "),
        ("added", "xong "),
        ("same", "trước ngày "),
        ("removed", "05/6/2026"),
        ("added", "10/6/2026"),
        ("same", "."),
    ]


def test_shows_neighbouring_changes_as_one():
    assert word_diff("giao Ban xây dựng làm", "giao Văn phòng Đảng ủy làm") == [
        ("same", "giao "),
        ("removed", "Ban xây dựng"),
        ("added", "Văn phòng Đảng ủy"),
        ("same", " làm"),
    ]


def test_equal_and_empty_texts():
    assert word_diff("", "") == []
    assert word_diff("một hai", "một hai") == [("same", "một hai")]
    assert word_diff("", "một") == [("added", "một")]
    assert word_diff("một", "") == [("removed", "một")]


def test_quotes_and_brackets_are_words_of_their_own():
    assert word_diff("học tập.", "(học tập)") == [
        ("added", "("),
        ("same", "học tập"),
        ("removed", "."),
        ("added", ")"),
    ]


@pytest.mark.parametrize("seed", range(60))
def test_both_texts_are_whole(seed):
    chance = random.Random(seed)
    words = ["cấp", "ủy,", "chi", "bộ", "(đảng", "bộ)", "tổ", "chức;", "", "quán\ntriệt", "05-CT/TU", "“nội", "dung”"]
    old = [chance.choice(words) for _ in range(chance.randrange(1, 400))]
    new = [word for word in old if chance.random() > 0.1]
    for _ in range(10):
        new.insert(chance.randrange(len(new) + 1), chance.choice(words))
    old_text, new_text = " ".join(old), " ".join(new)
    pieces = word_diff(old_text, new_text)
    assert "".join(text for op, text in pieces if op != "added") == old_text
    assert "".join(text for op, text in pieces if op != "removed") == new_text
    assert all(one[0] != other[0] for one, other in zip(pieces, pieces[1:], strict=False))


@pytest.mark.parametrize(
    "make",
    [
        lambda size: ("a b " * size, "b a " * size),
        lambda size: (" ".join(f"x{n}" for n in range(size)), " ".join(f"x{n}" for n in reversed(range(size)))),
        lambda size: ("(" * size + "a", "a" + ")" * size),
        lambda size: (" ".join(f"x{n % 97}" for n in range(size)), " ".join(f"x{n % 89}" for n in range(size))),
    ],
)
def test_work_grows_with_the_length(make):
    assert _work(*make(4000)) <= 3 * _work(*make(2000))


def _work(old, new):
    """How many lines of the program ran."""
    lines = 0

    def count(frame, event, argument):
        nonlocal lines
        lines += 1
        return count

    sys.settrace(count)
    try:
        word_diff(old, new)
    finally:
        sys.settrace(None)
    return lines
