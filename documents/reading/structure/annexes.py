"""What stands behind the signature: đề cương with its headings, biểu with their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.reading.facts import AnnexFacts, TableFacts
from documents.reading.source import SourceLine
from documents.reading.structure import blocks, marks, sections, tables, words
from documents.reading.structure.blocks import Block

_TITLE = re.compile(
    r"(?:(?P<outline>ĐỀ CƯƠNG|Đề cương)|(?P<annex>PHỤ LỤC|Phụ lục)(?: số)?(?: ?(?:\d{1,2}|[IVX]{1,4}))?)(?!\w)"
)
_ACCOMPANIES = re.compile(r"\(? ?(?:ban hành )?(?:kèm theo|gửi kèm)", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    titles: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)


def read(lines: Sequence[SourceLine]) -> tuple[AnnexFacts, ...]:
    """Return the annexes in order."""
    drafts: list[_Draft] = []
    waiting = False
    for block in blocks.paragraphs(lines):
        if _opens(block):
            drafts.append(_Draft([block]))
            waiting = True
        elif not drafts:
            drafts.append(_Draft(body=[block]))
        elif waiting and _names(block, drafts[-1]):
            drafts[-1].titles.append(block)
        elif not _ACCOMPANIES.match(block.text) and not words.RULE_LINE.fullmatch(block.text):
            waiting = False
            drafts[-1].body.append(block)
        elif words.RULE_LINE.fullmatch(block.text):
            waiting = False
    return tuple(_facts(draft) for draft in drafts if draft.titles or draft.body)


def _opens(block: Block) -> bool:
    return bool(_TITLE.match(block.text)) and not block.cells and len(block.text) <= 400


def _names(block: Block, draft: _Draft) -> bool:
    """Return whether a line belongs to the title of the annex: before its first heading, table or sentence."""
    if block.cells or marks.read(block.text) or tables.is_title(block.text) or words.bullet(block.text):
        return False
    if _ACCOMPANIES.match(block.text) or words.RULE_LINE.fullmatch(block.text) or block.text.endswith((".", ":", ";")):
        return False
    return len(draft.titles) < 4 and len(block.text) <= 600


def _facts(draft: _Draft) -> AnnexFacts:
    text = [block for block in draft.body if not block.cells]
    outline_blocks = [block for block in text if not tables.is_title(block.text)]
    _, roots = sections.tree(outline_blocks)
    title = " ".join(block.text for block in draft.titles).strip()
    line = (draft.titles or draft.body)[0].line
    found = tuple(_tables(draft.body))
    if not title and found:
        title = found[0].title
    return AnnexFacts(title, sections.outline(roots), found, line)


def _tables(body: Sequence[Block]):
    """Yield each table with the line above it that names it."""
    place = 0
    title: Block | None = None
    rows: list[Block] = []
    for place, block in enumerate([*body, None]):
        if block is not None and block.cells:
            rows.append(block)
            continue
        if rows:
            names, _ = tables.columns(rows)
            yield TableFacts(title.text.rstrip(" .:") if title else "", names, (title or rows[0]).line)
            rows, title = [], None
        if block is not None:
            following = body[place + 1] if place + 1 < len(body) else None
            if (
                tables.is_title(block.text)
                or following is not None
                and following.cells
                and title is None
                and len(block.text) <= 250
                and (block.all_bold or words.is_upper(block.text))
            ):
                title = block
