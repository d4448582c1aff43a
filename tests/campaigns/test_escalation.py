"""What is overdue goes up step by step, each after its own delay, and stops when the unit has reported."""

import datetime as dt

import pytest
from django.core import mail

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, ChaseStep
from campaigns.digest_words import MOST_NAMES
from campaigns.ladder import Ladder
from campaigns.models import Notification, Plan, Reminder
from campaigns.selectors.chase import plan_facts, unit_facts
from campaigns.services import assignments as duties
from campaigns.services.calls import record_call
from campaigns.services.carrying import merge_units
from campaigns.services.changes import change_plan
from campaigns.services.clock import tick
from campaigns.services.escalation import plan_escalations
from campaigns.services.issuing import close_plan, reopen_plan
from campaigns.services.ladders import set_ladder
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role
from units.models import Membership

ISSUED_AT = at(dt.date(2026, 5, 20))
EARLY = dt.time(7, 30)
# The due day is Thursday 04/6: 1, 2, 3 and 5 working days after it.
DAYS = {
    "second": dt.date(2026, 6, 5),
    "in_charge": dt.date(2026, 6, 8),
    "compiler": dt.date(2026, 6, 9),
    "leader": dt.date(2026, 6, 11),
}


@pytest.fixture
def member(cast):
    """The committee member in charge of both units."""
    member = factories.make_user(full_name="Nguyễn Văn An")
    for unit in (cast.own_unit, cast.other_unit):
        unit.in_charge = member
        unit.save()
    return member


@pytest.fixture
def plan(cast, member):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], issued_at=ISSUED_AT)
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def pass_days(first, last, *, times=(dt.time(6, 30), EARLY, dt.time(12, 0))):
    """Let the clock tick through the days."""
    day = first
    while day <= last:
        for time in times:
            tick(now=at(day, time))
        day += dt.timedelta(days=1)


def told_on():
    """{step: the days on which somebody was told as that step}."""
    rows = Reminder.objects.filter(state="sent").exclude(step="unit").order_by("delivery_day")
    found = {}
    for step, day in rows.values_list("step", "delivery_day"):
        found.setdefault(step, set()).add(day)
    return found


def test_each_step_is_told_on_its_own_day(plan, cast, member):
    pass_days(dt.date(2026, 6, 1), dt.date(2026, 6, 15))
    assert told_on() == {step: {day} for step, day in DAYS.items()}
    told = dict(Reminder.objects.filter(state="sent").exclude(step="unit").values_list("step", "person"))
    assert told == {
        "second": cast.helper.pk,
        "in_charge": member.pk,
        "compiler": cast.compiler.pk,
        "leader": cast.leader.pk,
    }


def test_one_line_a_plan_names_the_units_of_the_member(plan, cast, member):
    pass_days(dt.date(2026, 6, 5), DAYS["in_charge"])
    digest = Notification.objects.get(person=member)
    assert digest.title == "2 đơn vị có việc quá hạn"
    directive = plan.directive_links.get().directive.short_form
    names = ", ".join(sorted([cast.own_unit.short_name, cast.other_unit.short_name]))
    assert digest.body.splitlines() == [
        f"Kế hoạch số {plan.paper.number_text} ({directive}): 2 đơn vị đồng chí phụ trách {what}, "
        f"hạn hết thứ Năm, 04/6/2026 (đã quá hạn 4 ngày): {names}."
        for what in ("chưa học", "chưa báo cáo")
    ]


def test_the_second_card_reads_the_same_line_as_the_secretary(plan, cast):
    pass_days(dt.date(2026, 6, 4), DAYS["second"])
    secretary = Notification.objects.filter(person=cast.secretary).first()
    assert Notification.objects.get(person=cast.helper).body == secretary.body


def test_a_letter_to_those_above_says_the_same(plan, cast, member):
    pass_days(dt.date(2026, 6, 8), DAYS["in_charge"])
    letter = next(one for one in mail.outbox if one.to == [member.email])
    assert letter.subject == "2 đơn vị có việc quá hạn"
    assert cast.own_unit.short_name in letter.body
    assert "http" not in letter.body.split("Thư này")[0]


def test_nobody_above_hears_of_a_unit_that_has_reported(plan, cast):
    for product, close in (("study", duties.mark_studied), ("report", duties.mark_submitted)):
        target = {"plans": [plan]} if product == "study" else {"plan": plan}
        close(unit=cast.own_unit, by=cast.secretary, at=at(dt.date(2026, 6, 5)), **target)
    pass_days(dt.date(2026, 6, 5), dt.date(2026, 6, 15))
    bodies = " ".join(
        Notification.objects.filter(person__in=[cast.compiler, cast.leader]).values_list("body", flat=True)
    )
    assert (cast.own_unit.short_name in bodies, cast.other_unit.short_name in bodies) == (False, True)


