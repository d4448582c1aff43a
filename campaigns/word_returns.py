"""An edited Word file put back into the content of its plan: what fits is taken over, what does not is named.

The paper is always printed anew from the content that results and compared with what was wanted; whatever differs then
is left over for a person to copy by hand. So no change can vanish, whatever Word made of the paper.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from campaigns.choices import LeadGroup
from campaigns.deadline_phrases import read_phrase
from campaigns.paper import duty_sentence, plan_blocks, text_blocks
from campaigns.plan_content import DUTIES, DutyText, PlanContent, RecipientText, SectionText
from campaigns.plan_sources import Source, block_sources
from documents import deadlines, markup
from documents.canonical import canonical
from documents.content import Block, Heading, Item, Paper, Recipient
from documents.proposals import Change, ChangeKind, apply, compare, sources

_MOST_WEIGHED = 120
_LABELS = {
    "Hình thức": "form", "Địa điểm": "place", "Thành phần": "participants", "Đối tượng": "participants",
    "Báo cáo viên": "speaker", "Thời gian": "time_phrase",
}  # fmt: skip


@dataclass(frozen=True)
class Returned:
    """The content that results, and the changes that could not be put into it."""

    content: PlanContent
    left_over: list[Change]


def take_back(content: PlanContent, paper: Paper, accepted: list[Change], *, today: dt.date) -> Returned:
    """Return the content of a plan with the accepted changes of its paper.

    Args:
        content: the plan as it stands.
        paper: what it prints, in the form of ``documents.canonical``.
        accepted: some of the changes that ``documents.proposals.compare`` found against that paper.
        today: the day from which deadlines are read.
    """
    wanted = apply(paper, accepted)
    parts = {change.part for change in accepted}
    made = content
    if "blocks" in parts:
        made = _Builder(content, paper, today).build(wanted, sources("blocks", len(paper.blocks), accepted))
    if "subject" in parts and wanted.subject:
        made = replace(made, subject=wanted.subject)
    if "closing" in parts:
        made = replace(made, closing=wanted.closing)
    if "recipients" in parts:
        made = replace(made, recipients=_recipients(content, wanted, accepted))
    return Returned(made, _left_over(made, paper, wanted, parts))


def without_unit(before: PlanContent, after: PlanContent) -> list[str]:
    """Return the printed names of bodies whose unit a person still has to choose, because the file named them anew."""
    known = {duty.lead_text for duty in before.duties}
    return list(
        dict.fromkeys(
            duty.lead_text
            for duty in after.duties
            if duty.lead_group == LeadGroup.ONE and duty.lead_id is None and duty.lead_text not in known
        )
    )


def unfit(content: PlanContent, paper: Paper, changes: list[Change], *, today: dt.date) -> set[str]:
    """Return the keys of the changes that cannot be put into the content of the plan."""
    rest = take_back(content, paper, changes, today=today).left_over
    if not rest:
        return set()
    if len(changes) > _MOST_WEIGHED:
        return {one.key for one in changes if take_back(content, paper, [one], today=today).left_over}
    return {
        one.key
        for one in changes
        if len(take_back(content, paper, [other for other in changes if other is not one], today=today).left_over) < len(rest)
    }


def _left_over(made: PlanContent, paper: Paper, wanted: Paper, parts: set[str]) -> list[Change]:
    printed = replace(
        paper,
        subject=wanted.subject if made.subject == wanted.subject and wanted.subject else paper.subject,
        blocks=tuple(plan_blocks(made)) if "blocks" in parts else paper.blocks,
        closing=made.closing.strip() if "closing" in parts else paper.closing,
        recipients=tuple(Recipient(one.name, one.note) for one in made.recipients) if "recipients" in parts else paper.recipients,
    )
    return [change for change in compare(canonical(printed), wanted) if not _only_looks_different(change)]


def _only_looks_different(change: Change) -> bool:
    """Return whether only a number that the program gives by itself, or the emphasis of a date, differs."""
    if change.kind != ChangeKind.CHANGED or type(change.old) is not type(change.new):
        return False
    if isinstance(change.old, Heading):
        return replace(change.old, marker="") == replace(change.new, marker="")
    return change.part == "blocks" and all(op == "same" for op, _ in change.words)


def _recipients(content: PlanContent, wanted: Paper, accepted: list[Change]) -> tuple[RecipientText, ...]:
    """Return the lines of Nơi nhận; a line keeps the unit it stands for when only its words were corrected."""
    origins = sources("recipients", len(content.recipients), accepted)
    rows = []
    for origin, line in zip(origins, wanted.recipients, strict=True):
        if origin is None:
            rows.append(RecipientText(line.name, line.note))
        else:
            rows.append(replace(content.recipients[origin], name=line.name, note=line.note))
    return tuple(rows)


@dataclass
class _Section:
    """A section that is being written: where it came from, its lines with the lines they came from."""

    text: SectionText
    origin: int | None
    lines: list[str] = field(default_factory=list)


class _Builder:
    """Walks the wanted blocks once and writes content; what has no place is left to the comparison afterwards."""

    def __init__(self, content: PlanContent, paper: Paper, today: dt.date) -> None:
        self.content, self.paper, self.today = content, paper, today
        self.origins = block_sources(content)
        self.opening = _Section(SectionText(""), None)
        self.sections: list[_Section] = []
        self.duties: list[DutyText] = []
        self.conferences = {index: replace(one) for index, one in enumerate(content.conferences)}
        self.seen: set[tuple[int, str]] = set()  # lines of conferences that are still printed
        self.lead: DutyText | None = None
        self.slot = ""

    def build(self, wanted: Paper, origins: tuple[int | None, ...]) -> PlanContent:
        """Return the content for `wanted`, whose blocks came from the places `origins` of the old paper."""
        for block, origin in zip(wanted.blocks, origins, strict=True):
            source = self.origins[origin] if origin is not None and origin < len(self.origins) else None
            old = self.paper.blocks[origin] if origin is not None else None
            self._take(block, source, changed=block != old)
        self._keep_unprinted()
        printed_duties = any(source[0] == "duty" for source in self.origins)
        return replace(
            self.content,
            opening=_body(self.opening.lines, self.content.opening),
            sections=tuple(self._finished(one) for one in self.sections),
            duties=tuple(self.duties) if printed_duties or self.duties else self.content.duties,
            conferences=tuple(self._conference(index) for index in self.conferences),
        )

    def _take(self, block: Block, source: Source | None, *, changed: bool) -> None:
        role = source[0] if source else ""
        if role == "conference":
            self._conference_line(block, source, changed=changed)
        elif isinstance(block, Heading):
            self._heading(block, source, changed=changed)
        elif role == "duty" or self.lead is not None:
            self._duty(block, source if role == "duty" else None, changed=changed)
        elif hasattr(block, "text"):
            target = self.sections[-1] if self.sections else self.opening
            target.lines.append(f"{block.mark} {block.text}" if isinstance(block, Item) else block.text)

    def _heading(self, block: Heading, source: Source | None, *, changed: bool) -> None:
        role = source[0] if source else ""
        if role == "lead":
            self.lead = _renamed(self.content.duties[source[1]], block.title if changed else "")
            return
        if self.slot == DUTIES and not source and block.level > 1 and not block.text:
            self.lead = DutyText(block.title, "")
            return
        self.lead = None
        old = self.content.sections[source[1]] if role in {"section", "line"} else None
        title = old.title if old and not (changed and block.title.upper() != old.title.upper()) else block.title
        text = replace(old, title=title) if old else SectionText(block.title, level=min(block.level, 3))
        self.sections.append(_Section(text, source[1] if old else None))
        if block.text:
            self.sections[-1].lines.append(block.text)
        if block.level == 1:
            self.slot = text.slot

    def _duty(self, block: Block, source: Source | None, *, changed: bool) -> None:
        if not hasattr(block, "text"):
            return
        old = self.content.duties[source[1]] if source else None
        lead = self.lead or old
        owner = {name: getattr(lead, name) for name in ("lead_text", "lead_group", "lead_id")}
        if old and not changed:
            self.duties.append(replace(old, **owner))
        else:
            self.duties.append(_split(block.text, old or DutyText("", ""), self.today, owner))

    def _conference_line(self, block: Block, source: Source, *, changed: bool) -> None:
        self.lead = None
        if len(source) < 3 or isinstance(block, Heading):
            return
        index, name = source[1], source[2]
        self.seen.add((index, name))
        label, colon, value = markup.plain(getattr(block, "text", "")).partition(":")
        if not changed or not colon or _LABELS.get(label.strip()) != name:
            return
        value = value.strip().rstrip(".")
        one = self.conferences[index]
        if name == "time_phrase":
            reading = _read(value, self.today)
            if reading is not None and not one.tentative:
                value = value[:1].upper() + value[1:] if one.time_phrase[:1].isupper() else value
                self.conferences[index] = replace(one, time_phrase=value, last_day=reading.last_day, tentative=reading.tentative)
            return
        self.conferences[index] = replace(one, **{name: value})

    def _conference(self, index: int):
        """Return a conference without the lines that were taken out."""
        one = self.conferences[index]
        printed = {source[2] for source in self.origins if source[:2] == ("conference", index) and len(source) > 2}
        gone = {name: "" for name in printed if (index, name) not in self.seen}
        if "time_phrase" in gone:
            gone |= {"last_day": None, "tentative": False}
        return replace(one, **gone)

    def _keep_unprinted(self) -> None:
        """Put back the sections that print nothing yet, behind those they stood behind."""
        printed = {source[1] for source in self.origins if source[0] in {"section", "line"}}
        for index, text in enumerate(self.content.sections):
            if index not in printed:
                places = [place for place, one in enumerate(self.sections) if one.origin is not None and one.origin < index]
                at = places[-1] + 1 if places else 0
                self.sections.insert(at, _Section(text, index, text.body.splitlines()))

    def _finished(self, section: _Section) -> SectionText:
        old = self.content.sections[section.origin].body if section.origin is not None else ""
        return replace(section.text, body=_body(section.lines, old))


def _renamed(duty: DutyText, title: str) -> DutyText:
    """Return the lead under its new printed name; a name that is mostly new is another body, whose unit nobody chose yet."""
    if not title or title == duty.lead_text:
        return duty
    old, new = set(duty.lead_text.lower().split()), set(title.lower().split())
    alike = 4 * len(old & new) >= 3 * max(len(old), len(new))
    return replace(duty, lead_text=title) if alike else DutyText(title, "")


def _body(lines: list[str], old: str) -> str:
    """Return the lines as a text, the old one to the last space when it says the same."""
    body = "\n".join(lines)
    return old if list(text_blocks(body)) == list(text_blocks(old)) else body


def _split(sentence: str, old: DutyText, today: dt.date, owner: dict) -> DutyText:
    """Return a duty that prints `sentence`: its deadline as it was, else as it is read, else none."""
    words = markup.plain(sentence)
    ends = [old.deadline_phrase.strip().rstrip(".")] if old.deadline_phrase.strip() else []
    ends += [words[slice(*one.span)].rstrip(".") for one in reversed(deadlines.parse(words, today=today))]
    for phrase in ends:
        text, found, rest = words.rpartition(phrase)
        reading = _read(phrase, today)
        if not found or rest.strip(" .") or not text.strip() or reading is None:
            continue
        duty = replace(old, **owner, text=text.strip(), deadline_phrase=phrase, **vars(reading))
        if markup.plain(duty_sentence(duty)) == words:
            return duty
    kept = markup.escape(words) if "*" in words else words
    return replace(old, **owner, text=kept, deadline_phrase="", rule=DutyText("", "").rule, last_day=None, tentative=False)


def _read(phrase: str, today: dt.date):
    try:
        return read_phrase(phrase, today=today)
    except ValidationError:
        return None
