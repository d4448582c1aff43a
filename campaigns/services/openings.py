"""Opens digests and notices on every channel that reaches their person; sending is done by the clock."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from campaigns.choices import Channel, DeliveryState
from campaigns.contact_hours import opening
from campaigns.mail import message_domain
from campaigns.models import Delivery, Notification, WardChannel
from campaigns.selectors.channels import ways_of, ways_to
from campaigns.selectors.contact import choice_of
from campaigns.selectors.leaving import still_told
from units.models import User

BATCH = 500


def open_deliveries(*, person: User, wards: Iterable[int], day: dt.date, now: dt.datetime) -> None:
    """Write the rows of (person, day, channel); those that are there stay as they are, so each goes out once.

    Runs in the transaction that wrote the digest; `wards`: keys of the wards whose duties it names. Outside the hours
    a person chose, a row waits for their beginning.
    """
    choice, wards = choice_of(person), set(wards)
    ward = min(wards) if len(wards) == 1 else None
    shown = {"state": DeliveryState.SENT, "created_at": now, "sent_at": now}
    rows = [Delivery(person=person, day=day, channel=Channel.IN_APP, ward_id=ward, **shown)]
    for channel, via in ways_to(person, wards=wards).items():
        if choice.wants(channel):
            row = _row(person, channel, via, ward_id=ward, day=day, now=now)
            row.next_try_at = opening(choice.hours_of(channel), at=now)
            rows.append(row)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def open_notices(*, now: dt.datetime) -> int:
    """Write the rows of notices whose moment has come, each once a channel; the clock's part of what services tell.

    By the channels of the ward that tells it, whatever other wards the person works for. What need not be told any more
    stays in the list in the program, which is the line itself and needs no row. Returns how many notices were looked at.
    """
    due = Notification.objects.filter(leaves=True, created_at__lte=now).order_by("created_at", "pk")
    due = due.select_related("person__contact_choice").select_for_update(skip_locked=True, of=("self",))
    notices = list(due[:BATCH])
    if not notices:
        return 0
    day = timezone.localdate(now)
    told = still_told(notices, on=day)
    ways = ways_of({(one.person, frozenset({one.ward_id})) for one in told})
    rows = []
    for one in told:
        choice = choice_of(one.person)
        for channel, via in ways[one.person, frozenset({one.ward_id})].items():
            if choice.wants(channel):
                row = _row(one.person, channel, via, ward_id=one.ward_id, day=day, now=now, notice=one)
                row.next_try_at = opening(choice.hours_of(channel), at=now)
                rows.append(row)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    Notification.objects.filter(pk__in=[one.pk for one in notices]).update(leaves=False)
    return len(notices)


def _row(
    person: User, channel: str, via: WardChannel | None, *, ward_id: int | None, day: dt.date, now: dt.datetime,
    notice: Notification | None = None,
) -> Delivery:  # fmt: skip
    key = f"thong-bao.{notice.pk}" if notice else f"nhac-viec.{person.pk}.{day:%Y%m%d}"
    key = f"<{key}@{message_domain()}>" if channel == Channel.EMAIL else f"{key}.{channel}"
    facts = {"via": via, "ward_id": ward_id, "notice": notice, "created_at": now, "message_id": key}
    return Delivery(person=person, day=day, channel=channel, **facts)
