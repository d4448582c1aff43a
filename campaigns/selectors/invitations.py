"""Who stands behind a line of a conference's list today: the person it names, or whoever holds the office now."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.choices import Attendance, ParticipantClass, Reply
from campaigns.models import Conference, Invitee
from units.models import Membership


def in_office(rows: QuerySet[Invitee], *, on: dt.date) -> QuerySet[Invitee]:
    """`rows` with `holds`: whether the named person still has a role at the unit in whose name they were convened."""
    current = Membership.objects.current(on=on).filter(user=OuterRef("person"), unit=OuterRef("unit"))
    return rows.annotate(holds=Exists(current))


def left_office(conference: Conference, *, on: dt.date) -> list[Invitee]:
    """Lines of secretaries, neither answered nor called, that name who is secretary no more; one query."""
    rows = conference.invitees.filter(
        group__kind=ParticipantClass.SECRETARIES, unit__isnull=False, person__isnull=False, by_hand=False,
        reply=Reply.NONE, attendance=Attendance.NONE,
    )  # fmt: skip
    return list(in_office(rows, on=on).filter(holds=False).select_related("unit").order_by("position", "pk"))
