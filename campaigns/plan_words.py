"""Parts of a plan in words, for the page that shows two people's texts side by side."""

from campaigns.choices import ConferenceLevel
from campaigns.plan_content import AnnexText, ConferenceText, DutyText, RecipientText, SectionText

EMPTY = "(để trống)"


def in_words(value, *, key: str, signers: dict, directives: dict) -> str:
    """Return what a person reads of one side of a difference; `key` is that of campaigns.plan_content.Difference."""
    if key == "signer_id":
        return signers.get(value, EMPTY)
    if key == "directive_ids":
        return "\n".join(directives.get(pk, str(pk)) for pk in value) or EMPTY
    if isinstance(value, tuple):
        return "\n".join(_row(one) for one in value) or EMPTY
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if hasattr(value, "isoformat"):
        return f"{value:%d/%m/%Y}"
    return _row(value) or EMPTY


def _row(value) -> str:
    if isinstance(value, SectionText):
        return f"{value.title}\n{value.body}".strip()
    if isinstance(value, DutyText):
        deadline = f"\nThời hạn: {value.deadline_phrase}" if value.deadline_phrase else ""
        return f"{value.lead_text}: {value.text}{deadline}"
    if isinstance(value, ConferenceText):
        parts = (value.time_phrase, value.form, value.place, value.participants, value.speaker)
        return "\n".join([ConferenceLevel(value.level).label, *filter(None, parts)])
    if isinstance(value, RecipientText):
        return f"{value.name}{f' ({value.note})' if value.note else ''}, {value.copies} bản"
    if isinstance(value, AnnexText):
        return _annex(value)
    return "" if value is None else str(value)


def _annex(annex: AnnexText) -> str:
    lines = [" ".join(filter(None, (annex.label, annex.title, annex.subject)))]
    for heading in annex.headings:
        lines.extend(filter(None, (f"{'  ' * (heading.level - 1)}{heading.title}", heading.guidance)))
    for form in annex.forms:
        columns = "; ".join(" - ".join(filter(None, (one.group, one.title))) for one in form.columns)
        lines.extend((f"Biểu: {form.title}", f"Các cột: {columns}"))
    return "\n".join(lines)
