"""The lines of a paper, numbered in the order in which they are read.

One numbering for everything that points into a draft: the checks say "dòng 7",
the preview carries ``id="khoi-7"`` and a returned DOCX is compared by it. Only
parts that are printed take a number, so numbers run without a gap from 1.
"""

from collections.abc import Iterator
from typing import NamedTuple

from documents import paper_text
from documents.content import Annex, Block, Heading, Item, Paper, Paragraph, Signature, Table
from documents.markup import bold, escape, plain
from documents.profiles import profile_named

# Where a line stands in a Paper: ("subject",), ("block", 3), ("block", 3, "row", 0), ("annex", 0, "title") ...
Place = tuple[str | int, ...]


class NumberedLine(NamedTuple):
    """One printed line or paragraph.

    Attributes:
        number: from 1, without gaps.
        role: superior, body, number, place_date, kind, subject, urgency, circulation, draft_label, addressee, base,
            heading, paragraph, item, table_title, table_head, table_row, table_total, closing, recipients_title,
            recipient, second_authority, second_position, second_name, authority, position, name, annex_label,
            annex_title, annex_subject, annex_accompanies, copy_superior, copy_body, copy_number, copy_place_date,
            copy_kind, copy_recipient, copy_authority, copy_position, copy_name.
        text: as printed, with ``**`` and ``*`` where the words are emphasised (a heading's title is bold).
        cells: the cells of a table row, also marked up; ``text`` then joins them with " | ".
        place: where the line stands in the Paper.
        block: the Heading, Paragraph or Item it prints, None for all else.
    """

    number: int
    role: str
    text: str
    cells: tuple[str, ...] = ()
    place: Place = ()
    block: Block | None = None


def numbered_lines(paper: Paper) -> Iterator[NumberedLine]:
    """Yield every printed line of the paper in reading order, numbered from 1.

    The head comes in a fixed order: names, number, place and date, kind, subject, then stamps; after it the
    addressees, căn cứ, blocks, closing, Nơi nhận, signatures, annexes and the block of a copy.
    """
    for number, line in enumerate(_lines(paper), start=1):
        yield line._replace(number=number)


def line_numbers(paper: Paper) -> dict[Place, int]:
    """Return the number of every place of the paper."""
    return {line.place: line.number for line in numbered_lines(paper)}


def _lines(paper: Paper) -> Iterator[NumberedLine]:
    yield from _head(paper)
    for index, text in enumerate(paper_text.addressee_lines(paper)):
        lead = f"{paper_text.address_word(paper)}: " if len(paper.addressees) == 1 else "- "
        yield _line("addressee", escape(lead + text), ("addressee", index))
    for index, text in enumerate(paper_text.base_lines(paper)):
        yield _line("base", text, ("base", index))
    yield from _blocks(paper.blocks, ())
    for index, text in enumerate(paper_text.closing_texts(paper)):
        yield _line("closing", text, ("closing", index))
    yield from _signing(paper)
    for index, annex in enumerate(paper.annexes):
        yield from _annex(annex, index)
    yield from _copy(paper)


def _head(paper: Paper) -> Iterator[NumberedLine]:
    subject = paper.subject if paper_text.is_letter(paper) else bold(paper.subject)
    parts = {
        "superior": escape(paper.letterhead.superior.upper()),
        "body": bold(paper.letterhead.body.upper()),
        "number": escape(paper_text.number_text(paper)),
        "place_date": escape(paper_text.place_date_text(paper)),
        "kind": bold(paper_text.kind_title(paper)),
        "subject": subject,
        "urgency": bold(paper.urgency.label if paper.urgency else ""),
        "circulation": bold(paper.circulation.upper()),
        "draft_label": bold(paper.draft_label),
    }
    for role, text in parts.items():
        if text.strip():
            yield _line(role, text, (role,))


def _blocks(blocks: tuple[Block, ...], above: Place) -> Iterator[NumberedLine]:
    for index, block in enumerate(blocks):
        place = (*above, "block", index)
        if isinstance(block, Table):
            yield from _table(block, place)
        elif isinstance(block, Heading):
            text = bold(paper_text.heading_marker(block)) + paper_text.heading_rest(block)
            yield _line("heading", text, place, block=block)
        elif isinstance(block, Item):
            yield _line("item", f"{block.mark} {block.text}", place, block=block)
        elif isinstance(block, Paragraph):
            yield _line("paragraph", block.text, place, block=block)


def _table(table: Table, place: Place) -> Iterator[NumberedLine]:
    if table.title:
        yield _line("table_title", bold(plain(table.title)), (*place, "title"))
    # A column below a common header is read as "header - title".
    titles = (f"{column.group} - {column.title}" if column.group else column.title for column in table.columns)
    yield _row("table_head", tuple(map(bold, titles)), (*place, "head"))
    for index, row in enumerate(table.rows):
        yield _row("table_row", row, (*place, "row", index))
    if table.total:
        yield _row("table_total", table.total, (*place, "total"))


def _signing(paper: Paper) -> Iterator[NumberedLine]:
    if paper.signature is None:
        return
    lines = paper_text.recipient_lines(paper, profile_named(paper.profile))
    if lines:
        yield _line("recipients_title", paper_text.RECIPIENTS_TITLE, ("recipients_title",))
    for index, text in enumerate(lines):
        yield _line("recipient", escape(text), ("recipient", index))
    if paper.second_signature:
        yield from _signature(paper.second_signature, "second_")
    yield from _signature(paper.signature, "")


def _signature(signature: Signature, prefix: str) -> Iterator[NumberedLine]:
    for part, text in paper_text.signature_lines(signature):
        yield _line(prefix + part, escape(text) if part == "position" else bold(text), (prefix + part,))


def _copy(paper: Paper) -> Iterator[NumberedLine]:
    copy = paper.copy
    if copy is None:
        return
    parts = {
        "copy_superior": escape(copy.letterhead.superior.upper()),
        "copy_body": bold(copy.letterhead.body.upper()),
        "copy_number": escape(paper_text.number_line_text(copy.number_line)),
        "copy_place_date": escape(paper_text.place_date_line(copy.place_date)),
        "copy_kind": bold(copy.kind.label.upper()),
    }
    for role, text in parts.items():
        if text.strip():
            yield _line(role, text, (role,))
    for index, text in enumerate(paper_text.list_of_recipients(copy.recipients, profile_named(paper.profile))):
        yield _line("copy_recipient", escape(text), ("copy_recipient", index))
    yield from _signature(copy.signature, "copy_")


def _annex(annex: Annex, index: int) -> Iterator[NumberedLine]:
    parts = {
        "label": bold(paper_text.annex_label(annex)),
        "title": bold(annex.title.upper()),
        "subject": bold(plain(annex.subject)),
        "accompanies": escape(f"({annex.accompanies})") if annex.accompanies else "",
    }
    for part, text in parts.items():
        if text.strip():
            yield _line(f"annex_{part}", text, ("annex", index, part))
    yield from _blocks(annex.blocks, ("annex", index))


def _line(role: str, text: str, place: Place, *, block: Block | None = None) -> NumberedLine:
    return NumberedLine(0, role, text, (), place, block)


def _row(role: str, cells: tuple[str, ...], place: Place) -> NumberedLine:
    return NumberedLine(0, role, " | ".join(cells), cells, place)
