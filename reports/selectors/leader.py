"""The leader's ten seconds: four numbers, who is missing under whom, the next seven days."""

from dataclasses import dataclass

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, Plan
from campaigns.selectors.figures import plan_counts
from reports.choices import SubmissionState
from reports.figures import rate
from reports.models import StudySession, Submission
from units.permissions import Permission
from units.templatetags.lantoa import days_left

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


def attendance_of(plan):
    """Attendance of one plan: two sums in the database, withheld units left out and counted apart."""
    received = Submission.objects.filter(plan=plan, state__in=_RECEIVED)
    told = received.filter(unit__figures_withheld=False, members__isnull=False)
    required = told.aggregate(
        total=Sum(F("members") - Coalesce("exempt", 0) - Coalesce("away", 0) + Coalesce("received", 0))
    )["total"]
    present = StudySession.objects.filter(submissions__in=told).aggregate(total=Sum("present"))["total"]
    return Attendance(present=present, required=required, withheld=received.filter(unit__figures_withheld=True).count())


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """Units that still owe a report, under the committee member in charge ("" when nobody is named).

    `units`: (name, days left in words, whether the day has passed).
    """

    person: str
    phone: str
    units: list


def missing_by_person(plan, *, on):
    """Open report duties of `plan` grouped by committee member in charge, the largest group first: one query of strings."""
    groups = {}
    owed = (
        Assignment.objects.open()
        .filter(plan=plan, product=Product.REPORT)
        .order_by("unit__sort_key")
        .values_list("unit__in_charge__full_name", "unit__in_charge__phone", "unit__short_name", "due_on")
    )
    for person, phone, name, due_on in owed:
        late = due_on is not None and due_on < on
        groups.setdefault((person or "", phone or ""), []).append((name, days_left(due_on, on), late))
    ranked = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    return [MissingGroup(person=person, phone=phone, units=units) for (person, phone), units in ranked]


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
