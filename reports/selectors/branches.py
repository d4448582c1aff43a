"""The cells below a đảng bộ cơ sở: what each has given, what is still missing, and what they add up to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Plan
from reports.asked import OF_CELLS, TESTED, WORDS_OF, only_asked
from reports.choices import LimitPick, SubmissionState
from reports.models import BranchReport, Submission
from reports.places import COUNT_FIGURES, RESULT_COUNTS, SESSION_COUNTS, SESSION_FACTS
from reports.selectors.outline import plans_asking, studying
from units.choices import UnitKind
from units.models import Unit
from units.permissions import Permission
from units.ready_queries import ReadyQuery
from units.selectors.access import Access

CELL_WORDS = tuple(name for group in OF_CELLS for name in WORDS_OF.get(group, ()))


def children_of(unit: Unit, *, on: dt.date) -> list[Unit]:
    """Cells below `unit` that exist on the day `on`; none below a ward, whose units report to it themselves."""
    if unit.kind in {UnitKind.WARD, UnitKind.PROVINCE, UnitKind.BODY}:
        return []
    return list(Unit.objects.filter(parent=unit, kind__in=UnitKind.CELLS).active(on=on).order_by("sort_key", "pk"))


def lines_of(unit: Unit, plan: Plan) -> QuerySet[BranchReport]:
    """What the cells below `unit` gave for `plan`, without those the plan asks directly: they are in the ward's sums
    already and would be counted twice."""
    direct = Assignment.objects.filter(plan=plan, product__in=Product.BY_UNITS).values("unit")
    rows = BranchReport.objects.filter(plan=plan, unit__parent=unit).exclude(unit__in=direct)
    return rows.select_related("unit", "session", "entered_by", "confirmed_by").order_by("unit__sort_key", "unit_id")


def counting_lines(unit: Unit, plans: Iterable[Plan]) -> QuerySet[BranchReport]:
    """The lines of `confirmed_lines` for all of `plans`, by one query."""
    direct = Assignment.objects.filter(plan=OuterRef("plan"), unit=OuterRef("unit"), product__in=Product.BY_UNITS)
    rows = BranchReport.objects.filter(~Exists(direct), plan__in=plans, unit__parent=unit, confirmed_at__isnull=False)
    return rows.select_related("unit", "session").order_by("unit__sort_key", "unit_id")


def any_lines(unit: Unit, plans: Iterable[Plan]) -> bool:
    """Whether there can be any `counting_lines`: a cheap question, and the answer is nearly always no."""
    return bool(_one_line(unit=unit.pk, plans=[plan.pk for plan in plans]))


@ReadyQuery
def _one_line(unit, plans):
    rows = BranchReport.objects.filter(plan__in=plans, unit__parent=unit, confirmed_at__isnull=False)
    return rows.order_by().values_list("pk")[:1]


def confirmed_lines(unit: Unit, plan: Plan) -> list[BranchReport]:
    """The lines that count: those the secretary of the đảng bộ confirmed."""
    return list(lines_of(unit, plan).filter(confirmed_at__isnull=False))


def add_branches(own: dict, lines: Iterable[BranchReport]) -> dict:
    """Head-counts of the đảng bộ = its own part + the sum of its cells; a count nobody gave stays None.

    A cell that keeps its figures to itself is in no sum (decisions 8); one that studied together has no heads of its own.
    """
    known = [line for line in lines if not line.unit.figures_withheld]
    return {name: _sum([own.get(name), *(getattr(line, name) for line in known)]) for name in COUNT_FIGURES}


def add_results(own: dict, lines: Iterable[BranchReport], *, asked: Iterable[str]) -> dict:
    """What followed the session, of the whole đảng bộ = its own part + what its cells gave to the questions in `asked`.

    Counts are added, works and remarks stand under the name of their cell; a count nobody gave stays None. A cell that keeps
    its figures to itself is in no sum of heads.
    """
    given = [(line.unit, _told(line, frozenset(asked))) for line in lines if line.results]
    sums = {name: _sum([own.get(name), *(told.get(name) for _unit, told in given)]) for name in RESULT_COUNTS}
    words = {name: "\n".join([*filter(None, [own.get(name)]), *_named(given, name)]) for name in CELL_WORDS}
    works = [*(own.get("works") or []), *(_work_of(unit, work) for unit, told in given for work in told.get("works") or [])]
    picks = {*(own.get("limit_picks") or []), *(pick for _unit, told in given for pick in told.get("limit_picks") or [])}
    return sums | words | {"works": works, "limit_picks": [one.value for one in LimitPick if one in picks]}


def _told(line, asked):
    hidden = TESTED if line.unit.figures_withheld else frozenset()
    return only_asked(line.results, asked - hidden)


def _named(given, name):
    return [f"{unit.short_name}: {text}" for unit, told in given if (text := told.get(name))]


def _work_of(unit, work):
    return work | {"who": ", ".join(part for part in (work.get("who", ""), unit.short_name) if part)}


def branch_sessions(lines: Iterable[BranchReport]) -> list[dict]:
    """The cells' sessions as dicts of StudySession fields; without heads of a cell that keeps them to itself."""
    sessions = []
    for line in lines:
        if line.session is not None:
            facts = {name: getattr(line.session, name) for name in SESSION_FACTS}
            sessions.append(facts | dict.fromkeys(SESSION_COUNTS) if line.unit.figures_withheld else facts)
    return sessions


def _sum(values: list) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@dataclass
class Branch:
    """One cell on the page of its đảng bộ; `line` is what it gave (for the first plan: typed once for all)."""

    unit: Unit
    line: BranchReport | None = None
    plans: list[Plan] = field(default_factory=list)

    @property
    def state(self) -> str:
        """ "missing", "waiting" (for the confirmation), "together" or "confirmed" """
        if self.line is None:
            return "missing"
        if self.line.confirmed_at is None:
            return "waiting"
        return "together" if self.line.together else "confirmed"

    @property
    def shows_heads(self) -> bool:
        return bool(
            self.line and self.line.session and not self.unit.figures_withheld and not self.unit.parent.figures_withheld
        )


