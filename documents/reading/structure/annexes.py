"""What stands behind the signature: đề cương with its headings, biểu with their columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.reading.facts import AnnexFacts, TableFacts
from documents.reading.source import SourceLine
from documents.reading.structure import blocks, marks, sections, tables, words
from documents.reading.structure.blocks import Block

_TITLE = re.compile(
    r"(?:ĐỀ CƯƠNG|Đề cương|(?:PHỤ LỤC|Phụ lục)(?: số)?(?: ?(?:\d{1,2}|[IVX]{1,4}))?|(?:MẪU|Mẫu)(?: số)? ?\d{1,2})(?!\w)"
)
_LABEL_LIMIT = 14  # "Biểu số 12." has its name on the next line
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
        if _opens(block) and not (waiting and _is_bare(drafts[-1])):
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
    if block.cells or len(block.text) > 400 or block.text.endswith((".", ";", ":")):
        return False
    return bool(_TITLE.match(block.text))


def _is_bare(draft: _Draft) -> bool:
    """Return whether all that stands so far is "PHỤ LỤC", the name being on the next line."""
    return not draft.body and len(draft.titles) == 1 and len(draft.titles[0].text) <= _LABEL_LIMIT


def _names(block: Block, draft: _Draft) -> bool:
    """Return whether a line belongs to the title of the annex: before its first heading, table or sentence."""
    if block.cells or marks.read(block.text) or tables.is_title(block.text) or words.bullet(block.text):
        return False
    if _ACCOMPANIES.match(block.text) or words.RULE_LINE.fullmatch(block.text) or block.text.endswith((".", ":", ";")):
        return False
    return len(draft.titles) < 4 and len(block.text) <= 600


def _facts(draft: _Draft) -> AnnexFacts:
    text = [block for block in draft.body if not block.cells]
    outline_blocks = [
        block for place, block in enumerate(text) if not _of_table(block, text[place - 1] if place else None)
    ]
    _, roots = sections.tree(outline_blocks, outlined=True)
    title = " ".join(block.text for block in draft.titles).strip()
    line = (draft.titles or draft.body)[0].line
    found = tuple(_tables(draft.body))
    if not title and found:
        title = found[0].title
    return AnnexFacts(title, sections.outline(roots), found, line)


def _of_table(block: Block, before: Block | None) -> bool:
    """Return whether a line names a table, alone or below "Biểu 1"."""
    if tables.is_title(block.text):
        return True
    return before is not None and tables.is_title(before.text) and len(before.text) <= _LABEL_LIMIT


def _tables(body: Sequence[Block]) -> Iterator[TableFacts]:
    """Yield each table with the line above it that names it."""
    title: list[Block] = []
    rows: list[Block] = []
    for place, block in enumerate(body):
        if block.cells:
            rows.append(block)
        if rows and (not block.cells or place + 1 == len(body)):
            names, _ = tables.columns(rows)
            yield TableFacts(" ".join(one.text for one in title).rstrip(" .:"), names, (title or rows)[0].line)
            rows, title = [], []
        if block.cells:
            continue
        if tables.is_title(block.text):
            title = [block]
        elif title and len(title) == 1 and len(title[0].text) <= _LABEL_LIMIT and not _ACCOMPANIES.match(block.text):
            title.append(block)
        elif not title and _names_table(block, body[place + 1] if place + 1 < len(body) else None):
            title = [block]


def _names_table(block: Block, following: Block | None) -> bool:
    """Return whether a bold or capital line right above a table names it."""
    if following is None or not following.cells or len(block.text) > 250:
        return False
    return block.all_bold or words.is_upper(block.text)
