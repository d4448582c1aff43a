"""Letters over a mail server that misbehaves: at least once, recognisably the same, nobody waits for another."""

import datetime as dt
import email
import email.policy

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import override_settings

from campaigns.mail import wire_of
from campaigns.models import Delivery, WardChannel
from campaigns.selectors.channels import channels_of
from campaigns.selectors.chase import unit_facts
from campaigns.selectors.contact import stop_token
from campaigns.services import assignments as duties
from campaigns.services import deliveries
from campaigns.services import delivery_queue as queue
from campaigns.services.clock import Ticked, tick
from campaigns.services.contact_choices import stop_channel
from campaigns.services.deliveries import send_letters
from campaigns.services.delivery_queue import Watch
from campaigns.services.reminders import plan_reminders
from campaigns.services.ward_channels import save_channel
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


@pytest.fixture(params=[False, True], ids=["question and answer", "pipelining"])
def server(request):
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
        server.pipelines = request.param
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


@pytest.mark.proves("R-05")
def test_a_letter_is_marked_before_the_text_of_the_next_leaves(plan, server, monkeypatch):
    """Whoever is killed, one letter at most is in doubt."""
    finish, there = queue.finish, []

    def look(delivery, state, **kwargs):
        there.append((state, len(server.letters)))
        return finish(delivery, state, **kwargs)

    monkeypatch.setattr(queue, "finish", look)
    tick(now=FIRST)
    assert there == [("sent", 1), ("sent", 2), ("sent", 3)]


def test_a_letter_worded_ahead_is_looked_at_again_when_the_server_was_slow(plan, cast, server, monkeypatch):
    monkeypatch.setattr(deliveries, "LONG", 0)
    tick(now=FIRST)
    assert (received(server), server.connections) == (
        ["contact@example.vn", "other-secretary@example.vn", "secretary@example.vn"],
        3,
    )


def test_a_letter_over_the_line_reads_as_it_was_written():
    body = "Kính gửi đồng chí,\n.một dòng có chấm đầu\n" + "dài " * 400
    for text in (body[:40], body):
        message = EmailMessage("Đồng chí có 1 việc cần thực hiện", text, to=["a@example.vn"], headers={"Message-ID": "<1@thu>"})
        read = email.message_from_bytes(wire_of(message).text, policy=email.policy.default)
        usual = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
        heads = ("Subject", "From", "To", "Message-ID")
        assert [read[name].strip() for name in heads] == [usual[name].strip() for name in heads]
        assert read.get_content().replace("\r\n", "\n").removesuffix("\n") == text


def test_no_lone_carriage_return_hides_the_end_of_a_letter():
    wire = wire_of(EmailMessage("Chủ đề", "a\r.\r\nMAIL FROM:<x@y.vn>", to=["a@example.vn"]))
    assert b"\r" not in wire.text.replace(b"\r\n", b"")
    assert wire.text.endswith(b"\r\na\r\n.\r\nMAIL FROM:<x@y.vn>\r\n")


@pytest.mark.parametrize("change", [{"subject": "a\nBcc: b"}, {"to": ["a@b.vn>\r\nRCPT TO:<c@d.vn"]}, {"headers": {"X": "a\r\nBcc: b"}}])
def test_a_break_in_the_head_of_a_letter_is_refused(change):
    with pytest.raises(ValueError, match=r"."):
        wire_of(EmailMessage(**({"subject": "a", "body": "b", "to": ["a@b.vn"]} | change)))


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


@pytest.mark.proves("R-09")
def test_a_mail_server_out_of_reach_costs_no_try_and_is_left_alone_a_minute(plan, cast, server):
    with override_settings(EMAIL_PORT=1):
        for minutes in range(0, 20, 2):
            tick(now=FIRST + minutes * MINUTE)
    rows = Delivery.objects.filter(channel="email")
    assert set(rows.values_list("state", "tries", "lease_until")) == {("waiting", 0, None)}
    assert all(row.problem.startswith("Không kết nối được máy chủ thư") for row in rows)
    last = FIRST + 18 * MINUTE
    assert all(row.next_try_at >= last + MINUTE for row in rows)
    tick(now=last + MINUTE / 2)
    assert server.letters == []
    tick(now=last + 2 * MINUTE)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def three_days_without_mail():
    """Seven, three and one day before the deadline; returns the morning of the last."""
    mornings = [at(dt.date(2026, *day), dt.time(7, 30)) for day in ((5, 28), (6, 1), (6, 3))]
    with override_settings(EMAIL_PORT=1):
        for morning in mornings:
            tick(now=morning)
    return mornings[-1]


