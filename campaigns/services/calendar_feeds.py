"""The secret address of a calendar: made, renewed when it got into other hands, stopped."""

import datetime as dt
import secrets

from django.db import transaction

from campaigns.choices import FeedWay
from campaigns.models import CalendarFeed
from campaigns.selectors.calendar_feeds import feed_of
from units.models import User
from units.selectors.wards import ward_of_person
from units.services.audit import record_event


@transaction.atomic
def renew_feed(*, person: User, way: FeedWay, now: dt.datetime) -> CalendarFeed:
    """Give the person a new address for this way of signing in; the one given before is dead at once."""
    fresh = {"handle": secrets.token_urlsafe(12), "made_at": now}
    feed, _ = CalendarFeed.objects.update_or_create(person=person, way=way, defaults=fresh)
    record_event(by=person, verb="calendar_feed.renew", target=feed, ward=ward_of_person(person), at=now)
    return feed


@transaction.atomic
def stop_feed(*, person: User, way: FeedWay, now: dt.datetime) -> bool:
    """End the address; False when there is none (two clicks)."""
    feed = feed_of(person, way=way)
    if feed is None:
        return False
    record_event(by=person, verb="calendar_feed.stop", target=feed, ward=ward_of_person(person), at=now)
    feed.delete()
    return True
