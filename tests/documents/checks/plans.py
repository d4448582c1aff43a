"""A whole plan without a fault, and what one check finds once something in it is changed."""

from datetime import date
from functools import cache
from pathlib import Path

from documents.checks import CheckContext, CheckedText
from documents.checks.registry import BY_ID
from documents.reading.facts import PlanFacts
from documents.reading.plan import read_plan
from documents.reading.source import Source
from documents.reading.text import text_source

SAMPLES = Path(__file__).parents[2] / "plans"
TODAY = date(2026, 9, 21)


@cache
def study() -> str:
    """A study plan in order: nothing to find in it."""
    return sample("siblings/phuong_cho_moi_nghi_quyet.txt")


def sample(name: str) -> str:
    """The text of a plan under tests/plans."""
    return (SAMPLES / name).read_text(encoding="utf-8")


def implementation(*tasks: str, signed: str = "T/M BAN THƯỜNG VỤ", issuer: str = "Ban Thường vụ Đảng ủy xã") -> str:
    """An implementation plan around its tasks; the first task stands on line 11."""
    lines = "\n\n".join(tasks)
    return (
        "KẾ HOẠCH\n\nthực hiện Nghị quyết số 18-NQ/TU, ngày 14/9/2026 của Ban Chấp hành Đảng bộ tỉnh về phát triển du lịch\n\n"
        "Thực hiện Nghị quyết số 18-NQ/TU, ngày 14/9/2026 của Ban Chấp hành Đảng bộ tỉnh về phát triển du lịch "
        f"(sau đây viết tắt là Nghị quyết số 18-NQ/TU), {issuer} xây dựng Kế hoạch như sau:\n\n"
        f"I. MỤC ĐÍCH, YÊU CẦU\n\nĐưa Nghị quyết số 18-NQ/TU vào cuộc sống.\n\n{lines}\n\n"
        "Trên đây là Kế hoạch thực hiện Nghị quyết số 18-NQ/TU.\n\n"
        f"Nơi nhận:\n- Các chi bộ, đảng bộ cơ sở;\n- Lưu Văn phòng Đảng ủy.\n\n{signed}\nBÍ THƯ\n\nTrần Văn An\n"
    )


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each first string, which it must hold, replaced by the second."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def read(text: str) -> tuple[Source, PlanFacts]:
    """Lines and facts of a text."""
    source = text_source(text)
    return source, read_plan(source, today=TODAY)


def found(check: str, text: str, **context) -> list[tuple]:
    """What one check finds in a plan, as (variant, line, quote)."""
    checked = CheckedText(*read(text), CheckContext(today=TODAY, **context))
    return [(one.variant, one.line, one.quote) for one in BY_ID[check].find(checked)]
