"""What is overdue goes up: second card, committee member in charge, compiler, Phó Bí thư, each after its own delay.

The rows are written the day before their hour at the latest, so that the clock sends them on the minute; they are
reminders like any other: one digest a person a day, looked at again before they are told, none after the unit reported.
"""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from campaigns.choices import AssignmentState
from campaigns.due_keys import due_day, due_key
from campaigns.ladder import Rung, steps_of
from campaigns.models import Assignment, Plan, Reminder, StateCounter
from campaigns.selectors.chase import NOBODY, told_nobody
from campaigns.selectors.ladders import ladders_of
from campaigns.selectors.recipients import people_on_step
from campaigns.services.reminders import BATCH, moment, promised_days, reminding_times
from units.services.audit import record_event
from units.workdays import RemindingCalendar

AHEAD = dt.timedelta(days=1)
CATCH_UP = dt.timedelta(days=7)  # after a longer standstill the older steps are no news any more
FARTHEST = dt.timedelta(days=120)  # 30 working days and Tết


@transaction.atomic
def plan_escalations(*, now: dt.datetime) -> int:
    """Write the steps above the unit that fall due within a day for what is open and overdue; returns rows written.

    Writing a row twice leaves one. A unit that promised a day is left in peace until then, and so are those above it.
    A step whose hour had passed when the work was asked again is left out: it was told of the day that was, or is no news.
    """
    written = 0
    for (plan_id, due_on), steps in _steps_due(now=now).items():
        for step, rung, at in steps:
            written += _write(plan_id, due_on, step=step, rung=rung, at=at, now=now)
    return written


def _steps_due(*, now: dt.datetime) -> dict[tuple[int, dt.date], list[tuple[str, Rung, dt.datetime]]]:
    """{(plan, due day): [(step, rung, instant)]} of the steps that are due; read from the counters, not from the rows."""
    on = timezone.localdate(now)
    groups = _overdue_groups(on)
    plans = {plan_id for plan_id, _due_on in groups}
    issued = dict(Plan.objects.filter(pk__in=plans).order_by().values_list("pk", "issued_at"))
    ladders, times, calendar = ladders_of(plans), reminding_times(plans), RemindingCalendar.load()
    found = defaultdict(list)
    for plan_id, due_on in groups:
        for step, rung in steps_of(due_on, calendar=calendar, above=ladders[plan_id].above):
            at = moment(rung.day, times[plan_id])
            if at <= now + AHEAD and rung.day >= on - CATCH_UP and at >= issued[plan_id]:
                found[plan_id, due_on].append((step, rung, at))
    return found


def _overdue_groups(on: dt.date) -> list[tuple[int, dt.date]]:
    """(plan, due day) with something open; a day that ends tonight counts, its first step may be tomorrow morning."""
    rows = StateCounter.objects.filter(
        plan__state="issued",
        state__in=AssignmentState.OPEN,
        count__gt=0,
        due_key__range=(due_key(on - FARTHEST), due_key(on)),
    )
    groups = rows.order_by("plan_id", "due_key").values_list("plan_id", "due_key").distinct()
    return [(plan_id, due_day(key)) for plan_id, key in groups]


def _write(plan_id: int, due_on: dt.date, *, step: str, rung: Rung, at: dt.datetime, now: dt.datetime) -> int:
    told = Reminder.objects.filter(
        assignment=OuterRef("pk"), due_version=OuterRef("due_version"), step=step, rung=rung.offset
    )
    owed = list(
        Assignment.objects.open()
        .filter(Q(asked_at=None) | Q(asked_at__lte=at), plan=plan_id, due_on=due_on)
        .exclude(Exists(told))
        .only("pk", "plan_id", "unit_id", "due_version", "plan__ward_id")
        .select_related("plan")
        .order_by("pk")
    )
    if not owed:
        return 0
    on = timezone.localdate(now)
    people = people_on_step(step, units={row.unit_id: row.plan.ward_id for row in owed}, on=on)
    if at <= now:
        _note_nobody(owed, people, due_on=due_on, step=step, now=now)
    promises = promised_days(owed, on=on)
    rows = []
    for row in owed:
        promised = promises.get((row.plan_id, row.unit_id))
        held = promised is not None and promised > rung.day
        rows += [
            Reminder(
                assignment_id=row.pk, person_id=person, step=step, rung=rung.offset, due_version=row.due_version,
                remind_on=promised if held else rung.day,
                remind_at=moment(promised, timezone.localtime(at).time()) if held else at,
            )
            for person in people[row.unit_id]
        ]  # fmt: skip
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)


def _note_nobody(owed: list[Assignment], people: dict[int, list[int]], *, due_on: dt.date, step: str, now: dt.datetime) -> None:
    """Leave a trace, once, of the units whose step has come while nobody holds the place that is to be told."""
    alone = {row.unit_id for row in owed if not people[row.unit_id]}
    if not alone:
        return
    plan = owed[0].plan
    known = {unit for one in told_nobody([plan.pk]) if (one.step, one.due_on) == (step, due_on) for unit in one.units}
    if alone - known:
        details = {"step": str(step), "due_on": str(due_on), "units": sorted(alone - known)}
        record_event(by=None, verb=NOBODY, target=plan, ward_id=plan.ward_id, details=details, at=now)
