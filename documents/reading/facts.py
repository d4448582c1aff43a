"""What a plan says, read from its text: nothing is invented, what was not found is None or empty."""

from dataclasses import dataclass
from datetime import date

from documents.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Cited:
    """One document the plan names, all its mentions together.

    Attributes:
        kind, number, sign: "Chỉ thị", "05", "CT/TU".
        dates: every day given for it, in order of appearance; two days are an error of the plan (C01).
        issuer: "Ban Thường vụ Tỉnh ủy", or "".
        subject: "về đẩy mạnh ...", or "".
        short_form: what "(sau đây viết tắt là ...)" defines, or "".
        role: "subject", "basis" or "cited".
        lines: every line that names it.
    """

    kind: str
    number: str
    sign: str
    dates: tuple[date, ...]
    issuer: str
    subject: str
    short_form: str
    role: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A numbered heading with what stands under it."""

    marker: str
    title: str
    line: int
    paragraphs: tuple[str, ...] = ()
    children: tuple["SectionFacts", ...] = ()


@dataclass(frozen=True, slots=True)
class ConferenceFacts:
    """One level of conferences, "ward" (the issuing body itself, whatever its level) or "grassroots"."""

    level: str
    when: Deadline | None
    place: str
    participants: tuple[str, ...]
    speaker: str
    line: int


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """One clause that asks a body to do something."""

    assignee: str
    text: str
    deadline: Deadline | None
    line: int


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """One line of Nơi nhận; ``line`` is where it stands."""

    name: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """Authority, position and name as printed; ``line`` is where the block begins."""

    authority: str
    position: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class OutlineHeading:
    """A heading of a đề cương."""

    marker: str
    title: str
    line: int
    children: tuple["OutlineHeading", ...] = ()


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A biểu: its title and its columns, group headers joined to the columns below them as "group - column"."""

    title: str
    columns: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """A phụ lục or đề cương behind the signature."""

    title: str
    headings: tuple[OutlineHeading, ...]
    tables: tuple[TableFacts, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything read from one plan; `documents.reading.plan_json.to_json` gives the contract's JSON.

    ``plan_type`` is "study", "implementation" or "review".
    """

    kind: str
    plan_type: str
    number: str
    sign: str
    place: str
    issued_on: date | None
    subject: str
    issuer: str
    directives: tuple[Cited, ...] = ()
    sections: tuple[SectionFacts, ...] = ()
    conferences: tuple[ConferenceFacts, ...] = ()
    duties: tuple[DutyFacts, ...] = ()
    recipients: tuple[RecipientFacts, ...] = ()
    signature: SignatureFacts | None = None
    annexes: tuple[AnnexFacts, ...] = ()
