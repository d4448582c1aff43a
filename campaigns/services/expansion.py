"""The rows of an issue, written by the database itself: one INSERT ... SELECT instead of an object a row.

Issuing writes a duty for every unit and six reminders for every duty; built as objects they cost the better part of
the issue, and ten times as much for a ward of 300 units. The same statements run on both engines.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count

from campaigns.choices import AssignmentState, ChaseStep, LeadGroup, Product, ReminderState
from campaigns.due_keys import due_key
from campaigns.ladder import rungs_of
from campaigns.models import Assignment, Duty, Plan, Reminder
from campaigns.selectors.ladders import ladders_of
from campaigns.selectors.recipients import answering
from campaigns.services.counters import open_counters
from campaigns.services.reminders import moment, reminding_times
from units.models import Membership, Unit
from units.workdays import RemindingCalendar


def insert_assignments(
    plan: Plan, *, on: dt.date, duties: Iterable[Duty] | None = None, state: str = AssignmentState.TODO
) -> int:
    """A row in `state` for every unit that owes a tracked duty of `plan`, and their counters; returns how many.

    `duties`: only these, which arose after the issue and have no rows yet; None: all of the plan, which has none yet.
    """
    chosen = [duty.pk for duty in (plan.duties.all() if duties is None else duties)]
    if not chosen:
        return 0
    places = ", ".join(["%s"] * len(chosen))
    active, parameters = Unit.objects.reporting_to(plan.ward_id).active(on=on).order_by().values("pk").query.sql_with_params()
    _execute(
        f"""
        INSERT INTO {_table(Assignment)} (plan_id, duty_id, unit_id, product, state, due_on, due_version, reason, note, product_words)
        SELECT d.plan_id, d.id, u.id, d.product, %s, CASE WHEN d.tentative THEN NULL ELSE d.last_day END, 1, '', '', ''
        FROM {_table(Duty)} d
        JOIN {_table(Unit)} u ON (d.lead_group = %s AND u.id = d.lead_id) OR (d.lead_group = %s AND u.id IN ({active}))
        WHERE d.plan_id = %s AND d.product <> %s AND d.id IN ({places})
        ORDER BY d.position, d.id, u.sort_key, u.id
        """,  # noqa: S608 - table names of our own models and a subquery of the ORM; every value is a parameter
        [state, LeadGroup.ONE, LeadGroup.ALL_UNITS, *parameters, plan.pk, Product.NONE, *chosen],
    )
    groups = plan.assignments.filter(duty__in=chosen).order_by().values_list("duty_id", "product", "due_on", "state").annotate(number=Count("pk"))
    counts = {(plan.pk, duty, product, due_key(day), state): number for duty, product, day, state, number in groups}
    open_counters(counts)
    return sum(counts.values())


def insert_reminders(plan: Plan, *, now: dt.datetime, on: dt.date) -> None:
    """The rungs still to come of every assignment of a plan that is being issued."""
    days = set(plan.assignments.filter(due_on__isnull=False).order_by().values_list("due_on", flat=True).distinct())
    people = answering(plan.assignments.values("unit"), on=on) if days else {}
    chosen = [membership for rows in people.values() for membership, _user in rows]
    if not chosen:
        return
    time = reminding_times([plan.pk])[plan.pk]
    calendar, offsets = RemindingCalendar.load(), ladders_of([plan.pk])[plan.pk].own
    for due_on in sorted(days):
        for rung in rungs_of(due_on, calendar=calendar, offsets=offsets):
            at = moment(rung.day, time)
            if at >= now:
                _insert_rung(plan, due_on=due_on, offset=rung.offset, day=rung.day, at=at, chosen=chosen)


def _insert_rung(plan: Plan, *, due_on: dt.date, offset: int, day: dt.date, at: dt.datetime, chosen: list[int]) -> None:
    ops = connection.ops
    places = ", ".join(["%s"] * len(chosen))
    _execute(
        f"""
        INSERT INTO {_table(Reminder)}
            (assignment_id, person_id, step, rung, due_version, remind_on, remind_at, state, problem, failures)
        SELECT DISTINCT a.id, m.user_id, '{ChaseStep.UNIT.value}', {int(offset)}, a.due_version, {_typed("date")}, {_typed("timestamptz")}, %s, '', 0
        FROM {_table(Assignment)} a
        JOIN {_table(Membership)} m ON m.unit_id = a.unit_id
        WHERE a.plan_id = %s AND a.due_on = %s AND m.id IN ({places})
        """,  # noqa: S608 - table names of our own models, place holders, and a number; every value is a parameter
        [
            ops.adapt_datefield_value(day),
            ops.adapt_datetimefield_value(at),
            ReminderState.WAITING,
            plan.pk,
            ops.adapt_datefield_value(due_on),
            *chosen,
        ],
    )


def _typed(name: str) -> str:
    """A place holder that PostgreSQL reads as what it is; SQLite has no such types."""
    return f"CAST(%s AS {name})" if connection.vendor == "postgresql" else "%s"


def _table(model: type) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _execute(sql: str, parameters: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [str(value) if hasattr(value, "label") else value for value in parameters])
