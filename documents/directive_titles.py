"""The title line of a directive, pasted by the office, as the fields of the register."""

from dataclasses import dataclass
from datetime import date

from documents import citations
from documents.text import clean_line


@dataclass(frozen=True, slots=True)
class DirectiveTitle:
    """What a pasted title says; a part it does not say is empty or None, nothing is guessed."""

    kind: str
    number: str
    sign: str
    issued_on: date | None
    issuer: str
    subject: str

    @property
    def number_text(self) -> str:
        """Return "05-CT/TU", or "" without a number."""
        return f"{self.number}{'-' if '/' in self.sign else '/'}{self.sign}" if self.number else ""


def read_title(text: str) -> DirectiveTitle:
    """Read "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về ..." into its fields.

    The first number is the directive's own; the documents named in its subject stay in the subject.
    """
    line = clean_line(text, limit=3_000, name="Tiêu đề văn bản").replace("*", "")
    found = citations.parse(line)
    if not found:
        return DirectiveTitle("", "", "", None, "", _subject(line))
    first = found[0]
    kind = first.kind or _kind_at_start(line)
    return DirectiveTitle(kind, first.number, first.sign, first.date, first.issuer, _subject(line[first.span[1] :]))


def _kind_at_start(line: str) -> str:
    lowered = line.lower()
    return next((kind for kind in citations.KINDS if lowered.startswith(kind.lower())), "")


def _subject(rest: str) -> str:
    return rest.strip(' ,.;:-–“”"()').strip()