def test_a_promise_holds_those_above_back_too(plan, cast, member):
    promised = dt.date(2026, 6, 10)
    record_call(
        unit=cast.own_unit, outcome="promised", promised_on=promised, by=cast.compiler, at=at(dt.date(2026, 6, 5))
    )
    pass_days(dt.date(2026, 6, 8), dt.date(2026, 6, 9))
    assert cast.own_unit.short_name not in Notification.objects.get(person=member).body
    pass_days(promised, promised)
    assert cast.own_unit.short_name in Notification.objects.filter(person=member).first().body


def test_an_extension_starts_the_steps_anew(plan, cast):
    pass_days(dt.date(2026, 6, 5), DAYS["second"])
    for row in plan.assignments.select_related("plan__ward", "unit", "duty"):
        duties.extend(
            assignment=row, due_on=dt.date(2026, 6, 18), reason="Mưa lũ.", by=cast.compiler, at=at(dt.date(2026, 6, 5))
        )
    pass_days(dt.date(2026, 6, 6), dt.date(2026, 6, 19))
    assert told_on() == {"second": {dt.date(2026, 6, 5), dt.date(2026, 6, 19)}}


def test_steps_before_the_issue_are_skipped(cast, member):
    late = at(dt.date(2026, 6, 9), dt.time(9, 0))
    factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=late)
    pass_days(dt.date(2026, 6, 9), dt.date(2026, 6, 15), times=(dt.time(9, 30),))
    assert told_on() == {"leader": {dt.date(2026, 6, 11)}}


def test_over_tet_the_steps_wait_until_the_office_is_back(cast, member):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=at(dt.date(2027, 1, 4)))
    due = dt.date(2027, 1, 29)  # the last working day before 23 tháng Chạp
    plan.assignments.update(due_on=due)
    factories.recount(plan_ids=[plan.pk])
    pass_days(due, dt.date(2027, 2, 20), times=(EARLY,))
    assert min(min(days) for days in told_on().values()) == dt.date(2027, 2, 12)


def test_the_deputy_is_told_where_one_is_named(plan, cast):
    Membership.objects.filter(user=cast.leader).update(position="Bí thư Đảng ủy")
    deputy = factories.make_user(full_name="Trần Thị Bình")
    factories.make_membership(deputy, cast.ward, Role.LEADER, position="Phó Bí thư Thường trực")
    pass_days(dt.date(2026, 6, 8), DAYS["leader"])
    assert set(Reminder.objects.filter(step="leader").values_list("person", flat=True)) == {deputy.pk}


def test_a_step_nobody_holds_is_left_out(plan, cast):
    Membership.objects.filter(role=Role.HELPER).delete()
    pass_days(dt.date(2026, 6, 5), DAYS["second"])
    assert not Reminder.objects.filter(step="second").exists()


def test_planning_twice_writes_nothing_new_and_asks_as_often_for_40_units(plan, cast, django_assert_max_num_queries):
    now = at(DAYS["compiler"], dt.time(6, 0))
    factories.make_issued_plan(cast.ward, units=[factories.make_unit(cast.ward)], issued_at=ISSUED_AT)  # nobody there
    with django_assert_max_num_queries(60) as few:
        assert plan_escalations(now=now) == 12
    assert plan_escalations(now=now) == 0
    Plan.objects.update(state="closed")
    units = [factories.make_unit(cast.ward) for _ in range(40)]
    factories.make_issued_plan(cast.ward, units=units, issued_at=ISSUED_AT)
    with django_assert_max_num_queries(len(few)):
        assert plan_escalations(now=now) == 80


def test_a_long_list_of_units_is_cut_with_their_number(cast):
    units = [factories.make_unit(cast.ward) for _ in range(MOST_NAMES + 3)]
    factories.make_issued_plan(cast.ward, units=units, issued_at=ISSUED_AT)
    pass_days(DAYS["compiler"], DAYS["compiler"])
    body = Notification.objects.get(person=cast.compiler).body
    assert f"{MOST_NAMES + 3} đơn vị chưa báo cáo" in body
    assert body.splitlines()[0].endswith(" và 3 đơn vị khác.")


def test_another_ward_is_not_told(plan, cast):
    pass_days(dt.date(2026, 6, 5), dt.date(2026, 6, 12))
    assert not Reminder.objects.filter(person__in=[cast.foreign_clerk, cast.foreign_admin]).exists()


