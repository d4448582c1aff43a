"""Issuing to 60 units beside raw INSERT..SELECT of the same rows: obligations, counters, reminders, one audit line."""

from django.db import connection, transaction
from django.utils import timezone

from bench.measure import Row, side_by_side
from campaigns.models import Assignment, Plan, Reminder, StateCounter
from campaigns.services.assignments import expand_duties
from units.models import User


def rows():
    """Both write into a transaction that is rolled back, so every round starts from the same rows."""
    plan = Plan.objects.get(subject="bench: 60 units")
    by, now = User.objects.get(username="quymo"), timezone.now()
    written = {}

    def ours():
        with transaction.atomic():
            expand_duties(plan=plan, by=by, at=now)
            written["ours"] = _count(plan)
            transaction.set_rollback(True)

    def raw():
        with transaction.atomic():
            _insert_select(plan, now, written["rungs"])
            written["raw"] = _count(plan)
            transaction.set_rollback(True)

    with transaction.atomic():
        expand_duties(plan=plan, by=by, at=now)
        reminders = Reminder.objects.filter(assignment__plan=plan)
        written["rungs"] = list(reminders.order_by().values_list("assignment__duty", "rung", "remind_on", "remind_at").distinct())
        transaction.set_rollback(True)
    ours()
    raw()
    if written["ours"] != written["raw"]:
        raise RuntimeError(f"not the same rows: {written}")
    mine, peer = side_by_side(ours, raw, rounds=25)
    yield Row(f"issue to 60 units ({written['ours'][2]} reminders)", mine, "raw INSERT..SELECT", peer, 4.0)


def _count(plan):
    return (
        Assignment.objects.filter(plan=plan).count(),
        StateCounter.objects.filter(plan=plan).count(),
        Reminder.objects.filter(assignment__plan=plan).count(),
    )


def _insert_select(plan, now, rungs):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO campaigns_assignment (plan_id, duty_id, unit_id, product, state, due_on, due_version, reason, note) "
            "SELECT d.plan_id, d.id, u.id, d.product, 'todo', d.last_day, 1, '', '' FROM campaigns_duty d, units_unit u "
            "WHERE d.plan_id = %s AND d.lead_group = 'all_units' AND u.parent_id = %s AND u.must_report",
            [plan.pk, plan.ward_id],
        )
        cursor.execute(
            "INSERT INTO campaigns_statecounter (plan_id, duty_id, product, due_key, state, count) "
            "SELECT plan_id, duty_id, product, 0, state, count(*) FROM campaigns_assignment WHERE plan_id = %s "
            "GROUP BY plan_id, duty_id, product, state",
            [plan.pk],
        )
        for duty_id, rung, remind_on, remind_at in rungs:
            cursor.execute(
                "INSERT INTO campaigns_reminder (assignment_id, person_id, rung, due_version, remind_on, remind_at, state, "
                "problem, failures) SELECT a.id, m.user_id, %s, 1, %s, %s, 'waiting', '', 0 FROM campaigns_assignment a "
                "JOIN units_membership m ON m.unit_id = a.unit_id AND m.role = 'secretary' WHERE a.duty_id = %s",
                [rung, remind_on, remind_at, duty_id],
            )
        cursor.execute(
            "INSERT INTO units_auditevent (at, actor_label, verb, object_type, object_id, object_label, details, ip_address) "
            "VALUES (%s, 'bench', 'plan.expand', 'campaigns.plan', %s, 'bench', '{}', '')",
            [now, str(plan.pk)],
        )
