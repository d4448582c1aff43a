"""The head and the end of a paper in a Word file: names, number, date, title, Nơi nhận, signature."""

import re
from collections.abc import Sequence

from documents import paper_text
from documents.content import Copy, Paper, Recipient, Signature
from documents.profiles import profile_named
from documents.writing import docx_styles as styles
from documents.writing.docx_tables import side_by_side
from documents.writing.docx_text import balanced, last_words_tied, line, paragraph, stretch, tied, unbroken

_ROOM = re.compile(r" {2,}")


def head(paper: Paper) -> str:
    """Return the two columns at the top of the first page."""
    left = _names(paper) + _number(paper_text.number_text(paper))
    if paper_text.is_letter(paper) and paper.subject:
        left += line(styles.LETTER_SUBJECT, last_words_tied(paper.subject))
    left += paragraph(styles.URGENCY, stretch(tied(paper.urgency.label), style=styles.STAMP[0])) if paper.urgency else ""
    right = line(styles.PARTY, tied(paper_text.PARTY)) + paragraph(styles.RULE)
    right += _place_date(paper_text.place_date_text(paper))
    right += line(styles.CIRCULATION, paper.circulation.upper()) if paper.circulation else ""
    right += line(styles.DRAFT_LABEL, paper.draft_label) if paper.draft_label else ""
    return side_by_side(left, right)


def copy_lines(copy: Copy, profile_name: str) -> str:
    """Return the block of a bản sao: a rule across the text, who copied it and when, the kind, the signature."""
    left = _names(copy) + _number(paper_text.number_line_text(copy.number_line))
    right = _place_date(paper_text.place_date_line(copy.place_date)) + line(styles.COPY_KIND, copy.kind.label.upper())
    signed = side_by_side(recipients(copy.recipients, profile_name), signature_lines(copy.signature))
    return paragraph(styles.COPY_RULE) + side_by_side(left, right) + _room() + signed


def title_lines(paper: Paper) -> str:
    """Return the kind, the trích yếu and the five hyphens; a công văn has none of them here."""
    title = paper_text.kind_title(paper)
    if not title:
        return ""
    if not paper.subject:
        return line(styles.KIND, title)
    return line(styles.KIND, title) + line(styles.SUBJECT, last_words_tied(paper.subject)) + line(styles.HYPHENS, "-----")


def signing(paper: Paper) -> str:
    """Return Nơi nhận beside the signature, or the two signatures of a biên bản with Nơi nhận below."""
    signed = paper.copy is not None
    right = signature_lines(paper.signature, was_signed=signed)
    whole = recipients(paper.recipients, paper.profile)
    if paper.second_signature:
        return _room() + side_by_side(signature_lines(paper.second_signature, was_signed=signed), right) + whole
    return _room() + side_by_side(whole, right)


def recipients(rows: Sequence[Recipient], profile_name: str) -> str:
    """Return Nơi nhận with dash, purpose and end mark of the profile, or nothing."""
    profile = profile_named(profile_name)
    content = line(styles.RECIPIENTS, paper_text.RECIPIENTS_TITLE) if rows else ""
    for number, row in enumerate(rows, start=1):
        mark = profile.last_separator if number == len(rows) else profile.separator
        if row.note:
            note = tied(f"({row.note})") if len(row.note) <= 30 else f"({row.note})"
            pieces = stretch(f"- {row.name} ") + stretch(note, style=styles.NOTE[0]) + stretch(mark)
        else:
            pieces = stretch(f"- {row.name.rstrip(' .,;')}{mark}")
        content += paragraph(styles.RECIPIENT, pieces)
    return content


def signature_lines(signature: Signature, *, was_signed: bool = False) -> str:
    """Return authority, position and name, between the last two the room for the signature or "(Đã ký)" of a copy."""
    content = line(styles.AUTHORITY, unbroken(signature.authority.upper())) if signature.authority else ""
    content += line(styles.POSITION, signature.position.upper())
    if was_signed:
        return content + line(styles.WAS_SIGNED, "(Đã ký)") + line(styles.COPIED_NAME, signature.name)
    return content + line(styles.NAME, signature.name)


def _names(paper: Paper | Copy) -> str:
    return (
        line(styles.SUPERIOR, balanced(paper.letterhead.superior.upper()))
        + line(styles.ISSUER, balanced(paper.letterhead.body.upper()))
        + line(styles.ASTERISK, "*")
    )


def _room() -> str:
    """Return the empty line above the signing table, which has no space of its own in Word."""
    return paragraph(styles.GAP, keep=True).replace("<w:keepNext/>", '<w:keepNext/><w:spacing w:before="260"/>', 1)


def _number(text: str) -> str:
    return line(styles.NUMBER, tied(text).replace("-", "\u2011")) if text else ""


def _place_date(text: str) -> str:
    """Return place and date, the room left for writing kept also at the end of the line."""
    return line(styles.PLACE_DATE, _ROOM.sub(lambda match: tied(match[0]), text)) if text else ""
