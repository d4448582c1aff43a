"""Who an invitation's link speaks of, whether it may still be answered, and the event it carries."""

import datetime as dt

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from campaigns import conference_links as links
from campaigns.choices import Attendance, ConferenceState, Reply
from campaigns.conference_words import begins_at, place_words
from campaigns.event_uids import event_uid
from campaigns.models import Conference, Invitee
from campaigns.selectors.invitations import in_office
from documents.icalendar import Event
from units.permissions import Permission

_USUAL_MINUTES = 120  # shown as taken in calendars while the office has not said how long it lasts
_DATED = (ConferenceState.FIXED, ConferenceState.HELD, ConferenceState.CANCELLED)


def invitee_of_token(token: str, *, on: dt.date) -> Invitee | None:
    """The line of the list that a reply link was made for; None for a revoked or invented one alike."""
    pk = links.pk_in(token)
    rows = Invitee.objects.select_related("conference__ward", "conference__venue", "unit", "group")
    invitee = in_office(rows, on=on).filter(pk=pk).first() if pk else None
    if invitee is None or not links.fits(token, invitee, links.REPLY):
        return None
    if invitee.person_id and invitee.unit_id and not invitee.holds:
        invitee.name = ""  # read only: the greeting is to the office, not to who left it
    return invitee


def reply_address(invitee: Invitee) -> str:
    """The whole address of an invitee's own page."""
    return _address("campaigns:invitation", invitee)


def event_address(invitee: Invitee) -> str:
    """The whole address of the conference as an event for the invitee's calendar."""
    return _address("campaigns:invitation-event", invitee)


def _address(name, invitee):
    return settings.SITE_URL + reverse(name, args=[links.token_of(invitee, links.REPLY)])


def why_not_answered(invitee: Invitee, *, now: dt.datetime, by_office: bool = False) -> str:
    """Why the invitation cannot be answered now, as a sentence; "" when it can.

    The link ends when the conference begins; the office may write an answer down until the roll is taken.
    """
    conference = invitee.conference
    if conference.state == ConferenceState.CANCELLED:
        return "Hội nghị này không họp nữa."
    if conference.state == ConferenceState.PLANNED:
        return "Hội nghị chưa định ngày nên chưa cần trả lời."
    if conference.state == ConferenceState.HELD or invitee.attendance != Attendance.NONE:
        return "Hội nghị đã điểm danh nên câu trả lời không đổi được nữa."
    if not by_office and now >= begins_at(conference):
        return "Hội nghị đã bắt đầu nên không trả lời qua đường dẫn được nữa. Đồng chí gọi Văn phòng Đảng ủy."
    return ""


def listed_invitees(conference: Conference, *, unanswered: bool = False) -> QuerySet[Invitee]:
    """The lines in the order of the roll, those without an answer alone if wanted."""
    rows = Invitee.objects.filter(conference=conference)
    if unanswered:
        rows = rows.filter(Q(reply=Reply.NONE) | Q(reply_outdated=True))
    rows = rows.select_related("conference__venue", "unit", "group")
    return rows.order_by("group__position", "group_id", "position", "pk")


def conference_event(conference: Conference, *, invitee: Invitee | None = None, address: str = "") -> Event:
    """A conference with a day as an event of a calendar; `invitee` says in which capacity the person comes."""
    starts = begins_at(conference)
    minutes = conference.minutes or _USUAL_MINUTES
    lines = [
        f"Thành phần: {invitee.group}." if invitee else "",
        f"Chủ trì: {conference.chair}." if conference.chair else "",
        f"Tài liệu: {conference.materials}" if conference.materials else "",
    ]
    return Event(
        uid=event_uid("hoi-nghi", conference.pk),
        title=conference.title,
        starts=starts,
        ends=starts + dt.timedelta(minutes=minutes),
        changed_at=conference.edited_at,
        sequence=conference.version - 1,
        place=place_words(conference),
        note="\n".join(line for line in lines if line),
        url=address,
        cancelled=conference.state == ConferenceState.CANCELLED,
        busy=True,
    )


def _addressed_to(access, rows: QuerySet[Invitee]) -> QuerySet[Invitee]:
    """Those of `rows` that are for the person: by name, or for a unit they answer for."""
    named = Q(person=access.user) & (Q(unit=None) | Q(holds=True))
    as_office = Q(access.reach(Permission.DO_DUTY, prefix="unit__")) & (Q(person=None) | Q(holds=False))
    return in_office(rows, on=access.on).filter(named | as_office)


def unanswered_invitations(access, *, on: dt.date) -> QuerySet[Invitee]:
    """Lines for the person that nobody answered for the time that now stands, of conferences still to come; one query."""
    rows = Invitee.objects.filter(
        Q(reply=Reply.NONE) | Q(reply_outdated=True),
        conference__state=ConferenceState.FIXED, conference__held_on__gte=on, attendance=Attendance.NONE,
    )  # fmt: skip
    return _addressed_to(access, rows).select_related("conference", "unit").order_by("conference__held_on", "pk")


def conference_events(access, *, since: dt.date) -> list[Event]:
    """The conferences a person is convened to, and for an office those of its ward; two queries, each conference once.

    A line in the name of a secretary who left the office is the unit's: whoever came after finds it.
    """
    rows = Invitee.objects.filter(conference__held_on__gte=since, conference__state__in=_DATED)
    own = (
        _addressed_to(access, rows)
        .select_related("conference__venue", "group")
        .order_by(F("person_id").desc(nulls_last=True), "pk")
    )
    found = {}
    for line in own:
        if line.conference_id not in found:
            open_link = line.conference.state == ConferenceState.FIXED
            address = reply_address(line) if open_link else ""
            found[line.conference_id] = conference_event(line.conference, invitee=line, address=address)
    office = Conference.objects.filter(
        access.reach(Permission.READ_WARD, prefix="ward__"), held_on__gte=since, state__in=_DATED
    )
    for conference in office.exclude(pk__in=list(found)).select_related("venue"):
        address = settings.SITE_URL + conference.get_absolute_url()
        found[conference.pk] = conference_event(conference, address=address)
    return list(found.values())
