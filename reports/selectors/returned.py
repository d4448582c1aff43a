"""What the office asked a unit to complete: the named places of a returned report, and which the unit has changed since."""

from dataclasses import dataclass

from reports.asked import WORK_FIELDS
from reports.models import Filing, Submission
from reports.places import SCORES, is_outline, label_of, part_of
from reports.selectors.filings import content_from

_TOGETHER = {
    "limits": ("limits", "limit_picks"),
    "concrete_work": tuple(name for names in WORK_FIELDS for name in names),
}


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
    return {field for field in fields if not is_outline(field) and _value(filing.content, field) != _value(sent, field)}


def _value(content, field):
    """What was typed at a place; the points count as one, a list of works too."""
    step = content.get(part_of(field), {})
    if field == SCORES:
        return {name: text for name, text in step.items() if name.startswith(("points_", "note_")) and text}
    return [step.get(name) or "" for name in _TOGETHER.get(field, (field,))]
