"""The time and place of a conference as letters and messages say it."""

import datetime as dt

from django.utils import timezone

from campaigns.models import Conference, Invitee
from documents import dates

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def begins_at(conference: Conference) -> dt.datetime | None:
    """The moment it begins; None while only the month is known."""
    if not conference.held_on or not conference.starts_at:
        return None
    return timezone.make_aware(dt.datetime.combine(conference.held_on, conference.starts_at))


def time_words(conference: Conference) -> str:
    """ "07 giờ 30, thứ Sáu, ngày 22/5/2026", or the month while no day is fixed."""
    if not conference.held_on:
        return f"trong tháng {dates.month(conference.month_on)}"
    hour = f"{conference.starts_at:%H} giờ {conference.starts_at:%M}, " if conference.starts_at else ""
    return f"{hour}{_WEEKDAYS[conference.held_on.weekday()]}, ngày {dates.short(conference.held_on)}"


def place_words(conference: Conference) -> str:
    """The hall and what was typed beside it (the points of an online conference), or ""."""
    parts = [str(conference.venue) if conference.venue_id else "", conference.place]
    return ", ".join(part for part in parts if part)


def invitee_words(invitee: Invitee) -> str:
    """Who is convened, as a letter addresses them: "đồng chí Trần Văn Mẫu, Bí thư, Chi bộ Tổ dân phố 3".

    A name that is an office already ("Bí thư Chi bộ Tổ dân phố 3") is not followed by that office once more.
    """
    unit = invitee.unit.name if invitee.unit_id else ""
    if invitee.whole or not invitee.name:
        return ", ".join(part for part in (invitee.office, unit) if part)
    office = "" if invitee.office and invitee.name.startswith(invitee.office) else invitee.office
    units = {unit, invitee.unit.short_name} if unit else set()
    where = "" if any(invitee.name.endswith(one) for one in units) else unit
    return ", ".join(part for part in (f"đồng chí {invitee.name}", office, where) if part)


def message_words(invitee: Invitee, *, address: str, event: str) -> str:
    """One message for Zalo or SMS: whom, what, when, where, the own link to answer and the event for the telephone."""
    conference = invitee.conference
    place = place_words(conference)
    return (
        f"Kính mời {invitee_words(invitee)} dự {conference.title}, {time_words(conference)}"
        f"{f', tại {place}' if place else ''}. Xem giấy mời và báo dự, vắng hoặc người dự thay tại {address}; mở {event} để ghi vào lịch điện thoại."
    )
