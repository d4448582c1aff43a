"""What a digest of a day still has to say when it leaves the program."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from campaigns.choices import AssignmentState, PlanState, ReminderState
from campaigns.models import Assignment, Delivery, Duty, Plan, Reminder

STALE = dt.timedelta(hours=24)


@dataclass
class Told:
    """What the person was reminded of and is still open; `folded`: some came more than a day late."""

    rows: list[Reminder] = field(default_factory=list)
    folded: bool = False


def told_in(deliveries: Iterable[Delivery]) -> dict[int, Told]:
    """{delivery: what it says now, with what was folded into it}, in a fixed number of queries.

    Done meanwhile, withdrawn or moved is left out; of a duty told on several days the last word stands.
    """
    days = _days_of(list(deliveries))
    by_day = _told_on({pair for pairs in days.values() for pair in pairs})
    return {pk: _together([by_day[pair] for pair in pairs]) for pk, pairs in days.items()}


def _days_of(deliveries: list[Delivery]) -> dict[int, list[tuple[int, dt.date]]]:
    """{delivery: (person, day) of itself and of those folded into it, the oldest first}."""
    days = {row.pk: [(row.person_id, row.day)] for row in deliveries}
    older = Delivery.objects.filter(folded_into__in=list(days)).order_by("-day", "-pk")
    for into, person, day in older.values_list("folded_into", "person", "day"):
        days[into].insert(0, (person, day))
    return days


def _together(told: list[Told]) -> Told:
    """One digest of several days."""
    if len(told) == 1:
        return told[0]
    rows = {row.assignment_id: row for one in told for row in one.rows}
    in_order = sorted(rows.values(), key=lambda row: (row.assignment.due_on, row.assignment_id))
    return Told(in_order, folded=any(one.rows for one in told[:-1]) or told[-1].folded)


def _told_on(pairs: set[tuple[int, dt.date]]) -> dict[tuple[int, dt.date], Told]:
    """{(person, day): what that person was told that day and is still open}."""
    wanted = defaultdict(list)
    for person, day in pairs:
        wanted[day].append(person)
    days = Q(pk__in=[])
    for day, people in wanted.items():
        days |= Q(delivery_day=day, person__in=people)
    rows = Reminder.objects.filter(days).select_related("assignment__unit")
    rows = list(rows.order_by("assignment__due_on", "assignment_id", "pk"))
    _set_what_is_shared([row.assignment for row in rows])
    found = defaultdict(Told)
    for row in rows:
        told = found[row.person_id, row.delivery_day]
        told.folded |= row.handled_at - row.remind_at > STALE
        if _still_stands(row):
            told.rows.append(row)
    return found


def _set_what_is_shared(assignments: list[Assignment]) -> None:
    """Their plans and duties, read once each: a morning tells hundreds of people of the same few."""
    plans = Plan.objects.filter(pk__in={row.plan_id for row in assignments}).select_related("paper")
    plans = plans.prefetch_related("directive_links__directive").in_bulk()
    duties = Duty.objects.in_bulk({row.duty_id for row in assignments})
    for row in assignments:
        row.plan, row.duty = plans[row.plan_id], duties[row.duty_id]


def _still_stands(row: Reminder) -> bool:
    assignment = row.assignment
    return (
        row.state == ReminderState.SENT
        and assignment.state in AssignmentState.OPEN
        and assignment.plan.state == PlanState.ISSUED
        and row.due_version == assignment.due_version
    )
