"""The facts of a plan as the JSON that other programs rely on (contract "read_plan")."""

from typing import Any

from documents.deadlines import Deadline
from documents.reading.facts import (
    AnnexFacts,
    Cited,
    ConferenceFacts,
    OutlineHeading,
    PlanFacts,
    SectionFacts,
    SignatureFacts,
)


def to_json(facts: PlanFacts) -> dict[str, Any]:
    """Return the plan's facts with ISO dates; what was not found is null or an empty list."""
    return {
        "kind": facts.kind or None,
        "plan_type": facts.plan_type or None,
        "number": facts.number or None,
        "sign": facts.sign or None,
        "place": facts.place or None,
        "issued_on": facts.issued_on.isoformat() if facts.issued_on else None,
        "subject": facts.subject or None,
        "issuer": facts.issuer or None,
        "directives": [_directive(one) for one in facts.directives],
        "sections": [_section(one) for one in facts.sections],
        "conferences": [_conference(one) for one in facts.conferences],
        "duties": [
            {
                "assignee": duty.assignee or None,
                "text": duty.text,
                "deadline": _deadline(duty.deadline),
                "line": duty.line,
            }
            for duty in facts.duties
        ],
        "recipients": [{"name": one.name, "note": one.note or None} for one in facts.recipients],
        "signature": _signature(facts.signature),
        "annexes": [_annex(one) for one in facts.annexes],
    }


def _directive(one: Cited) -> dict[str, Any]:
    return {
        "kind": one.kind or None,
        "number": one.number or None,
        "sign": one.sign or None,
        "dates": [day.isoformat() for day in one.dates],
        "issuer": one.issuer or None,
        "subject": one.subject or None,
        "short_form": one.short_form or None,
        "role": one.role,
        "lines": list(one.lines),
    }


def _section(one: SectionFacts) -> dict[str, Any]:
    return {
        "marker": one.marker or None,
        "title": one.title,
        "line": one.line,
        "paragraphs": list(one.paragraphs),
        "children": [_section(child) for child in one.children],
    }


def _conference(one: ConferenceFacts) -> dict[str, Any]:
    return {
        "level": one.level,
        "when": _deadline(one.when),
        "place": one.place or None,
        "participants": list(one.participants),
        "speaker": one.speaker or None,
    }


def _deadline(one: Deadline | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "phrase": one.phrase,
        "rule": str(one.rule),
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "time": one.time.strftime("%H:%M") if one.time else None,
        "tentative": one.tentative,
    }


def _signature(one: SignatureFacts | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"authority": one.authority or None, "position": one.position or None, "name": one.name or None}


def _annex(one: AnnexFacts) -> dict[str, Any]:
    return {
        "title": one.title,
        "headings": [_outline(heading) for heading in one.headings],
        "tables": [{"title": table.title or None, "columns": list(table.columns)} for table in one.tables],
    }


def _outline(one: OutlineHeading) -> dict[str, Any]:
    return {"marker": one.marker or None, "title": one.title, "children": [_outline(child) for child in one.children]}
