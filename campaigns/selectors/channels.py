"""Which channels a ward uses, which of them reach a person, and what went out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.choices import Channel, DeliveryState
from campaigns.mail import mail_is_set_up
from campaigns.models import Delivery, PushBrowser, WardChannel
from units.choices import UnitKind
from units.models import Membership, Unit, User
from units.paths import ancestors, subtree

Asked = tuple[User, frozenset[int]]  # a person and the keys of the wards that have something to tell
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
    """{channel: row of the ward that carries it} by which `person` can be reached about duties of `wards` (keys)."""
    asked = (person, frozenset(wards))
    return ways_of([asked])[asked]


def ways_of(asked: Collection[Asked]) -> dict[Asked, dict[str, WardChannel | None]]:
    """The same for many (person, wards it is about); two queries, whatever their number.

    Letters go unless every one of the wards has switched them off.
    """
    rows = defaultdict(list)
    for row in WardChannel.objects.filter(ward__in=set().union(*(wards for _, wards in asked))).order_by("ward_id"):
        rows[row.ward_id].append(row)
    pushed = any(row.is_on and row.channel == Channel.PUSH for found in rows.values() for row in found)
    browsers = PushBrowser.objects.filter(person__in={person for person, _ in asked}) if pushed else PushBrowser.objects.none()
    reached = set(browsers.values_list("person_id", flat=True))
    return {
        (person, wards): _ways(
            person, wards, rows=[row for ward in sorted(wards) for row in rows[ward]], has_browser=person.pk in reached
        )
        for person, wards in asked
    }


def silent_wards() -> set[int]:
    """Keys of the wards that have switched letters off."""
    rows = WardChannel.objects.filter(channel=Channel.EMAIL, is_on=False)
    return set(rows.order_by().values_list("ward_id", flat=True))


def _ways(person: User, wards: frozenset[int], *, rows: list[WardChannel], has_browser: bool) -> dict[str, WardChannel | None]:
    ways = {}
    silent = {row.ward_id for row in rows if row.channel == Channel.EMAIL and not row.is_on}
    if person.email and mail_is_set_up() and wards - silent:
        ways[Channel.EMAIL] = None
    for row in rows:
        there = person.phone if row.has_gateway else row.channel == Channel.PUSH and has_browser
        if row.is_on and row.is_ready and there:
            ways.setdefault(row.channel, row)
    return ways


def wards_of_people(people: Iterable[User], *, on: dt.date) -> dict[User, set[int]]:
    """{person: keys of the wards in which the person holds a role on `on`}; two queries."""
    people = list(people)
    roles = Membership.objects.current(on=on).filter(user__in=people).order_by()
    paths = defaultdict(set)
    for person, path in roles.values_list("user_id", "unit__path"):
        paths[person] |= {path, *ancestors(path)}
    wards = Unit.objects.filter(kind=UnitKind.WARD, path__in=set().union(*paths.values())).order_by()
    by_path = dict(wards.values_list("path", "pk"))
    return {person: {by_path[path] for path in paths[person.pk] if path in by_path} for person in people}


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
    """What was sent about duties and notices of `ward`, newest first.

    A digest about several wards, and what is older than the ward of a row, is shown to each of those for which the
    person worked that day; such a row never shows what it said.
    """
    on = OuterRef("day")
    people = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), **subtree(ward.path, prefix="unit__"), user=OuterRef("person"), starts_on__lte=on
    )
    mine = Q(ward=ward) | Q(Exists(people), ward__isnull=True)
    return Delivery.objects.filter(mine).select_related("person", "notice").order_by("-created_at", "-pk")
