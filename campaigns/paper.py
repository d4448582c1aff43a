"""The paper a plan prints: built from its rows, the same for the bản trình ký, the issued paper and the preview."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from campaigns.annex_paper import plan_annexes
from campaigns.choices import ConferenceLevel, PlanState
from campaigns.models import Plan
from campaigns.plan_content import CONFERENCES, DUTIES, ConferenceText, DutyText, PlanContent, SectionText
from campaigns.selectors.plans import plan_content
from documents import dates
from documents.choices import PaperKind
from documents.content import (
    Block,
    Heading,
    Item,
    Letterhead,
    NumberLine,
    Paper,
    Paragraph,
    PlaceDate,
    Recipient,
    Signature,
)
from documents.profiles import profile_for
from units.models import Signer, WardSettings

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_DAY_WORDS = re.compile(r"\d{1,2}(?:/\d{1,2})?/\d{4}")
_TENTATIVE_NOTE = " (có văn bản triệu tập riêng)"


def plan_paper(
    plan: Plan,
    *,
    number: int | None = None,
    dated_on: dt.date | None = None,
    draft: bool = False,
    content: PlanContent | None = None,
) -> Paper:
    """Return what `plan` prints.

    Args:
        plan: with its rows; an issued plan must be read from its frozen paper instead.
        content: what is being typed, to see it printed before it is saved; None reads the rows.
        number: the number in the book of kế hoạch; None leaves the blank of a bản trình ký.
        dated_on: the day of signature; None leaves the day blank.
        draft: print "DỰ THẢO" across the pages.
    """
    content = content or plan_content(plan)
    settings = WardSettings.objects.get(ward=plan.ward)
    expected = timezone.localdate(plan.approved_at or plan.edited_at)
    signer = plan.signer if content.signer_id == plan.signer_id else Signer.objects.filter(pk=content.signer_id).first()
    return Paper(
        kind=PaperKind.PLAN,
        letterhead=Letterhead(settings.superior_heading, settings.committee_heading),
        number_line=NumberLine(f"{PaperKind.PLAN.sign}/{settings.sign_code}", number),
        place_date=PlaceDate(settings.place_name, day=dated_on, expected=None if dated_on else expected),
        subject=_lower_first(content.subject.strip().rstrip(".")),
        blocks=tuple(plan_blocks(content)),
        closing=content.closing.strip(),
        recipients=tuple(Recipient(one.name, one.note) for one in content.recipients),
        annexes=plan_annexes(content, accompanies=_accompanies(settings, content, number=number, dated_on=dated_on)),
        signature=Signature(signer.authority, signer.position, signer.name) if signer else Signature("", "", ""),
        draft=draft,
        draft_label="Dự thảo" if draft and plan.state in PlanState.EDITABLE else "",
        profile=profile_for(dated_on or expected).name,
    )


def plan_blocks(content: PlanContent) -> Iterator[Block]:
    """Yield the opening and the numbered sections; a great heading with nothing under it is left out."""
    yield from text_blocks(content.opening)
    number = 0
    for top in _tree(content.sections):
        body = list(_under(top, content, prefix=""))
        if body:
            number += 1
            yield Heading(1, f"{_roman(number)}.", top.text.title.upper())
            yield from body


def text_blocks(text: str) -> Iterator[Block]:
    """Yield paragraphs (one a line) and items (lines that begin with "- " or, a step deeper, "+ ")."""
    for line in text.splitlines():
        line = line.strip()
        if line[:2] in {"- ", "+ "}:
            yield Item(line[2:].strip(), line[0])
        elif line:
            yield Paragraph(line)


def duty_sentence(duty: DutyText) -> str:
    """Return the clause with its deadline: a phrase with a capital is a sentence of its own, another one joins the last."""
    text, phrase = duty.text.strip(), duty.deadline_phrase.strip().rstrip(".")
    if not phrase:
        return text if text.endswith((".", ":", ";")) else f"{text}."
    phrase = _DAY_WORDS.sub(lambda match: f"**{match[0]}**", phrase)
    if phrase[0].isupper():
        return f"{text.rstrip('.;')}. {phrase}."
    return f"{text.rstrip('.;')} {phrase}."


@dataclass
class _Node:
    """A heading with those below it."""

    text: SectionText
    children: list["_Node"]


def _under(node: _Node, content: PlanContent, *, prefix: str) -> Iterator[Block]:
    """Yield what stands below a heading: its text, what its slot prints, then the smaller headings, counted on."""
    if node.text.title or prefix == "":
        yield from text_blocks(node.text.body)
    count = 0
    for parts in (_slot_parts(node.text.slot, content), _children_parts(node, content, prefix)):
        for title, text, blocks in parts:
            count += 1
            marker = f"{prefix}{count}."
            yield Heading(3 if prefix else 2, marker, title, text)
            yield from blocks


Part = tuple[str, str, list[Block]]  # title, running text on the line of the number, what follows


def _children_parts(node: _Node, content: PlanContent, prefix: str) -> Iterator[Part]:
    for number, child in enumerate((one for one in node.children if one.text.title or one.text.body or one.children), 1):
        offset = _slot_size(node.text.slot, content)
        blocks = list(_under(child, content, prefix=f"{prefix}{number + offset}."))
        if child.text.title:
            yield child.text.title, "", blocks
        else:
            first, *rest = child.text.body.splitlines() or [""]
            yield "", first.strip(), [*text_blocks("\n".join(rest)), *blocks]


def _slot_parts(slot: str, content: PlanContent) -> Iterator[Part]:
    if slot == CONFERENCES:
        for one in content.conferences:
            yield ConferenceLevel(one.level).label, "", [Item(line) for line in _conference_lines(one)]
    if slot == DUTIES:
        # A single clause is a paragraph, since a lone "-" is a fault.
        for lead, clauses in groupby(content.duties, key=lambda duty: duty.lead_text):
            sentences = [duty_sentence(duty) for duty in clauses]
            yield lead, "", [Item(text) if len(sentences) > 1 else Paragraph(text) for text in sentences]


def _slot_size(slot: str, content: PlanContent) -> int:
    return sum(1 for _ in _slot_parts(slot, content))


def _conference_lines(one: ConferenceText) -> Iterator[str]:
    ward = one.level == ConferenceLevel.WARD
    time = _DAY_WORDS.sub(lambda match: f"**{match[0]}**", one.time_phrase.strip().rstrip("."))
    if time:
        yield f"Thời gian: {_lower_first(time)}{_TENTATIVE_NOTE if ward and one.tentative else ''}."
    for label, text in (
        ("Hình thức", one.form),
        ("Địa điểm", one.place),
        ("Thành phần" if ward else "Đối tượng", one.participants),
        ("Báo cáo viên", one.speaker),
    ):
        if text.strip():
            yield f"{label}: {' '.join(text.split()).rstrip('.')}."


def _tree(sections: tuple[SectionText, ...]) -> list[_Node]:
    tops: list[_Node] = []
    path: list[_Node] = []
    for section in sections:
        node = _Node(section, [])
        del path[section.level - 1 :]
        (path[-1].children if path else tops).append(node)
        path.append(node)
    return tops


def _roman(number: int) -> str:
    return _ROMAN[number - 1] if number <= len(_ROMAN) else str(number)


def _accompanies(settings, content: PlanContent, *, number: int | None, dated_on: dt.date | None) -> str:
    """Return the line that ties an annex to its plan; number and day are blanks before the signature."""
    of = f"Kế hoạch số {f'{number:02d}' if number else '     '}-{PaperKind.PLAN.sign}/{settings.sign_code}"
    day = f"ngày {dates.short(dated_on)}" if dated_on else "ngày     /    /     "
    return f"kèm theo {of}, {day} của {content.issuer}"


def _lower_first(text: str) -> str:
    """Lower the first letter of a phrase unless its first word is all capitals (HĐND, UBND)."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
