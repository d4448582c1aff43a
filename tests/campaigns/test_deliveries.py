"""Letters over a mail server that misbehaves: at least once, recognisably the same, nobody waits for another."""

import datetime as dt

import pytest
from django.core import mail
from django.test import override_settings

from campaigns.models import Delivery
from campaigns.selectors.contact import stop_token
from campaigns.services import assignments as duties
from campaigns.services import deliveries
from campaigns.services import delivery_queue as queue
from campaigns.services.clock import Ticked, tick
from campaigns.services.contact_choices import stop_channel
from campaigns.services.deliveries import send_letters
from campaigns.services.delivery_queue import Watch
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from tests.campaigns.smtp import mail_server

ISSUED_AT = at(dt.date(2026, 5, 20))
FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], issued_at=ISSUED_AT
    )
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


@pytest.fixture
def server():
    with (
        mail_server() as server,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            EMAIL_USE_SSL=False,
            EMAIL_TIMEOUT=0.4,
        ),
    ):
        yield server


def letter(person):
    return Delivery.objects.get(person=person, channel="email")


def received(server):
    return sorted(recipient for recipient, _, _ in server.letters)


def test_a_letter_says_what_is_due_and_where_to_go(plan, cast):
    tick(now=FIRST)
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == ["contact@example.vn", "other-secretary@example.vn", "secretary@example.vn"]
    message = sent["contact@example.vn"]
    directive = plan.directive_links.get().directive.short_form
    stop = f"http://127.0.0.1:8000/ngung-nhan/{stop_token(person_id=cast.contact.pk, channel='email')}/"
    assert message.subject == "Đồng chí có 1 việc cần thực hiện"
    assert message.extra_headers["Message-ID"] == f"<nhac-viec.{cast.contact.pk}.20260528@127.0.0.1>"
    assert message.body.splitlines() == [
        f"Kính gửi đồng chí {cast.contact.full_name},",
        "",
        "Đồng chí có 1 việc cần thực hiện:",
        "",
        (
            f"- Ủy ban nhân dân phường: Tuyên truyền, theo Kế hoạch số {plan.paper.number_text} ({directive}), "
            "hạn hết thứ Năm, 04/6/2026 (còn 7 ngày)."
        ),
        "",
        "Đồng chí mở trang sau để thực hiện: http://127.0.0.1:8000/nhiem-vu/",
        "",
        "Thư này do chương trình Lan Tỏa gửi tự động. Việc nào đồng chí vừa hoàn thành thì không phải làm lại.",
        "",
        f"Đồng chí không muốn nhận thư nhắc việc nữa thì mở trang này: {stop}",
    ]
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"


def no_address(person):
    type(person).objects.filter(pk=person.pk).update(email="")


def stopped(person):
    stop_channel(person=person, channel="email", at=ISSUED_AT)


@pytest.mark.parametrize("reason", [no_address, stopped])
def test_who_has_no_address_or_wants_none_gets_no_letter(plan, cast, reason):
    reason(cast.secretary)
    tick(now=FIRST)
    assert not Delivery.objects.filter(person=cast.secretary, channel="email").exists()


def test_one_connection_carries_the_whole_batch(plan, server):
    assert tick(now=FIRST).letters == 3
    assert (len(server.letters), server.connections) == (3, 1)


@pytest.mark.proves("R-09")
@pytest.mark.parametrize("mood", ["421", "450", "silent"])
def test_a_passing_refusal_is_tried_again_after_1_5_30_120_minutes(plan, cast, server, mood):
    server.moods["secretary@example.vn"] = mood
    now, pauses = FIRST, []
    for _ in range(5):
        tick(now=now)
        row = letter(cast.secretary)
        if row.next_try_at:
            pauses.append(round((row.next_try_at - now) / MINUTE))
            now = row.next_try_at + dt.timedelta(seconds=1)
    assert pauses == [1, 5, 30, 120]
    assert (row.state, row.tries) == ("failed", 5)
    assert received(server) == ["contact@example.vn", "other-secretary@example.vn"]


