"""Days that count from a plan's conference: "sau hội nghị 05 ngày" (domain.md 7.1)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from campaigns.choices import ConferenceOrganiser, ConferenceState, DeadlineRule, Product
from campaigns.deadline_phrases import after_conference
from campaigns.models import Conference, Duty, Plan
from units.workdays import WorkCalendar


def conference_day(plan: Plan) -> dt.date | None:
    """The day of the plan's one conference, when it is fixed; None when none is, or several could be meant.

    Of conferences on several levels the ward's own is meant: its plan speaks of it.
    """
    standing = list(plan.conferences.standing().values_list("organiser", "held_on"))
    own = [day for organiser, day in standing if organiser == ConferenceOrganiser.WARD]
    days = set(own or [day for _organiser, day in standing])
    return days.pop() if len(days) == 1 else None


def counted_day(plan: Plan, phrase: str, *, on: dt.date) -> dt.date | None:
    """The last day that `phrase` gives by the conference of `plan`; None while it gives none, or one gone by on `on`."""
    after, held_on = after_conference(phrase), conference_day(plan)
    if after is None or held_on is None:
        return None
    day = after.day(held_on, WorkCalendar.load())
    return day if day >= on else None


def counting(plan: Plan) -> list[Duty]:
    """The duties of the plan whose day counts from its conference."""
    duties = plan.duties.filter(rule=DeadlineRule.AFTER_EVENT).exclude(product=Product.NONE)
    return [duty for duty in duties.order_by("position", "pk") if after_conference(duty.deadline_phrase)]


def nothing_to_wait_for() -> Q:
    """Duties "sau hội nghị" whose day somebody has to tell: no conference of the plan is still to get its day."""
    planned = Conference.objects.filter(plans=OuterRef("plan"), state=ConferenceState.PLANNED)
    return Q(rule=DeadlineRule.AFTER_EVENT) & ~Exists(planned)
