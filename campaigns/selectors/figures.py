"""Figures about plans, read from the counters alone, and the rows of the progress matrix."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, Sum

from campaigns.choices import AssignmentState, LeadGroup, Product
from campaigns.due_keys import due_day, due_key
from campaigns.models import Assignment, StateCounter
from units.models import Unit

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

    @property
    def waiting_acceptance(self) -> int:
        return self.submitted - self.accepted

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


def plan_counts(plan_ids: Iterable[int], *, on: dt.date) -> dict[int, PlanCounts]:
    """The figures of the plans on the day `on`: one query over counters, whatever the number of units."""
    plan_ids = list(plan_ids)
    today = due_key(on)
    found = {plan_id: PlanCounts() for plan_id in plan_ids}
    rows = StateCounter.objects.filter(plan__in=plan_ids, count__gt=0).order_by()
    rows = rows.values_list("plan_id", "duty__lead_group", "product", "state", "due_key").annotate(number=Sum("count"))
    for plan_id, group, product, state, due, number in rows:
        counts = found[plan_id]
        late = 0 < due < today
        counts.add(by_all=group == LeadGroup.ALL_UNITS, product=product, state=state, number=number, late=late)
        day = due_day(due)
        if state in AssignmentState.OPEN and due >= today:
            counts.next_due_on = min(day, counts.next_due_on or day)
        if product == Product.REPORT and day:
            counts.report_days[day] += number
    return found


@dataclass(frozen=True)
class Owed:
    """One duty of one unit, as a cell of the matrix shows it."""

    pk: int
    state: str
    due_on: dt.date | None
    extended: bool

    def late_days(self, *, on: dt.date) -> int:
        """Days past the due day; 0 when done or in time."""
        return max((on - self.due_on).days, 0) if self.due_on and self.state in AssignmentState.OPEN else 0


@dataclass
class MatrixRow:
    """One unit over the plans; `cells` is {(plan id, product): Owed}."""

    unit_id: int
    name: str
    person: str
    person_phone: str
    cells: dict[tuple[int, str], Owed] = field(default_factory=dict)


def matrix_rows(plan_ids: Iterable[int], ward: Unit) -> list[MatrixRow]:
    """Units of the ward with what each owes of the plans, by committee member in charge; two queries.

    Units that were asked and have since been closed stay in the list: the plan's figures count them.
    """
    plan_ids = list(plan_ids)
    cells = Assignment.objects.filter(plan__in=plan_ids, plan__ward=ward, duty__lead_group=LeadGroup.ALL_UNITS).order_by("pk")
    by_unit = defaultdict(dict)
    for unit_id, plan_id, product, pk, state, due_on, extended_at in cells.values_list(
        "unit_id", "plan_id", "product", "pk", "state", "due_on", "extended_at"
    ):
        by_unit[unit_id][plan_id, product] = Owed(pk=pk, state=state, due_on=due_on, extended=extended_at is not None)
    units = Unit.objects.filter(pk__in=list(by_unit)).order_by("in_charge__full_name", "sort_key", "pk")
    return [
        MatrixRow(unit_id=pk, name=name, person=person or "", person_phone=phone or "", cells=by_unit[pk])
        for pk, name, person, phone in units.values_list("pk", "short_name", "in_charge__full_name", "in_charge__phone")
    ]


@dataclass
class InCharge:
    """What is missing among the units of one committee member."""

    person_id: int | None
    person: str
    phone: str
    study: list[str] = field(default_factory=list)
    report: list[str] = field(default_factory=list)
    unit_ids: set[int] = field(default_factory=set)


def missing_by_person_in_charge(plan) -> list[InCharge]:
    """Units that have not studied or not reported for `plan`, by the member in charge, the longest list first."""
    rows = (
        Assignment.objects.open()
        .filter(plan=plan, duty__lead_group=LeadGroup.ALL_UNITS)
        .filter(Q(product=Product.STUDY) | Q(product=Product.REPORT))
        .order_by("unit__sort_key", "unit_id")
        .values_list(
            "product", "unit_id", "unit__short_name", "unit__in_charge_id", "unit__in_charge__full_name", "unit__in_charge__phone"
        )
    )
    groups = {}
    for product, unit_id, name, person_id, person, phone in rows:
        group = groups.setdefault(person_id, InCharge(person_id=person_id, person=person or "", phone=phone or ""))
        (group.study if product == Product.STUDY else group.report).append(name)
        group.unit_ids.add(unit_id)
    return sorted(groups.values(), key=lambda group: (-len(group.unit_ids), group.person))
