"""Answers to an invitation: by the own link or written down by the office, and links taken back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from campaigns.choices import Attendance, ConferenceState, Reply
from campaigns.models import Conference, Invitee
from campaigns.selectors.conference_replies import why_not_answered
from units.models import AuditEvent, User
from units.services.audit import record_event

MOST_ANSWERS = 20  # by one link: a person changes their mind a few times, a script does not stop
_ANSWER = "conference.reply"
_BY_LINK = "đường dẫn"


@transaction.atomic
def answer_invitation(
    *, invitee: Invitee, reply: str, now: dt.datetime, by: User | None = None, note: str = "", deputy_name: str = "",
    deputy_office: str = "",
) -> Invitee:  # fmt: skip
    """Keep what an invitee answered; the last answer counts and the same answer twice changes nothing.

    Args:
        invitee: with its conference.
        reply: coming, excused (with `note`) or deputy (with `deputy_name`).
        now: when the answer arrived.
        by: who of the office wrote it down; None for the own link.

    Raises:
        ValidationError: ``closed`` (too late, called off), ``note``, ``deputy_name``, ``whole``, ``too_many``.
    """
    _refuse_late(invitee, now=now, by=by)
    facts = _checked(invitee, reply, note=note, deputy_name=deputy_name, deputy_office=deputy_office)
    if all(getattr(invitee, name) == value for name, value in facts.items()):
        return invitee  # but one given before the time changed is said again: `reply_outdated` differs then
    if by is None:
        _refuse_flood(invitee)
    rows = Invitee.objects.filter(
        pk=invitee.pk, attendance=Attendance.NONE, link_version=invitee.link_version,
        conference__state=ConferenceState.FIXED, conference__link_epoch=invitee.conference.link_epoch,
    )  # fmt: skip
    if not Invitee.objects.filter(pk__in=rows.values("pk")).update(replied_at=now, **facts):
        words = "Hội nghị hoặc đường dẫn vừa thay đổi nên câu trả lời chưa được ghi. Đồng chí mở lại trang."
        raise ValidationError(words, code="closed")
    invitee.refresh_from_db()
    details = {"reply": reply, "way": "văn phòng ghi"} if by else {"reply": reply, "way": _BY_LINK, "link": _link(invitee)}
    record_event(by=by, verb=_ANSWER, target=invitee, ward=invitee.conference.ward, details=details, at=now)
    return invitee


@transaction.atomic
def renew_link(*, invitee: Invitee, by: User, now: dt.datetime) -> Invitee:
    """End the links of one invitee (sent to the wrong person, passed on); the answer given stays."""
    Invitee.objects.filter(pk=invitee.pk).update(link_version=F("link_version") + 1)
    invitee.refresh_from_db()
    record_event(by=by, verb="conference.renew_link", target=invitee, ward=invitee.conference.ward, at=now)
    return invitee


@transaction.atomic
def renew_links(*, conference: Conference, by: User, now: dt.datetime) -> Conference:
    """End the links of everybody convened at once."""
    Conference.objects.filter(pk=conference.pk).update(link_epoch=F("link_epoch") + 1)
    conference.refresh_from_db()
    record_event(by=by, verb="conference.renew_links", target=conference, ward=conference.ward, at=now)
    return conference


def _refuse_late(invitee: Invitee, *, now: dt.datetime, by: User | None) -> None:
    reason = why_not_answered(invitee, now=now, by_office=by is not None)
    if reason:
        raise ValidationError(reason, code="closed")


def _checked(invitee: Invitee, reply: str, *, note: str, deputy_name: str, deputy_office: str) -> dict:
    """What is kept of an answer: nothing that belongs to another kind of answer."""
    if reply not in {Reply.COMING, Reply.EXCUSED, Reply.DEPUTY}:
        raise ValidationError({"reply": ValidationError("Đồng chí chọn một câu trả lời.", code="reply")})
    if reply == Reply.EXCUSED and not note:
        raise ValidationError({"note": ValidationError("Đồng chí ghi lý do vắng.", code="note")})
    if reply == Reply.DEPUTY and invitee.whole:
        raise ValidationError("Cả tập thể được triệu tập nên không cử người dự thay.", code="whole")
    if reply == Reply.DEPUTY and not deputy_name:
        raise ValidationError(
            {"deputy_name": ValidationError("Đồng chí ghi họ tên người dự thay.", code="deputy_name")}
        )
    deputy = reply == Reply.DEPUTY
    return {
        "reply": reply,
        "reply_note": note[:300],
        "deputy_name": deputy_name[:120] if deputy else "",
        "deputy_office": deputy_office[:120] if deputy else "",
        "reply_outdated": False,
    }


def _link(invitee: Invitee) -> str:
    """Which link it is: a new one, given out because the old was in other hands, begins to count anew."""
    return f"{invitee.conference.link_epoch}.{invitee.link_version}"


def _refuse_flood(invitee: Invitee) -> None:
    given = AuditEvent.objects.filter(
        object_type=invitee._meta.label_lower, object_id=str(invitee.pk), verb=_ANSWER, details__link=_link(invitee)
    )
    if given.count() >= MOST_ANSWERS:
        words = "Đường dẫn này đã trả lời quá nhiều lần. Câu trả lời trước được giữ; đồng chí gọi Văn phòng Đảng ủy."
        raise ValidationError(words, code="too_many")
