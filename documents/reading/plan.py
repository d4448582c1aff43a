"""A plan read from its lines: every fact that the paper states, nothing that it does not."""

import re
from dataclasses import dataclass
from datetime import date

from documents import citations
from documents.reading.facts import PlanFacts
from documents.reading.source import Source, SourceLine
from documents.reading.structure import (
    annexes,
    blocks,
    bodies,
    cited,
    conferences,
    duties,
    ending,
    head,
    marks,
    sections,
    words,
)
from documents.reading.structure.blocks import Block
from documents.reading.structure.sections import Node

_REVIEW = re.compile(r"sơ kết|tổng kết", re.IGNORECASE)
_STUDY = re.compile(r"học tập|quán triệt|tuyên truyền|phổ biến|nghiên cứu", re.IGNORECASE)
_DISTRICT_SIGN = re.compile(r"(?:HU|ThU|TxU|QU|TU|ĐUK)$")


@dataclass(frozen=True, slots=True)
class Parts:
    """The zones of a paper: its head, the opening paragraphs, the tree of headings, the ending."""

    head: head.Head
    title: Block | None
    opening: tuple[Block, ...]
    body: tuple[Block, ...]
    roots: tuple[Node, ...]
    ending: ending.Ending


def read_plan(source: Source, *, today: date) -> PlanFacts:
    """Return what the plan says; never raises.

    Args:
        source: its lines.
        today: gives the year to a day without one when the paper itself has no date.
    """
    parts = take_apart(source)
    top = parts.head
    day = _reference(parts, today)
    district = bool(_DISTRICT_SIGN.search(top.sign))
    issuer = head.issuer(parts.opening)
    district = district or bool(re.search(r"Huyện ủy|Thị ủy|Tỉnh ủy|Thành ủy|Quận ủy", issuer))
    annex_facts = annexes.read(parts.ending.annexes)
    own = citations.key(f"{top.number}-{top.sign}") if top.number and top.sign else ""
    behind = blocks.paragraphs(parts.ending.annexes)
    return PlanFacts(
        kind=top.kind,
        plan_type=plan_type(top.subject),
        number=top.number,
        sign=top.sign,
        place=top.place,
        issued_on=top.issued_on,
        subject=top.subject,
        issuer=issuer,
        directives=cited.read(parts.title, parts.opening, [*parts.body, *behind], own, _studied(parts)),
        sections=sections.facts(parts.roots),
        conferences=conferences.read(parts.roots, day, district=district),
        duties=duties.read(parts.roots, day, behind, review=plan_type(top.subject) == "review"),
        recipients=parts.ending.recipients,
        signature=parts.ending.signature,
        annexes=annex_facts,
    )


def take_apart(source: Source) -> Parts:
    """Return the zones of a paper."""
    lines = source.lines
    top = head.read(lines)
    stop = ending.start(lines, top.end)
    body = blocks.paragraphs(lines[top.end : stop])
    opening, roots = sections.tree(_without_closing(body))
    return Parts(
        top,
        _title(top.subject_lines, top.subject),
        tuple(opening),
        tuple(body),
        tuple(roots),
        ending.read(lines[stop:]),
    )


def _studied(parts: Parts) -> range:
    """Return the lines of the section "Nội dung (học tập)"."""
    for place, root in enumerate(parts.roots):
        if re.match(r"NỘI DUNG|Nội dung", root.title):
            following = parts.roots[place + 1].line if place + 1 < len(parts.roots) else 1 << 30
            return range(root.line, following)
    return range(0)


def plan_type(subject: str) -> str:
    """Return "review", "study" or "implementation", by what the subject says before it names a document."""
    named = re.search(rf"(?<!\w)(?:{words.KIND_WORDS}|Luật|Nghị định)(?!\w)", subject)
    own = subject[: named.start()] if named and named.start() > 3 else subject
    if _REVIEW.search(own):
        return "review"
    return "study" if _STUDY.search(own) else "implementation"


def _without_closing(body: list[Block]) -> list[Block]:
    """Return the paragraphs up to the closing sentences."""
    end = len(body)
    while (
        end > 1
        and not body[end - 1].cells
        and not marks.opens(body[end - 1].text)
        and (duties.is_closing(body[end - 1].text) or _closes_all(body, end - 1))
    ):
        end -= 1
    return [block for block in body[:end] if not block.text.startswith("Trên đây là")]


def _closes_all(body: list[Block], place: int) -> bool:
    """Return whether a paragraph closes the plan for all bodies; right below the name of one it is its duty."""
    before = body[place - 1].text
    mark = marks.read(before)
    named = mark is not None and bodies.is_body(before[mark.end :].rstrip(" :.;"))
    return not named and duties.closes_all(body[place].text)


def _title(lines: tuple[SourceLine, ...], subject: str) -> Block | None:
    """Return the trích yếu as one block that knows its lines."""
    if not lines:
        return None
    starts, length, offset = [], 0, 0
    for line in lines:
        starts.append((length, line.number))
        length += len(line.text) + 1
    offset = len(" ".join(line.text for line in lines)) - len(subject)
    return Block(subject, lines[0].number, tuple((max(start - offset, 0), number) for start, number in starts))


def _reference(parts: Parts, today: date) -> date:
    """Return the day from which days without a year are counted: the plan's own, else the latest it cites."""
    if parts.head.issued_on:
        return parts.head.issued_on
    texts = [*([parts.title] if parts.title else []), *parts.opening]
    known = [one.date for block in texts for one in citations.parse(block.text) if one.date]
    return max(known) if known else today
