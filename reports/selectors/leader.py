"""The leader's ten seconds: four numbers, who is missing under whom, the next seven days."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Sum
from django.urls import reverse

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, Directive, Plan
from campaigns.selectors.figures import plan_counts
from reports.choices import SubmissionState
from reports.figures import rate
from reports.heads import required_heads
from reports.models import Submission
from units.paths import within
from units.permissions import Permission
from units.ready_queries import ReadyQuery

_RECEIVED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.APPRAISED)
_HEADS = ("members", "exempt", "away", "received")
PRESENT, REQUIRED, WITHHELD = range(3)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Members present of those required, in heads, over the results received so far; None when nobody reported."""

    present: int | None
    required: int | None
    withheld: int

    @property
    def percent(self):
        return rate(self.present, self.required)


@dataclass(frozen=True, slots=True)
class StudiedPaper:
    """A directive of a plan, by its number and its short form."""

    number_text: str
    short_form: str


@dataclass(frozen=True, slots=True)
class RunningPlan:
    """An issued plan as the pages of progress name it; the whole texts stay in the database."""

    pk: int
    ward_id: int
    number_text: str
    directives: tuple[StudiedPaper, ...]

    @property
    def url(self):
        return reverse("campaigns:plan-detail", args=[self.pk])

    @property
    def sort_key(self):
        """The value of `sort` in the address of the matrix that puts this plan's most urgent units first."""
        return f"plan-{self.pk}"


def running_plans(access, *, states=(PlanState.ISSUED,)):
    """Issued plans of the wards this person reads (or plans in `states`), the newest first: one query of strings."""
    rows = _running(states=[str(state) for state in states], **access.ends(Permission.READ_WARD))
    plans = []
    for (pk, ward_id, number_text), group in groupby(rows, key=itemgetter(0, 1, 2)):
        named = [Directive(kind=kind, number=number, sign=sign) for *_, kind, number, sign in group if kind]
        papers = tuple(StudiedPaper(one.number_text, one.short_form) for one in named)
        plans.append(RunningPlan(pk, ward_id, number_text, papers))
    return plans


@ReadyQuery
def _running(froms, untils, states):
    issued = Plan.objects.filter(within(froms, untils, prefix="ward__"), state__in=states)
    of_plan = "directive_links__directive__"
    return issued.order_by("-created_at", "-pk", "directive_links__position", "directive_links__pk").values_list(
        "pk", "ward_id", "paper__number_text", f"{of_plan}kind", f"{of_plan}number", f"{of_plan}sign"
    )


def attendance_by_plan(plan_ids):
    """{plan id: Attendance}: withheld units are left out and counted apart; one query for any number of plans."""
    rows = _attended(plans=plan_ids)
    sums = {plan_id: [None, None, 0] for plan_id in plan_ids}
    for plan_id, hidden, members, exempt, away, guests, attended in rows:
        total = sums[plan_id]
        if hidden:
            total[WITHHELD] += 1
        elif members is not None:
            total[REQUIRED] = (total[REQUIRED] or 0) + required_heads(members, exempt, away, guests)
            if attended is not None:
                total[PRESENT] = (total[PRESENT] or 0) + attended
    return {plan_id: Attendance(*total) for plan_id, total in sums.items()}


@ReadyQuery
def _attended(plans):
    results = Submission.objects.filter(plan__in=plans, state__in=_RECEIVED).order_by().values("pk")
    return results.annotate(attended=Sum("sessions__present")).values_list("plan", "unit__figures_withheld", *_HEADS, "attended")


def attendance_of(plan_id):
    """Attendance of one plan."""
    return attendance_by_plan([plan_id])[plan_id]


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """Units that still owe a report, under the committee member in charge ("" when nobody is named).

    `units` are names in the ward's order; `late_days` how long the longest overdue of them is late, 0 when none is.
    """

    person: str
    phone: str
    units: list
    late_days: int


def missing_by_person(plan_id, *, on):
    """Open report duties of a plan grouped by committee member in charge, the largest group first: one query of strings."""
    groups = {}
    for person, phone, name, due_on in _owed(plan=plan_id):
        late = (on - due_on).days if due_on else 0
        groups.setdefault((person or "", phone or ""), []).append((name, max(late, 0)))
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        MissingGroup(person=person, phone=phone, units=[name for name, _ in rows], late_days=max(late for _, late in rows))
        for (person, phone), rows in ranked
    ]


@ReadyQuery
def _owed(plan):
    return (
        Assignment.objects.open()
        .filter(plan=plan, product=Product.REPORT)
        .order_by("unit__sort_key", "unit_id")
        .values_list("unit__in_charge__full_name", "unit__in_charge__phone", "unit__short_name", "due_on")
    )


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A running plan with its counts."""

    plan: RunningPlan
    counts: object

    @property
    def report_due(self):
        """The last day on which a unit may still report in time; None when no day is set."""
        return self.counts.report_due_on


def progress_of(plans, *, on):
    """PlanProgress of each plan: the counters in one query."""
    counts = plan_counts([plan.pk for plan in plans], on=on)
    return [PlanProgress(plan=plan, counts=counts[plan.pk]) for plan in plans]


def most_urgent(progress):
    """The line a leader should look at first: the nearest day that falls due; None of none."""
    return min(
        progress,
        key=lambda line: (line.counts.next_due_on or dt.date.max, line.plan.pk),
        default=None,
    )
