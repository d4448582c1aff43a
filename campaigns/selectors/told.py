"""What a digest of a day still has to say when it leaves the program."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from campaigns.choices import AssignmentState, PlanState, ReminderState
from campaigns.models import Assignment, Delivery, Duty, Notification, Plan, Reminder
from campaigns.selectors.leaving import still_told

STALE = dt.timedelta(hours=24)


@dataclass
class Told:
    """What the person was reminded of and is still open, and notices; `folded`: some came more than a day late."""

    rows: list[Reminder] = field(default_factory=list)
    folded: bool = False
    notices: list[Notification] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.notices)

    @property
    def wards(self) -> set[int | None]:
        """Keys of the wards that have something to say in it."""
        return {row.assignment.plan.ward_id for row in self.rows} | {notice.ward_id for notice in self.notices}


def told_in(deliveries: Iterable[Delivery], *, on: dt.date) -> dict[int, Told]:
    """{delivery: what it says now, with what was folded into it}, in a fixed number of queries.

    Done meanwhile, withdrawn, moved or read is left out; of a duty told on several days the last word stands.
    """
    parts = {row.pk: [row] for row in deliveries}
    for row in Delivery.objects.filter(folded_into__in=list(parts)).order_by("-day", "-pk"):
        parts[row.folded_into_id].insert(0, row)
    rows = [row for found in parts.values() for row in found]
    by_day = _told_on({(row.person_id, row.day) for row in rows if not row.notice_id})
    notices = {row.notice_id for row in rows if row.notice_id}
    notices = Notification.objects.filter(pk__in=notices).select_related("person") if notices else ()
    notices = {notice.pk: [notice] for notice in still_told(notices, on=on)}
    return {
        pk: _together([
            Told(notices=notices.get(row.notice_id, [])) if row.notice_id else by_day[row.person_id, row.day] for row in found
        ], is_late=found[0].day < found[-1].day)
        for pk, found in parts.items()
    }  # fmt: skip


def _together(told: list[Told], *, is_late: bool) -> Told:
    """One digest of several days, and what else there was to tell; the oldest first."""
    if len(told) == 1:
        return told[0]
    rows = {row.assignment_id: row for one in told for row in one.rows}
    in_order = sorted(rows.values(), key=lambda row: (row.assignment.due_on, row.assignment_id))
    notices = [notice for one in told for notice in one.notices]
    return Told(in_order, folded=is_late or any(one.folded for one in told), notices=notices)


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
