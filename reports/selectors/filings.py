"""What a form starts with: everything the ward already knows, so that nothing of it is typed again."""

import calendar
import datetime as dt

from campaigns.models import Plan, PlanDirective
from reports.asked import typed_works
from reports.choices import AttendingWay, SessionForm
from reports.figures import OUTSIDE
from reports.head_changes import SHOWN, heads_of
from reports.models import Filing, StudySession, Submission
from reports.places import (
    COUNT_FIGURES,
    COUNTS,
    RESULT_COUNTS,
    RESULT_FIGURES,
    RESULT_WORDS,
    RESULTS,
    SCORES,
    SESSION,
    SESSION_COUNTS,
)
from reports.selectors.branches import add_branches, confirmed_lines, heads_apart
from reports.selectors.sessions import directives_of, unlinked_sessions
from units.choices import UnitKind
from units.models import Unit
from units.ready_queries import ReadyQuery, put_related
from units.selectors.wards import counted_at_conference
from units.templatetags.lantoa import vn_day

USUAL_MINUTES = "60"
RECENT = dt.timedelta(days=21)
_AT_THE_OFFICE = {UnitKind.PARTY_BODIES, UnitKind.PEOPLE_COMMITTEE, UnitKind.AGENCY, UnitKind.HEALTH, UnitKind.POLICE, UnitKind.MILITARY}
_HELD = ("minutes", "form", "way", "online_points", "speaker", "head_speaks", "minutes_kept")


def plans_of(filing: Filing) -> list[Plan]:
    """Plans of a filing with their directives at hand, and without what only their paper says."""
    plans = _plans(filing=filing.pk)
    texts = _directives(plans=[plan.pk for plan in plans])
    for plan in plans:
        put_related(plan, "directives", [link.directive for link in texts if link.plan_id == plan.pk])
    return plans


@ReadyQuery
def _plans(filing):
    rows = Plan.objects.filter(filings=filing).select_related("paper").order_by("pk")
    return rows.defer("opening", "closing", "search", "paper__content", "paper__sha256")


@ReadyQuery
def _directives(plans):
    rows = PlanDirective.objects.filter(plan__in=plans).select_related("directive")
    return rows.order_by("-directive__dated_on", "-directive__pk")  # as `Plan.directives` gives them


def fresh_content(*, unit: Unit, plans: list[Plan], today: dt.date) -> dict:
    """What the form of a first report holds before anybody has typed: nothing here is a claim but what the unit confirms."""
    directives = list(directives_of(plans))
    earlier = unlinked_sessions(unit, directives).first()
    cells = add_branches({}, confirmed_lines(unit, plans[0]))
    apart = heads_apart(unit, plans[0])
    content = {
        SESSION: _held(earlier, directives) if earlier else _usual(unit, directives, today),
        COUNTS: {
            "members": _text(_left(unit.member_count, cells["members"], apart["members"])),
            "exempt": _text(_left(unit.exempt_count, cells["exempt"], apart["exempt"])),
            "away": "0",
            "received": "0",
            "excused": "0",
            "unexcused": "0",
        },
        RESULTS: {},
        SCORES: {},
        "extra": [],
        "typed": [],
    }
    if earlier:
        content["session_pk"] = earlier.pk
        content[COUNTS] |= {name: _text(getattr(earlier, name)) for name in SESSION_COUNTS if getattr(earlier, name)}
    return content


def _left(known: int | None, in_cells: int | None, apart: int | None) -> int | None:
    """Heads that are in no cell of a đảng bộ, of those the ward knows; None when the unit types them."""
    return None if known is None or apart is None else max(known - (in_cells or 0) - apart, 0)


def content_from(submission: Submission) -> dict:
    """The form of a returned report: as it was sent."""
    # of a đảng bộ only its own part is typed again: the cells keep theirs
    held = submission.sessions.filter(unit=submission.unit_id).prefetch_related("directives")
    sessions = list(held.order_by("kind", "held_on", "pk"))
    own = submission.own_counts or {name: getattr(submission, name) for name in COUNT_FIGURES}
    sessions.sort(key=lambda one: one.kind != "main")
    main, more = (sessions[0], sessions[1:]) if sessions else (None, [])
    content = {
        SESSION: _held(main, main.directives.all()) if main else {},
        COUNTS: {name: _text(own[name]) for name in COUNT_FIGURES},
        RESULTS: _results(submission, own),
        SCORES: _scores(submission),
        "extra": [_extra(one) for one in more],
        "typed": [SESSION, COUNTS, RESULTS, SCORES],
        "from_branches": submission.own_counts is not None and main is None,
    }
    if main:
        content["session_pk"] = main.pk
        content[COUNTS] |= {name: _text(getattr(main, name)) for name in SESSION_COUNTS}
    # its points were seen already: a head-count changed from here on is shown to whoever appraises
    return content | {SHOWN: heads_of(content)}


