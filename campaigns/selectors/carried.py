"""What units owe when they are merged or divided: what goes over, what stays, shown before it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from campaigns.choices import AssignmentState, PlanState, ReminderState
from campaigns.models import Assignment, Plan, Reminder
from units.models import Unit


@dataclass
class Carried:
    """Open obligations that go to other units, by plan; those done stay under the old name."""

    rows: list[Assignment] = field(default_factory=list)
    settled: int = 0
    reminders: int = 0

    @property
    def mark(self) -> str:
        """A short sum over what goes over and how much stays; two looks with the same mark showed the same."""
        rows = [(row.pk, row.state, row.due_on) for row in self.rows]
        return hashlib.sha256(repr((rows, self.settled)).encode()).hexdigest()[:24]

    @property
    def plans(self) -> list[tuple[Plan, int]]:
        """(plan, number of open obligations), in the order of the plans."""
        found: dict[int, list] = {}
        for row in self.rows:
            found.setdefault(row.plan_id, [row.plan, 0])[1] += 1
        return [tuple(found[pk]) for pk in sorted(found)]


def owed_by(units: Iterable[Unit]) -> QuerySet[Assignment]:
    """What `units` still owe for plans that go on, also for one that rests."""
    rows = Assignment.objects.open().filter(unit__in=[unit.pk for unit in units], plan__state__in=PlanState.RECEIVING)
    return rows.select_related("unit", "duty", "plan__paper", "plan__ward").order_by("plan_id", "pk")


def carried(units: Iterable[Unit]) -> Carried:
    """The preview: what would go over if these units were merged or ended."""
    units = list(units)
    rows = list(owed_by(units))
    done = Assignment.objects.filter(
        unit__in=[unit.pk for unit in units], plan__state__in=PlanState.RECEIVING, state__in=AssignmentState.SETTLED
    )
    waiting = Reminder.objects.filter(assignment__in=[row.pk for row in rows], state=ReminderState.WAITING)
    return Carried(rows=rows, settled=done.count(), reminders=waiting.count())
