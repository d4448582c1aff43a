"""The leader's ten seconds: four numbers, who is missing under whom, the next seven days."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, Plan
from campaigns.selectors.figures import plan_counts
from reports.choices import SubmissionState
from reports.figures import rate
from reports.models import Submission
from units.permissions import Permission

_RECEIVED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.APPRAISED)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Members present of those required, in heads, over the results received so far; None when nobody reported."""

    present: int | None
    required: int | None
    withheld: int

    @property
    def percent(self):
        return rate(self.present, self.required)


def running_plans(access):
    """Issued plans of the wards this person reads, the newest first."""
    return (
        Plan.objects.filter(access.reach(Permission.READ_WARD, prefix="ward__"), state=PlanState.ISSUED)
        .select_related("paper", "ward")
        .prefetch_related("directive_links__directive")
    )


def attendance_by_plan(plan_ids):
    """{plan id: Attendance}: sums in the database, withheld units left out and counted apart; three queries for any number."""
    received = Submission.objects.filter(plan__in=plan_ids, state__in=_RECEIVED).order_by()
    told = received.filter(unit__figures_withheld=False, members__isnull=False).values("plan")
    heads = F("members") - Coalesce("exempt", 0) - Coalesce("away", 0) + Coalesce("received", 0)
    required = dict(told.annotate(total=Sum(heads)).values_list("plan", "total"))
    present = dict(told.annotate(total=Sum("sessions__present")).values_list("plan", "total"))
    hidden = received.filter(unit__figures_withheld=True).values("plan").annotate(total=Count("pk"))
    withheld = dict(hidden.values_list("plan", "total"))
    return {
        plan_id: Attendance(present=present.get(plan_id), required=required.get(plan_id), withheld=withheld.get(plan_id, 0))
        for plan_id in plan_ids
    }


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
    """A running plan with its counts and its nearest due days."""

    plan: Plan
    counts: object
    study_due: object
    report_due: object


def progress_of(plans, *, on):
    """PlanProgress of each plan: counters in one query, due days in another."""
    plans = list(plans)
    counts = plan_counts([plan.pk for plan in plans], on=on)
    days = {}
    for plan_id, product, last_day in Plan.objects.filter(pk__in=[plan.pk for plan in plans]).values_list(
        "pk", "duties__product", "duties__last_day"
    ):
        if last_day is not None:
            days[plan_id, product] = max(last_day, days.get((plan_id, product), last_day))
    return [
        PlanProgress(
            plan=plan,
            counts=counts.get(plan.pk),
            study_due=days.get((plan.pk, Product.STUDY)),
            report_due=days.get((plan.pk, Product.REPORT)),
        )
        for plan in plans
    ]


def most_urgent(progress):
    """The line a leader should look at first: the nearest day that falls due; None of none."""
    return min(
        progress,
        key=lambda line: (line.counts.next_due_on or dt.date.max, line.plan.pk),
        default=None,
    )
