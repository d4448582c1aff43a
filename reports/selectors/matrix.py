"""The office's matrix: units by plan, one cell a plan, grouped by committee member in charge."""

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import quote

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from documents.dates import short
from units.choices import UnitKind
from units.folding import fold
from units.models import Unit, User
from units.ready_queries import ReadyQuery
from units.templatetags.lantoa import state_word

# how a unit stands in a plan: its report duty speaks, and before it is sent the study duty
_SHOWN = {AssignmentState.DONE: "done", AssignmentState.CANCELLED: "exempt"}
_REPORTED = {"submitted", "accepted", "appraised", "done"}
# what asks for attention first when a column is sorted; a unit that was not asked comes last
_URGENCY = (
    "overdue",
    "returned",
    "todo",
    "doing",
    "waiting",
    "extended",
    "studied",
    "submitted",
    "accepted",
    "appraised",
    "done",
    "exempt",
)
BY_PERSON, BY_NAME, BY_DUE = "person", "name", "due"


@dataclass(slots=True)
class Cell:
    """One unit in one plan: a state key of the chips, whether it has studied, the nearest day still owed (None: nothing is),
    until when it is exempt."""

    state: str
    unit_id: int
    plan_id: int
    unit_name: str
    studied: bool = False
    due_on: object = None
    until: object = None

    @property
    def word(self):
        """How the unit stands, in words."""
        return f"Được miễn đến {short(self.until)}" if self.until else state_word(self.state)

    @property
    def label(self):
        """Which unit, and how it stands."""
        return f"{self.unit_name}: {self.word}"

    @property
    def query(self):
        """What the address of the page of results ends with to show what this unit sent for this plan."""
        return f"?ke_hoach={self.plan_id}&q={quote(self.unit_name)}"


@dataclass(slots=True)
class MatrixRow:
    """One unit: its name, kind, who is in charge, a cell per plan (None: not asked), the nearest open day."""

    unit_id: int
    code: str
    name: str
    kind: str
    person: str
    sort_key: str
    cells: list = field(default_factory=list)
    nearest_due: object = None


def matrix_of(plans, *, on):
    """Rows of all units asked by `plans`, in the ward's order under the committee member in charge: three queries.

    One query with everything would be joined by the database to all people of a whole country.
    """
    plan_ids = [plan.pk for plan in plans]
    cells, units = {}, set()
    for plan_id, product, unit_id, *duty in _owed(plans=plan_ids):
        cells.setdefault((unit_id, plan_id), {})[product] = duty
        units.add(unit_id)
    rows = _rows(units)
    for row in rows.values():
        row.cells = [_cell(cells.get((row.unit_id, plan_id)), row, plan_id, on) for plan_id in plan_ids]
        row.nearest_due = min((cell.due_on for cell in row.cells if cell and cell.due_on), default=None)
    return sorted(rows.values(), key=lambda row: (row.person == "", row.person, row.sort_key, row.unit_id))


def _rows(units):
    """{unit: MatrixRow} without cells."""
    named = Unit.objects.filter(pk__in=units).order_by()
    named = list(named.values_list("pk", "code", "short_name", "kind", "in_charge_id", "sort_key"))
    people = User.objects.filter(pk__in={in_charge for *_, in_charge, _ in named if in_charge})
    names = dict(people.order_by().values_list("pk", "full_name"))
    return {
        pk: MatrixRow(unit_id=pk, code=code, name=name, kind=kind, person=names.get(in_charge, ""), sort_key=sort_key)
        for pk, code, name, kind, in_charge, sort_key in named
    }


@ReadyQuery
def _owed(plans):
    owed = Assignment.objects.filter(plan__in=plans, product__in=Product.BY_UNITS)
    owed = owed.exclude(state=AssignmentState.CANCELLED).order_by()  # the order of the model joins plans and duties
    return owed.values_list(
        "plan_id", "product", "unit_id", "state", "due_on", "extended_at", "exempted_until"
    )


def kept_rows(rows, *, wanted="", person="", kind="", state="", owing=False):
    """Rows whose unit's name contains `wanted` (tones ignored), of one committee member, of one kind of unit, with one
    state in some plan, or that still owe some report."""
    found = [row for row in rows if fold(wanted) in fold(row.name)]
    found = [row for row in found if (not person or row.person == person) and (not kind or row.kind == kind)]
    if state:
        found = [row for row in found if any(cell and cell.state == state for cell in row.cells)]
    if owing:
        found = [row for row in found if any(cell and cell.state not in _REPORTED | {"exempt"} for cell in row.cells)]
    return found


def sorted_rows(rows, *, sort, plan_ids=()):
    """Rows by unit ("name"), by the nearest open day ("due"), by what one plan asks for most urgently ("plan-<id>");
    anything else keeps them under the committee member in charge."""
    if sort == BY_NAME:
        return sorted(rows, key=lambda row: (row.sort_key, row.unit_id))
    if sort == BY_DUE:
        return sorted(rows, key=lambda row: (row.nearest_due or dt.date.max, row.sort_key, row.unit_id))
    columns = {f"plan-{plan_id}": index for index, plan_id in enumerate(plan_ids)}
    if sort in columns:
        return sorted(rows, key=lambda row: (_urgency(row.cells[columns[sort]]), row.sort_key, row.unit_id))
    return rows


def people_of(rows):
    """Committee members in charge of some row, by name."""
    return sorted({row.person for row in rows if row.person})


def kinds_of(rows):
    """(value, label) of the kinds of units among the rows, in the order of the list of kinds."""
    present = {row.kind for row in rows}
    return [(kind.value, kind.label) for kind in UnitKind if kind.value in present]


def _urgency(cell):
    return _URGENCY.index(cell.state) if cell and cell.state in _URGENCY else len(_URGENCY)


def _cell(duties, row, plan_id, on):
    if not duties:
        return None
    report, study = duties.get(Product.REPORT), duties.get(Product.STUDY)
    state, _due_on, extended_at, until = report or study
    studied = bool(study and study[0] in AssignmentState.SETTLED)
    due_on = min((duty[1] for duty in duties.values() if duty[1] and duty[0] in AssignmentState.OPEN), default=None)
    shown = _SHOWN.get(state, state)
    if due_on and due_on < on:
        shown = "overdue"
    elif state in AssignmentState.OPEN and state != AssignmentState.RETURNED:
        shown = "studied" if studied else "extended" if extended_at else shown
    return Cell(
        state=shown,
        unit_id=row.unit_id,
        plan_id=plan_id,
        unit_name=row.name,
        studied=studied,
        due_on=due_on,
        until=until,
    )


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """The foot of one column: how many of the shown units have studied and have reported."""

    asked: int
    studied: int
    reported: int


def totals_of(rows, plans):
    """A PlanTotal per plan over the shown rows, for the last rows "41/58"."""
    totals = []
    for index, _plan in enumerate(plans):
        asked = [row.cells[index] for row in rows if row.cells[index] and row.cells[index].state != "exempt"]
        reported = sum(cell.state in _REPORTED for cell in asked)
        totals.append(PlanTotal(asked=len(asked), studied=sum(cell.studied for cell in asked), reported=reported))
    return totals
