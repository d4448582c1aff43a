"""Answers to an invitation by its own link: limited in time and number, revocable, on the office's list at once."""

import datetime as dt
import re

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns import conference_links as links
from campaigns.choices import FeedWay, Reply
from campaigns.conference_words import invitee_words, message_words
from campaigns.models import Conference, Invitee
from campaigns.selectors.calendar_feeds import calendar_events
from campaigns.selectors.conference_replies import invitee_of_token, reply_address
from campaigns.services.calendar_feeds import renew_feed
from campaigns.services.conference_replies import MOST_ANSWERS, answer_invitation, renew_link, renew_links
from campaigns.services.conferences import fix_time
from tests.campaigns.conferences import make_conference, make_invitee
from tests.factories import HANOI, NOW, TODAY, make_person
from units.choices import Role
from units.models import AuditEvent, Membership
from units.selectors.access import Access

pytestmark = pytest.mark.usefixtures("clock")
HELD_ON = dt.date(2026, 6, 12)
STARTS = dt.datetime(2026, 6, 12, 7, 30, tzinfo=HANOI)


@pytest.fixture
def conference(cast):
    facts = {"held_on": HELD_ON, "starts_at": dt.time(7, 30), "month_on": dt.date(2026, 6, 1), "minutes": 90}
    return make_conference(cast.ward, title="Hội nghị học tập; quán triệt", by=cast.compiler, **facts)


@pytest.fixture
def invitee(cast, conference):
    return make_invitee(conference, cast.own_unit, person=cast.secretary, name="Trần Văn Mẫu")


def page_of(invitee, name="campaigns:invitation"):
    return reverse(name, args=[links.token_of(invitee, links.REPLY)])


def code_of(refused):
    error = refused.value
    return (
        [found.code for errors in error.error_dict.values() for found in errors]
        if hasattr(error, "error_dict")
        else [error.code]
    )


def test_an_invitee_answers_without_signing_in(cast, invitee, client):
    shown = client.get(page_of(invitee)).text
    assert "07 giờ 30, thứ Sáu, ngày 12/6/2026" in shown
    assert "đồng chí Trần Văn Mẫu, Bí thư" in shown
    answer = client.post(
        page_of(invitee), {"reply": "deputy", "deputy_name": "Lê Thị Hai", "deputy_office": "Phó Bí thư"}
    )
    assert answer["Location"] == page_of(invitee)
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.deputy_name, invitee.deputy_office, invitee.replied_at) == (
        Reply.DEPUTY, "Lê Thị Hai", "Phó Bí thư", NOW,
    )  # fmt: skip
    assert "Lê Thị Hai" in client.get(page_of(invitee)).text
    client.post(page_of(invitee), {"reply": "coming", "deputy_name": "Lê Thị Hai"})
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.deputy_name) == (Reply.COMING, "")


def test_an_answer_without_its_words_is_asked_again(invitee, client):
    assert "Đồng chí ghi lý do vắng." in client.post(page_of(invitee), {"reply": "excused"}).text
    assert "họ tên người dự thay" in client.post(page_of(invitee), {"reply": "deputy", "note": "giữ nguyên"}).text
    assert 'value="giữ nguyên"' in client.post(page_of(invitee), {"reply": "deputy", "note": "giữ nguyên"}).text
    invitee.refresh_from_db()
    assert (invitee.reply, AuditEvent.objects.filter(verb="conference.reply").count()) == (Reply.NONE, 0)


def test_a_unit_convened_whole_sends_no_deputy(cast, conference, client):
    whole = make_invitee(conference, cast.own_unit, whole=True, heads=26, office="Toàn thể đảng viên")
    assert "người dự thay" not in client.get(page_of(whole)).text
    with pytest.raises(ValidationError) as refused:
        answer_invitation(invitee=whole, reply="deputy", deputy_name="Một người", now=NOW)
    assert code_of(refused) == ["whole"]


def test_the_link_ends_when_the_conference_begins_and_the_office_may_still_write(cast, invitee, client, clock):
    clock.move_to(STARTS)
    assert "đã bắt đầu" in client.get(page_of(invitee)).text
    with pytest.raises(ValidationError) as refused:
        answer_invitation(invitee=invitee, reply="coming", now=STARTS)
    assert code_of(refused) == ["closed"]
    answer_invitation(invitee=invitee, reply="excused", note="ốm", by=cast.compiler, now=STARTS)
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.reply_note) == (Reply.EXCUSED, "ốm")