def _results(submission: Submission, own: dict) -> dict:
    """What followed the session; of a đảng bộ its `own` part. One sent before its cells gave any of it had typed the whole."""
    return typed_results({name: own[name] if name in own else getattr(submission, name) for name in RESULT_FIGURES})


def typed_results(results: dict) -> dict:
    """Fields of Submission, as sent or as a cell gave them, back as the fields of the form."""
    typed = {name: _text(results.get(name)) for name in (*RESULT_COUNTS, *RESULT_WORDS)}
    return typed | {"limit_picks": results.get("limit_picks") or []} | typed_works(results.get("works") or [])


def _scores(submission: Submission) -> dict:
    """Points as they were sent. What was given without a reason is what the form then suggested, over all plans
    reported together; it may differ from the suggestion of this plan alone, and follows the figures when they change.
    """
    typed = {}
    for score in submission.scores.all():
        typed[f"points_{score.criterion_id}"] = _points(score.self_points)
        typed[f"note_{score.criterion_id}"] = score.self_note
        followed = score.suggested is not None and score.self_points is not None and not score.self_note
        typed[f"suggested_{score.criterion_id}"] = _points(score.self_points if followed else score.suggested)
    return typed


def _held(session: StudySession, directives) -> dict:
    typed = {name: _text(getattr(session, name)) for name in _HELD}
    typed |= {name: getattr(session, name) for name in ("head_speaks", "minutes_kept")}
    started = session.started_at
    return typed | {
        "directives": [str(one.pk) for one in directives],
        "held_on": vn_day(session.held_on),
        "started_at": f"{started:%H:%M}" if started else "",
    }


def _extra(session: StudySession) -> dict:
    typed = _held(session, session.directives.all())
    return typed | {
        "pk": session.pk,
        "kind": session.kind,
        "named": "True",
        "present": _text(session.heads),
        "speakers": _text(session.speakers),
    } | {name: _text(getattr(session, name)) for name in OUTSIDE}


def _usual(unit: Unit, directives, today: dt.date) -> dict:
    whole = "đảng bộ" if unit.kind in {UnitKind.GRASSROOTS_COMMITTEE, UnitKind.PEOPLE_COMMITTEE} else "chi bộ"
    form = _usual_form(unit)
    first_day = max((one.dated_on for one in directives), default=today)
    return {
        "directives": [str(one.pk) for one in directives],
        "held_on": vn_day(usual_day(unit.usual_meeting_day, first_day=first_day, today=today)),
        "minutes": USUAL_MINUTES,
        "form": form,
        "way": AttendingWay.IN_PERSON,
        "online_points": "",
        "speaker": "Thường trực Đảng ủy" if form == SessionForm.WARD_CONFERENCE else f"Bí thư {whole}",
        "head_speaks": True,
        "minutes_kept": False,
        "started_at": "",
    }


def _usual_form(unit: Unit) -> str:
    """Where the unit most likely studied: at the ward's conference when it is counted there."""
    if counted_at_conference(unit):
        return SessionForm.WARD_CONFERENCE
    return SessionForm.OFFICE_MEETING if unit.kind in _AT_THE_OFFICE else SessionForm.CELL_MEETING


def usual_day(day_of_month: int | None, *, first_day: dt.date, today: dt.date) -> dt.date:
    """The last regular meeting day that was not long ago and not before the directives; today when there is none."""
    if day_of_month is None:
        return today
    months = [(today.year, today.month), ((today - dt.timedelta(days=today.day)).year, (today - dt.timedelta(days=today.day)).month)]
    for year, month in months:
        last = calendar.monthrange(year, month)[1]
        day = dt.date(year, month, min(day_of_month, last))
        if first_day <= day <= today and today - day <= RECENT:
            return day
    return today


def _text(value) -> str:
    return "" if value is None else str(value)


def _points(value) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")
