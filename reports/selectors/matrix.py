"""The office's matrix: units by plan, one cell a plan, grouped by committee member in charge."""

from dataclasses import dataclass, field

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from units.folding import fold

# how a unit stands in a plan: its report duty speaks, and before it is sent the study duty
_SHOWN = {AssignmentState.DONE: "done", AssignmentState.CANCELLED: "exempt"}


@dataclass(slots=True)
class Cell:
    """One unit in one plan: a state key of the chips, its due day, and the primary key of the report duty."""

    state: str
    due_on: object = None
    assignment_id: int | None = None
    unit_id: int | None = None
    plan_id: int | None = None


@dataclass(slots=True)
class MatrixRow:
    """One unit: its name, who is in charge, a cell per plan (None: not asked), the nearest open day."""

    unit_id: int
    name: str
    person: str
    sort_key: str
    cells: list = field(default_factory=list)
    nearest_due: object = None


def matrix_of(plans, *, on, wanted="", person=""):
    """Rows of all units asked by `plans`, in the ward's order under the committee member in charge: two queries.

    `wanted` keeps units whose name contains it (tones ignored); `person` keeps one committee member's units.
    """
    plan_ids = [plan.pk for plan in plans]
    owed = (
        Assignment.objects.filter(plan__in=plan_ids, product__in=Product.BY_UNITS)
        .exclude(state=AssignmentState.CANCELLED)
        .values_list(
            "pk",
            "plan_id",
            "product",
            "state",
            "due_on",
            "extended_at",
            "unit_id",
            "unit__short_name",
            "unit__in_charge__full_name",
            "unit__sort_key",
        )
    )
    rows, cells = {}, {}
    for pk, plan_id, product, state, due_on, extended_at, unit_id, name, in_charge, sort_key in owed:
        if unit_id not in rows:
            rows[unit_id] = MatrixRow(unit_id=unit_id, name=name, person=in_charge or "", sort_key=sort_key)
        cells.setdefault((unit_id, plan_id), {})[product] = (pk, state, due_on, extended_at)
    for row in rows.values():
        row.cells = [_cell(cells.get((row.unit_id, plan_id)), row.unit_id, plan_id, on) for plan_id in plan_ids]
        open_days = [cell.due_on for cell in row.cells if cell and cell.due_on and cell.state in _OPEN_KEYS]
        row.nearest_due = min(open_days, default=None)
    kept = [row for row in rows.values() if fold(wanted) in fold(row.name) and (not person or row.person == person)]
    return sorted(kept, key=lambda row: (row.person == "", row.person, row.sort_key))


_OPEN_KEYS = {"todo", "doing", "waiting", "studied", "returned", "overdue", "extended"}


def _cell(duties, unit_id, plan_id, on):
    if not duties:
        return None
    report, study = duties.get(Product.REPORT), duties.get(Product.STUDY)
    pk, state, due_on, extended_at = report or study
    shown = _SHOWN.get(state, state)
    if state in AssignmentState.OPEN:
        if due_on and due_on < on:
            shown = "overdue"
        elif state != AssignmentState.RETURNED and study and study[1] == AssignmentState.STUDIED:
            shown = "studied"
        elif extended_at:
            shown = "extended"
    return Cell(state=shown, due_on=due_on, assignment_id=pk, unit_id=unit_id, plan_id=plan_id)


def totals_of(rows, plans):
    """Per plan (reported, asked) over the shown rows, for the last row "41/58"."""
    totals = []
    for index, _plan in enumerate(plans):
        asked = [row.cells[index] for row in rows if row.cells[index] and row.cells[index].state != "exempt"]
        totals.append((sum(cell.state in _REPORTED for cell in asked), len(asked)))
    return totals


_REPORTED = {"submitted", "accepted", "appraised", "done"}