def test_a_revoked_and_a_foreign_link_open_nothing(cast, conference, invitee, client):
    other = make_invitee(conference, cast.other_unit)
    first, others = page_of(invitee), page_of(other)
    swapped = links.token_of(invitee, links.REPLY).replace(f"{invitee.pk}-", f"{other.pk}-")
    for token in (swapped, links.token_of(invitee, links.CHECK_IN), "", "0-x", "é"):
        assert invitee_of_token(token, on=TODAY) is None
    renew_link(invitee=invitee, by=cast.compiler, now=NOW)
    assert [client.get(page).status_code for page in (first, others, page_of(invitee))] == [404, 200, 200]
    conference.refresh_from_db()
    renew_links(conference=conference, by=cast.compiler, now=NOW)
    assert client.get(others).status_code == 404


def test_an_answer_on_its_way_is_refused_after_the_link_was_taken_back(cast, invitee):
    stale = Invitee.objects.select_related("conference").get(pk=invitee.pk)
    renew_link(invitee=invitee, by=cast.compiler, now=NOW)
    with pytest.raises(ValidationError) as refused:
        answer_invitation(invitee=stale, reply="coming", now=NOW)
    assert code_of(refused) == ["closed"]


def test_a_link_answers_so_many_times_and_the_same_answer_is_free(invitee):
    for number in range(MOST_ANSWERS):
        answer_invitation(invitee=invitee, reply="excused", note=f"lý do {number}", now=NOW)
    answer_invitation(invitee=invitee, reply="excused", note=f"lý do {MOST_ANSWERS - 1}", now=NOW)
    with pytest.raises(ValidationError) as refused:
        answer_invitation(invitee=invitee, reply="coming", now=NOW)
    assert code_of(refused) == ["too_many"]
    assert AuditEvent.objects.filter(verb="conference.reply").count() == MOST_ANSWERS


def test_a_link_given_anew_counts_anew(cast, invitee):
    for number in range(MOST_ANSWERS):
        answer_invitation(invitee=invitee, reply="excused", note=f"lý do {number}", now=NOW)
    renew_link(invitee=invitee, by=cast.compiler, now=NOW)
    assert answer_invitation(invitee=invitee, reply="coming", now=NOW).reply == "coming"


def test_the_office_sends_links_and_sees_answers(cast, conference, invitee, sign_in):
    client = sign_in(cast.compiler)
    page = reverse("campaigns:conference-links", args=[conference.pk])
    shown = client.get(page).text
    assert reply_address(invitee) in shown
    [event] = re.findall(r"http\S+lich\.ics", shown)
    assert client.get(event).headers["Content-Type"].startswith("text/calendar")
    typed = {"reply": "excused", "note": "đi công tác"}
    client.post(reverse("campaigns:invitee-answer", args=[conference.pk, invitee.pk]), typed)
    assert "đi công tác" in client.get(page).text
    assert "Mọi đại biểu đã trả lời." in client.get(page + "?chua").text
    client.post(reverse("campaigns:invitee-link-renew", args=[conference.pk, invitee.pk]))
    assert reply_address(invitee) not in client.get(page).text
    assert "đi công tác" in client.get(conference.get_absolute_url()).text


@pytest.mark.parametrize("lines", [2, 40])
def test_the_page_of_links_takes_as_many_queries_for_40_lines_as_for_2(
    cast, conference, sign_in, django_assert_max_num_queries, lines
):
    for _ in range(lines):
        make_invitee(conference, cast.own_unit)
    client = sign_in(cast.compiler)
    with django_assert_max_num_queries(20):
        client.get(reverse("campaigns:conference-links", args=[conference.pk]))


def test_the_message_says_everything_in_one_sentence(cast, conference, invitee):
    place = conference.venue.name
    assert message_words(invitee, address="https://x.vn/a", event="https://x.vn/a/lich.ics") == (
        f"Kính mời đồng chí Trần Văn Mẫu, Bí thư, {cast.own_unit.name} dự Hội nghị học tập; quán triệt, "
        f"07 giờ 30, thứ Sáu, ngày 12/6/2026, tại {place}. "
        "Xem giấy mời và báo dự, vắng hoặc người dự thay tại https://x.vn/a; "
        "mở https://x.vn/a/lich.ics để ghi vào lịch điện thoại."
    )


def test_a_name_that_is_the_office_is_not_said_twice(cast, conference):
    unit = cast.own_unit
    named = make_invitee(conference, unit, person=cast.secretary, name=f"Bí thư {unit.short_name}", office="Bí thư")
    assert invitee_words(named) == f"đồng chí Bí thư {unit.short_name}"
    plain = make_invitee(conference, unit, person=cast.helper, name="Trần Văn Mẫu", office="Bí thư")
    assert invitee_words(plain) == f"đồng chí Trần Văn Mẫu, Bí thư, {unit.name}"


