"""What conferences ask of the office today, and which ones the coming days and a plan have."""

import datetime as dt

from django.db.models import Count, Q

from campaigns.choices import Attendance, ConferenceLevel, ConferenceState, PlanState, Reply
from campaigns.models import Conference, PlanConference
from units.permissions import Permission
from units.ready_queries import ReadyQuery

REPLIES_ASKED = dt.timedelta(days=7)  # so long before the day the office looks who has not answered
_CALLED_AHEAD = dt.timedelta(days=45)


def conferences_to_see_to(access, *, on: dt.date) -> list[Conference]:
    """Conferences whose day passed without a closed roll, comes within a week, or is still to be fixed in a month that
    began; with `lines`, `uncalled` and `silent` (not answered, or answered before a change). One query."""
    rows = Conference.objects.filter(
        access.reach(Permission.CALL_CONFERENCE, prefix="ward__"), state__in=ConferenceState.OPEN
    ).filter(Q(held_on__lte=on + REPLIES_ASKED) | Q(held_on=None, month_on__lte=on))
    return list(
        rows.annotate(
            lines=Count("invitees"),
            uncalled=Count("invitees", filter=Q(invitees__attendance=Attendance.NONE)),
            silent=Count("invitees", filter=Q(invitees__reply=Reply.NONE) | Q(invitees__reply_outdated=True)),
        ).order_by("held_on", "month_on", "pk")
    )


def plans_without_conference(access, *, on: dt.date) -> int:
    """How many issued plans speak of a ward conference from this month on, soon, and have none called. One query."""
    texts = PlanConference.objects.filter(
        access.reach(Permission.CALL_CONFERENCE, prefix="plan__ward__"), level=ConferenceLevel.WARD,
        last_day__range=(on.replace(day=1), on + _CALLED_AHEAD), plan__state=PlanState.ISSUED,
    )  # fmt: skip
    called = Conference.objects.standing().filter(plans__isnull=False).values("plans")
    return texts.exclude(plan__in=called).values("plan").distinct().count()


def coming_conferences(wards, *, on: dt.date, days: int) -> list[Conference]:
    """Conferences of `wards` (ids) fixed for one of the next `days`, the nearest first."""
    return _coming(wards=wards, first=on, last=on + dt.timedelta(days=days))


@ReadyQuery
def _coming(wards, first, last):
    rows = Conference.objects.filter(ward__in=wards, state=ConferenceState.FIXED, held_on__range=(first, last))
    return rows.select_related("venue").order_by("held_on", "starts_at", "pk")
