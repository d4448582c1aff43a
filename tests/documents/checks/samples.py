"""Short papers for the checks: lines of text, checked as if they were a file."""

from datetime import date

from documents import checks
from documents.checks import CheckContext, CheckedText
from documents.checks.registry import BY_ID
from documents.reading.facts import PlanFacts
from documents.reading.text import text_source

TODAY = date(2026, 5, 20)
NO_FACTS = PlanFacts("", "", "", "", "", None, "", "")


def whole(body: str) -> str:
    """A small plan around some paragraphs of its body; the body begins at line 5."""
    return f"KẾ HOẠCH\n\nhọc tập một văn bản\n\n{body}\n\nNơi nhận:\n- Lưu Văn phòng Đảng ủy.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nTrần Văn An\n"


def found(check: str, text: str, *, facts: PlanFacts = NO_FACTS, **context) -> list[tuple]:
    """What one check finds in a text, as (variant, line, quote, suggestion)."""
    checked = CheckedText(text_source(text), facts, CheckContext(today=TODAY, **context))
    return [(one.variant, one.line, one.quote, one.suggestion) for one in BY_ID[check].find(checked)]


def quotes(check: str, text: str, **context) -> list[str]:
    """Only the quotes of what one check finds."""
    return [quote for _, _, quote, _ in found(check, text, **context)]


def run(text: str, *, facts: PlanFacts = NO_FACTS, **context) -> list[checks.Finding]:
    """All checks on a text."""
    return checks.run(text_source(text), facts, CheckContext(today=TODAY, **context))
