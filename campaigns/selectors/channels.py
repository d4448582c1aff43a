"""Which channels a ward uses, which of them reach a person, and what went out."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.choices import Channel, DeliveryState
from campaigns.mail import mail_is_set_up
from campaigns.models import Delivery, WardChannel
from campaigns.selectors.push import browsers_of
from units.models import Membership, Unit, User
from units.paths import subtree

MINUTE = dt.timedelta(minutes=1)
NO_ADDRESS = "Văn phòng chưa ghi {what} của đồng chí."


def channels_of(ward: Unit) -> dict[str, WardChannel]:
    """Every channel of `ward` in the order of pages; one that nobody touched is unsaved: letters on, the rest off."""
    saved = {row.channel: row for row in WardChannel.objects.filter(ward=ward).select_related("ward", "tested_by")}
    return {
        channel: saved.get(channel) or WardChannel(ward=ward, channel=channel, is_on=channel == Channel.EMAIL)
        for channel in Channel.OUTSIDE
    }


def offered_to(person: User, *, ward: Unit | None) -> dict[str, str]:
    """{channel: where it goes} of the channels that could reach `person` now; what the ward does not use is left out."""
    rows = channels_of(ward) if ward else {}
    offered = {}
    for channel, row in rows.items():
        if not row.is_on:
            continue
        if channel == Channel.EMAIL and mail_is_set_up():
            offered[channel] = f"Gửi đến {person.email}." if person.email else NO_ADDRESS.format(what="địa chỉ thư")
        elif channel == Channel.PUSH:
            offered[channel] = "Hiện trên màn hình các máy ở danh sách Máy nhận thông báo."
        elif channel in Channel.BY_GATEWAY:
            offered[channel] = (
                f"Gửi đến số {person.phone}." if person.phone else NO_ADDRESS.format(what="số điện thoại")
            )
    return offered


def ways_to(person: User, *, wards: Iterable[int]) -> dict[str, WardChannel | None]:
    """{channel: row of the ward that carries it} by which `person` can be reached about duties of `wards` (keys).

    Letters go unless every one of the wards has switched them off.
    """
    wards = set(wards)
    rows = list(WardChannel.objects.filter(ward__in=wards).order_by("ward_id"))
    ways = {}
    silent = {row.ward_id for row in rows if row.channel == Channel.EMAIL and not row.is_on}
    if person.email and mail_is_set_up() and wards - silent:
        ways[Channel.EMAIL] = None
    for row in rows:
        there = person.phone if row.has_gateway else row.channel == Channel.PUSH and browsers_of(person).exists()
        if row.is_on and row.is_ready and there:
            ways.setdefault(row.channel, row)
    return ways


def working_channels(now: dt.datetime) -> list[WardChannel]:
    """Gateways that are on, not resting, and have something to carry now."""
    due = due_by(OuterRef("pk"), now)
    awake = Q(rests_until__isnull=True) | Q(rests_until__lte=now)
    return list(WardChannel.objects.filter(awake, Exists(due), is_on=True).order_by("pk"))


def due_by(via, now: dt.datetime) -> QuerySet:
    """Messages of one gateway whose time has come, or whose sender died."""
    pending = (DeliveryState.WAITING, DeliveryState.SENDING)
    return Delivery.objects.filter(via=via, state__in=pending, next_try_at__lte=now).order_by("next_try_at", "pk")


def room_of(row: WardChannel, *, day_began: dt.datetime, now: dt.datetime) -> int:
    """How many more messages the gateway may carry now by its limits of a minute and of a day; what is leased counts."""
    sent = Delivery.objects.filter(via=row)
    minute = sent.filter(sent_at__gt=now - MINUTE, sent_at__lte=now).count()
    today = sent.filter(sent_at__gte=day_began, sent_at__lte=now).count()
    leased = sent.filter(state=DeliveryState.SENDING, lease_until__gte=now).count()
    return max(0, min(row.per_minute - minute, row.per_day - today) - leased)


def visible_deliveries(ward: Unit) -> QuerySet:
    """What was sent to people who hold a role in `ward`, newest first."""
    people = Membership.objects.filter(**subtree(ward.path, prefix="unit__"), user=OuterRef("person"))
    return Delivery.objects.filter(Exists(people)).select_related("person").order_by("-created_at", "-pk")
