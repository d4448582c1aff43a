"""Short words for tests about obligations."""

import contextlib
import datetime as dt

from django.db import connection
from django.db.models import Count

from campaigns.due_keys import due_key
from campaigns.models import Assignment, Reminder, StateCounter
from tests import factories

NINE = dt.time(9, 0)


def at(day, time=NINE):
    """A moment of `day` in Hà Nội."""
    return dt.datetime.combine(day, time, tzinfo=factories.HANOI)


def counters():
    """{(plan, duty, product, due key, state): number} as kept, without empty ones."""
    rows = StateCounter.objects.exclude(count=0).values_list("plan_id", "duty_id", "product", "due_key", "state", "count")
    return {row[:5]: row[5] for row in rows}


def counted():
    """The same, added up from the assignments themselves."""
    groups = Assignment.objects.order_by().values_list("plan_id", "duty_id", "product", "due_on", "state")
    return {
        (plan, duty, product, due_key(day), state): number
        for plan, duty, product, day, state, number in groups.annotate(number=Count("pk"))
    }


def rungs(assignment, *, state="waiting"):
    """[(rung, day)] of the reminders of an assignment in `state`, in order."""
    rows = Reminder.objects.filter(assignment=assignment, state=state).order_by("rung", "pk")
    return [(row.rung, row.remind_on) for row in rows]


@contextlib.contextmanager
def held_elsewhere(model, pk, how="FOR UPDATE"):
    """Another transaction holds the row `pk` of `model`, as a change of the plan does (PostgreSQL)."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT id FROM {model._meta.db_table} WHERE id = %s {how}", [pk])
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()
