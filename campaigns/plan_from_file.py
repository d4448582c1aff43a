"""What was read from the file of a plan, as the content that the editor shows: nothing here touches the database.

What the file says beyond the parts of a plan (a deeper heading, a sentence under a heading that is printed from duties)
stays as text of its section, so that no word of the file is dropped.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaigns.choices import ConferenceLevel, LeadGroup, PlanKind, Product
from campaigns.outline_text import recognised
from campaigns.plan_content import (
    CONFERENCES,
    DUTIES,
    AnnexText,
    ColumnText,
    ConferenceText,
    DutyText,
    FormText,
    OutlineText,
    PlanContent,
    RecipientText,
    SectionText,
)
from documents.reading.facts import AnnexFacts, ConferenceFacts, DutyFacts, OutlineHeading, PlanFacts, SectionFacts
from units.folding import fold

_DUTY_TITLE = re.compile(r"tổ chức thực hiện|phân công|trách nhiệm", re.IGNORECASE)
_CONFERENCE_TITLE = re.compile(r"hội nghị|hình thức|thời gian|phương thức", re.IGNORECASE)
_SAID_BY_FIELDS = re.compile(r"^[-+\s]*(?:Thời gian|Địa điểm|Thành phần|Đối tượng|Báo cáo viên|Dự kiến)\b", re.IGNORECASE)
_REPORTS = re.compile(r"tổng hợp,? (?:và )?báo cáo|gửi báo cáo|báo cáo kết quả|xây dựng báo cáo", re.IGNORECASE)
_STUDIES = re.compile(r"học tập|quán triệt|phổ biến", re.IGNORECASE)
_WRITES = re.compile(r"(?:xây dựng|tham mưu|dự thảo|ban hành)[^.]{0,120}(?:kế hoạch|báo cáo|văn bản)|báo cáo kết quả", re.IGNORECASE)
_ALL_UNITS = re.compile(r"cac (?:to chuc dang|chi bo|dang bo|cap uy)|chi bo.{0,40}truc thuoc|cac chi, dang bo")
_SHORT_FORMS = (
    (r"\bUBND\b", "Ủy ban nhân dân"), (r"\bHĐND\b", "Hội đồng nhân dân"), (r"\b(?:UB ?)?MTTQ\b", "Ủy ban Mặt trận Tổ quốc"),
    (r"\bCT ?- ?XH\b", "chính trị - xã hội"), (r"\bBCH\b", "Ban Chấp hành"), (r"\bBXDĐ\b", "Ban Xây dựng Đảng"), (r"\bVP\b", "Văn phòng"),
)  # fmt: skip
_ANNEX_NAME = re.compile(r"(?:ĐỀ CƯƠNG|PHỤ LỤC(?: [0-9IVX]+)?|DANH MỤC|BIỂU MẪU)(?= |$)", re.IGNORECASE)
_ALIKE = 0.84
_MOST = {"sections": 60, "duties": 60, "recipients": 80}


@dataclass(frozen=True)
class NamedUnit:
    """A unit of the ward by its name."""

    pk: int
    name: str


class Units:
    """Finds the unit a paper means, also under a short form or nearly the same name."""

    def __init__(self, units: Iterable[NamedUnit]):
        self._names = [(fold(unit.name), unit.pk) for unit in units]

    def find(self, name: str) -> int | None:
        """Return the unit, or None when no name is near enough: a person then chooses."""
        for short, long in _SHORT_FORMS:
            name = re.sub(short, long, name)
        asked = fold(name)
        scored = [(SequenceMatcher(None, asked, known).ratio(), pk) for known, pk in self._names if asked]
        best = max(scored, default=(0.0, None))
        return best[1] if best[0] >= _ALIKE else None


def content_of(
    facts: PlanFacts, *, opening: str, closing: str, units: Units, signers: dict[str, int], kind: str
) -> PlanContent:
    """Return the content of a plan as its file says it.

    Args:
        facts: what was read.
        opening, closing: the paragraphs before the first heading and before Nơi nhận, a line each.
        units: the bodies and units of the ward.
        signers: folded names of those who sign, with their keys.
        kind: a value of PlanKind; decides what a duty of the units ends with.
    """
    duties = tuple(_duty(one, units, kind) for one in facts.duties)[: _MOST["duties"]]
    return PlanContent(
        subject=facts.subject,
        opening=opening,
        closing=closing,
        issuer=facts.issuer or "Ban Thường vụ Đảng ủy",
        signer_id=signers.get(fold(facts.signature.name)) if facts.signature else None,
        scored=kind == PlanKind.STUDY and "chấm điểm" in _all_text(facts),
        sections=tuple(_sections(facts))[: _MOST["sections"]],
        duties=duties,
        conferences=tuple(_conferences(facts)),
        recipients=tuple(_recipient(one.name, one.note, units) for one in facts.recipients)[: _MOST["recipients"]],
        annexes=annexes_of(facts),
    )


def annexes_of(facts: PlanFacts) -> tuple[AnnexText, ...]:
    """Return the outlines and forms behind the signature."""
    return tuple(_annex(one) for one in facts.annexes)


def is_all_units(name: str) -> bool:
    """Return whether a name stands for all units of the ward: "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"."""
    return _ALL_UNITS.search(fold(name)) is not None


def _duty(duty: DutyFacts, units: Units, kind: str) -> DutyText:
    everyone = is_all_units(duty.assignee)
    deadline = duty.deadline
    phrase = deadline.phrase if deadline else ""
    return DutyText(
        lead_text=duty.assignee[:200],
        text=_without(duty.text, phrase),
        lead_group=(LeadGroup.ALL_UNITS if everyone else LeadGroup.ONE).value,
        lead_id=None if everyone else units.find(duty.assignee),
        product=_product(duty.text, everyone=everyone, kind=kind),
        deadline_phrase=phrase,
        rule=str(deadline.rule) if deadline else "open",
        last_day=deadline.last_day if deadline else None,
        tentative=deadline.tentative if deadline else False,
    )


def _without(text: str, phrase: str) -> str:
    """Return the text without the deadline at its end, which is printed from its own field."""
    bare = text.rstrip(" .;,")
    return bare[: -len(phrase)].rstrip(" ,;") if phrase and bare.endswith(phrase) else text


def _product(text: str, *, everyone: bool, kind: str) -> str:
    if everyone:
        if _REPORTS.search(text):
            return Product.REPORT.value
        return (Product.STUDY if kind == PlanKind.STUDY and _STUDIES.search(text) else Product.ACTION).value
    return (Product.DOCUMENT if _WRITES.search(text) else Product.ACTION).value


def _sections(facts: PlanFacts) -> Iterable[SectionText]:
    conferences = _place(facts.sections, _CONFERENCE_TITLE, [one.line for one in facts.conferences])
    duties = _place(facts.sections, _DUTY_TITLE, [one.line for one in facts.duties], last=True)
    said = {fold(one.text) for one in facts.duties}
    bodies = {fold(one.assignee) for one in facts.duties}
    for place, top in enumerate(facts.sections):
        slot = DUTIES if place == duties else CONFERENCES if place == conferences else ""
        kept = [text for text in top.paragraphs if fold(text.lstrip("-+ ")) not in said]
        if slot == CONFERENCES and not top.children:
            kept = [text for text in kept if not _SAID_BY_FIELDS.match(text)]
        yield SectionText(title=top.title[:300], body="\n".join(kept), level=1, slot=slot)
        for child in top.children:
            if (slot == DUTIES and _is_duty(child, bodies)) or (slot == CONFERENCES and _is_conference(child, facts)):
                continue
            yield SectionText(title=child.title[:300], body="\n".join(_deep(child)), level=2)


def _place(sections: tuple[SectionFacts, ...], title: re.Pattern, lines: list[int], *, last: bool = False) -> int | None:
    """Return which great heading holds the rows that were read at ``lines``."""
    if not lines:
        return None
    starts = [one.line for one in sections]
    held = [max((place for place, start in enumerate(starts) if start <= line), default=0) for line in lines]
    named = [place for place in held if title.search(sections[place].title)] if sections else []
    chosen = named or held
    return (chosen[-1] if last else chosen[0]) if sections else None


def _is_duty(child: SectionFacts, bodies: set[str]) -> bool:
    title = fold(child.title.split(":")[0])
    return any(body and (body in title or title in body) for body in bodies)


def _is_conference(child: SectionFacts, facts: PlanFacts) -> bool:
    ends = [one.line for one in facts.conferences]
    lines = {child.line, *(grand.line for grand in child.children)}
    return bool(lines & set(ends)) or bool(re.search(r"^cấp |hội nghị", child.title, re.IGNORECASE))


def _deep(section: SectionFacts) -> Iterable[str]:
    """Yield the paragraphs of a small heading; what stands deeper becomes a paragraph with its marker."""
    yield from section.paragraphs
    for child in section.children:
        yield f"{child.marker}{'' if child.marker.endswith((')', '.')) else '.'} {child.title}".strip()
        yield from _deep(child)


def _conferences(facts: PlanFacts) -> Iterable[ConferenceText]:
    seen: set[str] = set()
    for one in facts.conferences:
        if one.level not in seen:
            seen.add(one.level)
            yield ConferenceText(
                level=ConferenceLevel(one.level).value,
                time_phrase=one.when.phrase if one.when else "",
                last_day=one.when.last_day if one.when else None,
                tentative=one.when.tentative if one.when else False,
                form=_form_of(one, facts),
                place=one.place[:300],
                participants=", ".join(one.participants),
                speaker=one.speaker[:300],
            )


def _form_of(conference: ConferenceFacts, facts: PlanFacts) -> str:
    """Return what stands under the heading of a conference and has no field of its own."""
    found = [child for top in facts.sections for child in top.children if child.line == conference.line]
    texts = [text.lstrip("-+ ").removeprefix("Hình thức:").strip() for child in found for text in child.paragraphs if not _SAID_BY_FIELDS.match(text)]
    return " ".join(texts)


def _recipient(name: str, note: str, units: Units) -> RecipientText:
    everyone = is_all_units(name)
    return RecipientText(name=name[:200], note=note[:60], all_units=everyone, unit_id=None if everyone else units.find(name))


def _annex(annex: AnnexFacts) -> AnnexText:
    named = _ANNEX_NAME.match(annex.title)
    title, subject = (named[0].strip(), annex.title[named.end() :].strip()) if named else (annex.title, "")
    return AnnexText(
        title=title[:200].capitalize(),
        subject=subject[:1000],
        headings=tuple(_outline(annex.headings, level=1)),
        forms=tuple(FormText(title=one.title[:500], columns=recognised(_columns(one.columns))) for one in annex.tables),
    )


def _outline(headings: tuple[OutlineHeading, ...], *, level: int) -> Iterable[OutlineText]:
    for heading in headings:
        yield OutlineText(title=heading.title[:500], level=min(level, 3))
        yield from _outline(heading.children, level=level + 1)


def _columns(titles: tuple[str, ...]) -> tuple[ColumnText, ...]:
    """Return the columns; "group - column" is a column under a group header when a neighbour shares the group."""
    parts = [title.rpartition(" - ") for title in titles]
    groups = [group for group, _, _ in parts]
    return tuple(
        ColumnText(title=last[:200], group=group[:200]) if group and groups.count(group) > 1 else ColumnText(title=whole[:200])
        for whole, (group, _, last) in zip(titles, parts, strict=True)
    )


def _all_text(facts: PlanFacts) -> str:
    def texts(sections):
        for one in sections:
            yield from one.paragraphs
            yield from texts(one.children)

    return " ".join([*texts(facts.sections), *(one.text for one in facts.duties)])
