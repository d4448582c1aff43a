"""What a closed roll of the ward's conference writes for units convened whole: their study session, or its taking back."""

import datetime as dt
from dataclasses import dataclass, field

from campaigns.choices import Attendance, ConferenceWay, PlanState
from campaigns.models import Conference, Directive, Invitee
from reports.choices import AttendingWay, EntrySource, SessionForm
from reports.models import StudySession
from reports.services.sessions import close_study, record_session, reopen_study
from units.models import Unit, User, WardSettings
from units.services.audit import record_event

_WAYS = {
    ConferenceWay.IN_PERSON: AttendingWay.IN_PERSON,
    ConferenceWay.ONLINE: AttendingWay.ONLINE,
    ConferenceWay.HYBRID: AttendingWay.MIXED,
}


@dataclass
class ClosedRoll:
    """What closing did: units whose study was recorded, units whose earlier record was taken back because nobody of
    them was there, and units whose report stands on other numbers."""

    studied: list[Unit] = field(default_factory=list)
    taken_back: list[Unit] = field(default_factory=list)
    reported: list[Unit] = field(default_factory=list)


def session_token(conference: Conference, unit: Unit) -> str:
    """By which the session of a unit counted at the conference is found again: closing twice records once."""
    return f"{_token_start(conference)}{unit.pk}"


def _token_start(conference: Conference) -> str:
    return f"hoi-nghi-{conference.pk}-"


def counted_whole(conference: Conference) -> list[Invitee]:
    """Lines of units convened whole whose members the ward counts at its conference; two queries."""
    settings = WardSettings.objects.filter(ward=conference.ward, counts_at_conference=True).first()
    if settings is None:
        return []
    rows = conference.invitees.filter(whole=True, unit__kind__in=settings.conference_kinds)
    return list(rows.select_related("unit").order_by("group__position", "position", "pk"))


def record_sessions(conference: Conference, *, by: User, at: dt.datetime) -> ClosedRoll:
    """Bring the sessions of units counted at `conference` in line with its roll; the caller holds the transaction.

    A unit that was there gets its session or has it corrected. One that the corrected roll no longer counts loses the
    session of the first closing, and owes its study again, unless its report already stands on it: then it is only named.
    """
    closed, texts = ClosedRoll(), _texts(conference)
    earlier = StudySession.objects.filter(form_token__startswith=_token_start(conference)).select_related("unit")
    known = {session.form_token: session for session in earlier.order_by("pk")}
    for line in [one for one in counted_whole(conference) if texts.all and _came(one)]:
        token, facts = session_token(conference, line.unit), _facts(conference, line)
        session = known.pop(token, None)
        if session is not None and _built_on(session):
            closed.reported += [line.unit] if session.present != line.present else []
        elif session is not None:
            _correct(session, texts, facts, by=by, at=at)
            closed.studied.append(line.unit)
        elif texts.running:
            record_session(
                unit=line.unit, directives=texts.running, by=by, at=at, token=token, source=EntrySource.ROLL, **facts
            )
            closed.studied.append(line.unit)
    for session in known.values():
        if _built_on(session):
            closed.reported.append(session.unit)
        else:
            _take_back(conference, session, by=by, at=at)
            closed.taken_back.append(session.unit)
    return closed


@dataclass(frozen=True)
class _Texts:
    """What a conference was held about: directives of plans that still run, and those of withdrawn ones with them."""

    running: list[Directive]
    all: list[Directive]


def _texts(conference: Conference) -> _Texts:
    def of(plans):
        found = Directive.objects.filter(plan_links__plan__in=plans, dated_on__lte=conference.held_on)
        return list(found.distinct().order_by("pk"))

    return _Texts(
        running=of(conference.plans.exclude(state=PlanState.WITHDRAWN)),
        all=of(conference.plans.all()),
    )


def _came(line: Invitee) -> bool:
    """Somebody of the unit was there; without figures (armed forces) the mark says it."""
    return bool(line.present) if line.heads is not None else line.attendance == Attendance.PRESENT


def _built_on(session: StudySession) -> bool:
    """A report that was sent stands on the session: the unit changes that one itself."""
    return session.submissions.exists() or session.branch_reports.exists()


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


def _correct(session: StudySession, texts: _Texts, facts: dict, *, by: User, at: dt.datetime) -> None:
    """The roll was opened again: the session follows it, and what the conference was held for.

    What was studied for a plan withdrawn since stays studied; what the conference is no longer held for does not.
    """
    had = list(session.directives.all())
    dropped = [one for one in had if one not in texts.all]
    changed = [name for name, value in facts.items() if getattr(session, name) != value]
    if changed or dropped:
        record_event(by=by, verb="session.correct", target=session, details={"fields": changed}, at=at)
    for name in changed:
        setattr(session, name, facts[name])
    session.save(update_fields=list(facts))
    session.directives.remove(*dropped)
    session.directives.add(*texts.running)
    if dropped:
        reopen_study(unit=session.unit, directives=dropped, reason="Hội nghị không học văn bản này.", by=by, at=at)
    close_study(unit=session.unit, by=by, at=at)


def _take_back(conference: Conference, session: StudySession, *, by: User, at: dt.datetime) -> None:
    """Nobody of the unit was there after all: the session goes, with a line in the trail, and its study is owed again."""
    directives, recorded_at = list(session.directives.all()), session.recorded_at
    details = {"conference": str(conference), "present": session.present, "held_on": str(session.held_on)}
    record_event(by=by, verb="session.take_back", target=session, ward=conference.ward, details=details, at=at)
    session.delete()
    reason = f"Điểm danh sửa lại: {conference.title}"[:300]
    reopen_study(unit=session.unit, directives=directives, since=recorded_at, reason=reason, by=by, at=at)
