"""Study sessions: recorded once for everything studied in them; they close study duties."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Directive, Plan, PlanDirective
from campaigns.services.assignments import mark_studied, mark_unstudied
from campaigns.services.awaited import close_contents
from documents.dates import short
from reports.choices import EntrySource, SessionForm
from reports.models import StudySession
from units.models import Unit, User
from units.ready_queries import ReadyQuery
from units.ready_writes import insert_rows
from units.selectors.wards import counted_at_conference
from units.services.audit import record_event


@transaction.atomic
def record_session(
    *,
    unit: Unit,
    directives: Iterable[Directive],
    by: User,
    at: dt.datetime,
    token: str = "",
    source: str = EntrySource.UNIT,
    **facts,
) -> StudySession:
    """Record that `unit` studied `directives` on `held_on` and close its study duties for plans now wholly studied.

    `facts` are fields of StudySession (reports.places.SESSION_FACTS). The same `token` gives the session already recorded. A day before the plan
    was issued, or after its window, is accepted. Raises ValidationError "no_directive", "future", "before_directive",
    "speakers".
    """
    if token and (known := StudySession.objects.filter(form_token=token).first()):
        return known
    directives = list(directives)
    refuse_elsewhere(unit, facts)
    check_session(directives=directives, today=timezone.localdate(at), facts=facts)
    session = _record(unit=unit, directives=directives, by=by, at=at, token=token, source=source, facts=facts)
    close_study(unit=unit, by=by, at=at)
    return session


def _record(*, unit, directives, by, at, source, facts, token="", contents=True) -> StudySession:
    session = StudySession(unit=unit, form_token=token or None, source=source, recorded_at=at, recorded_by=by, **facts)
    insert_rows([session])
    link = StudySession.directives.through
    insert_rows(link(studysession=session, directive_id=pk) for pk in dict.fromkeys(one.pk for one in directives))
    record_event(by=by, verb="session.record", target=session, details={"directives": [str(one) for one in directives]}, at=at)
    if contents:
        _close_contents(session, directives, by=by, at=at)
    return session


def check_session(*, directives: list[Directive], today: dt.date, facts: dict) -> None:
    """Refuse what cannot have happened. Raises ValidationError, see record_session."""
    if not directives:
        raise ValidationError({"directives": ValidationError("Đồng chí chọn ít nhất một văn bản đã học.", code="no_directive")})
    held_on = facts["held_on"]
    if held_on > today:
        sentence = f"Ngày học {short(held_on)} chưa đến. Đồng chí ghi ngày đã tổ chức buổi học."
        raise ValidationError({"held_on": ValidationError(sentence, code="future")})
    youngest = max(directives, key=lambda one: one.dated_on)
    if held_on < youngest.dated_on:
        sentence = f"Ngày học {short(held_on)} trước ngày ban hành {youngest} ({short(youngest.dated_on)}). Đồng chí xem lại ngày."
        raise ValidationError({"held_on": ValidationError(sentence, code="before_directive")})
    present, speakers = facts.get("present"), facts.get("speakers")
    if present is not None and speakers is not None and speakers > present:
        sentence = f"Số phát biểu ({speakers}) nhiều hơn số có mặt ({present})."
        raise ValidationError({"speakers": ValidationError(sentence, code="speakers")})


def refuse_elsewhere(unit: Unit, facts: dict) -> None:
    """Raise ValidationError "counted_here" when `unit` would count its members at the ward's conference although the
    ward counts them at the unit's own session: they would be in both (domain.md 2.4)."""
    if facts.get("form") == SessionForm.WARD_CONFERENCE and not counted_at_conference(unit):
        sentence = (
            f"Phường tính đảng viên của {unit} ở buổi học của đơn vị, không tính ở hội nghị cấp phường. "
            "Đồng chí chọn hình thức buổi học của đơn vị."
        )
        raise ValidationError({"form": ValidationError(sentence, code="counted_here")})


def close_study(*, unit: Unit, by: User, at: dt.datetime) -> None:
    """Close the open study duties of `unit` for running plans whose directives its sessions now all cover."""
    owed = Assignment.objects.open() | Assignment.objects.let_off_for_now()
    owed = owed.filter(unit=unit, product=Product.STUDY, plan__state=PlanState.ISSUED)
    plans = Plan.objects.filter(pk__in=owed.values("plan")).order_by("pk")
    done = wholly_studied(unit, list(plans))
    if done:
        mark_studied(unit=unit, plans=done, by=by, at=at)


