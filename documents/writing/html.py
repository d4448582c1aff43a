"""A paper as an HTML page: the preview in the browser and what the PDF is made from.

The page holds no style of its own; ``static/css/paper.css`` carries every
measure of the format rules. Text reaches the page only through Django's escaping.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from documents import dates
from documents.choices import PaperKind
from documents.content import Annex, Block, Heading, Item, Paper, Paragraph, Table
from documents.profiles import Profile, profile_named
from documents.writing.inline import balanced, inline, last_words_together, with_note

# About this many characters fill a line of 165 mm at 14 pt.
_LINE = 85
STYLESHEET = "css/paper.css"


@dataclass(frozen=True, slots=True)
class Line:
    """A block of text ready for the template: its paragraph class and its safe HTML."""

    classes: str
    html: SafeString
    marker: str = ""
    tag: str = "p"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready for the template."""

    columns: tuple[tuple[int, str, str], ...]
    rows: tuple[tuple[tuple[str, SafeString], ...], ...]
    title: SafeString | str
    total: tuple[tuple[str, SafeString], ...]
    classes: str


def render(paper: Paper, *, stylesheet: str = "") -> str:
    """Return the paper as a full HTML page.

    Args:
        paper: what to print.
        stylesheet: address of paper.css for a browser; empty for the PDF, which brings its own.
    """
    return render_to_string("documents/paper.html", {"stylesheet": stylesheet, **page_context(paper)})


def page_context(paper: Paper) -> dict:
    """Return what the templates in ``templates/documents`` need, also for a fragment of a page."""
    profile = profile_named(paper.profile)
    return {
        "paper": paper,
        "title": document_title(paper),
        "created": paper.place_date.day,
        "kind_title": kind_title(paper.kind),
        "subject": last_words_together(paper.subject),
        "is_letter": paper.kind == PaperKind.LETTER,
        "number": number_text(paper),
        "place_date": place_date_text(paper),
        "address_word": profile.address_words.get(paper.kind.value, "Kính gửi"),
        "addressees": _ended(paper.addressees, ";", "."),
        "bases": [inline(f"- {base}") for base in _ended(paper.bases, ";", ",")],
        "blocks": _body(paper),
        "superior": balanced(paper.letterhead.superior.upper()),
        "issuer": balanced(paper.letterhead.body.upper()),
        "recipients": [with_note(*_split_note(line)) for line in recipient_lines(paper, profile)],
        "annexes": [_annex(annex, index) for index, annex in enumerate(paper.annexes)],
    }


def document_title(paper: Paper) -> str:
    """Return the name of the paper for a title bar: kind, number when known, subject."""
    line = paper.number_line
    number = f" số {line.number:02d}-{line.sign}" if line and line.number is not None else ""
    return f"{paper.kind.label}{number} {paper.subject}".strip()


def kind_title(kind: PaperKind) -> str:
    """Return the line in capitals above the subject; a công văn has none."""
    return "" if kind == PaperKind.LETTER else kind.label.upper()


def number_text(paper: Paper) -> str:
    """Return "Số 12-KH/ĐU", with six spaces for a number not given yet or on a draft, or ""."""
    line = paper.number_line
    if line is None:
        return ""
    blank = line.number is None or paper.draft
    return f"Số {' ' * 5 if blank else f'{line.number:02d}'}-{line.sign}"


def place_date_text(paper: Paper) -> str:
    """Return "Nông Tiến, ngày 05 tháng 5 năm 2026", the day blank before signature."""
    day = paper.place_date.day
    text = dates.long(day) if day else dates.long_blank(paper.place_date.expected)
    return f"{paper.place_date.place}, {text}"


def recipient_lines(paper: Paper, profile: Profile) -> list[str]:
    """Return the lines of Nơi nhận with dash, purpose and the end mark of the profile."""
    lines = [f"{one.name} ({one.note})" if one.note else one.name for one in paper.recipients]
    return [f"- {line}" for line in _ended(lines, profile.separator, profile.last_separator)]


def _split_note(line: str) -> tuple[str, str]:
    name, bracket, note = line.rpartition(" (")
    return (name, f"({note}") if bracket else (line, "")


def _ended(lines, between: str, last: str) -> list[str]:
    marks = [between] * (len(lines) - 1) + [last]
    return [line.rstrip(" .,;") + mark for line, mark in zip(lines, marks, strict=False)]


def _body(paper: Paper) -> list[Line | Grid]:
    blocks = list(paper.blocks)
    blocks += [Paragraph(text) for text in paper.closing.split("\n") if text.strip()]
    return _blocks(blocks, keep_last=paper.signature is not None)


def _blocks(blocks, *, keep_last: bool = False) -> list[Line | Grid]:
    kept = _kept_with_signature(blocks) if keep_last else set()
    return [_block(block, keep=index in kept) for index, block in enumerate(blocks)]


def _kept_with_signature(blocks) -> set[int]:
    """Return the last blocks that must share a page with the signature: two lines at least."""
    kept, lines = set(), 0
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if lines >= 2 or isinstance(block, Table):
            break
        kept.add(index)
        lines += 1 if isinstance(block, Heading) else -(-len(block.text) // _LINE)
    return kept


def _block(block: Block, *, keep: bool) -> Line | Grid:
    if isinstance(block, Table):
        return _grid(block)
    kept = " kept" if keep else ""
    if isinstance(block, Heading):
        title = block.title.upper() if block.level == 1 else block.title
        rest = block.text if block.text[:1] in ":;.,(" else f" {block.text}" if block.text else ""
        running = " running" if rest else ""
        return Line(
            f"heading level-{block.level}{running}{kept}",
            inline(rest),
            f"{block.marker} {title}",
            f"h{block.level + 1}",
        )
    if isinstance(block, Item):
        depth = "item deeper" if block.mark == "+" else "item"
        return Line(f"{depth}{kept}", inline(f"{block.mark} {block.text}"))
    return Line(f"{block.align}{kept}", inline(block.text))


def _grid(table: Table) -> Grid:
    whole = sum(column.width for column in table.columns) or 1
    columns = tuple((max(1, round(100 * column.width / whole)), column.align, column.title) for column in table.columns)
    aligns = [column.align for column in table.columns]
    cells = tuple(tuple(zip(aligns, map(inline, row), strict=False)) for row in table.rows)
    total = tuple(zip(aligns, map(inline, table.total), strict=False))
    return Grid(columns, cells, inline(table.title), total, "wide" if table.landscape else "")


def _annex(annex: Annex, index: int) -> dict:
    side = "wide" if annex.landscape else "tall"
    return {
        # Neighbouring annexes take different page names, or their pages would count on.
        "page": f"annex-{side}-{'b' if index % 2 else 'a'}",
        "label": f"{annex.label} {annex.number}" if annex.number else annex.label,
        "title": annex.title,
        "subject": last_words_together(annex.subject) if annex.subject else "",
        "accompanies": annex.accompanies,
        "blocks": _blocks(annex.blocks),
    }
