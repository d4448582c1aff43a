"""Writes reminder rows: planned with the issue, cancelled with what they are about, held back by a promise.

Nothing is sent here: services/clock.py does that from the rows alone (reliability.md 3).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from campaigns.choices import AssignmentState, CallOutcome, ChaseStep, ReminderState
from campaigns.ladder import Ladder, rungs_of
from campaigns.models import Assignment, CallLog, Plan, Reminder
from campaigns.selectors.ladders import ladders_of
from campaigns.selectors.recipients import people_of
from units.models import Unit, WardSettings
from units.ready_writes import ByRow, ReadyUpdate
from units.workdays import RemindingCalendar

BATCH = 500
DEFAULT_TIME = dt.time(7, 30)


def plan_reminders(*, assignments: Iterable[Assignment], now: dt.datetime) -> int:
    """Write the rungs still to come of open assignments, for the people who answer for their units.

    Runs in the transaction of the act that made or moved the duty. Rungs before `now` are skipped, so a plan recorded
    from paper sends nothing for the past. Writing a row twice leaves one; a row cancelled before its time (the report
    was returned, the duty asked again) waits again. Returns rows written. (A whole plan at its issue: expansion.py.)
    """
    owed = [row for row in assignments if row.due_on and row.state in AssignmentState.OPEN]
    if not owed:
        return 0
    on = timezone.localdate(now)
    people = people_of([row.unit_id for row in owed], on=on)
    times = reminding_times([row.plan_id for row in owed])
    promises = promised_days(owed, on=on)
    ladders = ladders_of({row.plan_id for row in owed})
    days = _rung_days({(row.due_on, ladders[row.plan_id].own) for row in owed})
    rows = []
    for row in owed:
        if not people[row.unit_id]:
            continue
        for rung in days[row.due_on, ladders[row.plan_id].own]:
            day = max(rung.day, promises.get((row.plan_id, row.unit_id), rung.day))
            at = moment(day, times[row.plan_id])
            if at >= now:
                rows += [_row(row, rung.offset, person, day, at) for person in people[row.unit_id]]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    _revive(owed, ladders=ladders, now=now)
    return len(rows)


def cancel_reminders(*, assignments: Iterable[Assignment], reason: str | dict[int, str], at: dt.datetime) -> int:
    """What still waits about these assignments will not be sent; the reason (one for all, or by assignment) stays readable."""
    pks = [row.pk for row in assignments]
    if not pks:
        return 0
    reasons = dict.fromkeys(pks, reason) if isinstance(reason, str) else {pk: reason[pk] for pk in pks}
    why = ByRow({pk: words[:300] for pk, words in reasons.items()}, key="assignment")
    return _waiting_about(pks=pks, changes={"state": ReminderState.CANCELLED, "handled_at": at, "problem": why})


@ReadyUpdate
def _waiting_about(pks):
    return Reminder.objects.filter(assignment__in=pks, state=ReminderState.WAITING)


@transaction.atomic
def hold_reminders(*, unit: Unit, until: dt.date) -> int:
    """The unit promised the day `until`: what would remind it earlier waits for it (moved, not lost); returns rows moved.

    A promised day on which nobody is reminded (a Saturday, Tết) holds until the next one. The latest promise counts:
    what an earlier one had put off farther comes back to this one, or to its own day.
    """
    calendar = RemindingCalendar.load()
    until = calendar.next_working_day(until)
    waiting = Reminder.objects.filter(
        assignment__unit=unit, assignment__due_on__isnull=False, state=ReminderState.WAITING
    )
    moved = defaultdict(list)
    for row in waiting.select_related("assignment").order_by("pk"):
        day = max(_own_day(row, calendar=calendar), until)
        if day != row.remind_on:
            moved[row.assignment.plan_id, day].append(row.pk)
    times = reminding_times({plan_id for plan_id, _day in moved})
    for (plan_id, day), pks in moved.items():
        rows = Reminder.objects.filter(pk__in=pks, state=ReminderState.WAITING)
        rows.update(remind_on=day, remind_at=moment(day, times[plan_id]))
    return sum(map(len, moved.values()))


@transaction.atomic
def plan_missing(*, now: dt.datetime) -> int:
    """Give rungs to running duties that have none: a secretary was named, or a telephone list came, after the issue."""
    on = timezone.localdate(now)
    span = dt.timedelta(days=14)
    written = Reminder.objects.filter(assignment=OuterRef("pk"), due_version=OuterRef("due_version"))
    owed = Assignment.objects.open().running().filter(due_on__range=(on - span, on + span)).exclude(Exists(written))
    return plan_reminders(assignments=list(owed), now=now)


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """The instant of a local time of the office on `day`."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def _row(row: Assignment, offset: int, person: int, day: dt.date, at: dt.datetime) -> Reminder:
    return Reminder(
        assignment_id=row.pk, person_id=person, rung=offset, due_version=row.due_version, remind_on=day, remind_at=at
    )


