"""What the ward's pictures show: when reports came, how scores lie, how the directives compare."""

from dataclasses import dataclass

from django.utils import timezone

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment
from campaigns.selectors.figures import plan_counts
from campaigns.verdicts import rule_of, verdict
from reports.charts import DayCount, bands, curve, day_counts
from reports.choices import SubmissionState
from reports.figures import rate
from reports.models import Submission
from reports.selectors.leader import attendance_by_plan, running_plans

MOST_PLANS = 24
_IN = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.APPRAISED)


def charted_plans(access):
    """Issued and closed plans of the wards this person reads, the newest first."""
    return running_plans(access, states=(PlanState.ISSUED, PlanState.CLOSED))[:MOST_PLANS]


@dataclass(frozen=True, slots=True)
class Receipts:
    """When the reports of one plan came: per day, how many in time (`on_time`) of those received, y of "x/y"."""

    days: list[DayCount]
    on_time: int
    received: int
    asked: int

    @property
    def complete(self):
        """Received of asked, in per cent; None when nothing is asked."""
        return rate(self.received, self.asked)

    @property
    def timely(self):
        """In time of asked, in per cent: the second rate, never mixed with the first."""
        return rate(self.on_time, self.asked)


def receipts_by_plan(plan_ids):
    """{plan id: Receipts}: two queries of values for any number of plans; a returned report counts again when it comes back,
    on the day of its first receipt."""
    firsts = {
        (plan_id, unit_id): at
        for plan_id, unit_id, at in Submission.objects.filter(plan__in=plan_ids, first_sent_at__isnull=False)
        .order_by()
        .values_list("plan_id", "unit_id", "first_sent_at")
    }
    rows = (
        Assignment.objects.filter(plan__in=plan_ids, product=Product.REPORT)
        .exclude(state__in=[AssignmentState.CANCELLED, AssignmentState.EXEMPT])
        .order_by()
        .values_list(
            "plan_id", "unit_id", "settled_at", "due_on", "duty__rule", "extended_at", "original_due_on", "plan__deadline_reading", "excused_at"
        )
    )
    found = {plan_id: [0, 0, []] for plan_id in plan_ids}
    for plan_id, unit_id, settled_at, due_on, rule, extended_at, printed_day, reading, excused_at in rows:
        sums = found[plan_id]
        sums[0] += 1
        if settled_at is None:
            continue
        received_at = firsts.get((plan_id, unit_id), settled_at)
        judged = verdict(
            due_on=due_on,
            rule=rule_of(rule, extended_at, printed_day),
            reading=reading,
            received_at=received_at,
            excused=excused_at is not None,
        )
        sums[1] += judged.on_time
        sums[2].append(timezone.localdate(received_at))
    return {
        plan_id: Receipts(days=day_counts(days, asked=asked), on_time=on_time, received=len(days), asked=asked)
        for plan_id, (asked, on_time, days) in found.items()
    }


@dataclass(frozen=True, slots=True)
class Scores:
    """Points of one plan's reports of 100: as the units gave them, as the office appraised them."""

    own: list
    appraised: list


def scores_of(plan_id):
    """Scores of the reports that are in."""
    rows = list(
        Submission.objects.filter(plan=plan_id, state__in=_IN).order_by().values_list("self_total", "appraised_total")
    )
    return Scores(
        own=[own for own, _ in rows if own is not None], appraised=[given for _, given in rows if given is not None]
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """One plan with its directives beside the others; None where there is no figure."""

    plan: object
    counts: object
    receipts: Receipts
    attendance: object

    @property
    def studied(self):
        """Units that have studied of those asked, in per cent."""
        return rate(self.counts.studied, self.counts.asked_study)


def comparison(plans, *, on):
    """A Compared per plan, in the order given: three queries whatever their number."""
    ids = [plan.pk for plan in plans]
    counts, receipts, attendance = plan_counts(ids, on=on), receipts_by_plan(ids), attendance_by_plan(ids)
    return [Compared(plan, counts[plan.pk], receipts[plan.pk], attendance[plan.pk]) for plan in plans]


def charts_of(chosen, lines, *, on):
    """Everything the page draws about the `chosen` Compared beside `lines`."""
    scores = scores_of(chosen.plan.pk)
    return {
        "line": chosen,
        "curve": curve(chosen.receipts.days, due_on=chosen.counts.report_due_on, until=on),
        "scores": scores,
        "bands": bands(scores.own, scores.appraised),
        "lines": lines,
    }
