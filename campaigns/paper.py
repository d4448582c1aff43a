"""The paper a plan prints: built from its rows, the same for the bản trình ký, the issued paper and the preview."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from campaigns.choices import ConferenceLevel, PlanState
from campaigns.models import Plan
from campaigns.plan_content import CONFERENCES, DUTIES, ConferenceText, DutyText, PlanContent, SectionText
from campaigns.selectors.plans import plan_content
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
from units.models import WardSettings

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_DAY_WORDS = re.compile(r"\d{1,2}(?:/\d{1,2})?/\d{4}")
_TENTATIVE_NOTE = " (có văn bản triệu tập riêng)"


def plan_paper(plan: Plan, *, number: int | None = None, dated_on: dt.date | None = None, draft: bool = False) -> Paper:
    """Return what `plan` prints.

    Args:
        plan: with its rows; an issued plan must be read from its frozen paper instead.
        number: the number in the book of kế hoạch; None leaves the blank of a bản trình ký.
        dated_on: the day of signature; None leaves the day blank.
        draft: print "DỰ THẢO" across the pages.
    """
    content = plan_content(plan)
    settings = WardSettings.objects.get(ward=plan.ward)
    expected = timezone.localdate(plan.approved_at or plan.edited_at)
    signer = plan.signer
    return Paper(
        kind=PaperKind.PLAN,
        letterhead=Letterhead(settings.superior_heading, settings.committee_heading),
        number_line=NumberLine(f"{PaperKind.PLAN.sign}/{settings.sign_code}", number),
        place_date=PlaceDate(settings.place_name, day=dated_on, expected=None if dated_on else expected),
        subject=_lower_first(content.subject.strip().rstrip(".")),
        blocks=tuple(plan_blocks(content)),
        closing=content.closing.strip(),
        recipients=tuple(Recipient(one.name, one.note) for one in content.recipients),
        signature=Signature(signer.authority, signer.position, signer.name) if signer else Signature("", "", ""),
        draft=draft,
        draft_label="Dự thảo" if draft and plan.state in PlanState.EDITABLE else "",
        profile=profile_for(dated_on or expected).name,
    )


def plan_blocks(content: PlanContent) -> Iterator[Block]:
    """Yield the opening and the numbered sections; a heading with nothing under it is left out."""
    yield from text_blocks(content.opening)
    number = 0
    for top, children in _tree(content.sections):
        body = list(_section_blocks(top, children, content))
        if body:
            number += 1
            yield Heading(1, f"{_roman(number)}.", top.title.upper())
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


def _section_blocks(top: SectionText, children: list[SectionText], content: PlanContent) -> Iterator[Block]:
    yield from text_blocks(top.body)
    if top.slot == CONFERENCES:
        yield from _conference_blocks(content.conferences)
    if top.slot == DUTIES:
        yield from _duty_blocks(content.duties)
    for number, child in enumerate((child for child in children if child.title or child.body), start=1):
        yield Heading(2, f"{number}.", child.title)
        yield from text_blocks(child.body)


def _conference_blocks(conferences: tuple[ConferenceText, ...]) -> Iterator[Block]:
    for number, one in enumerate(conferences, start=1):
        yield Heading(2, f"{number}.", ConferenceLevel(one.level).label)
        yield from (Item(line) for line in _conference_lines(one))


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


def _duty_blocks(duties: tuple[DutyText, ...]) -> Iterator[Block]:
    """One heading for each body with consecutive clauses; a single clause is a paragraph, since a lone "-" is a fault."""
    groups = groupby(duties, key=lambda duty: duty.lead_text)
    for number, (lead, clauses) in enumerate(groups, start=1):
        sentences = [duty_sentence(duty) for duty in clauses]
        yield Heading(2, f"{number}.", lead)
        for sentence in sentences:
            yield Item(sentence) if len(sentences) > 1 else Paragraph(sentence)


def _tree(sections: tuple[SectionText, ...]) -> Iterator[tuple[SectionText, list[SectionText]]]:
    tops: list[tuple[SectionText, list[SectionText]]] = []
    for section in sections:
        if section.level == 1 or not tops:
            tops.append((section, []))
        else:
            tops[-1][1].append(section)
    yield from tops


def _roman(number: int) -> str:
    return _ROMAN[number - 1] if number <= len(_ROMAN) else str(number)


def _lower_first(text: str) -> str:
    """Lower the first letter of a phrase unless its first word is all capitals (HĐND, UBND)."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