def _rung_days(asked: set[tuple[dt.date, tuple[int, ...]]]) -> dict:
    calendar = RemindingCalendar.load()
    return {(day, offsets): rungs_of(day, calendar=calendar, offsets=offsets) for day, offsets in asked}


def _own_day(row: Reminder, *, calendar: RemindingCalendar) -> dt.date:
    """The day of a rung by the calendar alone, whatever has held it back."""
    if row.step == ChaseStep.UNIT:
        return rungs_of(row.assignment.due_on, calendar=calendar, offsets=(row.rung,))[0].day
    return calendar.add_working_days(row.assignment.due_on, row.rung)


def reminding_times(plan_ids: Iterable[int]) -> dict[int, dt.time]:
    """The hour at which the ward of each plan reminds."""
    wards = dict(Plan.objects.filter(pk__in=set(plan_ids)).order_by().values_list("pk", "ward_id"))
    set_times = dict(WardSettings.objects.filter(ward__in=set(wards.values())).order_by().values_list("ward_id", "remind_at"))
    return {plan_id: set_times.get(ward_id, DEFAULT_TIME) for plan_id, ward_id in wards.items()}


def promised_days(owed: list[Assignment], *, on: dt.date) -> dict[tuple[int, int], dt.date]:
    """(plan, unit) -> promised day, where the latest promise is still ahead and was made about a plan already issued."""
    promises = CallLog.objects.filter(outcome=CallOutcome.PROMISED)
    last = promises.filter(unit=OuterRef("unit")).order_by("-called_at", "-pk").values("pk")[:1]
    ahead = promises.filter(unit__in={row.unit_id for row in owed}, promised_on__gt=on, pk=Subquery(last))
    calendar = RemindingCalendar.load()
    latest = {
        unit_id: (calendar.next_working_day(day), called)
        for unit_id, day, called in ahead.order_by().values_list("unit_id", "promised_on", "called_at")
    }
    if not latest:
        return {}
    issued = dict(Plan.objects.filter(pk__in={row.plan_id for row in owed}).order_by().values_list("pk", "issued_at"))
    return {
        (row.plan_id, row.unit_id): latest[row.unit_id][0]
        for row in owed
        if row.unit_id in latest and issued[row.plan_id] and latest[row.unit_id][1] >= issued[row.plan_id]
    }


def _revive(owed: list[Assignment], *, ladders: dict[int, Ladder], now: dt.datetime) -> None:
    """Rows cancelled before their time wait again, when their rung is still one of the plan's."""
    kept = Q(pk__in=[])
    for plan_id, ladder in ladders.items():
        rungs = Q(step=ChaseStep.UNIT, rung__in=ladder.own)
        for step, count in ladder.above:
            rungs |= Q(step=step, rung=count)
        kept |= Q(assignment__plan=plan_id) & rungs
    Reminder.objects.filter(
        kept,
        assignment__in=[row.pk for row in owed],
        state=ReminderState.CANCELLED,
        due_version=F("assignment__due_version"),
        remind_at__gte=now,
    ).update(state=ReminderState.WAITING, handled_at=None, problem="")
