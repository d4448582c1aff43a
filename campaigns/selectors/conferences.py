"""What the office sees of conferences: the list with the year's count, one with its roll, and what may be joined."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet

from campaigns.choices import (
    ConferenceLevel,
    ConferenceMoveKind,
    ConferenceOrganiser,
    ConferenceState,
    ParticipantClass,
    PlanState,
)
from campaigns.conference_classes import USUAL, classes_named
from campaigns.conference_figures import RollTotals, roll_totals
from campaigns.models import Conference, ConferenceClass, Invitee, Plan, PlanConference
from documents.search import fold
from units.models import Unit
from units.permissions import Permission

YEAR_LIMIT = 3  # commune-wide conferences a year, Kết luận 226-KL/TW: a hint, the ward decides what counts


def visible_conferences(access) -> QuerySet[Conference]:
    """The office sees every conference of its ward; nobody else opens the record itself."""
    return Conference.objects.filter(access.reach(Permission.READ_WARD, prefix="ward__"))


def listed_conferences(access, *, year: int | None = None, state: str = "") -> QuerySet[Conference]:
    """The list, newest month first, with how many lines each convenes."""
    rows = visible_conferences(access)
    plans = Prefetch("plans", Plan.objects.select_related("paper").order_by("pk"))
    if year:
        rows = rows.of_year(year)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("venue").prefetch_related(plans).annotate(lines=Count("invitees"))


def wide_in_year(ward: Unit, year: int, *, without: Conference | None = None) -> int:
    """How many commune-wide conferences the ward holds or expects in `year`; those called off do not count."""
    rows = ward.conferences.standing().of_year(year).filter(wide=True, organiser=ConferenceOrganiser.WARD)
    return rows.exclude(pk=without.pk).count() if without else rows.count()


@dataclass
class RollGroup:
    """One class with its lines and its count."""

    group: ConferenceClass
    invitees: list[Invitee] = field(default_factory=list)

    @property
    def totals(self) -> RollTotals:
        return roll_totals(self.invitees)


def roll_groups(conference: Conference) -> list[RollGroup]:
    """The list by class in the order of the roll; two queries for 3 lines as for 600."""
    groups = {one.pk: RollGroup(one) for one in conference.classes.order_by("position", "pk")}
    for one in conference.invitees.select_related("unit", "person").order_by("position", "pk"):
        groups[one.group_id].invitees.append(one)
    return list(groups.values())


def all_totals(groups: list[RollGroup]) -> RollTotals:
    """The count of the whole list."""
    return roll_totals(one for group in groups for one in group.invitees)


@dataclass(frozen=True)
class Suggestion:
    """Plans of one month that could share a conference: those without one, and the conference there already is."""

    month: dt.date
    plans: tuple[Plan, ...]
    conference: Conference | None
    same_people: bool

    @property
    def plan_ids(self) -> str:
        """As the address of a new conference carries them."""
        return ",".join(str(plan.pk) for plan in self.plans)


def suggestions(ward: Unit, *, on: dt.date) -> list[Suggestion]:
    """ "Gộp được": plans whose paper speaks of a ward conference from this month on and that have none yet.

    A month with one such plan and no conference only asks for a record; with several, or with a conference already
    standing, joining is offered (Kết luận 226-KL/TW: fewer conferences). `same_people`: they convene the same classes.
    """
    first = on.replace(day=1)
    texts = (
        PlanConference.objects.filter(level=ConferenceLevel.WARD, last_day__gte=first, plan__ward=ward)
        .exclude(plan__state__in=[PlanState.CLOSED, PlanState.WITHDRAWN])
        .select_related("plan__paper")
        .order_by("last_day", "plan_id")
    )
    taken = set(ward.conferences.standing().filter(plans__isnull=False).values_list("plans", flat=True))
    by_month = defaultdict(list)
    for text in texts:
        if text.plan_id not in taken:
            by_month[text.last_day.replace(day=1)].append(text)
    standing = ward.conferences.filter(state__in=ConferenceState.OPEN, month_on__gte=first).prefetch_related("classes")
    by_conference = {}
    for one in standing.order_by("-pk"):
        by_conference[one.month_on] = one
    return [_suggestion(month, found, by_conference.get(month)) for month, found in sorted(by_month.items())]


def _suggestion(month, texts, conference) -> Suggestion:
    called = [set(classes_named(fold(text.participants))) for text in texts]
    if conference:
        called.append({one.kind for one in conference.classes.all()})
    return Suggestion(
        month=month,
        plans=tuple(text.plan for text in texts),
        conference=conference,
        same_people=len(called) > 1 and all(one == called[0] for one in called) and bool(called[0]),
    )


def was_held(conference: Conference) -> bool:
    """Whether its roll was closed once: reopened, it may be corrected but neither moved nor called off nor merged."""
    return conference.moves.filter(kind=ConferenceMoveKind.CLOSED).exists()


def twins(conference: Conference) -> list[Conference]:
    """Other conferences of its month that still stand: what it could be merged with, when nothing was called yet."""
    if not conference.is_open or was_held(conference):
        return []
    return list(
        conference.ward.conferences.filter(state__in=ConferenceState.OPEN, month_on=conference.month_on)
        .exclude(pk=conference.pk)
        .exclude(moves__kind=ConferenceMoveKind.CLOSED)
        .order_by("pk")
    )


def plan_choices(ward: Unit, *, conference: Conference | None = None) -> QuerySet[Plan]:
    """Plans a conference may be held for: every one that still runs or is being written, and those it has."""
    rows = Q(state__in=[state for state in PlanState.values if state not in {PlanState.CLOSED, PlanState.WITHDRAWN}])
    if conference:
        rows |= Q(conferences=conference)
    return Plan.objects.filter(rows, ward=ward).distinct().select_related("paper").order_by("-created_at", "-pk")


def first_facts(ward: Unit, plans: list[Plan], *, on: dt.date) -> dict:
    """What a new conference begins with: its name, month, hall, speaker and classes as the plans' papers say."""
    texts = list(PlanConference.objects.filter(plan__in=plans, level=ConferenceLevel.WARD).order_by("plan_id"))
    months = [text.last_day.replace(day=1) for text in texts if text.last_day]
    named = dict.fromkeys(kind for text in texts for kind in classes_named(fold(text.participants)))
    venue = ward.venues.filter(is_default=True).first()
    directives = dict.fromkeys(
        link.directive.short_form
        for plan in sorted(plans, key=lambda one: one.pk)
        for link in plan.directive_links.select_related("directive").order_by("position", "pk")
    )
    subject = ", ".join(directives)
    return {
        "title": f"Hội nghị học tập, quán triệt {subject}" if subject else "",
        "plans": [plan.pk for plan in plans],
        "month_on": min(months, default=on.replace(day=1)),
        "venue": venue.pk if venue else None,
        "speaker": next((text.speaker for text in texts if text.speaker), ""),
        "classes": [kind.value for kind in USUAL if not named or kind.value in named],
    }


def class_choices() -> list[tuple[str, str]]:
    """The classes as they stand on the form, in the order of the roll."""
    return list(ParticipantClass.choices)
