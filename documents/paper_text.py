"""The words of a paper exactly as they are printed, the same for the PDF, the DOCX, the preview and the checks."""

from collections.abc import Iterable

from documents import dates
from documents.choices import PaperKind
from documents.content import Annex, Heading, NumberLine, Paper, PlaceDate, Recipient, Signature
from documents.profiles import Profile, profile_named

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
RECIPIENTS_TITLE = "Nơi nhận:"
DRAFT_MARK = "DỰ THẢO"
_NUMBER_GAP = " " * 5


def document_title(paper: Paper) -> str:
    """Return the name of the paper for a title bar: kind, number when known, subject."""
    line = paper.number_line
    number = f" số {line.number:02d}-{line.sign}" if line and line.number is not None else ""
    copied = f" ({paper.copy.kind.label.lower()})" if paper.copy else ""
    return f"{paper.title or paper.kind.label}{number} {paper.subject}".strip() + copied


def kind_title(paper: Paper) -> str:
    """Return the line in capitals above the subject; a công văn has none."""
    if paper.title:
        return paper.title.upper()
    return "" if paper.kind == PaperKind.LETTER else paper.kind.label.upper()


def is_letter(paper: Paper) -> bool:
    """Return whether the subject stands under the number, as on a công văn."""
    return not kind_title(paper)


def number_text(paper: Paper) -> str:
    """Return "Số 12-KH/ĐU", with six spaces for a number not given yet or on a draft, or ""."""
    return number_line_text(paper.number_line, blank=paper.draft)


def number_line_text(line: NumberLine | None, *, blank: bool = False) -> str:
    """Return the line of a number, blank or not, or "" when the paper has none."""
    if line is None:
        return ""
    return f"Số {_NUMBER_GAP if blank or line.number is None else f'{line.number:02d}'}-{line.sign}"


def place_date_text(paper: Paper) -> str:
    """Return "Nông Tiến, ngày 05 tháng 5 năm 2026", the day blank before signature, or "" without a place."""
    return place_date_line(paper.place_date)


def place_date_line(one: PlaceDate) -> str:
    """Return the line of place and date, or "" without a place."""
    if not one.place:
        return ""
    return f"{one.place}, {dates.long(one.day) if one.day else dates.long_blank(one.expected)}"


def address_word(paper: Paper) -> str:
    """Return "Kính gửi" or "Kính trình", as the profile of the paper wants for its kind."""
    return profile_named(paper.profile).address_words.get(paper.kind.value, "Kính gửi")


def addressee_lines(paper: Paper) -> list[str]:
    """Return the addressees with their end marks, without dashes."""
    return ended(paper.addressees, ";", ".")


def base_lines(paper: Paper) -> list[str]:
    """Return the căn cứ in the Party's form: dash in front, semicolon behind, comma behind the last."""
    return [f"- {base}" for base in ended(paper.bases, ";", ",")]


def closing_texts(paper: Paper) -> list[str]:
    """Return the paragraphs of the closing."""
    return [text for text in paper.closing.split("\n") if text.strip()]


def recipient_lines(paper: Paper, profile: Profile) -> list[str]:
    """Return the lines of Nơi nhận with dash, purpose and the end mark of the profile."""
    return list_of_recipients(paper.recipients, profile)


def list_of_recipients(recipients: Iterable[Recipient], profile: Profile) -> list[str]:
    """Return recipients as printed, of the paper or of its copy."""
    lines = [f"{one.name} ({one.note})" if one.note else one.name for one in recipients]
    return [f"- {line}" for line in ended(lines, profile.separator, profile.last_separator)]


def heading_marker(heading: Heading) -> str:
    """Return the bold beginning of a heading: number and title, capitals at the first level."""
    return f"{heading.marker} {heading.title.upper() if heading.level == 1 else heading.title}"


def heading_rest(heading: Heading) -> str:
    """Return what follows the bold beginning on the same line, with its space."""
    return heading.text if heading.text[:1] in set(":;.,(") else f" {heading.text}" if heading.text else ""


def signature_lines(signature: Signature) -> list[tuple[str, str]]:
    """Return (part, text) for authority, position and name; empty parts are left out."""
    parts = [
        ("authority", signature.authority.upper()),
        ("position", signature.position.upper()),
        ("name", signature.name),
    ]
    return [(part, text) for part, text in parts if text.strip()]


def ended(lines: Iterable[str], between: str, last: str) -> list[str]:
    """Return lines whose end marks are replaced by ``between``, the last one's by ``last``."""
    lines = list(lines)
    marks = [between] * (len(lines) - 1) + [last]
    return [line.rstrip(" .,;") + mark for line, mark in zip(lines, marks, strict=False)]


def annex_label(annex: Annex) -> str:
    """Return "Phụ lục 2", "Phụ lục" for the only one, or "" for a đề cương that carries its own name."""
    return f"{annex.label} {annex.number}".strip() if annex.number else annex.label
