"""The tick: told once, looked at again before sending, no row stops another."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.urls import reverse

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, Delivery, Notification, Plan, Reminder
from campaigns.selectors.doubtful import waiting_to_send
from campaigns.services import after_restore, clock, digests
from campaigns.services import assignments as duties
from campaigns.services.clock import Ticked, tick
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role
from units.models import AuditEvent, Heartbeat, Membership
from units.services.heartbeat import SENDING_HELD, beat

ISSUED_AT = at(dt.date(2026, 5, 20))
DUE = dt.date(2026, 6, 4)
HALF_PAST_SEVEN = dt.time(7, 30)
FIRST = at(dt.date(2026, 5, 28), HALF_PAST_SEVEN)  # rung -7
LAST_DAY = at(DUE, HALF_PAST_SEVEN)


@pytest.fixture(autouse=True)
def no_letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def plan(cast):
    """Issued on 20/5 to both units and the body, reminders written."""
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], issued_at=ISSUED_AT
    )
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def states():
    """How many reminders stand in each state."""
    found = {}
    for state in Reminder.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_one_digest_a_person_over_all_their_duties(plan, cast):
    second = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=ISSUED_AT)
    plan_reminders(assignments=list(second.assignments.all()), now=ISSUED_AT)
    assert tick(now=FIRST) == Ticked(people=3, reminders=7)
    digest = Notification.objects.get(person=cast.secretary)
    directives = {one.pk: one.directive_links.get().directive.short_form for one in (plan, second)}
    name = cast.own_unit.short_name
    assert digest.title == "Đồng chí có 4 việc cần thực hiện"
    assert digest.url == "/bao-cao-buoi-hoc/"
    assert digest.body.splitlines() == [
        f"{name}: {task} theo Kế hoạch số {one.paper.number_text} ({directives[one.pk]}), "
        "hạn hết thứ Năm, 04/6/2026 (còn 7 ngày)."
        for one in (plan, second)
        for task in ("tổ chức buổi học", "nộp báo cáo kết quả")
    ]


def test_nobody_reads_the_name_of_another_unit(plan, cast):
    tick(now=FIRST)
    bodies = {row.person_id: row.body for row in Notification.objects.all()}
    assert cast.other_unit.short_name not in bodies[cast.secretary.pk]
    assert cast.own_unit.short_name not in bodies[cast.other_secretary.pk]
    assert "Ủy ban nhân dân phường: Tuyên truyền, theo" in bodies[cast.contact.pk]


def test_a_second_tick_tells_nobody_again(plan):
    tick(now=FIRST)
    assert tick(now=FIRST + dt.timedelta(minutes=1)) == Ticked()
    assert Notification.objects.count() == 3


def test_two_beats_and_a_timer_for_30_minutes_tell_once(plan):
    for minute in range(30):
        for _ in range(3):
            tick(now=FIRST + dt.timedelta(minutes=minute))
    assert (Notification.objects.count(), Delivery.objects.filter(channel="in_app").count()) == (3, 3)
    assert states() == {"sent": 5, "waiting": 25}


@pytest.mark.proves("R-03")
def test_after_six_hours_of_standstill_everything_is_told_once(plan):
    assert tick(now=FIRST + dt.timedelta(hours=6)) == Ticked(people=3, reminders=5)
    assert digests.FOLDED not in Notification.objects.first().body


@pytest.mark.proves("R-03")
def test_a_long_standstill_is_folded_into_one_digest_with_the_latest_rung(plan, cast):
    assert tick(now=LAST_DAY + dt.timedelta(hours=1)) == Ticked(people=3, reminders=5)
    digest = Notification.objects.get(person=cast.secretary)
    assert digest.body.splitlines()[-1] == digests.FOLDED
    assert len(digest.body.splitlines()) == 3
    # The two more that wait are the second card's of tomorrow.
    assert states() == {"sent": 5, "cancelled": 15, "waiting": 12}
    assert set(Reminder.objects.filter(state="sent").values_list("rung", flat=True)) == {0}


def test_overdue_work_is_called_overdue(plan, cast):
    tick(now=at(dt.date(2026, 6, 8), HALF_PAST_SEVEN))
    digest = Notification.objects.get(person=cast.contact)
    assert digest.title == "Đồng chí có 1 việc cần thực hiện, trong đó 1 việc đã quá hạn"
    assert "(đã quá hạn 4 ngày)." in digest.body


@pytest.mark.proves("R-08")
def test_what_was_done_between_selection_and_sending_is_not_reminded(plan, cast, monkeypatch):
    claim = digests.claim

    def submit_then_claim(*, person_id, now):
        if person_id == cast.secretary.pk:
            duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=now)
        return claim(person_id=person_id, now=now)

    monkeypatch.setattr(digests, "claim", submit_then_claim)
    tick(now=FIRST)
    assert "nộp báo cáo" not in Notification.objects.get(person=cast.secretary).body


@pytest.mark.proves("R-08")
def test_a_state_that_changed_behind_the_reminders_back_is_seen_under_the_claim(plan, cast):
    """Even when the rows still wait: the look under the claim decides, not the rows."""
    Assignment.objects.filter(unit=cast.own_unit).update(state="submitted")
    tick(now=FIRST)
    assert not Notification.objects.filter(person=cast.secretary).exists()


def test_the_control_of_the_second_look_sees_the_defect(plan, cast, monkeypatch):
    monkeypatch.setattr(digests, "_why_not", lambda row, people: None)
    Assignment.objects.filter(unit=cast.own_unit).update(state="submitted")
    tick(now=FIRST)
    assert Notification.objects.filter(person=cast.secretary).exists()


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_a_plan_that_ended_reminds_nobody(plan, state):
    Plan.objects.update(state=state)
    assert tick(now=FIRST) == Ticked()
    problems = set(Reminder.objects.filter(state="cancelled").values_list("problem", flat=True))
    assert problems == {f"Kế hoạch ở trạng thái “{PlanState(state).label}”."}


def test_an_account_out_of_use_is_not_told(plan, cast):
    cast.secretary.is_active = False
    cast.secretary.save()
    tick(now=FIRST)
    assert not Notification.objects.filter(person=cast.secretary).exists()


def test_a_new_secretary_gets_what_was_planned_for_the_old_one(plan, cast):
    Membership.objects.filter(user=cast.secretary).update(ends_on=dt.date(2026, 5, 25))
    successor = factories.make_person(cast.own_unit, Role.SECRETARY)
    tick(now=FIRST)
    assert not Notification.objects.filter(person=cast.secretary).exists()
    assert Notification.objects.get(person=successor).title == "Đồng chí có 2 việc cần thực hiện"


@pytest.mark.proves("R-10")
def test_one_poison_row_among_100_is_put_back_and_99_are_told(cast, monkeypatch):
    units = [factories.make_unit(cast.ward) for _ in range(100)]
    for unit in units:
        factories.make_person(unit, Role.SECRETARY)
    plan = factories.make_plan(cast.ward, state="issued", issued_at=ISSUED_AT, issued_by=cast.clerk)
    duty = factories.make_duty(plan, product=Product.REPORT)
    rows = Assignment.objects.bulk_create(
        Assignment(plan=plan, duty=duty, unit=unit, product="report", due_on=DUE) for unit in units
    )
    plan_reminders(assignments=rows, now=ISSUED_AT)
    line_of = digests.line_of

    def breaks_once(assignment, *, on):
        if assignment.unit_id == units[17].pk:
            raise ValueError("hỏng")
        return line_of(assignment, on=on)

    monkeypatch.setattr(digests, "line_of", breaks_once)
    assert tick(now=FIRST) == Ticked(people=99, reminders=99)
    poison = Reminder.objects.get(assignment__unit=units[17], rung=-7)
    assert (poison.state, poison.failures, poison.problem) == ("waiting", 1, "ValueError: hỏng")
    assert dt.timedelta(hours=1) <= poison.remind_at - FIRST < dt.timedelta(hours=1, minutes=2)


def test_a_row_that_fails_five_times_is_listed_as_failed(plan, cast, monkeypatch):
    def broken(assignment, *, on):
        raise ValueError("hỏng")

    monkeypatch.setattr(digests, "line_of", broken)
    for hour in range(6):
        tick(now=FIRST + dt.timedelta(hours=2 * hour))
    assert states() == {"failed": 5, "waiting": 25}


def test_a_person_whose_digest_fails_does_not_stop_the_others(plan, cast, monkeypatch):
    add = digests.add_to_digest

    def breaks_for_one(*, person_id, **rest):
        if person_id == cast.secretary.pk:
            raise ValueError("hỏng")
        add(person_id=person_id, **rest)

    monkeypatch.setattr(digests, "add_to_digest", breaks_for_one)
    assert tick(now=FIRST) == Ticked(people=2, reminders=3)
    assert states() == {"sent": 3, "waiting": 27}
    assert Reminder.objects.filter(failures=1).count() == 2


def test_rows_held_by_another_sender_are_left_to_it(plan, monkeypatch):
    def held(*, person_id, now):
        raise OperationalError("lock timeout")

    monkeypatch.setattr(clock, "write_digest", held)
    assert tick(now=FIRST) == Ticked()
    assert states() == {"waiting": 30}
    assert not Reminder.objects.filter(failures__gt=0).exists()


def test_more_due_later_the_same_day_is_added_to_the_digest(plan, cast):
    tick(now=FIRST)
    Notification.objects.update(read_at=FIRST)
    late = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=FIRST)
    row = late.assignments.filter(product="study").get()
    Reminder.objects.create(
        assignment=row, person=cast.secretary, rung=-7, due_version=1, remind_on=FIRST.date(),
        remind_at=FIRST + dt.timedelta(hours=2),
    )  # fmt: skip
    tick(now=FIRST + dt.timedelta(hours=3))
    digest = Notification.objects.get(person=cast.secretary)
    assert (len(digest.body.splitlines()), digest.read_at) == (3, None)


def test_the_heartbeat_says_that_the_tick_ran(plan):
    tick(now=FIRST)
    assert Heartbeat.objects.get(name="tick").beat_at == FIRST


@pytest.mark.proves("R-12")
def test_after_a_restore_nothing_goes_out_until_it_is_released(plan, cast):
    beat(name=SENDING_HELD, at=ISSUED_AT, note="Phục hồi từ bản sao lưu.")
    assert tick(now=FIRST) == Ticked(held=True)
    assert waiting_to_send(now=FIRST) == (5, 0, 0)
    after_restore.release_sending(by=cast.admin, at=FIRST)
    assert tick(now=FIRST) == Ticked(people=3, reminders=5)


@pytest.mark.proves("R-12")
def test_an_administrator_lets_reminders_go_out_again(plan, cast, sign_in):
    beat(name=SENDING_HELD, at=ISSUED_AT)
    url = reverse("campaigns:reminder-release")
    client = sign_in(cast.admin)
    assert url in client.get(reverse("units:settings")).content.decode()
    assert "Gửi lại từ bây giờ?" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "Nhắc việc được gửi trở lại" in page
    assert (after_restore.sending_hold(), AuditEvent.objects.filter(verb="reminders.release").count()) == (None, 1)


def test_a_failing_part_does_not_stop_the_tick(plan, monkeypatch):
    def broken(**rest):
        raise ValueError

    monkeypatch.setattr(clock, "plan_missing", broken)
    monkeypatch.setattr(clock, "send_letters", broken)
    assert tick(now=FIRST) == Ticked(people=3, reminders=5)
    assert Heartbeat.objects.filter(name="tick").exists()


@pytest.mark.proves("F-10")
@pytest.mark.parametrize("step", [dt.timedelta(hours=-1), dt.timedelta(hours=1), dt.timedelta(days=1)])
def test_a_wall_clock_that_is_set_tells_nobody_twice(plan, step):
    tick(now=FIRST)
    tick(now=FIRST + step)
    tick(now=FIRST + dt.timedelta(minutes=2))
    assert states() == {"sent": 5, "waiting": 25}


@pytest.mark.proves("R-11")
def test_from_due_to_told_passes_a_minute_for_300_reminders(cast, settings):
    """By the clock that stands still: every tick takes all that is due, letters too, so nobody waits for a second one."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    people = 100
    units = [factories.make_unit(cast.ward) for _ in range(people)]
    for unit in units:
        factories.make_person(unit, Role.SECRETARY)
    for number in range(3):
        plan = factories.make_plan(cast.ward, state="issued", issued_at=ISSUED_AT, issued_by=cast.clerk)
        duty = factories.make_duty(plan, product=Product.REPORT, last_day=DUE)
        owed = [factories.make_assignment(duty, unit) for unit in units]
        plan_reminders(assignments=owed, now=ISSUED_AT)
        for place, row in enumerate(owed):  # each due at a second of its own in ten minutes
            late = dt.timedelta(seconds=(place * 6 + number * 2) % 600)
            Reminder.objects.filter(assignment=row, rung=-7).update(remind_at=FIRST + late)
    for minute in range(12):
        tick(now=FIRST + dt.timedelta(minutes=minute))
    told = Reminder.objects.filter(rung=-7, state="sent")
    dwell = sorted(row.handled_at - row.remind_at for row in told)
    assert len(dwell) == 3 * people
    assert dwell[int(len(dwell) * 0.95)] <= dt.timedelta(seconds=90)
    assert dwell[-1] <= dt.timedelta(seconds=180)
    first_told = {row.person_id: row.remind_at for row in told.order_by("-remind_at")}
    waited = [row.sent_at - first_told[row.person_id] for row in Delivery.objects.filter(channel="email", state="sent")]
    assert len(waited) == people
    assert max(waited) <= dt.timedelta(seconds=180)
