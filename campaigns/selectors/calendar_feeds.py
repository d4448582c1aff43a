"""Whose calendar an address opens, and what stands in it."""

import datetime as dt
import hmac

from django.conf import settings
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from campaigns.choices import AssignmentState, FeedWay, PlanState, Product
from campaigns.due_keys import due_day, due_key
from campaigns.event_uids import event_uid
from campaigns.models import Assignment, CalendarFeed, StateCounter
from campaigns.selectors.assignments import own_assignments
from campaigns.selectors.conference_replies import conference_events
from documents.icalendar import Event
from units.models import User
from units.permissions import Permission
from units.selectors.access import Access

KEPT_BACK = dt.timedelta(days=60)  # an open duty this long overdue leaves the calendar; the pages still show it
_MOST = 500  # events of one calendar: a telephone reads it every few hours
_MAC_LENGTH = 32  # hexadecimal figures: 128 bits
_DAY = {Product.STUDY: "Hạn học", Product.REPORT: "Hạn báo cáo", Product.DOCUMENT: "Hạn ban hành"}


def feed_of(person: User, *, way: FeedWay) -> CalendarFeed | None:
    """The person's address for this way of signing in."""
    return CalendarFeed.objects.filter(person=person, way=way).first()


def way_of(access: Access) -> FeedWay:
    """How this person is signed in now."""
    if access.by_card:
        return FeedWay.CARD
    return FeedWay.PHONE if access.by_phone else FeedWay.PASSWORD


def feed_token(feed: CalendarFeed) -> str:
    """The secret of the address: 96 random bits that find the row, then 128 bits that only the program's key makes."""
    parts = [feed.person_id, feed.way, feed.handle]
    if feed.way != FeedWay.PASSWORD:
        parts.append(feed.person.session_epoch)  # a lost card or telephone ends the address along with its sessions
    mac = salted_hmac("campaigns.calendar_feed", ":".join(map(str, parts)), algorithm="sha256")
    return feed.handle + mac.hexdigest()[:_MAC_LENGTH]


def feed_of_token(token: str) -> CalendarFeed | None:
    """The calendar behind an address; None for a renewed, stopped or invented one and for a closed account alike."""
    feed = (
        CalendarFeed.objects.filter(handle=token[:-_MAC_LENGTH], person__is_active=True)
        .select_related("person")
        .first()
    )
    if feed is None or not hmac.compare_digest(feed_token(feed).encode(), token.encode()):
        return None
    return feed


def feed_access(feed: CalendarFeed, *, on: dt.date) -> Access:
    """What the calendar may show today: roles that ended show nothing more."""
    return Access(feed.person, on=on, by_card=feed.way == FeedWay.CARD, by_phone=feed.way == FeedWay.PHONE)


def calendar_events(access: Access, *, now: dt.datetime) -> list[Event]:
    """Conferences the person is convened to and deadlines of their units; for an office those of its ward too. By day."""
    since = timezone.localdate(now) - KEPT_BACK
    events = [
        *conference_events(access, since=since),
        *_own_deadlines(access, since, now),
        *_office_deadlines(access, since, now),
    ]
    return sorted(events, key=lambda event: (_day_of(event), event.title))[:_MOST]


def _day_of(event: Event) -> dt.date:
    return timezone.localdate(event.starts) if event.timed else event.starts


def _own_deadlines(access: Access, since: dt.date, now: dt.datetime) -> list[Event]:
    rows = own_assignments(access).open().filter(due_on__gte=since)[:_MOST]
    return [_own_deadline(row, now) for row in rows]


def _own_deadline(row: Assignment, now: dt.datetime) -> Event:
    said = f"Theo kế hoạch: {row.duty.deadline_phrase}." if row.duty.deadline_phrase else ""
    moved = f"Đã gia hạn đến hết ngày {row.due_on:%d/%m/%Y}." if row.extended_at else ""
    return Event(
        uid=event_uid("viec", row.pk),
        title=f"{_DAY.get(row.product, 'Hạn')}: kế hoạch {row.plan}, {row.unit.short_name}",
        starts=row.due_on,
        changed_at=row.extended_at or row.plan.issued_at or now,
        sequence=row.due_version - 1,
        note=" ".join(filter(None, [said, moved])),
        url=f"{settings.SITE_URL}/nhiem-vu/{row.pk}/",
    )


def _office_deadlines(access: Access, since: dt.date, now: dt.datetime) -> list[Event]:
    """One event per duty and day with how many have not done it; counted from the counters, whatever the size."""
    counters = StateCounter.objects.filter(
        access.reach(Permission.READ_WARD, prefix="plan__ward__"),
        plan__state=PlanState.ISSUED,
        state__in=AssignmentState.OPEN,
        due_key__gte=due_key(since),
        count__gt=0,
    )
    rows = (
        counters.order_by("due_key", "duty_id")
        .values("duty_id", "duty__lead_text", "product", "due_key", "plan_id", "plan__subject")
        .annotate(number=F("plan__paper__number_text"), waiting=Sum("count"))
    )
    return [_office_deadline(row, now) for row in rows[:_MOST]]


def _office_deadline(row: dict, now: dt.datetime) -> Event:
    plan = row["number"] or row["plan__subject"][:80]
    return Event(
        uid=event_uid("han", row["duty_id"], row["due_key"]),
        title=f"{_DAY.get(row['product'], 'Hạn')}: kế hoạch {plan}, {row['waiting']} nơi chưa xong",
        starts=due_day(row["due_key"]),
        changed_at=now,
        note=f"{row['duty__lead_text']}.",
        url=f"{settings.SITE_URL}/ke-hoach/{row['plan_id']}/",
    )
