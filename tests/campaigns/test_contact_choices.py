"""A person chooses channels and hours; the link in a letter stops one channel (RFC 2369, RFC 8058)."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from campaigns.contact_hours import opening
from campaigns.models import ContactChoice, Delivery
from campaigns.selectors.contact import choice_of, stop_token
from campaigns.services.clock import tick
from campaigns.services.contact_choices import stop_channel
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.models import AuditEvent

ISSUED_AT = at(dt.date(2026, 5, 20))
DAY = dt.date(2026, 5, 28)
FIRST = at(DAY, dt.time(7, 30))
HOURS = (dt.time(6, 0), dt.time(21, 0))
PAGE = "/tai-khoan/cach-nhan/"


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=ISSUED_AT)
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def stop_link(person, channel="email"):
    return reverse("campaigns:sending-stop", args=[stop_token(person_id=person.pk, channel=channel)])


def letters(person):
    return [message for message in mail.outbox if message.to == [person.email]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (at(DAY, dt.time(6, 0)), at(DAY, dt.time(6, 0))),
        (at(DAY, dt.time(20, 59)), at(DAY, dt.time(20, 59))),
        (at(DAY, dt.time(21, 0)), at(DAY + dt.timedelta(days=1), dt.time(6, 0))),
        (at(DAY, dt.time(23, 30)), at(DAY + dt.timedelta(days=1), dt.time(6, 0))),
        (at(DAY, dt.time(3, 0)), at(DAY, dt.time(6, 0))),
    ],
)
def test_hours_end_where_the_night_begins(asked, expected):
    assert opening(HOURS, at=asked) == expected


def test_without_hours_every_moment_is_right():
    assert opening(None, at=at(DAY, dt.time(3, 0))) == at(DAY, dt.time(3, 0))


def test_who_never_chose_gets_letters_at_any_hour_but_no_telephone_rings_at_night(cast):
    choice = choice_of(cast.secretary)
    assert (choice.hours_of("email"), choice.hours_of("push"), choice.hours_of("sms")) == (None, HOURS, HOURS)


def test_the_page_keeps_what_was_chosen(plan, cast, sign_in):
    client = sign_in(cast.secretary)
    page = client.get(PAGE).content.decode()
    assert f"Gửi đến {cast.secretary.email}." in page
    assert "Tin nhắn SMS" not in page  # the ward has no gateway: nothing is offered that would do nothing
    answer = client.post(PAGE, {"opens_at": "08:00", "closes_at": "17:30"}, follow=True)
    assert "Đã lưu cách nhận nhắc việc." in answer.content.decode()
    choice = ContactChoice.objects.get()
    assert (choice.person, choice.email, choice.sms) == (cast.secretary, False, True)
    assert (choice.opens_at, choice.closes_at) == (dt.time(8, 0), dt.time(17, 30))
    tick(now=FIRST)
    assert letters(cast.secretary) == []


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (("18:00", "07:00"), "Giờ bắt đầu nhận phải trước giờ thôi nhận"),
        (("21:30", "23:00"), "Chương trình không nhắc từ 21 giờ đến 6 giờ sáng"),
    ],
)
def test_hours_that_would_never_come_change_nothing(cast, sign_in, hours, told):
    answer = sign_in(cast.secretary).post(PAGE, {"email": "on", "opens_at": hours[0], "closes_at": hours[1]})
    assert told in answer.content.decode()
    assert not ContactChoice.objects.exists()


def test_a_letter_waits_for_the_hours_of_its_reader(plan, cast):
    ContactChoice.objects.create(
        person=cast.secretary, opens_at=dt.time(18, 0), closes_at=dt.time(20, 0), changed_at=ISSUED_AT
    )
    tick(now=FIRST)
    assert letters(cast.secretary) == []
    evening = at(DAY, dt.time(18, 0))
    assert Delivery.objects.get(person=cast.secretary, channel="email").next_try_at == evening
    tick(now=evening)
    assert len(letters(cast.secretary)) == 1


def test_hours_chosen_meanwhile_hold_back_what_already_waits(plan, cast):
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        tick(now=FIRST)
    ContactChoice.objects.create(
        person=cast.secretary, opens_at=dt.time(18, 0), closes_at=dt.time(20, 0), changed_at=FIRST
    )
    tick(now=FIRST + dt.timedelta(hours=1))
    row = Delivery.objects.get(person=cast.secretary, channel="email")
    assert (row.state, row.tries, row.next_try_at) == ("waiting", 0, at(DAY, dt.time(18, 0)))
    assert letters(cast.secretary) == []


def test_a_letter_that_waited_over_night_counts_from_the_day_it_goes(plan, cast):
    ContactChoice.objects.create(
        person=cast.secretary, opens_at=dt.time(6, 0), closes_at=dt.time(7, 0), changed_at=ISSUED_AT
    )
    tick(now=FIRST)
    tick(now=at(DAY + dt.timedelta(days=1), dt.time(6, 0)))
    assert "(còn 6 ngày)" in letters(cast.secretary)[0].body


def test_looking_at_the_link_stops_nothing(plan, cast):
    page = Client().get(stop_link(cast.secretary))
    assert (page.status_code, "Ngừng nhận" in page.content.decode()) == (200, True)
    assert not ContactChoice.objects.exists()


@override_settings(SITE_URL="https://lantoa.phuong.example.vn")
def test_a_mail_program_stops_the_letters_in_one_click(plan, cast):
    tick(now=FIRST)
    headers = letters(cast.secretary)[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>").removeprefix("https://lantoa.phuong.example.vn")
    stranger = Client(enforce_csrf_checks=True)  # no cookies, no token: as a mail provider posts
    answer = stranger.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, choice_of(type(cast.secretary).objects.get(pk=cast.secretary.pk)).email) == (200, False)
    assert AuditEvent.objects.get(verb="contact.stop").details == {"channel": "email"}
    mail.outbox.clear()
    tick(now=at(dt.date(2026, 6, 1), dt.time(7, 30)))
    assert letters(cast.secretary) == []
    assert Delivery.objects.filter(person=cast.secretary, channel="in_app").count() == 2


def test_over_plain_http_no_one_click_is_promised(plan, cast):
    tick(now=FIRST)
    assert "List-Unsubscribe-Post" not in letters(cast.secretary)[0].extra_headers


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: token.replace("email", "sms"), lambda _: "1.email"]
)
def test_a_link_that_was_changed_stops_nothing(cast, change):
    link = reverse("campaigns:sending-stop", args=[change(stop_token(person_id=cast.secretary.pk, channel="email"))])
    assert Client().post(link).status_code == 404
    assert not ContactChoice.objects.exists()


def test_stopping_twice_writes_one_line_of_the_trail(cast):
    assert [stop_channel(person=cast.secretary, channel="email", at=FIRST) for _ in range(2)] == [True, False]
    assert AuditEvent.objects.filter(verb="contact.stop").count() == 1
