"""What the office decides reaches people by the channels they chose, each event once, together with what else waits."""

import datetime as dt

import pytest
from django.core import mail
from django.test import override_settings

from campaigns.models import ContactChoice, Delivery, Notification, WardChannel
from campaigns.selectors.told import told_in
from campaigns.services.clock import tick
from campaigns.services.contact_choices import stop_channel
from campaigns.services.decisions import tell_units
from campaigns.services.messages import _message
from campaigns.services.notifications import Notice, tell
from campaigns.services.openings import open_notices
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role
from units.models import WardSettings

ISSUED_AT = at(dt.date(2026, 5, 20))
MORNING = at(dt.date(2026, 5, 26))  # a Tuesday on which no reminder falls due
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], issued_at=ISSUED_AT)


def decide(plan, *, now=MORNING):
    """The office gives everybody a new day for the session."""
    rows = plan.assignments.filter(product="study")
    return tell_units(
        assignments=rows, key=f"new-day-{plan.pk}", title="Hạn mới hết 20/6/2026", body="Theo Công văn số 1.", at=now
    )


def letters_to(person):
    return [message for message in mail.outbox if message.to == [person.email]]


def test_a_decision_goes_out_once_by_letter_with_the_stop_link(plan, cast):
    decide(plan)
    decide(plan)
    tick(now=MORNING + MINUTE)
    tick(now=MORNING + 2 * MINUTE)
    (letter,) = letters_to(cast.secretary)
    assert letter.subject == "Hạn mới hết 20/6/2026"
    assert "- Theo Công văn số 1." in letter.body.splitlines()
    assert "/ngung-nhan/" in letter.extra_headers["List-Unsubscribe"]
    row = Delivery.objects.get(person=cast.secretary)
    assert (row.state, row.channel, row.notice.title) == ("sent", "email", "Hạn mới hết 20/6/2026")


def test_at_night_it_waits_for_the_office(plan, cast):
    night = at(dt.date(2026, 5, 26), dt.time(20))
    decide(plan, now=night)
    tick(now=night + MINUTE)
    assert mail.outbox == []
    tick(now=at(dt.date(2026, 5, 27), dt.time(7, 31)))
    assert len(letters_to(cast.secretary)) == 1


def test_the_hours_and_the_stop_of_a_person_hold(plan, cast):
    ContactChoice.objects.create(
        person=cast.other_secretary, opens_at=dt.time(17), closes_at=dt.time(20), changed_at=ISSUED_AT
    )
    stop_channel(person=cast.secretary, channel="email", at=ISSUED_AT)
    decide(plan)
    tick(now=MORNING + MINUTE)
    assert mail.outbox == []
    tick(now=at(dt.date(2026, 5, 26), dt.time(17, 1)))
    assert [message.to for message in mail.outbox] == [[cast.other_secretary.email]]


def test_what_waits_together_is_one_letter(plan, cast):
    """A decision and the reminders of the morning, after a night without mail."""
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    decide(plan, now=at(dt.date(2026, 5, 27), dt.time(16)))
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        tick(now=at(dt.date(2026, 5, 27), dt.time(16, 1)))
    tick(now=at(dt.date(2026, 5, 28), dt.time(7, 31)))
    (letter,) = letters_to(cast.secretary)
    assert letter.subject == "Đồng chí có 2 việc cần thực hiện; 1 thông báo mới"
    assert [line.split(":")[0] for line in letter.body.splitlines() if line.startswith("- ")] == [
        "- Hạn mới hết 20/6/2026",
        f"- {cast.own_unit.short_name}",
        f"- {cast.own_unit.short_name}",
    ]


def test_a_telephone_shows_the_count_and_no_names(plan, cast):
    WardChannel.objects.create(
        ward=cast.ward, channel="zalo", is_on=True, url="https://cong.example.vn/", locked_secret="x"
    )
    decide(plan)
    open_notices(now=MORNING)
    row = Delivery.objects.get(person=cast.secretary, channel="zalo")
    said = _message(row, told_in([row])[row.pk], now=MORNING)
    assert said["text"].startswith("Đồng chí có 1 thông báo mới. Chi tiết: ")


def test_opening_takes_a_bounded_number_of_queries(cast, django_assert_max_num_queries):
    people = [factories.make_person(cast.own_unit, Role.HELPER) for _ in range(30)]
    tell([Notice(one.pk, f"viec-{one.pk}", "Việc", "Thân", "/nhiem-vu/") for one in people], at=MORNING)
    with django_assert_max_num_queries(9):
        assert open_notices(now=MORNING) == 30
    assert Delivery.objects.filter(channel="email").count() == 30
    assert open_notices(now=MORNING) == 0


def test_the_leaders_monday_goes_out(plan, cast):
    WardSettings.objects.filter(ward=cast.ward).update(remind_at=dt.time(7, 30))
    tick(now=at(dt.date(2026, 5, 25), dt.time(7, 31)))
    (letter,) = letters_to(cast.leader)
    assert letter.subject.startswith("Tình hình tuần đến 31/5/2026")


def test_a_paper_issued_to_a_unit_is_told_once_to_who_answers_for_it(cast):
    paper = factories.make_paper(cast.ward, by=cast.clerk, issued_at=MORNING)
    factories.make_dispatch(paper, cast.own_unit)
    factories.make_dispatch(paper)
    for minutes in (1, 2, 70):
        tick(now=MORNING + minutes * MINUTE)
    (line,) = Notification.objects.filter(key__startswith="paper-")
    assert (line.person, line.title) == (cast.secretary, f"Văn bản gửi {cast.own_unit.short_name}: {paper.number_text}")
    assert [message.subject for message in letters_to(cast.secretary)] == [line.title]


def test_an_addressee_added_afterwards_is_told_within_the_hour(cast):
    paper = factories.make_paper(cast.ward, by=cast.clerk, issued_at=MORNING)
    tick(now=MORNING + MINUTE)
    factories.make_dispatch(paper, cast.own_unit)
    tick(now=MORNING + 70 * MINUTE)
    assert Notification.objects.filter(key__startswith="paper-", person=cast.secretary).count() == 1