@pytest.mark.proves("R-03")
def test_after_days_without_mail_a_person_finds_one_letter(plan, cast, server):
    last = three_days_without_mail()
    tick(now=last + 2 * MINUTE)
    owing = [one for one in received(server) if one != "leader@example.vn"]  # whose Monday line waited too
    assert owing == ["contact@example.vn", "other-secretary@example.vn", "secretary@example.vn"]
    rows = list(Delivery.objects.filter(person=cast.contact, channel="email").order_by("day"))
    newest = rows[-1]
    assert [(row.state, row.folded_into) for row in rows] == [("folded", newest), ("folded", newest), ("sent", None)]
    assert {row.problem for row in rows[:-1]} == {"Đã gộp vào lần gửi của ngày 03/6/2026."}
    (text,) = [text for to, message_id, text in server.letters if message_id == newest.message_id]
    assert (text.count("- Ủy ban nhân dân phường"), "gộp cả những lần nhắc" in text) == (1, True)
    details = [fact.detail for fact in unit_facts(cast.body) if "thư điện tử" in fact.detail]
    assert [words.rsplit(": ", 1)[1] for words in details] == ["đã gửi", "đã gộp vào lần gửi sau", "đã gộp vào lần gửi sau"]


def test_a_folded_letter_says_what_only_the_older_one_said(plan, cast, server):
    """The report was told of on the first day alone, the session on each: the one letter tells of both."""
    row = plan.assignments.get(product="report", unit=cast.own_unit)
    row.reminders.exclude(rung=-7).update(state="cancelled")
    tick_at = three_days_without_mail()
    tick(now=tick_at + 2 * MINUTE)
    (text,) = [text for to, _, text in server.letters if to == "secretary@example.vn"]
    assert ("tổ chức buổi học" in text, "nộp báo cáo kết quả" in text) == (True, True)


def test_what_may_have_arrived_stays_a_letter_of_its_own(plan, cast, server):
    server.moods["secretary@example.vn"] = "half"
    tick(now=FIRST)
    with override_settings(EMAIL_PORT=1):
        tick(now=FIRST + 2 * MINUTE)
        tick(now=at(dt.date(2026, 6, 1), dt.time(7, 30)))
    server.moods.clear()
    tick(now=at(dt.date(2026, 6, 1), dt.time(7, 35)))
    rows = Delivery.objects.filter(person=cast.secretary, channel="email").order_by("day")
    assert [(row.state, row.folded_into) for row in rows] == [("sent", None)] * 2


def test_folding_takes_a_bounded_number_of_queries(db, django_assert_max_num_queries):
    people = [factories.make_user() for _ in range(30)]
    Delivery.objects.bulk_create(
        Delivery(person=person, day=FIRST.date() + day * dt.timedelta(days=1), channel="email", created_at=FIRST, next_try_at=FIRST)
        for person in people
        for day in range(3)
    )
    with django_assert_max_num_queries(8):  # groups, rows, older ones, two writes, the transactions around them
        assert queue.fold_waiting(now=FIRST + MINUTE) == 60
    newest = set(Delivery.objects.filter(state="waiting").values_list("day", flat=True))
    assert newest == {FIRST.date() + dt.timedelta(days=2)}


@pytest.mark.proves("R-08")
def test_a_letter_about_work_done_meanwhile_is_not_sent(plan, cast, server):
    server.moods["contact@example.vn"] = "450"
    tick(now=FIRST)
    row = plan.assignments.select_related("plan__ward").get(product="action")
    duties.record_progress(assignment=row, state="done", note="", by=cast.contact, at=FIRST)
    server.moods.clear()
    tick(now=FIRST + 2 * MINUTE)
    assert (letter(cast.contact).state, received(server).count("contact@example.vn")) == ("cancelled", 0)


def switch(ward, cast, *, on):
    row = channels_of(ward)["email"]
    row.is_on = on
    save_channel(row=row, by=cast.admin, at=FIRST)


@pytest.mark.proves("R-08")
def test_a_letter_opened_before_the_ward_switched_letters_off_is_not_sent(plan, cast, server):
    server.moods["contact@example.vn"] = "450"
    switch(cast.ward, cast, on=True)  # the first saving changes nothing
    tick(now=FIRST)
    assert letter(cast.contact).state == "waiting"
    server.moods.clear()
    WardChannel.objects.filter(ward=cast.ward, channel="email").update(is_on=False)  # after the sender had taken it
    tick(now=FIRST + 2 * MINUTE)
    one = letter(cast.contact)
    assert (one.state, one.problem) == ("cancelled", "Kênh đã được tắt.")
    assert received(server).count("contact@example.vn") == 0


def test_switched_off_and_on_again_sends_no_news_of_yesterday(plan, cast, server):
    server.moods["contact@example.vn"] = "450"
    tick(now=FIRST)
    server.moods.clear()
    switch(cast.ward, cast, on=False)
    switch(cast.ward, cast, on=True)
    assert letter(cast.contact).state == "cancelled"
    tick(now=FIRST + 2 * MINUTE)
    assert received(server).count("contact@example.vn") == 0


def test_a_letter_about_two_wards_goes_while_one_of_them_writes_letters(cast, server):
    other = factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit], issued_at=ISSUED_AT)
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=ISSUED_AT)
    factories.make_membership(cast.secretary, cast.foreign_unit, "secretary")
    plan_reminders(assignments=[*plan.assignments.all(), *other.assignments.all()], now=ISSUED_AT)
    server.moods[cast.secretary.email] = "450"
    tick(now=FIRST)
    server.moods.clear()
    switch(cast.ward, cast, on=False)
    assert letter(cast.secretary).state == "waiting"
    tick(now=FIRST + 2 * MINUTE)
    assert received(server).count(cast.secretary.email) == 1


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
