"""What the program tells of a draft it wrote: kept with the plan, read on its own page."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.choices import DraftNoteKind
from campaigns.models import DraftNote, Plan

_PLACE, _MOST = 300, 400


@dataclass(frozen=True)
class Note:
    """One thing that was moved, replaced, proposed or left open."""

    kind: str
    place: str
    text: str = ""
    before: str = ""
    after: str = ""


def deadline_note(place: str, text: str) -> Note:
    """Return why a deadline is as it is."""
    return Note(DraftNoteKind.DEADLINE.value, place, text)


def recipient_note(name: str, text: str) -> Note:
    """Return why a body is, or is not, in Nơi nhận."""
    return Note(DraftNoteKind.RECIPIENT.value, name, text)


def review_note(place: str, text: str, before: str = "") -> Note:
    """Return what a person has to decide."""
    return Note(DraftNoteKind.REVIEW.value, place, text, before=before)


def write_notes(*, plan: Plan, notes: Iterable[Note]) -> None:
    """Keep the notes of a plan just drafted; the caller holds the transaction and writes the trail."""
    rows = [
        DraftNote(plan=plan, position=position, **vars(note) | {"place": note.place[:_PLACE]})
        for position, note in enumerate(list(notes)[:_MOST])
    ]
    DraftNote.objects.bulk_create(rows)
