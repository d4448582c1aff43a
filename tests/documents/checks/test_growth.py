"""Twice the text costs at most three times the work, hostile text included (D-05 for the checks)."""

from time import process_time

import pytest

from documents.checks import CheckContext, run
from tests.documents.checks.plans import TODAY, read, study

UNITS = "Báo cáo kết quả với Ban Thường vụ Đảng ủy phường (qua Ban Xây dựng Đảng) trước ngày 30/10/2026."
HOSTILE = {
    "one duty repeated": lambda size: f"- {UNITS}\n\n" * (size // 100),
    "many bodies": lambda size: "\n\n".join(
        f"{4 + number}. Phòng số {number}\n\n- Làm việc." for number in range(size // 32)
    ),
    "one endless line": lambda size: "định kỳ tổng hợp báo cáo kết quả về Thường trực " * (size // 48),
    "papers to come": lambda size: "hướng dẫn kế hoạch quy định sẽ có " * (size // 34),
    "citations": lambda size: "Nghị quyết số 18-NQ/TU của Đảng ủy phường, " * (size // 44),
    "brackets": lambda size: "04 đêm diễn (02 đêm, " * (size // 21),
}


def _work(hostile: str) -> float:
    """Seconds of processor time of all checks on a plan around ``hostile``, the better of two."""
    source, facts = read(study().replace(UNITS, hostile))
    context = CheckContext(today=TODAY, siblings=(read(study()),))
    times = []
    for _ in range(2):
        begin = process_time()
        run(source, facts, context)
        times.append(process_time() - begin)
    return min(times)


@pytest.mark.once
@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_with_the_text(kind):
    run(*read(study()), CheckContext(today=TODAY))
    small, large = (_work(HOSTILE[kind](size)) for size in (5_000, 10_000))
    assert large <= 3 * small + 0.02
