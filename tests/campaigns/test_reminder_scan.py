"""The scan of due reminders reads the waiting rows alone, through the partial index, as plain values."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.selectors.reminders import due_people
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at

FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))


def test_the_scan_goes_through_the_index_of_waiting_rows(cast):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of no rows is otherwise read whole
    with CaptureQueriesContext(connection) as asked:
        due_people(FIRST, limit=50)
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {asked[0]['sql']}")
        assert "reminder_pending" in str(cursor.fetchall())


def test_people_come_once_the_longest_waiting_first(cast, django_assert_num_queries):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])
    plan_reminders(assignments=list(plan.assignments.all()), now=at(dt.date(2026, 5, 20)))
    plan.assignments.get(product="action").reminders.update(remind_at=FIRST - dt.timedelta(minutes=1))
    with django_assert_num_queries(1):
        people = due_people(FIRST, limit=50)
    assert people == [cast.contact.pk, cast.secretary.pk, cast.other_secretary.pk]
    assert due_people(FIRST, limit=50, skip=frozenset({cast.contact.pk})) == people[1:]
    assert due_people(FIRST, limit=1) == people[:1]
