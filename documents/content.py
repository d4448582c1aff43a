"""The official paper as data: what is printed, without how it is printed.

Everything that becomes a PDF, a DOCX or a preview goes through :class:`Paper`.
All parts are frozen; texts may carry ``**bold**`` and ``*italic*`` (see
``documents.markup``) in blocks, bases and the subject of an annex, nowhere else.
The frozen copy of an issued paper is :func:`documents.paper_json.to_json` of it.

Source of the parts: Hướng dẫn 36-HD/VPTW, annex 1 (numbers 1 to 12) and 3.
"""

from dataclasses import dataclass
from datetime import date

from documents.choices import CopyKind, PaperKind, Urgency


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Names at the top left, in the case they are stored in; capitals are made when printing.

    Attributes:
        superior: the body directly above, such as "Đảng bộ tỉnh Tuyên Quang".
        body: the issuing body, such as "Đảng ủy phường Nông Tiến".
    """

    superior: str
    body: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The line "Số 12-KH/ĐU"; without a number the bản trình ký leaves the place blank.

    Attributes:
        sign: kind and body joined, such as "KH/ĐU".
        number: the number in the book of this kind and term, or None before signature.
    """

    sign: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """The line "Nông Tiến, ngày 05 tháng 5 năm 2026".

    Attributes:
        place: the ward's own name without its level; empty on a biên bản or phiếu trình, whose
            head then carries no such line.
        day: the day of signature, or None before it.
        expected: any day of the month foreseen for signature; before signature its
            month and year are printed and the day is left blank.
    """

    place: str
    day: date | None = None
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading.

    Attributes:
        level: 1 for "I." (capitals), 2 for "1.", 3 for "1.1." or "a)", 4 below.
        marker: the number as printed, such as "I." or "1.".
        title: the short title, always bold.
        text: what follows the title on the same line, not bold, such as ": Theo chức năng ...".
    """

    level: int
    marker: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; ``align`` is justify, left, center or right."""

    text: str
    align: str = "justify"


@dataclass(frozen=True, slots=True)
class Item:
    """A line that starts with "-" or, one step deeper, "+"."""

    text: str
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` is its share of the table, ``align`` left, center or right.

    Neighbours with the same ``group`` share that header above their own titles.
    """

    title: str
    width: float = 1.0
    align: str = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading that is repeated on every page.

    Attributes:
        columns: at least one.
        rows: one text per column; a row of a single text spans the whole table
            in bold and names the group below it.
        title: printed in bold above the table, such as "Biểu 1. ...".
        total: a last row in bold, or empty.
        landscape: the table needs a page turned on its side.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    total: tuple[str, ...] = ()
    landscape: bool = False


Block = Heading | Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """A phụ lục with its own page numbers.

    Attributes:
        title: printed in capitals.
        blocks: the content.
        number: 1, 2, ... when the paper has two annexes or more, else None.
        subject: a bold line under the title, or empty.
        accompanies: "kèm theo Kế hoạch số ...-KH/ĐU, ngày ... của ..." without brackets.
        label: the word above the title; "" for a đề cương that carries its own name.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    number: int | None = None
    subject: str = ""
    accompanies: str = ""
    label: str = "Phụ lục"

    @property
    def landscape(self) -> bool:
        """Return whether a table of the annex needs the page turned."""
        return any(isinstance(block, Table) and block.landscape for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of Nơi nhận without dash and end mark; ``note`` is the purpose, as "báo cáo"."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", the name.

    ``authority`` is empty when a head signs in their own right; ``name`` may be
    empty on a form that is filled in by hand.
    """

    authority: str
    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """The block under a rule at the end of a bản sao: who copied, when, and who answers for it.

    Attributes:
        kind: sao y bản chính (by the issuer), sao lục (by a receiver, the whole text), trích sao (a part).
        letterhead: the copying body and the one above it.
        number_line: the sign is "BS" and the body, such as "BS/ĐU".
        place_date: where and when the copy was made.
        signature: who signs the copy.
        recipients: Nơi nhận of the copy, the Lưu line last.
    """

    kind: CopyKind
    letterhead: Letterhead
    number_line: NumberLine
    place_date: PlaceDate
    signature: Signature
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One official paper.

    Attributes:
        kind: decides the title and a few placings.
        letterhead, number_line, place_date: the head; a biên bản may have no number line.
        subject: the trích yếu, without final full stop.
        bases: the căn cứ lines without dash and end mark; a kế hoạch normally has none.
        addressees: Kính gửi / Kính trình of a công văn or tờ trình.
        blocks: the content up to the closing sentence.
        closing: the last sentences, or empty.
        recipients: Nơi nhận in order, the Lưu line last.
        signature: None only for a text that is not signed.
        second_signature: the left one of a biên bản.
        annexes: the phụ lục in order.
        draft: print "DỰ THẢO" across every page.
        draft_label: "Dự thảo lần 1", or empty.
        profile: name of the format profile, see ``documents.profiles``.
        duplex: mirror the margins for printing on both sides.
        urgency: the stamp under the number, or None.
        circulation: phạm vi lưu hành such as "Tài liệu hội nghị", printed in capitals under the date, or empty.
        title: printed in capitals instead of the name of the kind, for a form that is no kind of
            its own ("Phiếu trình"); the recipients and the number then stay as the caller gives them.
        copy: set on a bản sao only; everything above is the paper that was copied.
    """

    kind: PaperKind
    letterhead: Letterhead
    number_line: NumberLine | None
    place_date: PlaceDate
    subject: str
    blocks: tuple[Block, ...]
    signature: Signature | None
    recipients: tuple[Recipient, ...] = ()
    bases: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    closing: str = ""
    second_signature: Signature | None = None
    annexes: tuple[Annex, ...] = ()
    draft: bool = False
    draft_label: str = ""
    profile: str = "HD05_2026"
    duplex: bool = False
    urgency: Urgency | None = None
    circulation: str = ""
    title: str = ""
    copy: Copy | None = None

    @property
    def for_signature(self) -> bool:
        """Return whether this is a bản trình ký: number or day still blank, on a bản sao those of the copy."""
        if self.copy is not None:
            return self.copy.place_date.day is None or self.copy.number_line.number is None
        return self.place_date.day is None or (self.number_line is not None and self.number_line.number is None)
