"""Limits, switches and the last look of the gateways: they hold with two senders, and nothing stale goes out."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from campaigns.choices import PlanState
from campaigns.models import Delivery, Plan, WardChannel
from campaigns.services import assignments as duties
from campaigns.services import deliveries, fresh_look, messages
from campaigns.services.clock import tick
from campaigns.services.contact_choices import stop_channel
from campaigns.services.openings import open_deliveries
from campaigns.services.ward_channels import save_channel
from tests import factories
from tests.campaigns.owed import at

FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def sms(cast):
    """A gateway of the ward with a message to each of three people."""
    row = WardChannel.objects.create(
        ward=cast.ward, channel="sms", is_on=True, url="https://cong.example.vn/sms", locked_secret="x", per_minute=2
    )
    for person in (cast.secretary, cast.other_secretary, cast.contact):
        type(person).objects.filter(pk=person.pk).update(phone=f"09{person.pk:08d}")
        person.refresh_from_db()
        open_deliveries(person=person, wards={cast.ward.pk}, day=FIRST.date(), now=FIRST)
    return row


def states():
    return sorted(Delivery.objects.filter(channel="sms").values_list("state", flat=True))


def test_what_another_sender_holds_counts_against_the_limit(sms):
    assert len(messages._take(sms, now=FIRST)) == 2
    assert messages._take(sms, now=FIRST) == []
    assert states() == ["sending", "sending", "waiting"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_keep_the_limit_together(sms):
    """The second one asks while the first has taken but not yet committed."""
    taken = []

    def second():
        taken.append(messages._take(sms, now=FIRST))
        connection.close()

    with transaction.atomic():
        assert len(messages._take(sms, now=FIRST)) == 2
        sender = threading.Thread(target=second)
        sender.start()
        sender.join(0.5)
    sender.join()
    assert taken == [[]]


def test_a_sender_asks_nothing_of_a_channel_switched_off_meanwhile(sms):
    WardChannel.objects.filter(pk=sms.pk).update(is_on=False)
    assert messages._take(sms, now=FIRST) == []


def test_what_waits_on_a_channel_that_is_off_ends_with_the_next_tick(sms):
    WardChannel.objects.filter(pk=sms.pk).update(is_on=False)
    tick(now=FIRST + MINUTE)
    assert states() == ["cancelled"] * 3


def test_what_a_dead_sender_left_does_not_go_out_when_the_channel_is_on_again(cast, sms):
    messages._take(sms, now=FIRST)
    for is_on in (False, True):
        sms.is_on = is_on
        save_channel(row=sms, by=cast.admin, at=FIRST + dt.timedelta(days=2))
    assert states() == ["cancelled"] * 3


def disabled(cast, plan):
    type(cast.contact).objects.filter(pk=cast.contact.pk).update(is_active=False)


def stopped(cast, plan):
    stop_channel(person=cast.contact, channel="sms", at=FIRST)
    stop_channel(person=cast.contact, channel="email", at=FIRST)


def withdrawn(cast, plan):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CLOSED)


def reported(cast, plan):
    row = plan.assignments.select_related("plan__ward").get(product="action")
    duties.record_progress(assignment=row, state="done", note="", by=cast.contact, at=FIRST)


@pytest.fixture
def batch(cast, monkeypatch):
    """Two people in one batch, the contact after the secretary; (plan, who was sent something, what happens in between)."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body], issued_at=FIRST)
    for product, person in (("study", cast.secretary), ("action", cast.contact)):
        row = plan.assignments.get(product=product)
        row.reminders.create(
            person=person, rung=-7, due_version=row.due_version, remind_on=FIRST.date(), remind_at=FIRST,
            state="sent", delivery_day=FIRST.date(), handled_at=FIRST,
        )  # fmt: skip
    monkeypatch.setattr(fresh_look, "FRESH", -1)
    return plan


CHANGES = [disabled, stopped, withdrawn, reported]


@pytest.mark.proves("R-08")
@pytest.mark.parametrize("change", CHANGES)
def test_a_message_is_looked_at_again_when_its_turn_comes(cast, batch, sms, monkeypatch, change):
    sent = []

    def call(delivery, told, *, now):
        sent.append(delivery.person)
        change(cast, batch)
        return messages.Answer(200)

    monkeypatch.setattr(messages, "_call", call)
    WardChannel.objects.filter(pk=sms.pk).update(per_minute=60)
    stop_channel(person=cast.other_secretary, channel="sms", at=FIRST)
    tick(now=FIRST + MINUTE)
    assert (sent, Delivery.objects.get(person=cast.contact, channel="sms").state) == ([cast.secretary], "cancelled")


@pytest.mark.proves("R-08")
@pytest.mark.parametrize("change", CHANGES)
def test_a_letter_is_looked_at_again_when_its_turn_comes(cast, batch, monkeypatch, change):
    sent, handed = [], deliveries._hand_over

    def hand_over(letter, **kwargs):
        sent.append(letter.delivery.person)
        change(cast, batch)
        handed(letter, **kwargs)

    monkeypatch.setattr(deliveries, "_hand_over", hand_over)
    for person in (cast.secretary, cast.contact):
        open_deliveries(person=person, wards={cast.ward.pk}, day=FIRST.date(), now=FIRST)
    tick(now=FIRST + MINUTE)
    assert (sent, Delivery.objects.get(person=cast.contact, channel="email").state) == ([cast.secretary], "cancelled")
