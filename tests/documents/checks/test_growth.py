"""The checks cost no more than the length of the text, hostile text included (decisions 15)."""

import time

import pytest

from documents import checks
from documents.checks import CheckContext
from documents.reading.text import text_source
from tests.documents.checks.samples import NO_FACTS, TODAY, whole

pytestmark = pytest.mark.once

BODY = (
    "Tổ chức học tập, quán triệt Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về nếp sống văn minh; "
    "Ủy ban nhân dân phường Nông Tiến phối hợp tuyên truyền, hoàn thành trước ngày 05/6/2026.\n\n"
)
UNITS = ["a", "(", "-", "1/", "của ", "a\u0301\u0323", "Chỉ thị số 05-CT/TU ", "An Phú ", "UBND ", "ngày ", "a\n", BODY]


def _seconds(text: str) -> float:
    source, context = text_source(text), CheckContext(today=TODAY)
    best = None
    for _ in range(4):
        before = time.process_time()
        checks.run(source, NO_FACTS, context)
        taken = time.process_time() - before
        best = taken if best is None else min(best, taken)
    return best


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_at_most_three_times_the_work(unit):
    """Two doublings at once: noise of the machine weighs less, and what is quadratic would need sixteen times the work."""
    size = 4_000
    once, four_times = (whole((unit * (length // len(unit) + 1))[:length]) for length in (size, 4 * size))
    checks.run(text_source(once), NO_FACTS, CheckContext(today=TODAY))  # the word lists are read once
    assert _seconds(four_times) <= 3 * 3 * _seconds(once)
