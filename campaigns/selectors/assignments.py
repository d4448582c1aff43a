"""What people may see of obligations, and the lists their pages show."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from campaigns.choices import AssignmentState, PlanState
from campaigns.models import Assignment, Plan
from units.models import AuditEvent
from units.permissions import Permission


def visible_assignments(access) -> QuerySet[Assignment]:
    """The office sees what its ward asked for; a unit or a body what it owes itself, of plans that went out."""
    office = access.reach(Permission.READ_WARD, prefix="plan__ward__")
    own = access.reach(Permission.DO_DUTY, prefix="unit__") & Q(plan__state__in=PlanState.FROZEN)
    return Assignment.objects.filter(office | own)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office once decided about a duty, as it stands in the log."""

    at: dt.datetime
    by: str
    words: str
    reason: str


_DECISIONS = {
    "assignment.extend": "Gia hạn đến hết {to}",
    "assignment.exempt": "Miễn",
    "assignment.excuse": "Cho qua nộp muộn",
    "assignment.todo": "Giao lại",
}


def decisions_on(assignment: Assignment) -> list[Decision]:
    """Every extension, exemption, excuse and renewal of a duty: who, when, why, until when; oldest first."""
    label = assignment._meta.label_lower
    events = AuditEvent.objects.filter(object_type=label, object_id=str(assignment.pk), verb__in=_DECISIONS).order_by("pk")
    return [
        Decision(event.at, event.actor_label, _DECISIONS[event.verb].format(to=_day(event)), event.details.get("reason", ""))
        for event in events
    ]


def _day(event: AuditEvent) -> str:
    """The new last day of an extension as people write it."""
    if event.verb != "assignment.extend":
        return ""
    return f"{dt.date.fromisoformat(event.details['to']):%d/%m/%Y}"


def own_assignments(access) -> QuerySet[Assignment]:
    """What the person's own units and bodies owe, of plans that are running, what is due first on top."""
    rows = Assignment.objects.filter(access.reach(Permission.DO_DUTY, prefix="unit__"), plan__state=PlanState.ISSUED)
    return (
        rows.exclude(state=AssignmentState.CANCELLED)
        .select_related("duty", "unit", "plan__paper", "product_file")
        .prefetch_related("plan__directive_links__directive")
        .order_by(F("due_on").asc(nulls_last=True), "plan_id", "duty__position", "unit__sort_key")
    )


def split_by_state(rows, *, on: dt.date) -> tuple[list, list, list]:
    """(overdue, open, done) of a list of assignments."""
    rows = list(rows)
    open_rows = [row for row in rows if row.state in AssignmentState.OPEN]
    overdue = [row for row in open_rows if row.due_on and row.due_on < on]
    late = {row.pk for row in overdue}
    return overdue, [row for row in open_rows if row.pk not in late], [row for row in rows if row.state not in AssignmentState.OPEN]


def plan_assignments(plan: Plan, *, show: str = "", words: str = "", on: dt.date) -> QuerySet[Assignment]:
    """The office's list of one plan; `show` is "", "open", "overdue" or "done", `words` a folded part of a unit's name."""
    rows = Assignment.objects.filter(plan=plan)
    if show == "overdue":
        rows = rows.overdue(on=on)
    elif show == "open":
        rows = rows.open()
    elif show == "done":
        rows = rows.settled()
    for word in words.split():
        rows = rows.filter(unit__search__contains=word)
    return rows.select_related("duty", "unit", "plan", "product_file", "settled_by").order_by(
        "duty__position", "duty_id", "unit__sort_key", "pk"
    )
