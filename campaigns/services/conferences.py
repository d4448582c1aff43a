"""The conference record: called for plans, fixed, moved, called off, merged (Kết luận 226-KL/TW: one instead of three)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from campaigns.choices import ConferenceMoveKind, ConferenceState, Reply
from campaigns.models import Conference, ConferenceMove, Plan
from campaigns.selectors.conferences import was_held
from campaigns.selectors.invitations import in_office
from campaigns.selectors.recipients import answering
from campaigns.services.conference_carrying import carry_left_out, carry_lines
from campaigns.services.conference_days import follow_conferences
from campaigns.services.conference_lists import set_classes
from campaigns.services.notifications import Notice, tell
from documents import dates
from units.models import Unit, User
from units.services.audit import record_event

STALE = "Hội nghị vừa được người khác sửa. Chưa ghi gì; đồng chí mở lại trang rồi sửa tiếp."
FACTS = (
    "title", "organiser", "wide", "way", "online_points", "venue", "place", "chair", "recorder", "speaker", "programme",
    "materials",
)  # fmt: skip


@transaction.atomic
def call_conference(
    *, ward: Unit, plans: Iterable[Plan], kinds: Iterable[str], month_on: dt.date, by: User, at: dt.datetime, **facts
) -> Conference:
    """Open the record of a conference of `ward`, expected in the month of `month_on`, convening the classes `kinds`."""
    conference = Conference.objects.create(
        ward=ward, month_on=month_on.replace(day=1), created_at=at, created_by=by, edited_at=at, edited_by=by, **facts
    )
    conference.plans.set(plans)
    record_event(by=by, verb="conference.call", target=conference, ward=ward, at=at)
    return set_classes(conference=conference, kinds=kinds, by=by, at=at)


@transaction.atomic
def revise_conference(
    *,
    conference: Conference,
    version: int,
    plans: Iterable[Plan],
    month_on: dt.date,
    by: User,
    at: dt.datetime,
    **facts,
) -> Conference:
    """Change what is written about the conference; `version` is what the person saw.

    The month stands only while no day is fixed. Raises ValidationError "stale", "closed".
    """
    _refuse_ended(conference)
    if conference.state == ConferenceState.PLANNED:
        facts["month_on"] = month_on.replace(day=1)
    _write(conference, version=version, by=by, at=at, **facts)
    before = set(conference.plans.values_list("pk", flat=True))
    conference.plans.set(plans)
    follow_conferences(plans=before | {plan.pk for plan in plans}, by=by, at=at)
    record_event(by=by, verb="conference.revise", target=conference, ward=conference.ward, at=at)
    return conference


@transaction.atomic
def fix_time(
    *, conference: Conference, version: int, held_on: dt.date, starts_at: dt.time, by: User, at: dt.datetime,
    minutes: int | None = None, venue=None, place: str = "", reason: str = "",
) -> Conference:  # fmt: skip
    """Set the day and hour for the first time, or move a conference that had them; those convened are told.

    Raises ValidationError "past", "reason" (a move without one), "stale", "closed", "held".
    """
    _refuse_ended(conference)
    _refuse_held(conference)
    moving = conference.state == ConferenceState.FIXED
    if held_on < timezone.localdate(at):
        raise ValidationError(
            {"held_on": ValidationError("Ngày họp đã qua. Đồng chí ghi ngày từ hôm nay trở đi.", code="past")}
        )
    if moving and not reason:
        raise ValidationError({"reason": ValidationError("Đồng chí ghi lý do đổi để báo cho đại biểu.", code="reason")})
    before = when_words(conference)
    _write(
        conference, version=version, by=by, at=at, state=ConferenceState.FIXED, held_on=held_on,
        month_on=held_on.replace(day=1), starts_at=starts_at, minutes=minutes, venue=venue, place=place,
    )  # fmt: skip
    kind = ConferenceMoveKind.MOVED if moving else ConferenceMoveKind.FIXED
    if moving and before != when_words(conference):
        _outdate_replies(conference)
    move = note_move(conference, kind, before=before, after=when_words(conference), reason=reason, by=by, at=at)
    tell_invitees(conference, move, at=at)
    follow_conferences(plans=conference.plans.values_list("pk", flat=True), by=by, at=at)
    return conference


@transaction.atomic
def postpone_conference(
    *, conference: Conference, version: int, month_on: dt.date, reason: str, by: User, at: dt.datetime
) -> Conference:
    """Give its day back: it is expected in the month of `month_on` again, those convened are told and asked later.

    Raises ValidationError "past" (a month that is over), "no_day", "stale", "closed", "held".
    """
    _refuse_ended(conference)
    _refuse_held(conference)
    if conference.state != ConferenceState.FIXED:
        raise ValidationError("Hội nghị này chưa định ngày nên không cần hoãn. Chưa ghi gì.", code="no_day")
    if month_on < timezone.localdate(at).replace(day=1):
        raise ValidationError({"month_on": ValidationError("Tháng này đã qua. Đồng chí ghi từ tháng này trở đi.", code="past")})
    before = when_words(conference)
    _write(
        conference, version=version, by=by, at=at, state=ConferenceState.PLANNED, held_on=None, starts_at=None,
        month_on=month_on.replace(day=1),
    )  # fmt: skip
    _outdate_replies(conference)
    kind, after = ConferenceMoveKind.POSTPONED, f"dự kiến {when_words(conference)}"
    tell_invitees(conference, note_move(conference, kind, before=before, after=after, reason=reason, by=by, at=at), at=at)
    follow_conferences(plans=conference.plans.values_list("pk", flat=True), by=by, at=at)
    return conference


@transaction.atomic
def cancel_conference(*, conference: Conference, version: int, reason: str, by: User, at: dt.datetime) -> Conference:
    """Call it off: its links stop, its plans are free for another, those convened are told why.

    Raises ValidationError "stale", "closed", "held".
    """
    _refuse_ended(conference)
    _refuse_held(conference)
    before = when_words(conference)
    _write(
        conference, version=version, by=by, at=at, state=ConferenceState.CANCELLED, link_epoch=conference.link_epoch + 1
    )
    move = note_move(conference, ConferenceMoveKind.CANCELLED, before=before, after="", reason=reason, by=by, at=at)
    tell_invitees(conference, move, at=at)
    follow_conferences(plans=conference.plans.values_list("pk", flat=True), by=by, at=at)
    return conference


@transaction.atomic
def join_plan(*, conference: Conference, plans: Iterable[Plan], by: User, at: dt.datetime) -> Conference:
    """Take more plans into a conference that is already called ("Gộp được"). Raises ValidationError "closed"."""
    _refuse_ended(conference)
    plans = list(plans)
    conference.plans.add(*plans)
    follow_conferences(plans=[plan.pk for plan in plans], by=by, at=at)
    details = {"plans": [str(plan) for plan in plans]}
    record_event(by=by, verb="conference.join", target=conference, ward=conference.ward, details=details, at=at)
    return conference


@transaction.atomic
def merge_conferences(*, kept: Conference, gone: Conference, by: User, at: dt.datetime) -> Conference:
    """Hold `kept` for the plans of `gone` too and call off `gone`; classes convened only there are convened here.

    Guests and others written by hand and the answers given come along (services/conference_carrying.py).
    Raises ValidationError "closed", "held", "other_month", "stale".
    """
    rows = Conference.objects.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))  # both lists stand still meanwhile
    for one in (kept, gone):
        _refuse_ended(one)
        _refuse_held(one)
    if kept.pk == gone.pk or kept.ward_id != gone.ward_id or kept.month_on != gone.month_on:
        raise ValidationError("Chỉ gộp được hai hội nghị của cùng một tháng. Chưa ghi gì.", code="other_month")
    kinds = {one.kind for one in (*kept.classes.all(), *gone.classes.all())}
    kept.plans.add(*gone.plans.all())
    carry_left_out(kept=kept, gone=gone)
    set_classes(conference=kept, kinds=kinds, by=by, at=at)
    carry_lines(kept=kept, gone=gone, same_time=when_words(kept) == when_words(gone))
    before = when_words(gone)
    _write(
        gone,
        version=gone.version,
        by=by,
        at=at,
        state=ConferenceState.CANCELLED,
        merged_into=kept,
        link_epoch=gone.link_epoch + 1,
    )
    now = {"reason": "", "by": by, "at": at}
    note_move(kept, ConferenceMoveKind.MERGED, before="", after=f"nhận “{gone}”, {before}"[:300], **now)
    after = f"{str(kept)[:150]}, {when_words(kept)}"[:300]
    tell_invitees(gone, note_move(gone, ConferenceMoveKind.MERGED, before=before, after=after, **now), at=at)
    follow_conferences(plans=kept.plans.values_list("pk", flat=True), by=by, at=at)
    return kept


def when_words(conference: Conference) -> str:
    """ "08 giờ 00, 22/5/2026, Hội trường phường" or "tháng 5/2026"."""
    if not conference.held_on:
        return f"tháng {dates.month(conference.month_on)}"
    hour = f"{conference.starts_at:%H} giờ {conference.starts_at:%M}"
    return ", ".join(part for part in (hour, dates.short(conference.held_on), conference.where) if part)[:300]


def note_move(
    conference: Conference, kind: str, *, before: str, after: str, reason: str, by: User, at: dt.datetime
) -> ConferenceMove:
    """Write what happened, in the record and in the trail; the caller holds the transaction."""
    record_event(
        by=by,
        verb=f"conference.{kind}",
        target=conference,
        ward=conference.ward,
        details={"reason": reason} if reason else {},
        at=at,
    )
    return ConferenceMove.objects.create(
        conference=conference, kind=kind, before=before, after=after, reason=reason, made_at=at, made_by=by
    )


def tell_invitees(conference: Conference, move: ConferenceMove, *, at: dt.datetime) -> int:
    """One line on the pages of everybody convened who has an account, in working hours; returns how many.

    A unit or body is told through those who answer for it (selectors/recipients.py); who was convened in an office of
    a unit and left it is not. Six queries for 3 lines as for 600.
    """
    today = timezone.localdate(at)
    units = conference.invitees.filter(unit__isnull=False).values("unit")
    answer = {person for rows in answering(units, on=today).values() for _membership, person in rows}
    invited = in_office(conference.invitees.filter(person__is_active=True), on=today)
    invited = invited.filter(Q(unit=None) | Q(holds=True)).values_list("person", flat=True)
    people = sorted({*answer, *invited})
    body = "\n".join(
        part
        for part in (str(conference), move.after, f"Lý do: {move.reason}" if move.reason else "", _ASKED.get(move.kind))
        if part
    )
    key, url = f"conference-{conference.pk}-{move.pk}", reverse("campaigns:feed-detail")
    ward = conference.ward_id
    return tell([Notice(one, f"{key}-{one}", _TOLD[move.kind], body, url, ward) for one in people], at=at)


_TOLD = {
    ConferenceMoveKind.FIXED: "Đã định ngày họp hội nghị",
    ConferenceMoveKind.MOVED: "Hội nghị đổi thời gian hoặc địa điểm",
    ConferenceMoveKind.POSTPONED: "Hội nghị hoãn, chưa định ngày mới",
    ConferenceMoveKind.CANCELLED: "Hội nghị không họp nữa",
    ConferenceMoveKind.MERGED: "Hội nghị được gộp vào hội nghị khác",
}
_ASKED = {
    ConferenceMoveKind.MOVED: "Đồng chí đã trả lời trước khi đổi thì trả lời lại theo thời gian, địa điểm mới.",
    ConferenceMoveKind.POSTPONED: "Ngày, giờ mới sẽ được báo sau; khi đó đồng chí trả lời lại.",
}


def _outdate_replies(conference: Conference) -> None:
    """Answers were given for a time or place that is another now: kept, marked, and asked again."""
    conference.invitees.exclude(reply=Reply.NONE).update(reply_outdated=True)


def _refuse_held(conference: Conference) -> None:
    """Raise ValidationError "held" when the roll was closed once: the people were there, only the roll may be corrected."""
    if was_held(conference):
        words = (
            "Hội nghị này đã họp, đang mở lại để sửa điểm danh nên không đổi thời gian, hủy hay gộp được. "
            "Chưa ghi gì; đồng chí sửa điểm danh rồi chốt lại."
        )
        raise ValidationError(words, code="held")


def _refuse_ended(conference: Conference) -> None:
    if not conference.is_open:
        words = "Hội nghị này đã chốt điểm danh hoặc đã hủy nên không sửa được. Chưa ghi gì."
        raise ValidationError(words, code="closed")


def _write(conference: Conference, *, version: int, by: User, at: dt.datetime, **facts) -> None:
    """Conditional update: only over what the person saw."""
    facts |= {"edited_at": at, "edited_by": by}
    rows = Conference.objects.filter(pk=conference.pk, version=version, state=conference.state)
    if not rows.update(version=F("version") + 1, **facts):
        raise ValidationError(STALE, code="stale")
    conference.refresh_from_db()
