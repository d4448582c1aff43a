"""The day a paper belongs to: its own date, else the latest day of issue it cites."""

from datetime import date

from documents.checks.context import CheckedText


def paper_day(text: CheckedText) -> date | None:
    """Return the day whose rules and names apply to the paper, None when it gives no day at all."""
    if text.facts.issued_on:
        return text.facts.issued_on
    return max((citation.date for _, citation in text.citations if citation.date), default=None)
