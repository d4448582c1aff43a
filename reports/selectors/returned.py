"""What the office asked a unit to complete: the named places of a returned report, and which the unit has changed since."""

from dataclasses import dataclass

from reports.asked import GROUP_OF, WORK_FIELDS
from reports.choices import EvidenceKind, ResultGroup, SessionKind
from reports.models import Filing, Submission
from reports.outline import places_of
from reports.places import (
    COUNTS,
    EXTRA,
    FILES,
    PLACES,
    RESULTS,
    SCORES,
    SESSION,
    TITLES,
    extra_pk,
    extra_place,
    field_of,
    is_outline,
    label_of,
    part_of,
)
from reports.selectors.asked import asked_of
from reports.selectors.filings import content_from
from reports.selectors.outline import parts_of, reports_alone

_TOGETHER = {
    "limits": ("limits", "limit_picks"),
    "concrete_work": tuple(name for names in WORK_FIELDS for name in names),
}


_KINDS = {"photos": EvidenceKind.PHOTO, "minutes_files": EvidenceKind.MINUTES}
_GROUPS = GROUP_OF | {"concrete_work": ResultGroup.WORKS} | dict.fromkeys(_KINDS, ResultGroup.EVIDENCE)


def offered_places(submission: Submission) -> list[tuple[str, list[tuple[str, str]]]]:
    """(step, [(place, its name)]) on which `submission` may be returned: what its form asks, each further session by its
    day, then the places of the outline and of forms."""
    outline = places_of(parts_of(submission.plan))
    found = [("Đề cương, biểu", outline)] if outline else []
    if reports_alone(submission.plan, submission.unit):
        return found
    hidden = {COUNTS} if submission.unit.figures_withheld else set()
    hidden |= set() if submission.unit.must_self_score else {SCORES}
    asked = asked_of(submission.plan)
    own = [name for name, (part, _label) in PLACES.items() if part not in hidden and _GROUPS.get(name) in {None, *asked}]
    by_part = {part: [(name, label_of(name)) for name in own if part_of(name) == part] for part in TITLES}
    by_part[EXTRA] = [(place, label_of(place)) for place in _extra_places(submission)]
    order = (SESSION, EXTRA, COUNTS, RESULTS, FILES, SCORES)
    return [*found, *((TITLES[part], by_part[part]) for part in order if by_part[part])]


def _extra_places(submission):
    """Further sessions of the unit itself: those of the cells of a đảng bộ stand on the cells' own pages."""
    held = submission.sessions.filter(unit=submission.unit_id).exclude(kind=SessionKind.MAIN)
    return [extra_place(pk, day) for pk, day in held.order_by("held_on", "pk").values_list("pk", "held_on")]


@dataclass(frozen=True)
class ReturnedPlace:
    """One place: its name, what people call it, why; `done`: the unit has changed it in the form it has open.

    Of the outline and of forms nothing is ticked: they are read whole before they are sent.
    """

    field: str
    label: str
    reason: str
    done: bool = False


def returned_places(submission: Submission, filing: Filing | None = None) -> list[ReturnedPlace]:
    """The places of the last return; `filing` is the form by which the unit completes the report, None while unopened."""
    asked = submission.return_places or [{"field": submission.return_field, "reason": submission.return_reason}]
    changed = _changed(submission, filing, [one["field"] for one in asked]) if filing else set()
    return [
        ReturnedPlace(one["field"], label_of(one["field"]), one["reason"], one["field"] in changed) for one in asked
    ]


def put_returned(cards) -> None:
    """Give each returned report of the cards (selectors/sessions.py: Due) its `places`; nothing is read while there is none."""
    for card in cards:
        draft = card.draft if card.returned else None
        plans = {plan.pk for plan in draft.plans.all()} if draft else set()
        for submission in card.returned:
            submission.places = returned_places(submission, draft if submission.plan_id in plans else None)


def _changed(submission, filing, fields):
    sent = content_from(submission)
    given = {kind for kind, in filing.evidence.values_list("kind")} if set(fields) & set(_KINDS) else set()
    return {
        field
        for field in fields
        if _KINDS.get(field) in given
        or (not is_outline(field) and field not in _KINDS and _value(filing.content, field) != _value(sent, field))
    }


def _value(content, field):
    """What was typed at a place; the points count as one, a list of works too, and so does a further session."""
    if field == EXTRA:
        return [one.get("pk") for one in content.get("extra", [])]
    if pk := extra_pk(field):
        return [one for one in content.get("extra", []) if one.get("pk") == pk]
    step = content.get(part_of(field), {})
    if field == SCORES:
        return {name: text for name, text in step.items() if name.startswith(("points_", "note_")) and text}
    return [step.get(name) or "" for name in _TOGETHER.get(field, (field_of(field),))]
