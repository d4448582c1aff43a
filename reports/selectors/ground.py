"""What a report stands on: all that its form, its points and its sending ask of the database, each read once.

A form builds its steps several times and a sending scores every plan; asking anew each time was most of what one report
cost.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from campaigns.choices import Product
from campaigns.models import Assignment, Plan
from documents.models import Dispatch
from reports.models import BranchReport, Criterion, PinnedRubric, Rubric, RubricLevel, Submission
from reports.selectors.asked import asked_per_plan
from reports.selectors.branches import any_lines, counting_lines
from units.models import Unit
from units.ready_queries import ReadyQuery

# what sending and judging ask of a duty; the rest of the row is read when something asks for it
HELD = (
    "plan_id",
    "unit_id",
    "product",
    "state",
    "due_on",
    "original_due_on",
    "extended_at",
    "exempted_until",
    "due_after_exemption",
    "excused_at",
    "asked_at",
    "duty__lead_text",
    "duty__text",
    "duty__rule",
)
_SETTLED = {"asked", "_dispatches", "rubrics"}
MOST_SHEETS = 300
_sheets = {}


@ReadyQuery
def _owed(unit, plans):
    rows = Assignment.objects.filter(unit=unit, plan__in=plans, product__in=Product.BY_UNITS)
    return rows.select_related("duty").only(*HELD).order_by()


@ReadyQuery
def _dispatched(unit, papers):
    rows = Dispatch.objects.filter(paper__in=papers, unit=unit).order_by()
    return rows.only("paper_id", "position", "first_opened_at", "received_at", "sent_at")


@ReadyQuery
def _pins(plans):
    return PinnedRubric.objects.filter(plan__in=plans).select_related("rubric").order_by()


def sheet_of(rubric: Rubric) -> tuple[list[Criterion], list[RubricLevel]]:
    """Lines and levels of a sheet that plans are scored by, kept by the process: such a sheet is never edited again.

    One that was withdrawn before any plan was pinned to it, edited and put into use anew has another `activated_at`.
    """
    key = (rubric.pk, rubric.version, rubric.activated_at, rubric.effective_from)
    if key not in _sheets:
        if len(_sheets) >= MOST_SHEETS:
            _sheets.clear()
        lines = Criterion.objects.filter(group__rubric=rubric).select_related("group").order_by("group__position", "position")
        _sheets[key] = list(lines), list(RubricLevel.objects.filter(rubric=rubric).order_by("position"))
    return _sheets[key]


def forget_sheets() -> None:
    """For tests, whose databases use the same keys for other sheets."""
    _sheets.clear()


class Ground:
    """`unit` and the `plans` it reports together; every part is one query or two for all plans, when first asked for."""

    def __init__(self, unit: Unit, plans: Iterable[Plan]):
        self.unit, self.plans = unit, list(plans)

    def again(self, plans: Iterable[Plan]) -> "Ground":
        """The ground of `plans` (some of these) for the transaction that writes: duties and cells are read anew under its
        locks; sheet, questions and dispatch were settled when the plan was issued."""
        fresh = Ground(self.unit, plans)
        kept = {name: value for name, value in self.__dict__.items() if name in _SETTLED}
        fresh.__dict__.update(kept)
        return fresh

    @cached_property
    def asked(self) -> dict[int, frozenset[str]]:
        """{plan: groups of questions}"""
        return asked_per_plan(self.plans)

    @cached_property
    def owed(self) -> list[Assignment]:
        """Study and report duties of the unit for the plans, in the order they were given."""
        found = self.attached(_owed(unit=self.unit.pk, plans=[plan.pk for plan in self.plans]))
        return sorted(found, key=lambda row: row.pk)

    def attached(self, rows: Iterable[Assignment]) -> list[Assignment]:
        """`rows` with the unit and the plans that are at hand."""
        plans, rows = {plan.pk: plan for plan in self.plans}, list(rows)
        for row in rows:
            row.unit = self.unit
            if row.plan_id in plans:
                row.plan = plans[row.plan_id]
        return rows

    def duty(self, plan: Plan, product: str) -> Assignment | None:
        """The study or report duty for `plan`."""
        return next((row for row in self.owed if row.plan_id == plan.pk and row.product == product), None)

    @cached_property
    def _first_receipts(self) -> dict[int, dt.datetime]:
        again = [row.plan_id for row in self.owed if row.product == Product.REPORT and row.asked_at is not None]
        if not again:
            return {}
        sent = Submission.objects.filter(unit=self.unit, plan__in=again, first_sent_at__isnull=False).order_by()
        return dict(sent.values_list("plan_id", "first_sent_at"))

    def first_receipt(self, plan: Plan) -> dt.datetime | None:
        """When a report that the office asked to be added to had come in the first time."""
        return self._first_receipts.get(plan.pk)

    @cached_property
    def _dispatches(self) -> dict[int, Dispatch]:
        papers = [plan.paper_id for plan in self.plans if plan.paper_id]
        ordered = sorted(_dispatched(unit=self.unit.pk, papers=papers), key=lambda row: (-row.position, -row.pk))
        return {row.paper_id: row for row in ordered}  # of several lines the first stands

    def dispatch(self, plan: Plan) -> Dispatch | None:
        """The line of the unit in the list of those the plan was sent to."""
        return self._dispatches.get(plan.paper_id)

    @cached_property
    def rubrics(self) -> dict[int, Rubric]:
        """{plan: the sheet it is scored by}, without plans that ask for no scores."""
        by_plan = {pin.plan_id: pin.rubric for pin in _pins(plans=[plan.pk for plan in self.plans])}
        return {plan.pk: by_plan[plan.pk] for plan in self.plans if plan.pk in by_plan}

    def criteria(self, plan: Plan) -> list[Criterion]:
        """Lines of the sheet of `plan` in printed order."""
        return list(sheet_of(self.rubrics[plan.pk])[0]) if plan.pk in self.rubrics else []

    def levels(self, plan: Plan) -> list[RubricLevel]:
        """Named levels of the sheet of `plan`, the best first."""
        return list(sheet_of(self.rubrics[plan.pk])[1]) if plan.pk in self.rubrics else []

    @cached_property
    def _lines(self) -> dict[int, list[BranchReport]]:
        found = {plan.pk: [] for plan in self.plans}
        if any_lines(self.unit, self.plans):  # nearly every unit has no cells below it: then nothing wide is read
            for line in counting_lines(self.unit, self.plans):
                found[line.plan_id].append(line)
        return found

    def has_no_lines(self) -> None:
        """What the transaction that writes has seen: no cells gave figures, so nothing more is asked about them."""
        self._lines = {plan.pk: [] for plan in self.plans}

    def lines(self, plan: Plan) -> list[BranchReport]:
        """What the cells below a đảng bộ gave for `plan` and its secretary confirmed."""
        return self._lines[plan.pk]


def grounds_of(submissions: list[Submission]) -> dict[int, Ground]:
    """{report: what its points stand on} for many reports that are in, in a few queries for all of them."""
    plans = {one.plan_id: one.plan for one in submissions}
    about = {"unit__in": {one.unit_id for one in submissions}}
    asked, rubrics = asked_per_plan(plans.values()), {pin.plan_id: pin.rubric for pin in _pins(plans=list(plans))}
    duties = Assignment.objects.filter(plan__in=plans, product__in=Product.BY_UNITS, **about).select_related("duty")
    papers = {plan.paper_id for plan in plans.values() if plan.paper_id}
    sent = Dispatch.objects.filter(paper__in=papers, **about).order_by("-position", "-pk")  # of several lines the first stands
    owed, lines = defaultdict(list), {}
    for row in duties.only(*HELD).order_by("pk"):
        owed[row.unit_id, row.plan_id].append(row)
    for line in sent.only("paper_id", "unit_id", "position", "first_opened_at", "received_at", "sent_at"):
        lines[line.unit_id, line.paper_id] = line
    found = {}
    for one in submissions:
        ground, plan = Ground(one.unit, [one.plan]), one.plan
        again = any(row.asked_at for row in owed[one.unit_id, plan.pk] if row.product == Product.REPORT)
        line = lines.get((one.unit_id, plan.paper_id))
        ground.__dict__ |= {
            "asked": {plan.pk: asked[plan.pk]},
            "owed": ground.attached(owed[one.unit_id, plan.pk]),
            "_first_receipts": {plan.pk: one.first_sent_at} if again else {},
            "_dispatches": {plan.paper_id: line} if line else {},
            "rubrics": {plan.pk: rubrics[plan.pk]} if plan.pk in rubrics else {},
        }
        found[one.pk] = ground
    return found
