"""Figures about plans, read from the counters alone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from campaigns.choices import AssignmentState, LeadGroup, Product
from campaigns.due_keys import due_day, due_key
from campaigns.models import StateCounter
from units.ready_queries import ReadyQuery

_ASKED = set(AssignmentState.values) - {AssignmentState.EXEMPT, AssignmentState.CANCELLED}
_SENT = {AssignmentState.SUBMITTED, AssignmentState.ACCEPTED, AssignmentState.APPRAISED}
_TAKEN = {AssignmentState.ACCEPTED, AssignmentState.APPRAISED}


@dataclass
class PlanCounts:
    """How far the units and bodies of one plan are; x and y of every "41/58".

    The first figures are about the duties of all units; bodies (duties led by one unit) are apart. Exempted and
    stopped duties are not asked. Overdue is open with a due day before the day of asking.
    """

    asked_study: int = 0
    asked_report: int = 0
    studied: int = 0
    submitted: int = 0
    returned: int = 0
    accepted: int = 0
    appraised: int = 0
    exempt: int = 0
    overdue_study: int = 0
    overdue_report: int = 0
    body_asked: int = 0
    body_done: int = 0
    body_overdue: int = 0
    next_due_on: dt.date | None = None
    report_days: Counter = field(default_factory=Counter, compare=False)

    @property
    def report_due_on(self) -> dt.date | None:
        """The day by which most units report (an extension moves only its own unit); None when no day is set."""
        return max(self.report_days, key=lambda day: (self.report_days[day], day), default=None)

    @property
    def asked(self) -> int:
        """The units of which anything is asked."""
        return max(self.asked_study, self.asked_report)

    def add(self, *, by_all: bool, product: str, state: str, number: int, late: bool) -> None:
        """Count `number` assignments in."""
        asked = number if state in _ASKED else 0
        late_number = number if late and state in AssignmentState.OPEN else 0
        if not by_all:
            self.body_asked += asked
            self.body_done += number if state in AssignmentState.SETTLED else 0
            self.body_overdue += late_number
        elif product == Product.STUDY:
            self.asked_study += asked
            self.studied += number if state in AssignmentState.SETTLED else 0
            self.overdue_study += late_number
        elif product == Product.REPORT:
            self.asked_report += asked
            self.submitted += number if state in _SENT else 0
            self.accepted += number if state in _TAKEN else 0
            self.appraised += number if state == AssignmentState.APPRAISED else 0
            self.returned += number if state == AssignmentState.RETURNED else 0
            self.exempt += number if state == AssignmentState.EXEMPT else 0
            self.overdue_report += late_number


@ReadyQuery
def _counted(plans):
    rows = StateCounter.objects.filter(plan__in=plans, count__gt=0).order_by()
    return rows.values_list("plan_id", "duty__lead_group", "product", "state", "due_key").annotate(number=Sum("count"))


def plan_counts(plan_ids: Iterable[int], *, on: dt.date) -> dict[int, PlanCounts]:
    """The figures of the plans on the day `on`: one query over counters, whatever the number of units."""
    plan_ids = list(plan_ids)
    today = due_key(on)
    found = {plan_id: PlanCounts() for plan_id in plan_ids}
    for plan_id, group, product, state, due, number in _counted(plans=plan_ids):
        counts = found[plan_id]
        late = 0 < due < today
        counts.add(by_all=group == LeadGroup.ALL_UNITS, product=product, state=state, number=number, late=late)
        day = due_day(due)
        if state in AssignmentState.OPEN and due >= today:
            counts.next_due_on = min(day, counts.next_due_on or day)
        if product == Product.REPORT and day:
            counts.report_days[day] += number
    return found