def test_a_plan_has_its_own_ladder(plan, cast, member):
    set_ladder(plan=plan, ladder=Ladder(own=(-2, 0), above=(("leader", 1),)), by=cast.compiler, at=ISSUED_AT)
    waiting = Reminder.objects.filter(state="waiting")
    assert set(waiting.values_list("rung", flat=True)) == {-2, 0}
    pass_days(dt.date(2026, 6, 4), dt.date(2026, 6, 15))
    assert told_on() == {"leader": {dt.date(2026, 6, 5)}}


def test_a_ladder_changed_midway_keeps_what_was_sent_and_comes_back(plan, cast):
    tick(now=at(dt.date(2026, 5, 28), EARLY))
    when = at(dt.date(2026, 5, 29))
    set_ladder(plan=plan, ladder=Ladder(own=(0,), above=()), by=cast.compiler, at=when)
    assert sorted(set(Reminder.objects.exclude(state="cancelled").values_list("rung", "state"))) == [
        (-7, "sent"),
        (0, "waiting"),
    ]
    set_ladder(plan=plan, ladder=Ladder(), by=cast.compiler, at=when)
    assert set(Reminder.objects.filter(state="waiting").values_list("rung", flat=True)) == {-3, -1, 0, 1, 3}
    assert set(Reminder.objects.values_list("step", flat=True)) == {ChaseStep.UNIT}


def test_a_silent_ladder_reminds_nobody(plan, cast):
    set_ladder(plan=plan, ladder=Ladder(own=(), above=()), by=cast.compiler, at=ISSUED_AT)
    pass_days(dt.date(2026, 5, 28), dt.date(2026, 6, 12))
    assert not Notification.objects.exclude(person=cast.leader).exists()  # leaders are told how each week begins


def test_the_ladder_is_changed_and_read_on_pages(plan, cast, sign_in, clock):
    client = sign_in(cast.compiler)
    address = f"/ke-hoach/{plan.pk}/nhac-viec/thang/"
    page = client.get(address).content.decode()
    assert 'value="7, 3, 1"' in page
    assert "thứ Ba, 09/6/2026" in page
    refused = client.post(address, {"before": "7, bảy", "leader": "4"}).content.decode()
    assert "Đồng chí ghi các số ngày từ 1 đến 30" in refused
    done = client.post(
        address, {"before": "5 2", "on_day": "on", "after": "", "leader": "4"}, follow=True
    ).content.decode()
    assert "Đã đổi thang nhắc việc." in done
    assert "thứ Tư, 10/6/2026" in done
    assert Plan.objects.get().ladder.rungs.count() == 4
    assert sign_in(cast.leader).get(f"/ke-hoach/{plan.pk}/nhac-viec/").status_code == 200
    assert sign_in(cast.leader).get(address).status_code == 403


def test_what_was_done_is_read_as_facts(plan, cast, member, sign_in, django_assert_max_num_queries):
    pass_days(dt.date(2026, 6, 4), dt.date(2026, 6, 8), times=(EARLY,))
    record_call(unit=cast.own_unit, outcome="called", note="Sẽ nộp", by=cast.compiler, at=at(dt.date(2026, 6, 9)))
    client = sign_in(cast.compiler)
    page = client.get(f"/ke-hoach/{plan.pk}/nhac-viec/").content.decode()
    assert "Cấp ủy viên phụ trách" in page
    assert "Sẽ nộp" in page
    with django_assert_max_num_queries(20):
        page = client.get(f"/can-goi/{cast.own_unit.pk}/lich-su/").content.decode()
    for words in (
        member.full_name,
        "2 ngày làm việc sau hạn",
        "trong ngày hạn",
        "thư điện tử: đã gửi",
        "Gọi điện: Đã gọi",
    ):
        assert words in page
    assert cast.other_secretary.full_name not in page


BASIS = {
    "basis_kind": "CV",
    "basis_number": "128-CV/ĐU",
    "basis_dated_on": dt.date(2026, 5, 21),
    "basis_issuer": "Đảng ủy phường",
}


def steps_told(*, since):
    """[(step, day)] of those above who were told from `since` on."""
    rows = Reminder.objects.filter(state="sent", delivery_day__gte=since).exclude(step="unit")
    return sorted(set(rows.values_list("step", "delivery_day")))


def rest_and_go_on(plan, cast, *, paused_at, resumed_at):
    for kind, now in ((ChangeKind.PAUSE, paused_at), (ChangeKind.RESUME, resumed_at)):
        change_plan(plan=plan, wanted=Wanted(kind=kind, **BASIS), by=cast.compiler, at=now)


