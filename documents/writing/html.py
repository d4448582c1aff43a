"""A paper as an HTML page: the preview in the browser and what the PDF is made from.

The page holds no style of its own; ``static/css/paper.css`` carries every
measure of the format rules. Text reaches the page only through Django's escaping.
"""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from documents import paper_text
from documents.content import Annex, Block, Column, Copy, Heading, Item, Paper, Paragraph, Recipient, Table
from documents.paper_order import Place, line_numbers
from documents.paper_text import document_title, kind_title, number_text, place_date_text, recipient_lines
from documents.profiles import Profile, profile_named
from documents.qr import qr_drawing
from documents.writing.inline import balanced, inline, last_words_together, with_note
from documents.writing.kept import kept_with_signature

__all__ = [
    "STYLESHEET", "document_title", "kind_title", "number_text", "page_context", "place_date_text", "preview_html",
    "recipient_lines", "render",
]  # fmt: skip

STYLESHEET = "css/paper.css"
SCREEN_STYLESHEET = "css/paper-preview.css"  # of a preview only: a PDF never sees it


@dataclass(frozen=True, slots=True)
class Line:
    """A block of text ready for the template: its paragraph class, its safe HTML, its number in a preview."""

    classes: str
    html: SafeString
    marker: str = ""
    tag: str = "p"
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: (align, safe HTML) of its cells, its number in a preview."""

    cells: tuple[tuple[str, SafeString], ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready for the template; the numbers are those of a preview."""

    columns: tuple[tuple[int, str, str], ...]
    rows: tuple[Row, ...]
    title: SafeString | str
    total: Row | None
    classes: str
    title_number: int | None = None
    head_number: int | None = None
    heads: tuple[tuple[tuple[str, int, int], ...], ...] = ()  # rows of (title, columns, rows)


class _Numbers:
    """Numbers of the places of a paper for a preview; a PDF asks for none and gets None."""

    def __init__(self, paper: Paper | None) -> None:
        self._of = line_numbers(paper) if paper else {}

    def __call__(self, *place: str | int) -> int | None:
        return self._of.get(place)


def render(paper: Paper, *, stylesheet: str = "", answer_at: str = "") -> str:
    """Return the paper as a full HTML page.

    Args:
        paper: what to print.
        stylesheet: address of paper.css for a browser; empty for the PDF, which brings its own.
        answer_at: address that one addressee answers at, drawn as a QR under Nơi nhận; empty for none.
    """
    context = {"stylesheet": stylesheet, "answer": _answer(answer_at), **page_context(paper)}
    page = render_to_string("documents/paper.html", context)
    # Text is composed when it is typed; a paper frozen from elsewhere may not have been.
    return unicodedata.normalize("NFC", page)


def _answer(address: str) -> dict | None:
    if not address:
        return None
    path, size = qr_drawing(address)
    return {"address": address, "path": path, "size": size}


def preview_html(paper: Paper) -> str:
    """Return the paper as a page for an iframe: the HTML and CSS of the PDF, every line with its number.

    The number is that of ``documents.paper_order.numbered_lines``: the seventh line
    is ``<p id="khoi-7" ...>``, so that a finding can point at ``#khoi-7``.
    """
    context = {"stylesheet": static(STYLESHEET), "screen_stylesheet": static(SCREEN_STYLESHEET), **page_context(paper, numbered=True)}
    return render_to_string("documents/paper.html", context)


def page_context(paper: Paper, *, numbered: bool = False) -> dict:
    """Return what the templates in ``templates/documents`` need, also for a fragment of a page.

    Args:
        paper: what to print.
        numbered: give every line the id of its number; the PDF has no use for them.
    """
    profile = profile_named(paper.profile)
    numbers = _Numbers(paper if numbered else None)
    return {
        "paper": paper,
        "title": document_title(paper),
        "created": (paper.copy.place_date if paper.copy else paper.place_date).day,
        "line": _single_lines(numbers),
        "kind_title": kind_title(paper),
        "subject": last_words_together(paper.subject),
        "is_letter": paper_text.is_letter(paper),
        "number": number_text(paper),
        "place_date": place_date_text(paper),
        "address_word": paper_text.address_word(paper),
        "addressees": _many(paper_text.addressee_lines(paper), numbers, "addressee"),
        "bases": _many([inline(base) for base in paper_text.base_lines(paper)], numbers, "base"),
        "blocks": _body(paper, numbers),
        "superior": balanced(paper.letterhead.superior.upper()),
        "issuer": balanced(paper.letterhead.body.upper()),
        "recipients": _recipients(paper.recipients, profile, numbers, "recipient"),
        "annexes": [_annex(annex, index, numbers) for index, annex in enumerate(paper.annexes)],
        "copied": _copy(paper.copy, profile, numbers) if paper.copy else None,
    }


