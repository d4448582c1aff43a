"""Turns the due reminders of one person into today's digest: claimed, checked again and written in one transaction."""

import datetime as dt
import logging
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from campaigns.choices import AssignmentState, ChaseStep, PlanState, ReminderState
from campaigns.digest_words import FOLDED, digest_of, line_of, what_above
from campaigns.models import Assignment, Reminder
from campaigns.selectors.recipients import people_on_step
from campaigns.selectors.reminders import POISON_LIMIT
from campaigns.selectors.told import STALE
from campaigns.services.notifications import add_to_digest
from campaigns.services.openings import open_deliveries

logger = logging.getLogger(__name__)

POISON_PAUSE = dt.timedelta(hours=1)
_CLAIM = "SELECT id FROM campaigns_reminder WHERE state = 'waiting' AND remind_at <= %s AND person_id = %s ORDER BY id"


@dataclass
class Sorted:
    """What the second look at the claimed rows found."""

    send: list[Reminder] = field(default_factory=list)
    merged: list[Reminder] = field(default_factory=list)
    cancel: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    poison: list[tuple[int, str]] = field(default_factory=list)
    successors: list[Reminder] = field(default_factory=list)


@transaction.atomic
def write_digest(*, person_id: int, now: dt.datetime) -> int:
    """Handle every due reminder of one person; returns how many were told.

    Notification and "sent" are one transaction, so each line reaches the list exactly once, whoever is killed. The
    rows are claimed first and looked at again under the claim: nobody is reminded of what has just been done.
    """
    day = timezone.localdate(now)
    claimed = claim(person_id=person_id, now=now)
    if not claimed:
        return 0
    found = _look_again(claimed, day=day, now=now)
    _settle(found, day=day, now=now)
    if not found.send:
        return 0
    digest = digest_of(found.send, on=day)
    folded = [FOLDED] if any(row.remind_at < now - STALE for row in found.send + found.merged) else []
    add_to_digest(
        person_id=person_id,
        day=day,
        title=digest.title,
        lines=digest.lines + folded,
        url=digest.url,
        at=now,
    )
    wards = {row.assignment.plan.ward_id for row in found.send}
    open_deliveries(person=found.send[0].person, wards=wards, day=day, now=now)
    return len(found.send)


def claim(*, person_id: int, now: dt.datetime) -> list[int]:
    """Lock the due rows of the person until the transaction ends; a second sender passes them over.

    PostgreSQL locks the rows and leaves those that an act of the office (a change of the plan, a promise) holds to the
    next minute: a sender that waits for nobody is in nobody's way. On SQLite the transaction itself is exclusive
    (transaction_mode IMMEDIATE). Written out, as it runs for every person told: the ORM takes longer to put it into
    words than the database to answer it.
    """
    lock = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{_CLAIM}{lock}", [connection.ops.adapt_datetimefield_value(now), person_id])
        return [pk for (pk,) in cursor.fetchall()]


def _look_again(pks: list[int], *, day: dt.date, now: dt.datetime) -> Sorted:
    rows = list(
        Reminder.objects.filter(pk__in=pks)
        .select_related("person__contact_choice", "assignment__duty", "assignment__unit", "assignment__plan__paper")
        .prefetch_related("assignment__plan__directive_links__directive")
        .order_by("assignment__due_on", "assignment__plan_id", "assignment_id", "-step", "-rung")
    )
    people = _people(rows, on=day)
    found, seen = Sorted(), set()
    for row in rows:
        told = people[row.step][row.assignment.unit_id]
        reason = _why_not(row, told)
        if reason is None and row.assignment_id in seen:
            found.merged.append(row)
            continue
        if reason:
            found.cancel[reason].append(row.pk)
            if row.person_id not in told:
                found.successors += _successors(row, told, now=now)
            continue
        try:
            _word(row, on=day)
        except Exception as failure:  # one row that cannot be worded must not stop the others
            logger.exception("reminder %s cannot be worded", row.pk)
            found.poison.append((row.pk, f"{type(failure).__name__}: {failure}"[:300]))
            continue
        seen.add(row.assignment_id)
        found.send.append(row)
    return found


