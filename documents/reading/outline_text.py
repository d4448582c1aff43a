"""The facts of a plan as a short text for the eye."""

from collections.abc import Sequence

from documents import dates
from documents.deadlines import Deadline
from documents.reading.facts import PlanFacts, SectionFacts

_ROLES = {"subject": "đối tượng triển khai", "basis": "căn cứ", "cited": "viện dẫn"}
_LEVELS = {"ward": "Hội nghị của cấp ban hành", "grassroots": "Hội nghị ở cơ sở"}


def outline(facts: PlanFacts) -> str:
    """Return head, documents, sections, conferences, duties, recipients, signature and annexes, a line each."""
    lines = [f"{facts.kind or 'Văn bản'}: {facts.subject}"]
    lines += [f"Cơ quan ban hành: {facts.issuer}"] if facts.issuer else []
    lines += [f"Số và ký hiệu: {facts.number}-{facts.sign}"] if facts.sign else []
    if facts.issued_on:
        lines.append(f"Nơi, ngày ban hành: {facts.place}, {dates.long(facts.issued_on)}")
    lines += _documents(facts)
    lines += ["", "Các mục:", *_sections(facts.sections, 1)]
    for one in facts.conferences:
        lines.append(f"{_LEVELS[one.level]}: {_when(one.when)}; {one.place or 'chưa nêu địa điểm'}")
    lines += ["", "Nhiệm vụ:"]
    lines += [f"  (dòng {one.line}) {one.assignee}: {one.text} [{_when(one.deadline)}]" for one in facts.duties]
    lines += ["", "Nơi nhận:", *(f"  - {one.name}{f' ({one.note})' if one.note else ''}" for one in facts.recipients)]
    if facts.signature:
        lines += [
            "",
            " / ".join(filter(None, (facts.signature.authority, facts.signature.position, facts.signature.name))),
        ]
    for annex in facts.annexes:
        lines.append(f"Phụ lục: {annex.title} ({len(annex.headings)} mục, {len(annex.tables)} biểu)")
    return "\n".join(lines)


def _documents(facts: PlanFacts) -> list[str]:
    return [
        f"  {one.kind} {one.number}{'-' if '/' in one.sign else '/'}{one.sign} ({_ROLES[one.role]}), dòng {', '.join(map(str, one.lines))}"
        for one in facts.directives
    ]


def _sections(sections: Sequence[SectionFacts], depth: int) -> list[str]:
    lines = []
    for one in sections:
        lines.append(f"{'  ' * depth}{one.marker}{'. ' if one.marker else ''}{one.title}")
        lines += _sections(one.children, depth + 1)
    return lines


def _when(deadline: Deadline | None) -> str:
    if deadline is None:
        return "không có thời hạn"
    return deadline.phrase if deadline.last_day is None else f"{deadline.phrase} → {dates.short(deadline.last_day)}"
