"""The tree of headings of a paper, with what stands under each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from documents.reading.facts import OutlineHeading, SectionFacts
from documents.reading.structure import marks, words
from documents.reading.structure.blocks import Block

_RANKS = {
    marks.PART: 0,
    marks.ALPHA: 0.5,
    marks.ROMAN: 1,
    marks.ARABIC: 2,
    marks.DOTTED: 3,
    marks.LETTER: 5,
    marks.PLAIN: 2,
}
_TITLE_LIMIT = 220
_NOTE = re.compile(r"(?P<title>[^:;.]{3,150}?) (?P<note>\((?:theo|có|kèm|gửi) [^()]*\)\.?)$", re.IGNORECASE)
_LABEL_LINE = re.compile(
    r"(?:Thời gian|Địa điểm|Thành phần|Đối tượng|Báo cáo viên|Người truyền đạt|Đại biểu|Hình thức|Nội dung|Chủ trì)[^:]{0,60}:"
)
_ENDS = (".", ";", ",", "?", "!")


@dataclass(slots=True)
class Node:
    """A heading while the tree grows.

    Attributes:
        marker, title, line: as in :class:`SectionFacts`; ``tail`` is the text behind a title on its line.
        style: of the marker, see ``marks``.
        body: the paragraphs and table rows below it, in order.
        children: the headings below it.
        whole: the title is the whole line, a sentence rather than a name.
        full: the line as it stands, without its marker.
    """

    marker: str
    title: str
    line: int
    style: str
    rank: float
    tail: str = ""
    whole: bool = False
    full: str = ""
    body: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterable["Node"]:
        """Yield the heading and all below it in the order of the paper."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(blocks: Sequence[Block], *, outlined: bool = False) -> tuple[list[Block], list[Node]]:
    """Return what stands before the first heading, and the headings.

    Args:
        blocks: the paragraphs in order.
        outlined: they are a đề cương, which is headings throughout, so that "a) ..." needs no text below it.
    """
    before: list[Block] = []
    roots: list[Node] = []
    stack: list[Node] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if stack and _takes_title(stack[-1], block):
            stack[-1].title = _bare(block.text)
            continue
        node = heading(block, following, stack, outlined=outlined)
        if node is None:
            if not words.RULE_LINE.fullmatch(block.text):
                (stack[-1].body if stack else before).append(block)
            continue
        while stack and stack[-1].rank >= node.rank:
            stack.pop()
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    return before, roots


def _takes_title(node: Node, block: Block) -> bool:
    """Return whether ``block`` is the title of "Phần thứ nhất", printed on the next line."""
    if node.title or node.body or node.children or block.cells or marks.read(block.text):
        return False
    return len(block.text) <= _TITLE_LIMIT and not words.RULE_LINE.fullmatch(block.text)


def heading(block: Block, following: Block | None, stack: Sequence[Node], *, outlined: bool = False) -> Node | None:
    """Return the heading that ``block`` is, None for running text and rows."""
    if block.cells or words.RULE_LINE.fullmatch(block.text):
        return None
    mark = marks.read(block.text)
    if mark is None:
        return _unmarked(block, stack)
    if mark.style == marks.LETTER and _LABEL_LINE.match(block.text, mark.end):
        return None
    listed = any(node.style == marks.LETTER for node in stack) or outlined and _is_short(block.text)
    if mark.style == marks.LETTER and not listed and not _letter_heads(block, mark, following):
        return None
    rank = _rank(mark, stack)
    title, tail, whole = _split(block, mark.end)
    return Node(mark.marker, title, block.line, mark.style, rank, tail, whole, block.text[mark.end :].strip())


def _rank(mark: marks.Mark, stack: Sequence[Node]) -> float:
    rank: float = _RANKS[mark.style]
    if mark.style == marks.DOTTED:
        rank += 0.1 * mark.marker.count(".")
    if mark.style == marks.ARABIC and stack:
        # "1." below "1.1." or "a)" of another kind stays below it only when it starts anew.
        top = stack[-1]
        if top.style == marks.LETTER and mark.marker.lstrip("0") == "1" and top.rank > rank:
            return top.rank + 1
        if top.rank > _RANKS[marks.LETTER] and top.style == marks.ARABIC and _follows(top.marker, mark.marker):
            return top.rank
    return rank


