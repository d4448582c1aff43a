"""Opens digests and notices on every channel that reaches their person; sending is done by the clock."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from campaigns.choices import Channel, DeliveryState
from campaigns.contact_hours import opening
from campaigns.mail import message_domain
from campaigns.models import Delivery, Notification, WardChannel
from campaigns.selectors.channels import wards_of_people, ways_of, ways_to
from campaigns.selectors.contact import choice_of
from units.models import User

BATCH = 500


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


@transaction.atomic
def open_notices(*, now: dt.datetime) -> int:
    """Write the rows of notices whose moment has come, each once a channel; the clock's part of what services tell.

    The list in the program is the line itself, so it needs no row. Returns how many notices were opened.
    """
    due = Notification.objects.filter(leaves=True, created_at__lte=now).order_by("created_at", "pk")
    due = due.select_related("person__contact_choice").select_for_update(skip_locked=True, of=("self",))
    notices = list(due[:BATCH])
    if not notices:
        return 0
    day = timezone.localdate(now)
    ways = ways_of(wards_of_people({one.person for one in notices}, on=day))
    rows = []
    for one in notices:
        choice = choice_of(one.person)
        for channel, via in ways[one.person].items():
            if choice.wants(channel):
                row = _row(one.person, channel, via, day=day, now=now, notice=one)
                row.next_try_at = opening(choice.hours_of(channel), at=now)
                rows.append(row)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    Notification.objects.filter(pk__in=[one.pk for one in notices]).update(leaves=False)
    return len(notices)


def _row(
    person: User, channel: str, via: WardChannel | None, *, day: dt.date, now: dt.datetime, notice: Notification | None = None
) -> Delivery:  # fmt: skip
    key = f"thong-bao.{notice.pk}" if notice else f"nhac-viec.{person.pk}.{day:%Y%m%d}"
    key = f"<{key}@{message_domain()}>" if channel == Channel.EMAIL else f"{key}.{channel}"
    return Delivery(person=person, day=day, channel=channel, via=via, notice=notice, created_at=now, message_id=key)
