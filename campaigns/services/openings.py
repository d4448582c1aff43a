"""Opens a person's digest of a day on every channel that reaches them; sending is done by the clock."""

import datetime as dt
from collections.abc import Iterable

from campaigns.choices import Channel, DeliveryState
from campaigns.contact_hours import opening
from campaigns.mail import message_domain
from campaigns.models import Delivery, WardChannel
from campaigns.selectors.channels import ways_to
from campaigns.selectors.contact import choice_of
from units.models import User


def open_deliveries(*, person: User, wards: Iterable[int], day: dt.date, now: dt.datetime) -> None:
    """Write the rows of (person, day, channel); those that are there stay as they are, so each goes out once.

    Runs in the transaction that wrote the digest; `wards`: keys of the wards whose duties it names. Outside the hours
    a person chose, a row waits for their beginning.
    """
    choice = choice_of(person)
    rows = [
        Delivery(person=person, day=day, channel=Channel.IN_APP, state=DeliveryState.SENT, created_at=now, sent_at=now)
    ]
    for channel, via in ways_to(person, wards=wards).items():
        if choice.wants(channel):
            row = _row(person, channel, via, day=day, now=now)
            row.next_try_at = opening(choice.hours_of(channel), at=now)
            rows.append(row)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _row(person: User, channel: str, via: WardChannel | None, *, day: dt.date, now: dt.datetime) -> Delivery:
    if channel == Channel.EMAIL:
        key = f"<nhac-viec.{person.pk}.{day:%Y%m%d}@{message_domain()}>"
    else:
        key = f"nhac-viec.{person.pk}.{day:%Y%m%d}.{channel}"
    return Delivery(person=person, day=day, channel=channel, via=via, created_at=now, message_id=key)
