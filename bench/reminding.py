"""Selecting and claiming due reminders through Django beside the same statements in raw SQL, at 100,000 open duties."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from bench.measure import Row, side_by_side
from bench.scene import name_secretaries
from campaigns.models import Assignment, Plan, Reminder
from campaigns.selectors.reminders import due_people
from campaigns.services.clock import PEOPLE
from campaigns.services.counters import recount
from campaigns.services.digests import claim
from reports.demo.scale import load_scale
from units.choices import Role
from units.models import Membership

WARDS, UNITS, PLANS = 50, 250, 4  # a province on the eve of a deadline: two duties a unit and plan, all still open
CLAIMS = 50
CLAIM = "SELECT id FROM campaigns_reminder WHERE state = 'waiting' AND remind_at <= %s AND person_id = %s ORDER BY id"
LOCK = " FOR UPDATE" if connection.vendor == "postgresql" else ""


def rows():
    now = timezone.now()
    _fill(_open_all(), now)
    opened = Assignment.objects.open().count()
    if opened < 100_000:
        raise RuntimeError(f"only {opened} open assignments")
    yield _selection(now, opened)
    yield _claims(now, opened)


def _selection(now, opened):
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
    return Row(f"select due reminders at {opened} open duties", ours, "raw SQL", peer, 1.3)


def _claims(now, opened):
    """Claim the rows of fifty people, each in a transaction of its own, as the clock does."""
    people = due_people(now, limit=CLAIMS)

    def raw_claim(person_id):
        with connection.cursor() as cursor:
            cursor.execute(
                f"{CLAIM}{LOCK}",
                [now, person_id],
            )
            return [row[0] for row in cursor.fetchall()]

    def each(work):
        for person_id in people:
            with transaction.atomic():
                work(person_id)

    if any(claim(person_id=one, now=now) != raw_claim(one) for one in _locked(people)):
        raise RuntimeError("the two claims differ")
    ours, peer = side_by_side(
        lambda: each(lambda one: claim(person_id=one, now=now)), lambda: each(raw_claim), rounds=15
    )
    return Row(f"claim the reminders of {len(people)} people at {opened} open duties", ours, "raw SQL", peer, 1.3)


def _locked(people):
    with transaction.atomic():  # SELECT ... FOR UPDATE wants one
        yield from people


def _open_all():
    """Wards of their own, a secretary in every unit, all duties open; returns the plans."""
    province = load_scale(wards=WARDS, units_per_ward=UNITS, plans=PLANS, prefix="nhac").parent
    for ward in province.children.all():
        name_secretaries(ward)
    plans = Plan.objects.filter(ward__parent=province)
    Assignment.objects.filter(plan__in=plans).update(state="todo")
    recount(plan_ids=plans.values_list("pk", flat=True))
    return plans


def _fill(plans, now):
    """A waiting row per open duty, those of one unit in ten due: the morning of a day before a deadline in a province."""
    people = dict(Membership.objects.filter(role=Role.SECRETARY).values_list("unit_id", "user_id"))
    soon = now + dt.timedelta(days=3)
    Reminder.objects.bulk_create(
        [
            Reminder(
                assignment_id=pk,
                person_id=people[unit_id],
                rung=-30,
                due_version=1,
                remind_on=timezone.localdate(now),
                remind_at=now - dt.timedelta(seconds=unit_id) if unit_id % 10 == 0 else soon,
            )
            for pk, unit_id in Assignment.objects.filter(plan__in=plans).values_list("pk", "unit_id")
        ],
        batch_size=2_000,
    )
    with connection.cursor() as cursor:  # what autovacuum does on a real server
        cursor.execute("ANALYZE")
