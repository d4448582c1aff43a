"""C22: plans of the same ward that collide in time, or treat the same thing differently."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from documents.checks.c13_order import firm
from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.families import covered, families
from documents.checks.reporting import chain_of
from documents.checks.spots import from_line, is_plan, opening
from documents.checks.zones import Zone
from documents.dates import short
from documents.reading.facts import PlanFacts, RecipientFacts
from documents.reading.source import Source, SourceLine

# Two sets of reports or two rounds of conferences closer than this fall on the same secretaries at once.
_CROWDED_DAYS = 7
_BULLET = re.compile(r"[-+•] ?\S")


def find(text: CheckedText) -> Iterator[Found]:
    """Compare with each sibling; without siblings there is nothing to say."""
    if not is_plan(text):
        return
    # The same plan in an earlier copy is no sibling.
    subject = text.facts.subject
    siblings = tuple(one for one in text.context.siblings if not subject or one[1].subject != subject)
    if not siblings:
        return
    text = replace(text, context=replace(text.context, siblings=siblings))
    yield from _same_number(text)
    yield from _crowded(text)
    yield from _recipients(text)
    yield from _shapes(text)
    yield from _left_over(text)


def _name(facts: PlanFacts) -> str:
    """How a sibling is called in a message."""
    subject = next((one for one in facts.directives if one.role == "subject"), None)
    if subject:
        return f"Kế hoạch về {subject.kind} số {subject.number}-{subject.sign}"
    return f"Kế hoạch “{facts.subject[:60]}”"


def _same_number(text: CheckedText) -> Iterator[Found]:
    ours = text.facts
    for _, theirs in text.context.siblings:
        if ours.number and (ours.number, ours.sign) == (theirs.number, theirs.sign):
            words = f"{ours.number}-{ours.sign}"
            line = next((line for line in text.lines if words in line.text), None)
            if line:
                start = line.text.find(words)
                message = f"Số {words} đã dùng cho {_name(theirs)}."
                yield at("number_taken", line, (start, start + len(words)), message)


def _ends(facts: PlanFacts, text: CheckedText) -> dict[str, date]:
    """The last days of the grassroots conferences and of the units' reports."""
    held = next((one for one in facts.conferences if one.level == "grassroots"), None)
    reports = [
        day for duty in chain_of(CheckedText(text.source, facts, text.context)).units if (day := firm(duty.deadline))
    ]
    days = {"hội nghị cơ sở": firm(held.when) if held else None, "báo cáo của các đơn vị": max(reports, default=None)}
    return {name: day for name, day in days.items() if day}


def _crowded(text: CheckedText) -> Iterator[Found]:
    ours = _ends(text.facts, text)
    clashes = []
    for _, theirs in text.context.siblings:
        other = _ends(theirs, text)
        close = [name for name in ours if name in other and abs((ours[name] - other[name]).days) <= _CROWDED_DAYS]
        if close:
            clashes.append((_name(theirs), close, other))
    line = _subject_line(text)
    if clashes and line:
        name, close, _ = clashes[0]
        more = f" và {len(clashes) - 1} kế hoạch khác" if len(clashes) > 1 else ""
        days = "; ".join(f"{what} cùng hạn khoảng {short(ours[what])}" for what in close)
        message = f"Trùng đợt với {name}{more}: {days}; nên học chung hoặc giãn thời gian."
        yield at("same_days", line, opening(line, words=10), message)


def _subject_line(text: CheckedText) -> SourceLine | None:
    titles = text.lines_in(Zone.TITLE)
    start = text.facts.subject[:20]
    return next((line for line in titles if start and start in line.text), titles[-1] if titles else None)


def _recipients(text: CheckedText) -> Iterator[Found]:
    plans = [
        facts for _, facts in text.context.siblings if facts.recipients and facts.plan_type == text.facts.plan_type
    ]
    if not plans:
        return
    reached = [frozenset().union(*(covered(one.name) for one in facts.recipients)) for facts in plans]
    for one in text.facts.recipients:
        names = families(one.name)
        if names and not one.note and not any(names & theirs for theirs in reached):
            yield from _recipient(text, one, f"Nơi nhận của {_name(plans[0])} không có {one.name}.")
    ours = (
        frozenset().union(*(covered(one.name) for one in text.facts.recipients))
        if text.facts.recipients
        else frozenset()
    )
    for one in plans[0].recipients:
        names = families(one.name)
        if names and not names & ours and all(names & theirs for theirs in reached):
            heading = next(iter(text.lines_in(Zone.RECIPIENTS)), None)
            if heading:
                message = f"{_name(plans[0])} gửi {one.name}, Kế hoạch này thì không."
                yield at("recipient_dropped", heading, (0, len(heading.text)), message)


def _recipient(text: CheckedText, one: RecipientFacts, message: str) -> Iterator[Found]:
    for line in from_line(text, one.line):
        place = line.text.find(one.name)
        if place >= 0:
            yield at("recipient_differs", line, (place, place + len(one.name)), message)
            return


def _shapes(text: CheckedText) -> Iterator[Found]:
    """The only task of a body is a bullet here and a paragraph in the sibling, or the other way round."""
    ours = _single_shapes(text.source, text.facts)
    for source, theirs in text.context.siblings:
        other = _single_shapes(source, theirs)
        for assignee, line in ours.items():
            mate = other.get(assignee)
            if mate and bool(_BULLET.match(line.text)) != bool(_BULLET.match(mate.text)):
                message = f"Nhiệm vụ của {assignee} trình bày khác với {_name(theirs)}: nơi gạch đầu dòng, nơi viết thành đoạn."
                yield at("other_shape", line, (0, opening(line)[1]), message)
                return


def _single_shapes(source: Source, facts: PlanFacts) -> dict[str, SourceLine]:
    lines = {line.number: line for line in source.lines}
    counts: dict[str, int] = {}
    for duty in facts.duties:
        counts[duty.assignee] = counts.get(duty.assignee, 0) + 1
    return {
        duty.assignee: lines[duty.line]
        for duty in facts.duties
        if counts[duty.assignee] == 1 and duty.line in lines and not lines[duty.line].cells
    }


def _left_over(text: CheckedText) -> Iterator[Found]:
    """The subject of a sibling named here though this plan does not rest on it: left from copying."""
    own = {(one.number, one.sign) for one in text.facts.directives if one.role != "cited"}
    for _, theirs in text.context.siblings:
        strange = {(one.number, one.sign) for one in theirs.directives if one.role == "subject"} - own
        for line, one in text.citations:
            if (one.number, one.sign) in strange:
                message = f"{one.kind or 'Văn bản'} số {one.number}-{one.sign} là nội dung của kế hoạch khác; kiểm tra chỗ sao chép."
                yield at("left_over", line, one.span, message)


CHECK = Check(
    id="C22",
    title="Khác hoặc trùng với kế hoạch khác của phường",
    variants={
        "number_taken": "Số văn bản đã dùng cho kế hoạch khác.",
        "same_days": "Các đơn vị phải học hoặc báo cáo cho nhiều kế hoạch cùng lúc.",
        "recipient_differs": "Nơi nhận có cơ quan mà các kế hoạch khác không có.",
        "recipient_dropped": "Nơi nhận thiếu cơ quan mà các kế hoạch khác có.",
        "other_shape": "Cùng một phần trình bày khác kế hoạch khác.",
        "left_over": "Văn bản của kế hoạch khác còn sót khi sao chép.",
    },
    find=find,
)
