"""The duties of bodies (UBND, MTTQ, đoàn thể, phòng) over all plans: one line a body for the office, one page for each."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Duty, PlanAnnex
from units.choices import Role, UnitKind
from units.models import Membership, Unit
from units.permissions import Permission

_OPEN = Q(state__in=AssignmentState.OPEN)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """How one body stands over all running plans; `people` are its contacts of today."""

    unit: Unit
    asked: int
    done: int
    open: int
    late: int
    next_due_on: dt.date | None
    people: tuple[str, ...]


def bodies_of(access) -> QuerySet[Unit]:
    """Bodies this person may look into: those of the ward for the office, one's own for a contact."""
    mine = access.reach(Permission.READ_WARD) | access.reach(Permission.DO_DUTY)
    return Unit.objects.filter(mine, kind=UnitKind.BODY)


def body_lines(access, *, on: dt.date) -> list[BodyLine]:
    """Every active body of the ward, those with something late first: three queries, whatever their number."""
    bodies = list(bodies_of(access).filter(access.reach(Permission.READ_WARD)).active(on=on).order_by("sort_key", "pk"))
    owed = Assignment.objects.filter(unit__in=bodies, plan__state=PlanState.ISSUED).exclude(
        state__in=(AssignmentState.CANCELLED, AssignmentState.EXEMPT)
    )
    figures = {
        row.pop("unit"): row
        for row in owed.order_by()
        .values("unit")
        .annotate(
            asked=Count("pk"),
            open=Count("pk", filter=_OPEN),
            late=Count("pk", filter=_OPEN & Q(due_on__lt=on)),
            next_due_on=Min("due_on", filter=_OPEN & Q(due_on__gte=on)),
        )
    }
    none = {"asked": 0, "open": 0, "late": 0, "next_due_on": None}
    people = _contacts(bodies, on=on)
    lines = []
    for body in bodies:
        row = figures.get(body.pk, none)
        lines.append(BodyLine(unit=body, done=row["asked"] - row["open"], people=tuple(people.get(body.pk, ())), **row))
    return sorted(lines, key=lambda line: (-line.late, -line.open))


def body_assignments(body: Unit, *, everything: bool) -> QuerySet[Assignment]:
    """What the body owes, of running plans or of every plan that ever went out, what is due first on top."""
    states = PlanState.FROZEN if everything else PlanState.RUNNING
    rows = Assignment.objects.filter(unit=body, plan__state__in=states)
    return rows.select_related("duty", "plan__paper", "product_file", "product_paper").order_by(
        F("due_on").asc(nulls_last=True), "plan_id", "duty__position", "pk"
    )


def all_body_assignments(bodies: list[Unit]) -> QuerySet[Assignment]:
    """What `bodies` owe under running plans, body by body, what is due first on top."""
    rows = Assignment.objects.filter(unit__in=bodies, plan__state__in=PlanState.RUNNING)
    return rows.select_related("unit", "duty", "plan__paper", "product_file", "product_paper").order_by(
        "unit__sort_key", "unit_id", F("due_on").asc(nulls_last=True), "plan_id", "duty__position", "pk"
    )


def asks_in_writing(rows: list[Assignment]) -> bool:
    """Whether a running plan of these duties brings an outline or forms to fill in."""
    plans = {row.plan_id for row in rows if row.plan.state == PlanState.ISSUED and row.product in Product.BY_BODIES}
    filled = Q(headings__isnull=False) | Q(forms__isnull=False)
    return bool(plans) and PlanAnnex.objects.filter(filled, plan__in=plans).exists()


def helped_duties(body: Unit) -> QuerySet[Duty]:
    """Clauses of running plans in which the body only helps; somebody else answers for them."""
    return (
        Duty.objects.filter(helpers=body, plan__state__in=PlanState.RUNNING)
        .select_related("plan__paper", "lead")
        .order_by(F("last_day").asc(nulls_last=True), "plan_id", "position", "pk")
    )


def _contacts(bodies: list[Unit], *, on: dt.date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Membership.objects.current(on=on).filter(unit__in=bodies, role=Role.CONTACT).select_related("user")
    for row in rows.order_by("user__full_name", "pk"):
        found.setdefault(row.unit_id, []).append(row.user.full_name)
    return found
