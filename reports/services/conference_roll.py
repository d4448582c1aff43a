"""Closing the roll of a ward conference: units counted there have studied, absentees are told to make it up."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from campaigns.choices import Attendance, ConferenceMoveKind, ConferenceState, ConferenceWay, PlanState, Reply
from campaigns.models import Conference, Directive, Invitee, Notification, Plan
from campaigns.services.conferences import note_move, when_words
from campaigns.services.roll_call import Mark, refuse_roll, take_marks
from reports.choices import AttendingWay, EntrySource, SessionForm
from reports.models import StudySession
from reports.services.sessions import close_study, record_session
from units.choices import Role
from units.models import Membership, Unit, User, WardSettings
from units.workdays import WorkCalendar, office_moment

_WAYS = {
    ConferenceWay.IN_PERSON: AttendingWay.IN_PERSON,
    ConferenceWay.ONLINE: AttendingWay.ONLINE,
    ConferenceWay.HYBRID: AttendingWay.MIXED,
}
CHANGED = "Hội nghị vừa được người khác chốt hoặc sửa. Chưa ghi gì; đồng chí mở lại trang."


@dataclass
class ClosedRoll:
    """What closing did: units whose study was recorded, and units whose report stands on older numbers."""

    studied: list[Unit] = field(default_factory=list)
    reported: list[Unit] = field(default_factory=list)


@transaction.atomic
def close_roll(*, conference: Conference, rest_absent: bool, by: User, at: dt.datetime) -> ClosedRoll:
    """The roll is complete: the conference was held, and what follows from it is written.

    A unit convened whole whose kind the ward counts at its conference (domain.md 2.4) gets a study session with those
    present, which closes its study duties; its report then begins with that session. `rest_absent`: people not called
    are absent, with leave where they had asked for it. Secretaries of units with absentees are told to make it up.
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
    closed = _record_sessions(conference, by=by, at=at)
    _tell_absentees(conference, at=at)
    return closed


@transaction.atomic
def reopen_roll(*, conference: Conference, reason: str, by: User, at: dt.datetime) -> Conference:
    """The roll was wrong: it may be corrected and closed again. Sessions stay and follow at the next closing.

    Raises ValidationError "closed" when the conference was not held.
    """
    held = Conference.objects.filter(pk=conference.pk, state=ConferenceState.HELD)
    if not held.update(state=ConferenceState.FIXED, version=F("version") + 1, closed_at=None, closed_by=None):
        raise ValidationError("Hội nghị này chưa chốt điểm danh nên không cần mở lại.", code="closed")
    conference.refresh_from_db()
    note_move(conference, ConferenceMoveKind.REOPENED, before="", after="", reason=reason, by=by, at=at)
    return conference


def session_token(conference: Conference, unit: Unit) -> str:
    """By which the session of a unit counted at the conference is found again: closing twice records once."""
    return f"hoi-nghi-{conference.pk}-{unit.pk}"


def counted_whole(conference: Conference) -> list[Invitee]:
    """Lines of units convened whole whose members the ward counts at its conference; two queries."""
    settings = WardSettings.objects.filter(ward=conference.ward, counts_at_conference=True).first()
    if settings is None:
        return []
    rows = conference.invitees.filter(whole=True, unit__kind__in=settings.conference_kinds)
    return list(rows.select_related("unit").order_by("group__position", "position", "pk"))


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
    absent, excused = Attendance.ABSENT.value, Attendance.EXCUSED.value
    marks = [
        Mark(one.pk, excused if one.reply == Reply.EXCUSED else absent, f"chot-{one.pk}-{at.timestamp():.0f}", at,
             note=one.reply_note if one.reply == Reply.EXCUSED else "")
        for one in rest
    ]  # fmt: skip
    take_marks(conference=conference, marks=marks, by=by, at=at)


def _record_sessions(conference: Conference, *, by: User, at: dt.datetime) -> ClosedRoll:
    closed = ClosedRoll()
    directives = list(
        Directive.objects.filter(
            plan_links__plan__in=conference.plans.exclude(state=PlanState.WITHDRAWN), dated_on__lte=conference.held_on
        ).distinct()
    )
    if not directives:
        return closed
    for line in counted_whole(conference):
        came = line.present != 0 if line.heads is not None else line.attendance == Attendance.PRESENT
        token = session_token(conference, line.unit)
        known = StudySession.objects.filter(form_token=token).first()
        if known and known.submissions.exists():
            closed.reported.append(line.unit)
        elif known:
            _correct(known, line, by=by, at=at)
            closed.studied.append(line.unit)
        elif came:
            facts = _facts(conference, line)
            record_session(
                unit=line.unit, directives=directives, by=by, at=at, token=token, source=EntrySource.ROLL, **facts
            )
            closed.studied.append(line.unit)
    return closed


def _facts(conference: Conference, line: Invitee) -> dict:
    return {
        "held_on": conference.held_on,
        "started_at": conference.starts_at,
        "minutes": conference.minutes,
        "form": SessionForm.WARD_CONFERENCE,
        "way": _WAYS[ConferenceWay(conference.way)],
        "online_points": conference.online_points,
        "speaker": conference.speaker[:160],
        "present": line.present,
        "minutes_kept": True,
        "note": f"Theo điểm danh: {conference.title}"[:500],
    }


def _correct(session: StudySession, line: Invitee, *, by: User, at: dt.datetime) -> None:
    """The roll was opened again: the session follows it; its day too, when the conference had been entered wrongly."""
    session.present = line.present
    session.save(update_fields=["present"])
    close_study(unit=line.unit, by=by, at=at)


def _tell_absentees(conference: Conference, *, at: dt.datetime) -> None:
    """One line to the secretary of every unit with absentees, naming only that unit's own; four queries."""
    absent = defaultdict(list)
    for line in (
        conference.invitees.filter(unit__isnull=False).exclude(attendance=Attendance.NONE).select_related("unit")
    ):
        away = (line.excused or 0) + (line.absent or 0)
        if away:
            absent[line.unit_id].append(f"{away} đảng viên" if line.whole else str(line))
    people = Membership.objects.current(on=timezone.localdate(at)).filter(role=Role.SECRETARY, unit__in=list(absent))
    reaches = office_moment(at, WorkCalendar.load())
    Notification.objects.bulk_create(
        [
            Notification(
                person_id=person, key=f"make-up-{conference.pk}-{unit}-{person}", title="Bố trí học bù nội dung hội nghị",
                body=f"Vắng tại “{conference.title}”: {'; '.join(absent[unit])}. Đề nghị đơn vị tổ chức học bù và ghi buổi học bù.",
                url=reverse("campaigns:notification-list"), created_at=reaches,
            )
            for unit, person in people.values_list("unit", "user")
        ],
        ignore_conflicts=True,
    )  # fmt: skip
