"""A person's calendar: the address, what it opens, and what it never shows."""

import datetime as dt

import icalendar
import pytest
from django.urls import reverse

from campaigns.choices import AssignmentState, FeedWay
from campaigns.models import Assignment, CalendarFeed
from campaigns.selectors.calendar_feeds import calendar_events, feed_of_token, feed_token
from campaigns.services.calendar_feeds import renew_feed, stop_feed
from tests.factories import LAST_DAY, NOW, make_issued_plan, make_membership
from units.choices import Role
from units.models import AuditEvent
from units.selectors.access import Access
from units.services.people import end_sessions


@pytest.fixture
def plan(cast):
    return make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


def fetch(client, feed):
    return client.get(reverse("campaigns:feed-calendar", args=[feed_token(feed)]))


def titles(response):
    return [str(found["SUMMARY"]) for found in icalendar.Calendar.from_ical(response.content).walk("VEVENT")]


def test_a_secretary_reads_own_deadlines_without_signing_in(cast, plan, client, clock):
    feed = renew_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    response = fetch(client, feed)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    unit = cast.own_unit.short_name
    assert titles(response) == [f"Hạn báo cáo: kế hoạch {plan}, {unit}", f"Hạn học: kế hoạch {plan}, {unit}"]
    [first, _] = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert first.decoded("DTSTART") == LAST_DAY


def test_an_extension_keeps_the_uid_and_raises_the_sequence(cast, plan, client, clock):
    row = Assignment.objects.get(unit=cast.own_unit, product="report")
    access = Access(cast.secretary)
    [before] = [event for event in calendar_events(access, now=NOW) if "báo cáo" in event.title]
    day = LAST_DAY + dt.timedelta(days=5)
    Assignment.objects.filter(pk=row.pk).update(due_on=day, due_version=2, extended_at=NOW, extended_by=cast.compiler)
    [after] = [event for event in calendar_events(access, now=NOW) if "báo cáo" in event.title]
    assert (after.uid, after.sequence, after.starts) == (before.uid, before.sequence + 1, day)


def test_what_is_done_leaves_the_calendar(cast, plan, clock):
    done = {"state": AssignmentState.SUBMITTED, "settled_at": NOW, "settled_by": cast.secretary}
    Assignment.objects.filter(unit=cast.own_unit, product="report").update(**done)
    assert [event.title[:7] for event in calendar_events(Access(cast.secretary), now=NOW)] == ["Hạn học"]


def test_the_office_sees_how_many_are_waited_for(cast, plan, clock, django_assert_num_queries):
    access = Access(cast.compiler)
    assert access.memberships
    with django_assert_num_queries(3):
        events = calendar_events(access, now=NOW)
    assert sorted(event.title for event in events) == [
        f"Hạn báo cáo: kế hoạch {plan}, 2 nơi chưa xong",
        f"Hạn học: kế hoạch {plan}, 2 nơi chưa xong",
        f"Hạn: kế hoạch {plan}, 1 nơi chưa xong",
    ]
    assert calendar_events(Access(cast.foreign_clerk), now=NOW) == []


def test_a_card_never_opens_the_calendar_of_an_office(cast, plan, client, clock):
    make_membership(cast.secretary, cast.ward, Role.COMPILER)
    by_card = renew_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    by_password = renew_feed(person=cast.secretary, way=FeedWay.PASSWORD, now=NOW)
    assert [len(titles(fetch(client, feed))) for feed in (by_card, by_password)] == [2, 5]


def test_a_renewed_a_stopped_and_an_invented_address_open_nothing(cast, plan, client, clock):
    old = renew_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    dead = feed_token(old)
    new = renew_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    assert CalendarFeed.objects.count() == 1
    assert [feed_of_token(token) for token in (dead, new.handle, new.handle + "0" * 32, "", "é" * 48)] == [None] * 5
    assert fetch(client, new).status_code == 200
    assert stop_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    assert fetch(client, new).status_code == 404
    assert not stop_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    verbs = AuditEvent.objects.filter(verb__startswith="calendar_feed").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["calendar_feed.renew"] * 2 + ["calendar_feed.stop"]


@pytest.mark.parametrize(("way", "code"), [(FeedWay.CARD, 404), (FeedWay.PHONE, 404), (FeedWay.PASSWORD, 200)])
def test_a_lost_card_or_telephone_ends_the_address_made_with_it(cast, plan, client, clock, way, code):
    feed = renew_feed(person=cast.secretary, way=way, now=NOW)
    address = fetch(client, feed).request["PATH_INFO"]
    end_sessions(cast.secretary)
    assert client.get(address).status_code == code


def test_a_closed_account_and_an_ended_role_show_nothing(cast, plan, client, clock):
    feed = renew_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    cast.secretary.memberships.update(ends_on=NOW.date() - dt.timedelta(days=1))
    assert titles(fetch(client, feed)) == []
    cast.secretary.is_active = False
    cast.secretary.save(update_fields=["is_active"])
    assert fetch(client, feed).status_code == 404


def test_the_page_makes_shows_and_stops_the_address(cast, plan, sign_in, clock):
    client = sign_in(cast.clerk)
    page = reverse("campaigns:feed-detail")
    assert "Tạo đường dẫn lịch" in client.get(page).text
    client.post(reverse("campaigns:feed-renew"))
    feed = CalendarFeed.objects.get()
    assert (feed.person, feed.way) == (cast.clerk, FeedWay.PASSWORD)
    assert f"/mo/lich/{feed_token(feed)}.ics" in client.get(page).text
    client.post(reverse("campaigns:feed-stop"))
    assert "Tạo đường dẫn lịch" in client.get(page).text
