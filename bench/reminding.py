"""Selecting due reminders through Django beside the same statement in raw SQL."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from bench.measure import Row, side_by_side
from campaigns.models import Assignment, Reminder
from campaigns.selectors.reminders import due_people
from campaigns.services.clock import PEOPLE
from units.models import User


def rows():
    now = timezone.now()
    _fill(now)

    def raw():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT person_id FROM campaigns_reminder WHERE state = 'waiting' AND remind_at <= %s "
                "ORDER BY remind_at, id LIMIT %s",
                [now, PEOPLE * 8],
            )
            return list(dict.fromkeys(row[0] for row in cursor.fetchall()))[:PEOPLE]

    if due_people(now, limit=PEOPLE) != raw():
        raise RuntimeError("the two selections differ")
    ours, peer = side_by_side(lambda: due_people(now, limit=PEOPLE), raw, rounds=200)
    yield Row(f"select due reminders among {Reminder.objects.count()}", ours, "raw SQL", peer, 1.3)


def _fill(now):
    """A waiting row per assignment, one in ten due: the morning of a day before a deadline in a whole province."""
    people = list(User.objects.values_list("pk", flat=True))
    soon = now + dt.timedelta(days=3)
    Reminder.objects.bulk_create(
        [
            Reminder(
                assignment_id=pk,
                person_id=people[place % len(people)],
                rung=-30,
                due_version=1,
                remind_on=timezone.localdate(now),
                remind_at=now - dt.timedelta(minutes=place) if place % 10 == 0 else soon,
            )
            for place, pk in enumerate(Assignment.objects.values_list("pk", flat=True))
        ],
        batch_size=2_000,
    )
