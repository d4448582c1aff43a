"""What a digest of a day still has to say when it leaves the program."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from campaigns.choices import AssignmentState, PlanState, ReminderState
from campaigns.models import Delivery, Reminder

STALE = dt.timedelta(hours=24)


@dataclass
class Told:
    """What the person was reminded of that day and is still open; `folded`: some came more than a day late."""

    rows: list[Reminder] = field(default_factory=list)
    folded: bool = False


def told_in(deliveries: Iterable[Delivery]) -> dict[int, Told]:
    """{delivery: what it says now}, in a fixed number of queries; done meanwhile, withdrawn or moved is left out."""
    deliveries = list(deliveries)
    wanted = defaultdict(list)
    for row in deliveries:
        wanted[row.day].append(row.person_id)
    days = Q(pk__in=[])
    for day, people in wanted.items():
        days |= Q(delivery_day=day, person__in=people)
    rows = (
        Reminder.objects.filter(days)
        .select_related("assignment__duty", "assignment__unit", "assignment__plan__paper")
        .prefetch_related("assignment__plan__directive_links__directive")
        .order_by("assignment__due_on", "assignment_id", "pk")
    )
    found = defaultdict(Told)
    for row in rows:
        told = found[row.person_id, row.delivery_day]
        told.folded |= row.handled_at - row.remind_at > STALE
        if _still_stands(row):
            told.rows.append(row)
    return {row.pk: found[row.person_id, row.day] for row in deliveries}


def _still_stands(row: Reminder) -> bool:
    assignment = row.assignment
    return (
        row.state == ReminderState.SENT
        and assignment.state in AssignmentState.OPEN
        and assignment.plan.state == PlanState.ISSUED
        and row.due_version == assignment.due_version
    )