@pytest.mark.proves("R-09")
def test_a_refusal_that_passes_ends_in_one_letter(plan, cast, server):
    server.moods["secretary@example.vn"] = "450"
    tick(now=FIRST)
    server.moods.clear()
    tick(now=FIRST + 2 * MINUTE)
    assert (letter(cast.secretary).state, letter(cast.secretary).tries) == ("sent", 2)
    assert received(server).count("secretary@example.vn") == 1


@pytest.mark.proves("R-09")
@pytest.mark.parametrize("mood", ["550", "550 data"])
def test_a_final_refusal_fails_at_once_and_stops_nobody(plan, cast, server, mood):
    server.moods["secretary@example.vn"] = mood
    tick(now=FIRST)
    row = letter(cast.secretary)
    assert (row.state, row.tries, "550" in row.problem) == ("failed", 1, True)
    assert received(server) == ["contact@example.vn", "other-secretary@example.vn"]


@pytest.mark.proves("R-09")
def test_half_an_answer_may_repeat_the_same_letter(plan, cast, server):
    server.moods["secretary@example.vn"] = "half"
    tick(now=FIRST)
    server.moods.clear()
    tick(now=FIRST + 2 * MINUTE)
    ids = {message_id for recipient, message_id, _ in server.letters if recipient == "secretary@example.vn"}
    assert (received(server).count("secretary@example.vn"), ids) == (2, {letter(cast.secretary).message_id})


def test_a_mail_server_out_of_reach_costs_one_try_a_tick(plan, cast, server):
    port = server.port
    with override_settings(EMAIL_PORT=1):
        tick(now=FIRST)
    tries = sorted(Delivery.objects.filter(channel="email").values_list("tries", flat=True))
    assert (tries, port) == ([0, 0, 1], server.port)
    tick(now=FIRST + 2 * MINUTE)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_letter_about_work_done_meanwhile_is_not_sent(plan, cast, server):
    server.moods["contact@example.vn"] = "450"
    tick(now=FIRST)
    row = plan.assignments.select_related("plan__ward").get(product="action")
    duties.record_progress(assignment=row, state="done", note="", by=cast.contact, at=FIRST)
    server.moods.clear()
    tick(now=FIRST + 2 * MINUTE)
    assert (letter(cast.contact).state, received(server).count("contact@example.vn")) == ("cancelled", 0)


@pytest.mark.proves("R-05")
@pytest.mark.parametrize(
    ("module", "dies_at", "copies"), [(deliveries, "_letter", 1), (deliveries, "_hand_over", 1), (queue, "finish", 2)]
)
def test_a_sender_that_dies_leaves_the_letter_to_the_next(plan, cast, server, monkeypatch, module, dies_at, copies):
    """Right after the lease, right before the handing over, and after the server took it but before we noted it."""

    class KilledError(BaseException):
        """Nothing in the sender may catch it, as nothing catches SIGKILL."""

    def die(*args, **kwargs):
        raise KilledError

    Delivery.objects.create(
        person=cast.secretary, day=FIRST.date(), channel="email", message_id="<mot@thu>", created_at=FIRST, next_try_at=FIRST
    )
    plan.assignments.get(product="study", unit=cast.own_unit).reminders.filter(rung=-7).update(
        state="sent", delivery_day=FIRST.date(), handled_at=FIRST
    )
    with monkeypatch.context() as patch:
        patch.setattr(module, dies_at, die)
        with pytest.raises(KilledError):
            send_letters(watch=Watch(FIRST))
    assert send_letters(watch=Watch(FIRST + MINUTE)) == 0  # the lease still runs
    assert send_letters(watch=Watch(FIRST + 3 * MINUTE)) == 1
    assert [message_id for _, message_id, _ in server.letters] == ["<mot@thu>"] * copies
    assert (letter(cast.secretary).state, letter(cast.secretary).tries) == ("sent", 2)


def test_a_sender_that_wakes_up_late_does_not_overwrite_its_successor(plan, cast):
    tick(now=FIRST)
    row = letter(cast.secretary)
    Delivery.objects.filter(pk=row.pk).update(state="sending", tries=2)
    row.tries = 1
    queue.finish(row, "failed", now=FIRST, problem="muộn")
    assert letter(cast.secretary).state == "sending"


def test_without_a_mail_server_no_letters_are_opened(plan, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert tick(now=FIRST) == Ticked(people=3, reminders=5)
    assert not Delivery.objects.filter(channel="email").exists()