def _follows(before: str, marker: str) -> bool:
    return int(marker) == int(before) + 1


def _unmarked(block: Block, stack: Sequence[Node]) -> Node | None:
    """Return the heading of a bold, styled or capital line without a number."""
    text = block.text
    if words.bullet(text) or text.startswith("(") or len(text) > _TITLE_LIMIT or text.endswith(_ENDS):
        return None
    if _LABEL_LINE.match(text) and not words.is_upper(text):
        return None
    upper = words.is_upper(text) and len(text) > 5
    if not upper and not block.heading and not (block.bold and block.all_bold):
        return None
    if not stack and not upper:
        return None
    marked = next((node for node in reversed(stack) if node.style != marks.PLAIN), None)
    rank = _RANKS[marks.ROMAN] if upper else _RANKS[marks.PLAIN]
    if not upper and marked is not None and marked.style in (marks.ARABIC, marks.DOTTED):
        rank = marked.rank + 0.5
    return Node("", _bare(text), block.line, marks.PLAIN, rank, full=text)


def _is_short(text: str) -> bool:
    """Return whether a line is a name rather than a sentence or an item of a list."""
    return len(text) <= 160 and not text.endswith(_ENDS)


def _letter_heads(block: Block, mark: marks.Mark, following: Block | None) -> bool:
    """Return whether "a) ..." is a heading with text of its own below it, and no item of a list."""
    text = block.text
    if block.bold > mark.end + 1 or block.heading:
        return True
    if text.endswith((".", ";", ",")) or ": " in text or len(text) > 160 or following is None:
        return False
    after = marks.read(following.text)
    return text.endswith(":") or after is None or after.style not in (marks.LETTER, marks.ROMAN, marks.ARABIC)


def _split(block: Block, start: int) -> tuple[str, str, bool]:
    """Return title, the text behind it, and whether the title is the whole line."""
    text = block.text
    end = _bold_end(block, start)
    if end:
        return _bare(text[start:end]), text[end:].lstrip(" :.-–").strip(), False
    colon = _colon(text, start)
    if colon:
        return _bare(text[start:colon]), text[colon + 1 :].strip(), False
    if noted := _NOTE.match(text, start):
        return _bare(noted["title"]), noted["note"], False
    return _bare(text[start:]), "", True


def _bold_end(block: Block, start: int) -> int:
    """Return where a bold title ends before plain text, 0 when there is no such change."""
    if block.bold <= start + 2 or block.bold >= len(block.text.rstrip(" .:;")):
        return 0
    end = block.bold
    rest = block.text[end:]
    head = block.text[start:end].rstrip()
    # Emphasis of some words at the beginning of a sentence makes no title.
    return end if head.endswith((":", ".")) or rest.lstrip()[:1] in ":.(" or rest.lstrip()[:1].isupper() else 0


def _colon(text: str, start: int) -> int:
    """Return where the title before a colon ends, 0 when the line has none."""
    place = text.find(":", start, start + _TITLE_LIMIT)
    if place < 0 or text[place - 1].isdigit() and text[place + 1 : place + 2].isdigit():
        return 0
    head = text[start:place]
    if ". " in head or head.count("(") != head.count(")"):
        return 0
    return place if "; " not in head or words.BODY_START.match(words.toned(head)) else 0


def _bare(text: str) -> str:
    """Return a title without the marks at its ends; a sentence of several clauses keeps its full stop."""
    text = text.strip().rstrip(":").rstrip()
    sentence = len(text) > 100 or len(text.split()) > 9 and ("," in text or ";" in text)
    return text if sentence or text.endswith("...") else text.rstrip(".;,").rstrip()


def facts(nodes: Sequence[Node]) -> tuple[SectionFacts, ...]:
    """Return the tree as facts."""
    return tuple(
        SectionFacts(
            node.marker,
            node.title,
            node.line,
            tuple(([node.tail] if node.tail else []) + [block.text for block in node.body if not block.cells]),
            facts(node.children),
        )
        for node in nodes
    )


def outline(nodes: Sequence[Node]) -> tuple[OutlineHeading, ...]:
    """Return the tree of a đề cương."""
    return tuple(OutlineHeading(node.marker, node.title, node.line, outline(node.children)) for node in nodes)
