"""What the clock asks every minute; read as plain values, through the partial index of waiting rows."""

import datetime as dt

from django.db import connection
from django.db.models import CharField, Func, QuerySet

from campaigns.choices import Channel, DeliveryState, ReminderState
from campaigns.models import Delivery, Reminder

POISON_LIMIT = 5
_DUE = "SELECT person_id FROM campaigns_reminder WHERE state = 'waiting' AND remind_at <= %s"


class Waiting(Func):
    """The state as a literal: SQLite takes a partial index only when it can read the value in the statement."""

    template = "'waiting'"
    output_field = CharField()


def due_reminders(now: dt.datetime) -> QuerySet:
    """Reminders that are due and not handled."""
    return Reminder.objects.filter(state=Waiting(), remind_at__lte=now)


def due_people(now: dt.datetime, *, limit: int, skip: frozenset[int] = frozenset()) -> list[int]:
    """Up to `limit` people whose turn has come, the longest waiting first, without those in `skip`.

    Written out, as the claim is (services/digests.py): it reads many rows of one number each every minute, and the ORM
    takes longer to hand them over than the database to find them.
    """
    told = f" AND person_id NOT IN ({', '.join(['%s'] * len(skip))})" if skip else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_DUE}{told} ORDER BY remind_at, id LIMIT %s",
            [connection.ops.adapt_datetimefield_value(now), *skip, limit * 8],
        )
        return list(dict.fromkeys(person for (person,) in cursor.fetchall()))[:limit]


def due_letters(now: dt.datetime, *, limit: int) -> list[int]:
    """E-mails to send: waiting ones whose time has come, and those whose sender died (the lease is over)."""
    rows = Delivery.objects.filter(
        channel=Channel.EMAIL, state__in=(DeliveryState.WAITING, DeliveryState.SENDING), next_try_at__lte=now
    )
    return list(rows.order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])


def oldest_due(now: dt.datetime) -> dt.datetime | None:
    """When the longest waiting reminder fell due; None when nothing waits."""
    return due_reminders(now).order_by("remind_at").values_list("remind_at", flat=True).first()


def failed_letters() -> QuerySet:
    """Letters and messages that could not be delivered: the office looks at the address or the number."""
    return Delivery.objects.filter(channel__in=Channel.OUTSIDE, state=DeliveryState.FAILED).select_related("person")


def failing_reminders() -> QuerySet:
    """Reminders that raised an error when they were written; listed on the health page."""
    return Reminder.objects.filter(failures__gt=0).exclude(state=ReminderState.SENT).select_related("person")