def reopen_study(
    *, unit: Unit, directives: Collection[Directive], reason: str, by: User, at: dt.datetime, since: dt.datetime | None = None
) -> list[Assignment]:
    """A session was taken back: the study of `unit` about `directives` that no other session covers is owed again.

    `since`: the moment the session had been recorded, by which the announced parts it closed along are known. Plans that
    ended keep what they were closed with.
    """
    studied = Assignment.objects.filter(
        unit=unit, state=AssignmentState.STUDIED, plan__state__in=(PlanState.ISSUED, PlanState.PAUSED),
        plan__directives__in=[one.pk for one in directives],
    )  # fmt: skip
    plans = list(Plan.objects.filter(pk__in=studied.filter(product=Product.STUDY).values("plan")).order_by("pk"))
    still = [plan.pk for plan in wholly_studied(unit, plans)]
    rows = set(studied.filter(product=Product.STUDY).exclude(plan__in=still).values_list("pk", flat=True))
    if since is not None:
        rows |= set(studied.filter(product=Product.CONTENT, settled_at=since).values_list("pk", flat=True))
    return mark_unstudied(assignments=Assignment.objects.filter(pk__in=rows), reason=reason, by=by, at=at)


def wholly_studied(unit: Unit, plans: list[Plan], *, known: Collection[int] = ()) -> list[Plan]:
    """Those of `plans` whose directives the sessions of `unit` all cover; `known`: directives certainly among them."""
    wanted = {plan.pk: set() for plan in plans}
    for plan_id, directive in _texts_of(plans=wanted):
        wanted[plan_id].add(directive)
    studied = set(known)
    if any(texts - studied for texts in wanted.values()):
        studied |= set(StudySession.objects.filter(unit=unit).order_by().values_list("directives", flat=True))
    return [plan for plan in plans if wanted[plan.pk] and wanted[plan.pk] <= studied]


@ReadyQuery
def _texts_of(plans):
    return PlanDirective.objects.filter(plan__in=plans).order_by().values_list("plan_id", "directive_id")


def keep_session(
    *,
    unit: Unit,
    facts: dict,
    directives: list[Directive],
    pk: int | None,
    plan_ids: set[int],
    by: User,
    at: dt.datetime,
    source: str = EntrySource.UNIT,
    contents: bool = True,
) -> tuple[StudySession, bool]:
    """The session a report speaks of, and whether it says anything new: the one of before when nothing changed, that one
    corrected, or a new one.

    A session that the report of another plan (not in `plan_ids`) also stands on is never altered: a copy is made. Part of
    sending, so the caller holds the transaction and closes the study duties (`wholly_studied`). `contents`: whether the
    unit owes the study of something announced and issued later.
    """
    refuse_elsewhere(unit, facts)
    check_session(directives=directives, today=timezone.localdate(at), facts=facts)
    session = StudySession.objects.filter(pk=pk, unit=unit).first() if pk else None
    fresh = {"directives": directives, "source": source, "facts": facts, "contents": contents}
    if session is None:
        return _record(unit=unit, by=by, at=at, **fresh), True
    wanted = {one.pk for one in directives}
    same_texts = set(session.directives.values_list("pk", flat=True)) == wanted
    if same_texts and all(getattr(session, name) == value for name, value in facts.items()):
        return session, False
    if session.submissions.exclude(plan__in=plan_ids).exists():
        return _record(unit=unit, by=by, at=at, **fresh), True
    for name, value in facts.items():
        setattr(session, name, value)
    session.save(update_fields=list(facts))
    session.directives.set(directives)
    record_event(by=by, verb="session.correct", target=session, at=at)
    if contents:
        _close_contents(session, directives, by=by, at=at)
    return session, True


def _close_contents(session: StudySession, directives: list[Directive], *, by: User, at: dt.datetime) -> None:
    """What was announced and issued by the day of the session counts as studied with the directives of its plan."""
    plans = Plan.objects.filter(state=PlanState.ISSUED, directives__in=directives)
    close_contents(unit=session.unit, plans=plans, studied_on=session.held_on, by=by, at=at)
