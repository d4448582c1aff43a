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
from campaigns.services.notifications import Notice, mark_read, tell
from campaigns.services.openings import open_notices
from campaigns.services.paper_notices import SOON, tell_addressees
from campaigns.services.reminders import plan_reminders
from documents.services.issued import withdraw_paper
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role
from units.models import WardSettings

ISSUED_AT = at(dt.date(2026, 5, 20))
MORNING = at(dt.date(2026, 5, 26))  # a Tuesday on which no reminder falls due
EVENING = at(dt.date(2026, 5, 26), dt.time(17, 1))
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
    said = _message(row, told_in([row], on=MORNING.date())[row.pk], now=MORNING)
    assert said["text"].startswith("Đồng chí có 1 thông báo mới. Chi tiết: ")


def test_opening_takes_a_bounded_number_of_queries(cast, django_assert_max_num_queries):
    people = [factories.make_person(cast.own_unit, Role.HELPER) for _ in range(30)]
    tell([Notice(one.pk, f"viec-{one.pk}", "Việc", "Thân", "/nhiem-vu/", cast.ward.pk) for one in people], at=MORNING)
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


def letters_of(person):
    """(state, channel) of everything meant to leave for `person`."""
    return list(Delivery.objects.filter(person=person).exclude(channel="in_app").values_list("state", "channel"))


def test_it_leaves_by_the_channels_of_the_ward_that_tells_it_alone(plan, cast):
    """A secretary who also types for a unit of another ward, which has a gateway of its own and no letters here."""
    factories.make_membership(cast.secretary, cast.foreign_unit, Role.HELPER)
    WardChannel.objects.create(
        ward=cast.foreign_ward, channel="zalo", is_on=True, url="https://cong.example.vn/", locked_secret="x"
    )
    decide(plan)
    open_notices(now=MORNING)
    (row,) = Delivery.objects.filter(person=cast.secretary)
    assert (row.channel, row.via, row.ward) == ("email", None, cast.ward)


def test_a_ward_that_sends_no_letters_tells_nobody_by_those_of_another(plan, cast):
    factories.make_membership(cast.secretary, cast.foreign_unit, Role.HELPER)
    WardChannel.objects.create(ward=cast.ward, channel="email", is_on=False)
    decide(plan)
    open_notices(now=MORNING)
    assert letters_of(cast.secretary) == []


def test_an_older_notice_without_a_ward_does_not_leave(cast):
    Notification.objects.create(person=cast.secretary, key="cu", title="Cũ", created_at=ISSUED_AT, leaves=True)
    assert (open_notices(now=MORNING), open_notices(now=MORNING), letters_of(cast.secretary)) == (1, 0, [])


def test_what_is_read_before_it_leaves_stays_in_the_program(plan, cast):
    decide(plan)
    mark_read(person=cast.secretary, at=MORNING)
    tick(now=MORNING + MINUTE)
    assert (letters_to(cast.secretary), len(letters_to(cast.other_secretary))) == ([], 1)


@pytest.fixture
def waiting_letter(cast):
    """A paper of which a letter waits for the evening that the secretary chose."""
    ContactChoice.objects.create(
        person=cast.secretary, opens_at=dt.time(17), closes_at=dt.time(20), changed_at=ISSUED_AT
    )
    paper = factories.make_paper(cast.ward, by=cast.clerk, issued_at=MORNING)
    factories.make_dispatch(paper, cast.own_unit)
    tick(now=MORNING + MINUTE)
    assert letters_of(cast.secretary) == [("waiting", "email")]
    return paper


def test_a_paper_taken_back_is_not_told_by_the_letter_that_waited(waiting_letter, cast):
    withdraw_paper(paper=waiting_letter, reason="Ban hành nhầm", by=cast.clerk, at=MORNING + 2 * MINUTE)
    tick(now=EVENING)
    assert (mail.outbox, letters_of(cast.secretary)) == ([], [("cancelled", "email")])


def test_who_no_longer_answers_for_the_unit_gets_no_letter_about_its_paper(waiting_letter, cast):
    """The secretary left this unit and now types for another of the same ward."""
    cast.secretary.memberships.update(ends_on=MORNING.date() - dt.timedelta(days=1))
    factories.make_membership(cast.secretary, cast.other_unit, Role.HELPER)
    tick(now=EVENING)
    assert (letters_to(cast.secretary), letters_of(cast.secretary)) == ([], [("cancelled", "email")])


def test_the_letter_about_a_paper_that_stands_leaves_in_the_evening(waiting_letter, cast):
    tick(now=EVENING)
    assert [message.to for message in mail.outbox] == [[cast.secretary.email]]
    assert letters_of(cast.secretary) == [("sent", "email")]


def test_a_paper_taken_back_before_channels_open_is_not_opened(cast):
    paper = factories.make_paper(cast.ward, by=cast.clerk, issued_at=MORNING)
    factories.make_dispatch(paper, cast.own_unit)
    assert tell_addressees(since=SOON, now=MORNING + MINUTE) == 1
    withdraw_paper(paper=paper, reason="Ban hành nhầm", by=cast.clerk, at=MORNING + MINUTE)
    open_notices(now=MORNING + MINUTE)
    assert letters_of(cast.secretary) == []
