"""SMS and Zalo through the ward's gateway: once each, within the limits, whatever the gateway does (R-09)."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.models import Delivery, WardChannel
from campaigns.outgoing import calls
from campaigns.outgoing.locking import lock
from campaigns.services import assignments as duties
from campaigns.services import delivery_queue as queue
from campaigns.services import messages
from campaigns.services.clock import tick
from campaigns.services.contact_choices import stop_channel
from campaigns.services.messages import send_messages
from campaigns.services.reminders import plan_reminders
from campaigns.services.ward_channels import renew_secret, save_channel
from tests import factories
from tests.campaigns.gateway import gateway
from tests.campaigns.owed import at

ISSUED_AT = at(dt.date(2026, 5, 20))
FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))
MINUTE = dt.timedelta(minutes=1)
SECRET = "khoa-cua-cong"
NUMBERS = {"secretary": "0912000001", "other_secretary": "0912000002", "contact": "0912000003"}


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], issued_at=ISSUED_AT
    )
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    for role, number in NUMBERS.items():
        person = getattr(cast, role)
        person.phone = number
        person.save(update_fields=["phone"])
    return plan


@pytest.fixture
def server(settings):
    with gateway() as server:
        settings.OUTGOING_INSIDE = [f"127.0.0.1:{server.port}"]
        yield server


@pytest.fixture
def sms(cast, server):
    return WardChannel.objects.create(
        ward=cast.ward, channel="sms", is_on=True, url=f"http://127.0.0.1:{server.port}/sms", locked_secret=lock(SECRET)
    )


def message(person, channel="sms"):
    return Delivery.objects.get(person=person, channel=channel)


def called(server):
    return [call.message["to"] for call in server.calls]


def test_a_message_says_little_in_plain_letters_and_is_signed(plan, cast, server, sms):
    assert tick(now=FIRST).messages == 3
    call = next(call for call in server.calls if call.message["to"] == NUMBERS["contact"])
    assert call.is_signed_with(SECRET)
    said = call.message
    assert (said["channel"], said["id"]) == ("sms", f"nhac-viec.{cast.contact.pk}.20260528.sms")
    assert said["text"] == (
        "Dong chi co 1 viec can thuc hien. Chi tiet: http://127.0.0.1:8000/nhiem-vu/"
    )
    assert said["stop_url"].startswith("http://127.0.0.1:8000/ngung-nhan/")


def test_zalo_keeps_the_marks(plan, cast, server, sms):
    WardChannel.objects.filter(pk=sms.pk).update(channel="zalo")
    tick(now=FIRST)
    assert server.calls[0].message["text"].startswith("Đồng chí có ")


def test_nothing_goes_out_by_default(plan, cast, server):
    tick(now=FIRST)
    assert (server.calls, set(Delivery.objects.values_list("channel", flat=True))) == ([], {"in_app", "email"})


@pytest.mark.proves("R-09")
@pytest.mark.parametrize("mood", ["429", "503", "silent", "half", "noise", "401"])
def test_a_gateway_that_fails_is_tried_again_after_1_5_30_120_minutes(plan, cast, server, sms, mood, monkeypatch):
    if mood == "silent":
        monkeypatch.setattr(calls, "DEADLINE", 0.5)
    server.moods = dict.fromkeys(NUMBERS.values(), mood)
    only_the_secretary(plan, cast)
    now, pauses = FIRST, []
    for _ in range(5):
        tick(now=now)
        row = message(cast.secretary)
        if row.next_try_at:
            pauses.append(round((row.next_try_at - now) / MINUTE))
            now = row.next_try_at + dt.timedelta(seconds=1)
    assert (pauses, row.state, row.tries) == ([1, 5, 30, 120], "failed", 5)
    assert Delivery.objects.filter(channel="in_app", person=cast.secretary).exists()


def only_the_secretary(plan, cast):
    for person in (cast.other_secretary, cast.contact):
        stop_channel(person=person, channel="sms", at=ISSUED_AT)


@pytest.mark.proves("R-09")
def test_a_gateway_that_is_away_costs_one_try_and_rests_a_minute(plan, cast, server, sms):
    server.moods = dict.fromkeys(NUMBERS.values(), "half")
    tick(now=FIRST)
    tries = sorted(Delivery.objects.filter(channel="sms").values_list("tries", flat=True))
    assert (tries, len(server.calls)) == ([0, 0, 1], 1)
    tick(now=FIRST + MINUTE / 2)
    assert len(server.calls) == 1
    server.moods.clear()
    tick(now=FIRST + 2 * MINUTE)
    assert set(Delivery.objects.filter(channel="sms").values_list("state", flat=True)) == {"sent"}


@pytest.mark.proves("R-09")
def test_a_final_refusal_fails_at_once_and_stops_nobody(plan, cast, server, sms):
    server.moods[NUMBERS["secretary"]] = "400"
    tick(now=FIRST)
    row = message(cast.secretary)
    assert (row.state, row.tries, row.problem) == ("failed", 1, "Cổng trả lời mã 400.")
    assert sorted(called(server)) == sorted(NUMBERS.values())
    assert message(cast.contact).state == "sent"


def test_one_message_that_cannot_be_worded_stops_nobody(plan, cast, server, sms, monkeypatch):
    worded = messages.message_of
    first = []

    def broken_once(*args, **kwargs):
        if not first:
            first.append(True)
            raise RuntimeError("chữ hỏng")
        return worded(*args, **kwargs)

    monkeypatch.setattr(messages, "message_of", broken_once)
    tick(now=FIRST)
    states = Delivery.objects.filter(channel="sms").values_list("state", flat=True)
    assert sorted(states) == ["sent", "sent", "waiting"]
    tick(now=FIRST + 10 * MINUTE)
    assert len(server.calls) == 2, "it is put aside for an hour, not sent with every tick"
    tick(now=FIRST + 61 * MINUTE)
    assert set(Delivery.objects.filter(channel="sms").values_list("state", flat=True)) == {"sent"}


def test_a_secret_renewed_while_the_page_was_open_stays(plan, cast, server, sms):
    stale = WardChannel.objects.get(pk=sms.pk)
    renew_secret(row=sms, by=cast.admin, at=FIRST)
    stale.per_minute = 7
    save_channel(row=stale, by=cast.admin, at=FIRST)
    fresh = WardChannel.objects.get(pk=sms.pk)
    assert (fresh.per_minute, fresh.locked_secret) == (7, sms.locked_secret)


def test_the_gateway_says_how_long_to_wait(plan, cast, server, sms):
    only_the_secretary(plan, cast)
    server.moods[NUMBERS["secretary"]], server.retry_after = "429", "900"
    tick(now=FIRST)
    assert round((message(cast.secretary).next_try_at - FIRST) / MINUTE) == 15


@pytest.mark.proves("R-09")
def test_a_lost_answer_repeats_the_same_id(plan, cast, server, sms):
    only_the_secretary(plan, cast)
    server.moods[NUMBERS["secretary"]] = "half"
    tick(now=FIRST)
    server.moods.clear()
    tick(now=FIRST + 2 * MINUTE)
    assert (len(server.calls), len({call.message["id"] for call in server.calls})) == (2, 1)
    assert message(cast.secretary).state == "sent"


@pytest.mark.proves("R-05")
def test_a_sender_that_dies_leaves_the_message_to_the_next(plan, cast, server, sms, monkeypatch):
    class KilledError(BaseException):
        """Nothing in the sender may catch it, as nothing catches SIGKILL."""

    def die(*args, **kwargs):
        raise KilledError

    only_the_secretary(plan, cast)
    with monkeypatch.context() as patch:
        patch.setattr("campaigns.services.messages._settle", die)
        with pytest.raises(KilledError):
            tick(now=FIRST)
    tick(now=FIRST + MINUTE)
    assert len(server.calls) == 1  # the lease still runs
    tick(now=FIRST + 3 * MINUTE)
    assert (len(server.calls), len({call.message["id"] for call in server.calls})) == (2, 1)
    assert (message(cast.secretary).state, message(cast.secretary).tries) == ("sent", 2)


@pytest.mark.parametrize(
    ("limits", "after"), [({"per_minute": 1}, MINUTE * 1.1), ({"per_day": 1}, dt.timedelta(days=1))]
)
def test_a_limit_holds_back_the_rest(plan, cast, server, sms, limits, after):
    WardChannel.objects.filter(pk=sms.pk).update(**limits)
    assert tick(now=FIRST).messages == 1
    assert tick(now=FIRST + MINUTE / 2).messages == 0
    waiting = Delivery.objects.filter(channel="sms", state="waiting")
    assert (waiting.count(), set(waiting.values_list("tries", flat=True))) == (2, {0})
    assert tick(now=FIRST + after).messages == 1


def test_what_was_done_meanwhile_is_not_told(plan, cast, server, sms):
    server.moods = dict.fromkeys(NUMBERS.values(), "503")
    tick(now=FIRST)
    row = plan.assignments.select_related("plan__ward").get(product="action")
    duties.record_progress(assignment=row, state="done", note="", by=cast.contact, at=FIRST)
    server.moods, server.calls[:] = {}, []
    tick(now=FIRST + 2 * MINUTE)
    assert (message(cast.contact).state, NUMBERS["contact"] in called(server)) == ("cancelled", False)


def test_switching_off_ends_what_waits(plan, cast, server, sms):
    server.moods = dict.fromkeys(NUMBERS.values(), "503")
    tick(now=FIRST)
    sms.is_on = False
    save_channel(row=sms, by=cast.admin, at=FIRST)
    server.calls.clear()
    tick(now=FIRST + 10 * MINUTE)
    assert server.calls == []
    assert set(Delivery.objects.filter(channel="sms").values_list("state", flat=True)) == {"cancelled"}


def test_the_stop_link_of_a_message_stops_messages_alone(plan, cast, server, sms):
    tick(now=FIRST)
    call = next(call for call in server.calls if call.message["to"] == NUMBERS["secretary"])
    Client().post(call.message["stop_url"].removeprefix("http://127.0.0.1:8000"))
    server.calls.clear()
    tick(now=at(dt.date(2026, 6, 1), dt.time(7, 30)))
    assert NUMBERS["secretary"] not in called(server)
    assert Delivery.objects.filter(person=cast.secretary, channel="email").count() == 2


def test_a_batch_is_read_in_a_fixed_number_of_queries(plan, cast, server, sms, django_assert_num_queries):
    """Choosing, limits, claim and content are nineteen statements whatever the batch; each message adds its mark."""
    server.moods = dict.fromkeys(NUMBERS.values(), "503")
    tick(now=FIRST)
    server.moods = {}
    with django_assert_num_queries(19 + 3):
        assert send_messages(watch=queue.Watch(FIRST + 2 * MINUTE)) == 3
