"""Reading costs no more than in proportion to the text (D-05, N-05), counted in steps of the interpreter."""

import sys
from datetime import date

import pytest

from documents.reading.plan import read_plan
from documents.reading.text import text_source

pytestmark = [pytest.mark.once, pytest.mark.proves("D-05", "N-05")]
PIECES = [
    "I. MỤC ĐÍCH\n1. Một\n- Giao Ban Xây dựng Đảng tham mưu, trước ngày 05/6/2026.\n",
    "a\n",
    "**",
    "KẾ HOẠCH ",
    "1.1.1. a\n",
    "| a ",
    "a\tb\n",
    "Chỉ thị số 05-CT/TU, ",
    "(sau đây viết tắt là ",
    "Nơi nhận: - T/M BAN ",
    "Thành phần: (a, ",
    "từ ngày 1/1 đến ",
    " ",
]


def steps(text):
    """Return how many calls reading the text makes."""
    count = 0

    def seen(frame, event, argument):
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        read_plan(text_source(text), today=date(2026, 5, 20))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_twice_the_text_costs_at_most_three_times_the_steps(piece):
    opening = "KẾ HOẠCH\nhọc tập\nI. NỘI DUNG\n"
    small, large = (steps(opening + piece * (size // len(piece))) for size in (6_000, 12_000))
    assert large <= 3 * small + 2_000