def test_the_invitation_carries_its_event(conference, invitee, client):
    response = client.get(page_of(invitee, "campaigns:invitation-event"))
    [event] = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert (event["SUMMARY"], event.decoded("DTSTART"), event.decoded("DTEND")) == (
        "Hội nghị học tập; quán triệt", STARTS, STARTS + dt.timedelta(minutes=90),
    )  # fmt: skip
    assert (event["LOCATION"], event["URL"], event["TRANSP"]) == (
        conference.venue.name,
        reply_address(invitee),
        "OPAQUE",
    )


def test_a_moved_and_a_cancelled_conference_stay_one_event(cast, conference, invitee):
    def found(person):
        return [event for event in calendar_events(Access(person), now=NOW) if event.timed]

    [before] = found(cast.secretary)
    moved = {"held_on": HELD_ON + dt.timedelta(days=3), "version": conference.version + 1}
    Conference.objects.filter(pk=conference.pk).update(**moved)
    [after] = found(cast.secretary)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
    assert after.starts == STARTS + dt.timedelta(days=3)
    Conference.objects.filter(pk=conference.pk).update(state="cancelled")
    [gone] = found(cast.secretary)
    assert (gone.uid, gone.cancelled, gone.url) == (before.uid, True, "")
    assert [event.uid for event in found(cast.clerk)] == [before.uid]
    assert [found(person) for person in (cast.other_secretary, cast.foreign_clerk)] == [[], []]


def test_an_answer_given_before_a_move_is_marked_and_asked_again(cast, conference, invitee, client, sign_in):
    answer_invitation(invitee=invitee, reply="coming", now=NOW)
    later = NOW + dt.timedelta(minutes=1)
    facts = {"held_on": HELD_ON, "starts_at": dt.time(7, 30), "minutes": 60, "venue": conference.venue, "by": cast.compiler}
    fix_time(conference=conference, version=conference.version, reason="Ngắn lại", at=later, **facts)
    invitee.refresh_from_db()
    assert not invitee.reply_outdated  # neither day nor hour nor place is another
    facts |= {"starts_at": dt.time(14)}
    fix_time(conference=conference, version=conference.version, reason="Mất điện", at=later, **facts)
    assert "trả lời lại bên dưới" in client.get(page_of(invitee)).text
    office = sign_in(cast.compiler)
    page = reverse("campaigns:conference-links", args=[conference.pk])
    assert "Đã trả lời 0/1" in office.get(page).text
    assert "trả lời trước khi đổi" in office.get(page + "?chua").text
    client.post(page_of(invitee), {"reply": "coming"})
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.reply_outdated) == (Reply.COMING, False)
    assert "Đã trả lời 1/1" in office.get(page).text


def test_the_calendar_follows_the_office_not_who_left_it(cast, invitee, client):
    def titles(person):
        return [event.title for event in calendar_events(Access(person, on=TODAY), now=NOW) if event.timed]

    assert titles(cast.secretary) == ["Hội nghị học tập; quán triệt"]
    Membership.objects.filter(user=cast.secretary).update(ends_on=TODAY - dt.timedelta(days=1))
    new = make_person(cast.own_unit, Role.SECRETARY)
    assert (titles(cast.secretary), titles(new)) == ([], ["Hội nghị học tập; quán triệt"])
    shown = client.get(page_of(invitee)).text
    assert f"Kính mời Bí thư, {cast.own_unit.name}." in shown
    assert "Trần Văn Mẫu" not in shown


def test_a_planned_conference_is_in_no_calendar(cast, client):
    planned = make_conference(cast.ward, state="planned", held_on=None, starts_at=None, month_on=dt.date(2026, 6, 1))
    invitee = make_invitee(planned, cast.own_unit, person=cast.secretary)
    assert calendar_events(Access(cast.secretary), now=NOW) == []
    assert client.get(page_of(invitee, "campaigns:invitation-event")).status_code == 404
    assert "chưa định ngày" in client.get(page_of(invitee)).text


def test_the_feed_leads_the_invitee_to_the_answer(cast, invitee, client):
    feed = renew_feed(person=cast.secretary, way=FeedWay.CARD, now=NOW)
    [event] = calendar_events(Access(cast.secretary, by_card=feed.way == FeedWay.CARD), now=NOW)
    assert event.url == reply_address(invitee)