def _people(rows: list[Reminder], *, on: dt.date) -> dict[str, dict[int, list[int]]]:
    """{step: {unit: whom that step tells today}} for the steps among `rows`."""
    found = {}
    for step in {row.step for row in rows}:
        units = {row.assignment.unit_id: row.assignment.plan.ward_id for row in rows if row.step == step}
        found[step] = people_on_step(step, units=units, on=on)
    return found


def _word(row: Reminder, *, on: dt.date) -> None:
    """Put one row into words alone, so that a row that has none is found before the digest is written."""
    if row.step in ChaseStep.OWN:
        line_of(row.assignment, on=on)
    else:
        what_above(row.assignment, step=row.step, on=on)


def _why_not(row: Reminder, people: list[int]) -> str | None:
    """Why this reminder is not needed any more; None when it is."""
    assignment = row.assignment
    if assignment.state not in AssignmentState.OPEN:
        return f"Việc đã chuyển sang “{assignment.get_state_display()}”."
    if assignment.plan.state != PlanState.ISSUED:
        return f"Kế hoạch ở trạng thái “{assignment.plan.get_state_display()}”."
    if row.due_version != assignment.due_version:
        return "Hạn của việc này đã đổi."
    if not row.person.is_active:
        return "Tài khoản đã ngừng dùng."
    if row.person_id not in people:
        return "Người này không còn phụ trách đơn vị; lời nhắc chuyển cho người kế tiếp."
    return None


def _successors(row: Reminder, people: list[int], *, now: dt.datetime) -> list[Reminder]:
    """The same rung for those who answer for the unit today, when the row itself was still right."""
    if row.assignment.state not in AssignmentState.OPEN or row.due_version != row.assignment.due_version:
        return []
    return [
        Reminder(
            assignment_id=row.assignment_id, person_id=person, step=row.step, rung=row.rung, due_version=row.due_version,
            remind_on=row.remind_on, remind_at=now,
        )
        for person in people
    ]  # fmt: skip


def _settle(found: Sorted, *, day: dt.date, now: dt.datetime) -> None:
    claimed = Reminder.objects.filter(state=ReminderState.WAITING)
    sent = [row.pk for row in found.send]
    claimed.filter(pk__in=sent).update(state=ReminderState.SENT, delivery_day=day, handled_at=now)
    merged = [row.pk for row in found.merged]
    claimed.filter(pk__in=merged).update(
        state=ReminderState.CANCELLED, delivery_day=day, handled_at=now, problem="Đã gộp vào lần nhắc sau cùng của việc này."
    )
    for reason, pks in found.cancel.items():
        claimed.filter(pk__in=pks).update(state=ReminderState.CANCELLED, handled_at=now, problem=reason)
    for pk, problem in found.poison:
        push_back(Reminder.objects.filter(pk=pk), problem=problem, now=now)
    _hand_on(found.successors)


def _hand_on(successors: list[Reminder]) -> None:
    """Write the rows of those who answer for the unit now.

    A change of the plan holds its obligations and then asks for their reminders, some of which are held here. So the
    obligations are asked for without waiting: where a change is under way the whole digest is left to the next minute
    (OperationalError, see services/clock.py), and neither waits for the other.
    """
    if successors:
        owed = Assignment.objects.filter(pk__in={row.assignment_id for row in successors}).order_by("pk")
        list(owed.select_for_update(nowait=True, no_key=True).values_list("pk", flat=True))
        Reminder.objects.bulk_create(successors, ignore_conflicts=True)


def push_back(rows, *, problem: str, now: dt.datetime) -> None:
    """Try these waiting rows again in an hour; after five failures they are listed as failed."""
    waiting = rows.filter(state=ReminderState.WAITING)
    waiting.update(failures=F("failures") + 1, problem=problem, remind_at=now + POISON_PAUSE)
    waiting.filter(failures__gte=POISON_LIMIT).update(state=ReminderState.FAILED, handled_at=now)