def test_a_plan_that_goes_on_gives_a_late_duty_a_new_day_and_those_above_are_told_by_that_day_alone(plan, cast):
    pass_days(dt.date(2026, 6, 5), DAYS["compiler"])
    paused_at, resumed_at = at(DAYS["compiler"], dt.time(14, 0)), at(dt.date(2026, 6, 10), dt.time(9, 0))
    rest_and_go_on(plan, cast, paused_at=paused_at, resumed_at=resumed_at)
    due = dt.date(2026, 6, 11)  # late before the rest: the first working day after it
    assert set(plan.assignments.values_list("due_on", flat=True)) == {due}
    pass_days(dt.date(2026, 6, 10), dt.date(2026, 6, 20))
    days = {"second": 12, "in_charge": 15, "compiler": 16, "leader": 18}
    assert dict(steps_told(since=dt.date(2026, 6, 10))) == {step: dt.date(2026, 6, day) for step, day in days.items()}


def test_units_that_merge_start_no_step_anew(plan, cast):
    pass_days(dt.date(2026, 6, 5), DAYS["compiler"])
    merged = factories.make_unit(cast.ward, in_charge=cast.own_unit.in_charge)
    factories.make_person(merged, Role.HELPER)
    factories.make_person(merged, Role.SECRETARY)
    day = dt.date(2026, 6, 10)
    merge_units(
        units=[cast.own_unit, cast.other_unit], into=merged, new=None, effective_on=day, basis="Quyết định số 12-QĐ/ĐU",
        keep=(), by=cast.admin, at=at(day),
    )  # fmt: skip
    assert merged.assignments.filter(state="todo", due_on=dt.date(2026, 6, 4)).count() == 2
    pass_days(day, dt.date(2026, 6, 20), times=(dt.time(9, 30),))
    assert steps_told(since=day) == [("leader", DAYS["leader"])]


def test_a_report_that_was_returned_late_does_not_go_up_at_once(plan, cast):
    for unit in (cast.own_unit, cast.other_unit):
        duties.mark_studied(unit=unit, plans=[plan], by=cast.secretary, at=at(dt.date(2026, 6, 3)))
        duties.mark_submitted(unit=unit, plan=plan, by=cast.secretary, at=at(dt.date(2026, 6, 3)))
    returned_at = at(dt.date(2026, 6, 10))
    duties.mark_returned(unit=cast.own_unit, plan=plan, by=cast.compiler, at=returned_at)
    pass_days(dt.date(2026, 6, 10), dt.date(2026, 6, 20))
    assert steps_told(since=dt.date(2026, 6, 1)) == [("leader", DAYS["leader"])]


def test_a_study_taken_back_by_a_corrected_roll_does_not_go_up_at_once(plan, cast):
    for unit in (cast.own_unit, cast.other_unit):
        duties.mark_studied(unit=unit, plans=[plan], by=cast.compiler, at=at(dt.date(2026, 6, 3)))
        duties.mark_submitted(unit=unit, plan=plan, by=cast.secretary, at=at(dt.date(2026, 6, 3)))
    wrong = plan.assignments.filter(unit=cast.own_unit, product="study")
    duties.mark_unstudied(assignments=wrong, reason="Nhầm đơn vị.", by=cast.compiler, at=at(dt.date(2026, 6, 10)))
    pass_days(dt.date(2026, 6, 10), dt.date(2026, 6, 20))
    assert steps_told(since=dt.date(2026, 6, 1)) == [("leader", DAYS["leader"])]


def test_a_plan_that_is_taken_up_again_tells_of_no_day_on_which_it_was_closed(plan, cast):
    close_plan(plan=plan, by=cast.compiler, now=at(dt.date(2026, 6, 4)))
    reopen_plan(plan=plan, by=cast.compiler, now=at(dt.date(2026, 6, 10)))
    pass_days(dt.date(2026, 6, 10), dt.date(2026, 6, 20))
    assert steps_told(since=dt.date(2026, 6, 1)) == [("leader", DAYS["leader"])]


def test_a_step_that_finds_nobody_leaves_one_trace(plan, cast, member, sign_in):
    """other_unit has no second card, own_unit has one: the step is told of one and stands in the history of the other."""
    pass_days(dt.date(2026, 6, 4), dt.date(2026, 6, 8))
    step = ChaseStep.SECOND.label.lower()
    words = f"Nhắc {step}: không có người nhận"
    found = {unit: [fact.what for fact in unit_facts(unit)].count(words) for unit in (cast.own_unit, cast.other_unit)}
    assert found == {cast.own_unit: 0, cast.other_unit: 1}
    assert [fact.what for fact in unit_facts(cast.other_unit, plan=plan)].count(words) == 1
    assert (dt.date(2026, 6, 5), ChaseStep.SECOND.label, 0, 1) in plan_facts(plan)
    page = sign_in(cast.compiler).get(f"/ke-hoach/{plan.pk}/nhac-viec/").content.decode()
    assert "không có người nhận" in page
