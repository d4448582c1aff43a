"""Opens a person's digest of a day on every channel that reaches them; sending is done by the clock."""

import datetime as dt

from campaigns.choices import Channel, DeliveryState
from campaigns.contact_hours import opening
from campaigns.mail import mail_is_set_up, message_domain
from campaigns.models import Delivery
from campaigns.selectors.contact import choice_of
from units.models import User


def open_deliveries(*, person: User, day: dt.date, now: dt.datetime) -> None:
    """Write the rows of (person, day, channel); those that are there stay as they are, so each goes out once.

    Runs in the transaction that wrote the digest. Outside the hours a person chose, a row waits for their beginning.
    """
    choice = choice_of(person)
    rows = [
        Delivery(person=person, day=day, channel=Channel.IN_APP, state=DeliveryState.SENT, created_at=now, sent_at=now)
    ]
    for channel in _channels_of(person):
        if choice.wants(channel):
            rows.append(_row(person, channel, day=day, now=now, due=opening(choice.hours_of(channel), at=now)))
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _channels_of(person: User) -> list[str]:
    return [Channel.EMAIL] if person.email and mail_is_set_up() else []


def _row(person: User, channel: str, *, day: dt.date, now: dt.datetime, due: dt.datetime) -> Delivery:
    message_id = f"<nhac-viec.{person.pk}.{day:%Y%m%d}@{message_domain()}>" if channel == Channel.EMAIL else ""
    return Delivery(person=person, day=day, channel=channel, created_at=now, next_try_at=due, message_id=message_id)
