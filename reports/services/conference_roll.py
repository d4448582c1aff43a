"""Closing the roll of a ward conference: units counted there have studied, absentees are told to make it up."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaigns.choices import Attendance, ConferenceMoveKind, ConferenceState, Reply
from campaigns.models import Conference, Plan
from campaigns.services.conferences import note_move, when_words
from campaigns.services.roll_call import Mark, refuse_roll, take_marks
from reports.services.roll_notices import tell_absentees, tell_reported
from reports.services.roll_sessions import ClosedRoll, record_sessions
from units.models import User

CHANGED = "Hội nghị vừa được người khác chốt hoặc sửa. Chưa ghi gì; đồng chí mở lại trang."


@transaction.atomic
def close_roll(*, conference: Conference, rest_absent: bool, by: User, at: dt.datetime) -> ClosedRoll:
    """The roll is complete: the conference was held, and what follows from it is written.

    A unit convened whole whose kind the ward counts at its conference (domain.md 2.4) gets a study session with those
    present, which closes its study duties; its report then begins with that session. `rest_absent`: people not called
    are absent, with leave where they had asked for it. Secretaries of units with absentees are told to make it up. A roll
    that was corrected takes back what it had written for a unit nobody of which was there.
    Raises ValidationError "not_yet", "closed", "uncalled" (somebody was not called, or a unit convened whole).
    """
    refuse_roll(Conference.objects.select_for_update().get(pk=conference.pk), on=timezone.localdate(at))
    # in the order of a report being received: plans first, what hangs on them later
    list(Plan.objects.filter(conferences=conference).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    _call_the_rest(conference, rest_absent=rest_absent, by=by, at=at)
    held = Conference.objects.filter(pk=conference.pk, state=ConferenceState.FIXED, version=conference.version)
    if not held.update(state=ConferenceState.HELD, version=F("version") + 1, closed_at=at, closed_by=by):
        raise ValidationError(CHANGED, code="changed")
    conference.refresh_from_db()
    note_move(conference, ConferenceMoveKind.CLOSED, before="", after=when_words(conference), reason="", by=by, at=at)
    closed = record_sessions(conference, by=by, at=at)
    tell_absentees(conference, at=at)
    tell_reported(conference, closed.reported, at=at)
    return closed


@transaction.atomic
def reopen_roll(*, conference: Conference, reason: str, by: User, at: dt.datetime) -> Conference:
    """The roll was wrong: it may be corrected and closed again. Sessions stay until the next closing and follow it.

    Raises ValidationError "closed" when the conference was not held.
    """
    held = Conference.objects.filter(pk=conference.pk, state=ConferenceState.HELD)
    if not held.update(state=ConferenceState.FIXED, version=F("version") + 1, closed_at=None, closed_by=None):
        raise ValidationError("Hội nghị này chưa chốt điểm danh nên không cần mở lại.", code="closed")
    conference.refresh_from_db()
    note_move(conference, ConferenceMoveKind.REOPENED, before="", after="", reason=reason, by=by, at=at)
    return conference


def _call_the_rest(conference: Conference, *, rest_absent: bool, by: User, at: dt.datetime) -> None:
    rest = list(conference.invitees.filter(attendance=Attendance.NONE).order_by("pk"))
    if not rest:
        return
    whole = [one for one in rest if one.whole]
    if whole:
        words = f"{whole[0].unit or whole[0]} dự cả tập thể nhưng chưa được điểm danh. Chưa chốt; đồng chí điểm danh rồi chốt lại."
        raise ValidationError(words, code="uncalled")
    if not rest_absent:
        words = f"Còn {len(rest)} dòng chưa điểm danh. Chưa chốt; đồng chí điểm danh nốt hoặc đánh dấu ghi vắng các dòng còn lại."
        raise ValidationError(words, code="uncalled")
    leave = [one.reply == Reply.EXCUSED and not one.reply_outdated for one in rest]
    absent, excused = Attendance.ABSENT.value, Attendance.EXCUSED.value
    marks = [
        Mark(one.pk, excused if asked else absent, f"chot-{one.pk}-{at.timestamp():.0f}", at, note=one.reply_note if asked else "")
        for one, asked in zip(rest, leave, strict=True)
    ]  # fmt: skip
    take_marks(conference=conference, marks=marks, by=by, at=at)
