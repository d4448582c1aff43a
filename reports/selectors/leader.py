"""The leader's ten seconds: four numbers, who is missing under whom, the next seven days."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Sum

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, Plan, PlanDirective
from campaigns.selectors.figures import plan_counts
from reports.choices import SubmissionState
from reports.figures import rate
from reports.models import Submission
from units.permissions import Permission

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


_NAMES = PlanDirective.objects.select_related("directive").only(
    "plan", "directive__kind", "directive__number", "directive__sign"
)


def running_plans(access):
    """Issued plans of the wards this person reads, the newest first."""
    return (
        Plan.objects.filter(access.reach(Permission.READ_WARD, prefix="ward__"), state=PlanState.ISSUED)
        .select_related("paper")
        .only("ward", "state", "subject", "created_at", "paper__number_text")  # the rest is whole texts
        .prefetch_related(Prefetch("directive_links", _NAMES))
    )


def attendance_by_plan(plan_ids):
    """{plan id: Attendance}: withheld units are left out and counted apart; one query for any number of plans."""
    results = Submission.objects.filter(plan__in=plan_ids, state__in=_RECEIVED).order_by().values("pk")
    rows = results.annotate(attended=Sum("sessions__present")).values_list("plan", "unit__figures_withheld", *_HEADS, "attended")
    sums = {plan_id: [None, None, 0] for plan_id in plan_ids}
    for plan_id, hidden, members, exempt, away, guests, attended in rows:
        total = sums[plan_id]
        if hidden:
            total[WITHHELD] += 1
        elif members is not None:
            total[REQUIRED] = (total[REQUIRED] or 0) + members - (exempt or 0) - (away or 0) + (guests or 0)
            if attended is not None:
                total[PRESENT] = (total[PRESENT] or 0) + attended
    return {plan_id: Attendance(*total) for plan_id, total in sums.items()}


def attendance_of(plan):
    """Attendance of one plan."""
    return attendance_by_plan([plan.pk])[plan.pk]


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """Units that still owe a report, under the committee member in charge ("" when nobody is named).

    `units` are names in the ward's order; `late_days` how long the longest overdue of them is late, 0 when none is.
    """

    person: str
    phone: str
    units: list
    late_days: int


def missing_by_person(plan, *, on):
    """Open report duties of `plan` grouped by committee member in charge, the largest group first: one query of strings."""
    groups = {}
    owed = (
        Assignment.objects.open()
        .filter(plan=plan, product=Product.REPORT)
        .order_by("unit__sort_key", "unit_id")
        .values_list("unit__in_charge__full_name", "unit__in_charge__phone", "unit__short_name", "due_on")
    )
    for person, phone, name, due_on in owed:
        late = (on - due_on).days if due_on else 0
        groups.setdefault((person or "", phone or ""), []).append((name, max(late, 0)))
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        MissingGroup(person=person, phone=phone, units=[name for name, _ in rows], late_days=max(late for _, late in rows))
        for (person, phone), rows in ranked
    ]


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A running plan with its counts."""

    plan: Plan
    counts: object

    @property
    def report_due(self):
        """The last day on which a unit may still report in time; None when no day is set."""
        return self.counts.report_due_on


def progress_of(plans, *, on):
    """PlanProgress of each plan: the counters in one query."""
    plans = list(plans)
    counts = plan_counts([plan.pk for plan in plans], on=on)
    return [PlanProgress(plan=plan, counts=counts[plan.pk]) for plan in plans]


def most_urgent(progress):
    """The line a leader should look at first: the nearest day that falls due; None of none."""
    return min(
        progress,
        key=lambda line: (line.counts.next_due_on or dt.date.max, line.plan.pk),
        default=None,
    )
