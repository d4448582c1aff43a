"""Change after issue: a paper moves, adds, drops, hands over, pauses, ends; nobody is late or reminded for what it took away."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.change_effects import Wanted
from campaigns.choices import AssignmentState, ChangeKind, PlanState, Product
from campaigns.models import Assignment, Duty, Notification, Plan, PlanChange, Reminder
from campaigns.selectors.figures import plan_counts
from campaigns.services import assignments as duties
from campaigns.services import plans as plan_services
from campaigns.services.changes import change_plan
from campaigns.services.clock import tick
from campaigns.services.reminders import plan_reminders
from campaigns.verdicts import verdict_of
from tests import factories
from tests.campaigns.owed import at, counted, counters, rungs
from units.choices import Role

ISSUED_AT = at(dt.date(2026, 5, 20))
BEFORE = at(dt.date(2026, 5, 21))
DUE = factories.LAST_DAY  # Thursday 04/6
LATER = dt.date(2026, 6, 18)
BASIS = {
    "basis_kind": "CV",
    "basis_number": "128-CV/ĐU",
    "basis_dated_on": dt.date(2026, 5, 21),
    "basis_issuer": "Đảng ủy phường",
}
LONG_AFTER = at(dt.date(2026, 8, 3))


@pytest.fixture(autouse=True)
def no_letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def plan(cast, clock):
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], issued_at=ISSUED_AT
    )
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def owed(plan, unit, product=Product.REPORT):
    return Assignment.objects.select_related("plan", "duty").get(plan=plan, unit=unit, product=product)


def duty(plan, product=Product.REPORT):
    return Duty.objects.get(plan=plan, product=product)


def change(plan, cast, kind, *, now=BEFORE, **facts):
    return change_plan(plan=plan, wanted=Wanted(kind=kind, **BASIS | facts), by=cast.compiler, at=now)


def told_after(now):
    """What the clock tells people on every day of the month after `now`: nothing may be about what a paper took away."""
    for days in range(30):
        tick(now=now + dt.timedelta(days=days))
    return Reminder.objects.filter(state="sent", handled_at__gte=now)


@pytest.mark.proves("R-07")
def test_a_moved_deadline_moves_what_is_open_with_its_reminders(plan, cast):
    duties.extend(
        assignment=owed(plan, cast.other_unit),
        due_on=LATER + dt.timedelta(days=5),
        reason="Lũ.",
        by=cast.compiler,
        at=BEFORE,
    )
    made = change(plan, cast, ChangeKind.DEADLINE, duty=duty(plan), new_day=LATER)
    own, other = owed(plan, cast.own_unit), owed(plan, cast.other_unit)
    assert (own.due_on, own.original_due_on, own.due_version) == (LATER, DUE, 2)
    assert other.due_on == LATER + dt.timedelta(days=5)  # who was given longer keeps it
    assert owed(plan, cast.own_unit, Product.STUDY).due_on == DUE
    assert [(line.unit_name, line.old_day, line.new_day) for line in made.lines.all()] == [
        (cast.own_unit.name, DUE, LATER)
    ]
    assert {day for _rung, day in rungs(own)} == {dt.date(2026, 6, day) for day in (11, 15, 17, 18, 19)} | {
        dt.date(2026, 6, 22)
    }
    assert Reminder.objects.filter(assignment=own, state="waiting", due_version=1).count() == 0
    assert counters() == counted()
    line = Notification.objects.get(person=cast.secretary)
    assert (line.title, line.body.splitlines()[0]) == (
        f"Hạn mới hết 18/6/2026: Kế hoạch {plan}",
        "Theo Công văn số 128-CV/ĐU, ngày 21/5/2026 của Đảng ủy phường.",
    )


def test_a_report_late_for_the_withdrawn_day_is_in_time_for_the_new_one(plan, cast):
    received = at(DUE + dt.timedelta(days=2))
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=received)
    assert verdict_of(owed(plan, cast.own_unit)).kind == "late"
    change(plan, cast, ChangeKind.DEADLINE, duty=duty(plan), new_day=LATER, now=at(DUE + dt.timedelta(days=3)))
    assert verdict_of(owed(plan, cast.own_unit)).kind == "on_time"
    assert counters() == counted()


def test_an_earlier_day_makes_nobody_late_afterwards(plan, cast):
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=BEFORE)
    change(plan, cast, ChangeKind.DEADLINE, duty=duty(plan), new_day=dt.date(2026, 5, 28))
    assert owed(plan, cast.own_unit).due_on == DUE
    assert owed(plan, cast.other_unit).due_on == dt.date(2026, 5, 28)


def test_a_dropped_duty_is_asked_of_nobody_and_never_reminded(plan, cast):
    duties.mark_submitted(unit=cast.other_unit, plan=plan, by=cast.other_secretary, at=BEFORE)
    change(plan, cast, ChangeKind.DROP, duty=duty(plan))
    row = owed(plan, cast.own_unit)
    assert (row.state, row.reason) == (AssignmentState.CANCELLED, "Dừng theo văn bản số 128-CV/ĐU, ngày 21/5/2026")
    assert owed(plan, cast.other_unit).state == AssignmentState.SUBMITTED
    told = told_after(BEFORE)
    assert {row.assignment.product for row in told.select_related("assignment")} == {Product.STUDY, Product.ACTION}
    counts = plan_counts([plan.pk], on=LATER)[plan.pk]
    assert (counts.asked_report, counts.submitted, counts.overdue_report) == (1, 1, 0)
    assert counters() == counted()


def test_a_duty_passes_to_another_body_with_its_day(plan, cast):
    fresh = factories.make_unit(cast.ward, kind="body", name="Mặt trận Tổ quốc phường")
    person = factories.make_person(fresh, Role.CONTACT)
    change(plan, cast, ChangeKind.LEAD, duty=duty(plan, Product.ACTION), new_lead=fresh)
    assert owed(plan, cast.body, Product.ACTION).state == AssignmentState.CANCELLED
    row = owed(plan, fresh, Product.ACTION)
    assert (row.state, row.due_on, row.duty.lead, row.duty.lead_text) == ("todo", DUE, fresh, "Mặt trận Tổ quốc phường")
    assert {row.person for row in Reminder.objects.filter(assignment=row, state="waiting")} == {person}
    change(plan, cast, ChangeKind.LEAD, duty=duty(plan, Product.ACTION), new_lead=cast.body)
    assert owed(plan, cast.body, Product.ACTION).state == AssignmentState.TODO  # and back again
    assert counters() == counted()


def test_a_body_that_has_done_it_keeps_it(plan, cast):
    duties.record_progress(
        assignment=owed(plan, cast.body, Product.ACTION), state="done", note="", by=cast.contact, at=BEFORE
    )
    with pytest.raises(ValidationError) as refused:
        change(plan, cast, ChangeKind.LEAD, duty=duty(plan, Product.ACTION), new_lead=cast.own_unit)
    assert refused.value.error_dict["duty"][0].code == "settled"


def test_a_new_duty_is_owed_by_the_units_of_today(plan, cast):
    made = change(plan, cast, ChangeKind.ADD, text="Lắp 02 cụm pa nô.", product=Product.ACTION, new_day=LATER)
    rows = Assignment.objects.filter(duty=made.duty).order_by("unit__sort_key")
    assert [(row.unit, row.due_on, row.state) for row in rows] == [
        (unit, LATER, "todo") for unit in sorted([cast.own_unit, cast.other_unit], key=lambda one: one.sort_key)
    ]
    assert rungs(rows.get(unit=cast.own_unit))
    assert counters() == counted()
    with pytest.raises(ValidationError) as refused:
        change(plan, cast, ChangeKind.ADD, text="Báo cáo thêm.", product=Product.REPORT)
    assert refused.value.error_dict["product"][0].code == "already"


def test_a_paused_plan_has_no_day_and_no_reminder_and_goes_on_later(plan, cast):
    change(plan, cast, ChangeKind.PAUSE)
    plan.refresh_from_db()
    assert plan.state == PlanState.PAUSED
    assert set(plan.assignments.values_list("due_on", flat=True)) == {None}
    assert told_after(BEFORE).count() == 0
    counts = plan_counts([plan.pk], on=LONG_AFTER.date())[plan.pk]
    assert (counts.overdue_study, counts.overdue_report, counts.body_overdue) == (0, 0, 0)
    duties.mark_submitted(unit=cast.other_unit, plan=plan, by=cast.other_secretary, at=at(DUE))
    change(plan, cast, ChangeKind.RESUME, now=LONG_AFTER)  # 74 days later
    plan.refresh_from_db()
    assert (plan.state, owed(plan, cast.own_unit).due_on) == (PlanState.ISSUED, DUE + dt.timedelta(days=74))
    assert owed(plan, cast.own_unit).original_due_on == DUE
    assert verdict_of(owed(plan, cast.other_unit)).kind == "no_day"
    assert rungs(owed(plan, cast.own_unit))
    assert counters() == counted()


def test_a_plan_that_goes_on_may_be_given_one_day(plan, cast):
    change(plan, cast, ChangeKind.PAUSE)
    change(plan, cast, ChangeKind.RESUME, now=LONG_AFTER, new_day=dt.date(2026, 9, 1))
    assert set(plan.assignments.values_list("due_on", flat=True)) == {dt.date(2026, 9, 1)}


def test_what_was_late_before_a_pause_is_not_late_again_in_the_minute_it_goes_on(plan, cast):
    duties.extend(
        assignment=owed(plan, cast.other_unit), due_on=dt.date(2026, 6, 8), reason="Lũ.", by=cast.compiler, at=BEFORE
    )
    change(plan, cast, ChangeKind.PAUSE, now=at(dt.date(2026, 6, 8)))  # four days late, and on the last day
    back = dt.date(2026, 8, 14)  # a Friday, 67 days later
    change(plan, cast, ChangeKind.RESUME, now=at(back))
    late, in_time = owed(plan, cast.own_unit), owed(plan, cast.other_unit)
    assert (late.due_on, in_time.due_on) == (dt.date(2026, 8, 17), back)  # the Monday after; its one day left
    assert plan_counts([plan.pk], on=back)[plan.pk].overdue_report == 0
    assert plan_counts([plan.pk], on=dt.date(2026, 8, 18))[plan.pk].overdue_report == 2
    assert {day for _rung, day in rungs(late)} == {dt.date(2026, 8, day) for day in (17, 18, 20)}
    line = PlanChange.objects.get(kind=ChangeKind.PAUSE).lines.get(assignment=late)
    assert line.old_day == DUE  # that it was late stays on record
    assert counters() == counted()


def test_an_ended_plan_leaves_nobody_late_and_may_be_taken_up_by_a_paper(plan, cast):
    change(plan, cast, ChangeKind.PAUSE)
    change(plan, cast, ChangeKind.END, now=at(dt.date(2026, 5, 25)))
    plan.refresh_from_db()
    assert (plan.state, plan.closed_by) == (PlanState.CLOSED, cast.compiler)
    assert set(plan.assignments.values_list("state", flat=True)) == {AssignmentState.CANCELLED}
    assert told_after(BEFORE).count() == 0
    with pytest.raises(ValidationError) as refused:
        plan_services.reopen_plan(plan=plan, by=cast.clerk, now=LONG_AFTER)
    assert refused.value.code == "by_paper"
    change(plan, cast, ChangeKind.RESUME, now=LONG_AFTER)
    rows = set(plan.assignments.values_list("state", "due_on"))
    assert rows == {("todo", DUE + dt.timedelta(days=74))}  # the day it had before the pause, moved by all of the rest
    assert counters() == counted()


def test_a_plan_that_rests_may_be_taken_back(plan, cast, sign_in):
    change(plan, cast, ChangeKind.PAUSE)
    client = sign_in(cast.clerk)
    address = reverse("campaigns:plan-withdraw", args=[plan.pk])
    assert address in client.get(plan.get_absolute_url()).content.decode()
    client.post(address, {"reason": "Ban hành nhầm."})
    plan.refresh_from_db()
    assert (plan.state, plan.paper.withdrawal_reason) == (PlanState.WITHDRAWN, "Ban hành nhầm.")
    assert set(plan.assignments.values_list("state", flat=True)) == {AssignmentState.CANCELLED}
    with pytest.raises(ValidationError) as refused:
        change(plan, cast, ChangeKind.RESUME, now=LONG_AFTER)
    assert refused.value.code == "state"
    assert told_after(BEFORE).count() == 0
    assert counters() == counted()


def test_a_plan_is_replaced_by_an_issued_one(plan, cast):
    other = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    draft = factories.make_plan(cast.ward)
    with pytest.raises(ValidationError) as refused:
        change(plan, cast, ChangeKind.REPLACE, successor=draft)
    assert refused.value.error_dict["successor"][0].code == "not_issued"
    change(plan, cast, ChangeKind.REPLACE, successor=other)
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED
    assert Notification.objects.get(person=cast.secretary).title == f"Thay bằng Kế hoạch {other}: Kế hoạch {plan}"
    with pytest.raises(ValidationError):
        change(plan, cast, ChangeKind.RESUME, now=LONG_AFTER)


def test_a_change_nobody_would_notice_is_refused_and_writes_nothing(plan, cast):
    for wrong in (
        {"new_day": DUE},
        {"new_day": dt.date(2026, 5, 20)},
        {"new_day": LATER, "basis_dated_on": dt.date(2026, 5, 22)},
    ):
        with pytest.raises(ValidationError):
            change(plan, cast, ChangeKind.DEADLINE, duty=duty(plan), **wrong)
    assert PlanChange.objects.count() == 0


def test_what_somebody_changed_meanwhile_is_not_changed_twice(plan, cast):
    wanted = Wanted(kind=ChangeKind.PAUSE, **BASIS)
    change(plan, cast, ChangeKind.DROP, duty=duty(plan))
    with pytest.raises(ValidationError) as refused:
        change_plan(plan=plan, wanted=wanted, by=cast.compiler, at=BEFORE, known=0)
    assert refused.value.code == "changed"
    assert Plan.objects.get(pk=plan.pk).state == PlanState.ISSUED


def test_a_change_takes_as_many_queries_for_forty_units_as_for_two(plan, cast):
    with CaptureQueriesContext(
        connection,
    ) as small:
        change(plan, cast, ChangeKind.DEADLINE, duty=duty(plan), new_day=LATER)
    units = [factories.make_unit(cast.ward) for _ in range(40)]
    for unit in units:
        factories.make_person(unit, Role.SECRETARY)
    large_plan = factories.make_issued_plan(cast.ward, units=units, issued_at=ISSUED_AT)
    with CaptureQueriesContext(connection) as large:
        change(large_plan, cast, ChangeKind.DEADLINE, duty=duty(large_plan), new_day=LATER)
    assert len(large) <= len(small) + 2


def test_the_page_shows_who_is_touched_before_anything_is_written(plan, cast, sign_in):
    client = sign_in(cast.compiler)
    address = reverse("campaigns:change-new", args=[plan.pk, "doi-han"])
    assert "Xem trước" in client.get(address).content.decode()
    facts = {
        "basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": "02/6/2026", "basis_issuer": "Đảng ủy phường",
        "duty": duty(plan).pk, "new_day": "18/6/2026", "known": "0",
    }  # fmt: skip
    preview = client.post(address, facts).content.decode()
    assert "<strong>2</strong> việc: hạn 04/6/2026 thành hết thứ Năm, 18/6/2026." in preview
    assert cast.own_unit.name in preview
    assert "lời nhắc theo hạn mới được lập lại" in preview
    assert PlanChange.objects.count() == 0
    assert 'value="128-CV/ĐU"' in client.post(address, facts | {"act": "edit"}).content.decode()
    facts["seen"] = re.search(r'name="seen" value="(\w+)"', preview)[1]
    done = client.post(address, facts | {"act": "confirm"}, follow=True).content.decode()
    assert "Theo Công văn số 128-CV/ĐU, ngày 02/6/2026 của Đảng ủy phường" in done
    assert owed(plan, cast.own_unit).due_on == LATER
    page = sign_in(cast.secretary).get(plan.get_absolute_url()).content.decode()
    assert "Đã thay đổi sau khi ban hành" in page
    again = sign_in(cast.compiler).post(address, facts | {"new_day": "25/6/2026", "act": "confirm"}).content.decode()
    assert "đã được người khác sửa" in again
    assert owed(plan, cast.own_unit).due_on == LATER


def test_a_confirmation_is_refused_when_what_the_preview_showed_is_no_longer_so(plan, cast, sign_in):
    client = sign_in(cast.compiler)
    address = reverse("campaigns:change-new", args=[plan.pk, "bo-viec"])
    facts = {
        "basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": "02/6/2026", "basis_issuer": "Đảng ủy phường",
        "duty": duty(plan).pk, "known": "0",
    }  # fmt: skip
    unseen = client.post(address, facts | {"act": "confirm"}).content.decode()
    assert "xem trước" in unseen  # nothing is written that nobody looked at
    assert "lời nhắc theo hạn mới" not in unseen  # what is dropped has no day to be reminded by
    facts["seen"] = re.search(r'name="seen" value="(\w+)"', unseen)[1]
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=factories.NOW)
    again = client.post(address, facts | {"act": "confirm"}).content.decode()
    assert "Từ lúc đồng chí xem trước" in again
    assert "<strong>1</strong> việc chưa làm dừng lại" in again
    assert PlanChange.objects.count() == 0
    facts["seen"] = re.search(r'name="seen" value="(\w+)"', again)[1]
    client.post(address, facts | {"act": "confirm"})
    assert owed(plan, cast.own_unit).state == AssignmentState.SUBMITTED
    assert owed(plan, cast.other_unit).state == AssignmentState.CANCELLED


def test_every_kind_of_change_has_a_page_that_works(plan, cast, sign_in):
    client = sign_in(cast.clerk)
    page = client.get(reverse("campaigns:change-list", args=[plan.pk])).content.decode()
    for slug in ("doi-han", "them-viec", "bo-viec", "doi-co-quan", "doi-phoi-hop", "tam-dung", "dung", "thay-the"):
        address = reverse("campaigns:change-new", args=[plan.pk, slug])
        assert address in page
        assert client.get(address).status_code == 200
    assert client.get(reverse("campaigns:change-new", args=[plan.pk, "khac"])).status_code == 404
    change(plan, cast, ChangeKind.PAUSE)
    stopped = client.get(plan.get_absolute_url()).content.decode()
    assert "Tạm dừng theo văn bản số 128-CV/ĐU, ngày 21/5/2026" in stopped
    assert (
        reverse("campaigns:change-new", args=[plan.pk, "tiep-tuc"])
        in client.get(reverse("campaigns:change-list", args=[plan.pk])).content.decode()
    )