@dataclass
class Family:
    """A đảng bộ cơ sở with its cells for the plans it still has to report."""

    unit: Unit
    plans: list[Plan]
    branches: list[Branch] = field(default_factory=list)

    @property
    def known(self) -> int:
        """Cells whose figures are confirmed, together ones included."""
        return sum(branch.state in {"together", "confirmed"} for branch in self.branches)

    @property
    def waiting(self) -> int:
        return sum(branch.state == "waiting" for branch in self.branches)

    @property
    def withheld(self) -> int:
        return sum(branch.unit.figures_withheld for branch in self.branches)

    @property
    def all_apart(self) -> bool:
        """Every cell held its own session: nothing is left for the đảng bộ to count itself."""
        return bool(self.branches) and all(branch.state == "confirmed" for branch in self.branches)

    @property
    def counts(self) -> dict:
        """Sums over the confirmed cells."""
        lines = [branch.line for branch in self.branches if branch.state == "confirmed"]
        present = _sum([one.get("present") for one in branch_sessions(lines)])
        sums = add_branches({}, lines)
        required = _sum([line.required for line in lines if not line.unit.figures_withheld])
        return sums | {"present": present, "required": required}


def family_of(unit: Unit, plans: list[Plan], *, on: dt.date) -> Family | None:
    """The family of `unit` for `plans`, or None when it has no cells: a constant number of queries."""
    children = children_of(unit, on=on)
    if not children or not plans:
        return None
    lines = {line.unit_id: line for line in lines_of(unit, plans[0])}
    direct = _asked_directly(children, plans[0])
    for child in children:
        child.parent = unit
    branches = [Branch(child, lines.get(child.pk)) for child in children if child.pk not in direct]
    return Family(unit, plans, branches) if branches else None


def cells_in(submission: Submission, *, on: dt.date) -> int:
    """How many cells below the unit its report speaks for: those the plan asks themselves are none of them."""
    children = children_of(submission.unit, on=on)
    return len(children) - len(_asked_directly(children, submission.plan)) if children else 0


def heads_apart(unit: Unit, plan: Plan) -> dict:
    """Members and exempt of the cells below `unit` that report to the ward themselves: in none of its own figures.

    None for both when one of the cells keeps its heads to itself: what is left would tell them by subtraction.
    """
    direct = Assignment.objects.filter(plan=plan, unit__parent=unit, product__in=Product.BY_UNITS).values("unit")
    cells = Unit.objects.filter(pk__in=direct)
    sums = cells.aggregate(members=Sum("member_count"), exempt=Sum("exempt_count"), kept=Count("pk", Q(figures_withheld=True)))
    if sums.pop("kept"):
        return dict.fromkeys(sums)
    return {name: heads or 0 for name, heads in sums.items()}


def cell_plans(cell: Unit) -> list[Plan]:
    """Running plans for which `cell` gives its figures to the đảng bộ above: not those that ask it itself."""
    return [plan for plan in parent_plans(cell.parent) if not _asked_directly([cell], plan)]


def _asked_directly(children: list[Unit], plan: Plan) -> set[int]:
    return set(Assignment.objects.filter(plan=plan, unit__in=children).values_list("unit", flat=True))


def parent_plans(parent: Unit) -> list[Plan]:
    """Running plans for which `parent` has still to report: what its cells give figures for, the oldest first."""
    owed = Assignment.objects.filter(
        unit=parent, plan__state=PlanState.ISSUED, product=Product.REPORT, state__in=AssignmentState.OPEN
    )
    sent = Submission.objects.filter(unit=parent).exclude(state__in=SubmissionState.EDITABLE).values("plan")
    plans = Plan.objects.filter(pk__in=owed.values("plan")).exclude(pk__in=sent)
    plans = list(plans.select_related("paper", "ward").prefetch_related("directive_links__directive").order_by("pk"))
    # where the outline and forms are the whole report, no figures of a session are asked of anybody
    asking = plans_asking([plan.pk for plan in plans])
    with_session = studying(asking, [parent.pk])
    return [plan for plan in plans if plan.pk not in asking or (parent.pk, plan.pk) in with_session]


def own_branches(access: Access, *, on: dt.date) -> list[Branch]:
    """Cells for which the person enters figures as their own people, not as those of the đảng bộ above."""
    cells = Unit.objects.filter(access.reach(Permission.REPORT_UNIT), kind__in=UnitKind.CELLS).active(on=on)
    above = ~Q(access.reach(Permission.REPORT_UNIT, prefix="parent__"))
    cells = cells.filter(above).exclude(parent__kind__in=[UnitKind.WARD, UnitKind.PROVINCE]).select_related("parent")
    return [_own_branch(cell) for cell in cells.order_by("sort_key", "pk")]


def _own_branch(cell: Unit) -> Branch:
    plans = cell_plans(cell)
    line = BranchReport.objects.filter(unit=cell, plan__in=plans).order_by("plan_id").first() if plans else None
    return Branch(cell, line, plans)


def put_families(cards, *, on: dt.date) -> None:
    """Put `.family` (Family or None) on each card of a unit that still has to report."""
    units = [card.unit.pk for card in cards if card.plans]
    with_cells = set(
        Unit.objects.filter(parent__in=units, kind__in=UnitKind.CELLS).active(on=on).values_list("parent", flat=True)
    )
    for card in cards:
        card.family = family_of(card.unit, card.plans, on=on) if card.unit.pk in with_cells else None