def _single_lines(numbers: _Numbers) -> dict[str, int | None]:
    """Return the numbers of the lines that a paper has once, by name."""
    names = (
        "superior", "body", "number", "place_date", "kind", "subject", "urgency", "circulation", "draft_label",
        "recipients_title", "second_authority", "second_position", "second_name", "authority", "position", "name",
    )  # fmt: skip
    return {name: numbers(name) for name in names}


def _many(texts: list, numbers: _Numbers, role: str) -> list[Line]:
    return [Line("", text, number=numbers(role, index)) for index, text in enumerate(texts)]


def _recipients(recipients: tuple[Recipient, ...], profile: Profile, numbers: _Numbers, role: str) -> list[Line]:
    lines = paper_text.list_of_recipients(recipients, profile)
    return _many([with_note(*_split_note(line)) for line in lines], numbers, role)


def _split_note(line: str) -> tuple[str, str]:
    name, bracket, note = line.rpartition(" (")
    return (name, f"({note}") if bracket else (line, "")


def _copy(copy: Copy, profile: Profile, numbers: _Numbers) -> dict:
    names = ("superior", "body", "number", "place_date", "kind", "authority", "position", "name")
    return {
        "kind": copy.kind.label.upper(),
        "superior": balanced(copy.letterhead.superior.upper()),
        "issuer": balanced(copy.letterhead.body.upper()),
        "number": paper_text.number_line_text(copy.number_line),
        "place_date": paper_text.place_date_line(copy.place_date),
        "recipients": _recipients(copy.recipients, profile, numbers, "copy_recipient"),
        "signature": copy.signature,
        "line": {name: numbers(f"copy_{name}") for name in names},
    }


def _body(paper: Paper, numbers: _Numbers) -> list[Line | Grid]:
    closing = [Paragraph(text) for text in paper_text.closing_texts(paper)]
    blocks = [*paper.blocks, *closing]
    places: list[Place] = [("block", index) for index in range(len(paper.blocks))]
    places += [("closing", index) for index in range(len(closing))]
    kept = kept_with_signature(blocks) if paper.signature else set()
    return [
        _block(block, place, numbers, keep=index in kept)
        for index, (block, place) in enumerate(zip(blocks, places, strict=True))
    ]


def _block(block: Block, place: Place, numbers: _Numbers, *, keep: bool = False) -> Line | Grid:
    if isinstance(block, Table):
        return _grid(block, place, numbers)
    kept, number = " kept" if keep else "", numbers(*place)
    if isinstance(block, Heading):
        rest = paper_text.heading_rest(block)
        running = " running" if rest else ""
        return Line(
            f"heading level-{block.level}{running}{kept}",
            inline(rest),
            paper_text.heading_marker(block),
            f"h{block.level + 1}",
            number,
        )
    if isinstance(block, Item):
        depth = "item deeper" if block.mark == "+" else "item"
        return Line(f"{depth}{kept}", inline(f"{block.mark} {block.text}"), number=number)
    return Line(f"{block.align}{kept}", inline(block.text), number=number)


def _grid(table: Table, place: Place, numbers: _Numbers) -> Grid:
    whole = sum(column.width for column in table.columns) or 1
    columns = tuple((max(1, round(100 * column.width / whole)), column.align, column.title) for column in table.columns)
    aligns = [column.align for column in table.columns]
    rows = tuple(
        Row(tuple(zip(aligns, map(inline, row), strict=False)), numbers(*place, "row", index))
        for index, row in enumerate(table.rows)
    )
    total = Row(tuple(zip(aligns, map(inline, table.total), strict=False)), numbers(*place, "total"))
    return Grid(
        columns,
        rows,
        inline(table.title),
        total if table.total else None,
        "wide" if table.landscape else "",
        numbers(*place, "title"),
        numbers(*place, "head"),
        _heads(table.columns),
    )


def _heads(columns: tuple[Column, ...]) -> tuple[tuple[tuple[str, int, int], ...], ...]:
    """Return the heading as rows of (title, columns, rows): two rows when columns stand under a common header."""
    if not any(column.group for column in columns):
        return (tuple((column.title, 1, 1) for column in columns),)
    above, below = [], []
    for group, members in groupby(columns, key=lambda column: column.group):
        titles = [column.title for column in members]
        if group:
            above.append((group, len(titles), 1))
            below.extend((title, 1, 1) for title in titles)
        else:
            above.extend((title, 1, 2) for title in titles)
    return tuple(above), tuple(below)


def _annex(annex: Annex, index: int, numbers: _Numbers) -> dict:
    side = "wide" if annex.landscape else "tall"
    return {
        # Neighbouring annexes take different page names, or their pages would count on.
        "page": f"annex-{side}-{'b' if index % 2 else 'a'}",
        "label": paper_text.annex_label(annex),
        "title": annex.title,
        "subject": last_words_together(annex.subject) if annex.subject else "",
        "accompanies": annex.accompanies,
        "line": {part: numbers("annex", index, part) for part in ("label", "title", "subject", "accompanies")},
        "blocks": [
            _block(block, ("annex", index, "block", place), numbers) for place, block in enumerate(annex.blocks)
        ],
    }
