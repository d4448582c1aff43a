"""A new last day, whatever gave it: told once, in one order of locks, never under a plan that rests; turns follow too."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from campaigns.change_effects import Wanted
from campaigns.choices import AssignmentState, ChangeKind, ChaseStep, DeadlineRule, PlanState, Product
from campaigns.models import Assignment, DirectiveChange, DirectiveTask, Notification, Plan, Reminder
from campaigns.selectors.changes import duties_for
from campaigns.services import assignments as duties
from campaigns.services.carrying import merge_units
from campaigns.services.changes import change_plan
from campaigns.services.escalation import plan_escalations
from campaigns.services.issuing import close_plan, reopen_plan, withdraw_plan
from campaigns.services.reminders import plan_reminders
from campaigns.services.turns import make_turns
from campaigns.verdicts import verdict_of
from tests import factories
from tests.campaigns.owed import at, counted, counters, held_elsewhere
from units.choices import Role

DUE = factories.LAST_DAY  # Thursday 04/6
MONTHLY = {"rule": DeadlineRule.RECURRING, "deadline_phrase": "định kỳ trước ngày 15 hằng tháng"}
FIRST = dt.date(2026, 6, 14)
JULY, AUGUST = dt.date(2026, 7, 14), dt.date(2026, 8, 14)


@pytest.fixture(autouse=True)
def no_letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def plan(cast, clock):
    issued = at(dt.date(2026, 5, 20))
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], issued_at=issued)
    plan_reminders(assignments=list(plan.assignments.all()), now=issued)
    return plan


@pytest.fixture
def monthly(plan, cast):
    duty = factories.make_duty(plan, lead=cast.body, product=Product.ACTION, text="Báo cáo tháng.", last_day=FIRST, **MONTHLY)
    factories.make_assignment(duty, cast.body)
    return duty


def owed(plan, unit, product=Product.REPORT):
    return Assignment.objects.select_related("plan", "duty", "unit").get(plan=plan, unit=unit, product=product)


def change(plan, cast, kind, day, **facts):
    basis = {"basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": day, "basis_issuer": "Đảng ủy phường"}
    return change_plan(plan=plan, wanted=Wanted(kind=kind, **basis | facts), by=cast.compiler, at=at(day))


def merge(cast, units, day):
    new = {"parent": cast.ward, "kind": units[0].kind, "name": "Đơn vị Hợp Nhất", "short_name": "Hợp Nhất", "code": "HN"}
    basis = "Quyết định số 12-QĐ/ĐU"
    return merge_units(units=units, into=None, new=new, effective_on=day, basis=basis, keep=(), by=cast.admin, at=at(day))


def turns(duty):
    return list(duty.arisen.order_by("turn_on").values_list("turn_on", flat=True))


def leads(duty):
    return [duty.lead, *(turn.lead for turn in duty.arisen.order_by("turn_on"))]


def done(assignment, by, day):
    return duties.record_progress(assignment=assignment, state="done", note="", by=by, at=at(day))


def test_a_clause_dropped_after_its_first_turn_stops_the_open_turn_and_makes_no_more(plan, monthly, cast):
    done(Assignment.objects.get(duty=monthly), cast.contact, FIRST)
    make_turns(now=at(dt.date(2026, 6, 20)))
    assert turns(monthly) == [JULY]
    assert monthly in duties_for(plan, ChangeKind.DROP)
    assert not duties_for(plan, ChangeKind.DROP).filter(turn_on__isnull=False).exists()
    made = change(plan, cast, ChangeKind.DROP, dt.date(2026, 6, 21), duty=monthly)
    assert [line.new_state for line in made.lines.all()] == [AssignmentState.CANCELLED]
    assert make_turns(now=at(dt.date(2026, 9, 1))) == 0
    assert counters() == counted()


def test_a_clause_between_two_turns_can_be_dropped_and_handed_over(plan, monthly, cast):
    fresh = factories.make_unit(cast.ward, kind="body")
    done(Assignment.objects.get(duty=monthly), cast.contact, FIRST)
    person = factories.make_person(fresh, Role.CONTACT)
    change(plan, cast, ChangeKind.LEAD, dt.date(2026, 6, 14), duty=monthly, new_lead=fresh)
    told = Notification.objects.filter(title__startswith="Đổi cơ quan chủ trì").values_list("person", flat=True)
    assert set(told) == {person.pk, cast.contact.pk}  # nothing is open now, and both learn of the turns to come
    make_turns(now=at(dt.date(2026, 6, 20)))
    assert Assignment.objects.get(duty__origin=monthly).unit == fresh
    with pytest.raises(ValidationError):  # it leads already
        change(plan, cast, ChangeKind.LEAD, dt.date(2026, 6, 20), duty=monthly, new_lead=fresh)


def test_a_turn_handed_over_takes_the_clause_and_its_later_turns_with_it(plan, monthly, cast):
    fresh = factories.make_unit(cast.ward, kind="body")
    make_turns(now=at(dt.date(2026, 6, 20)))  # two turns are open: the first one and July's
    made = change(plan, cast, ChangeKind.LEAD, dt.date(2026, 6, 21), duty=monthly.arisen.get(), new_lead=fresh)
    rows = Assignment.objects.filter(unit=fresh).order_by("due_on")
    assert ([row.due_on for row in rows], made.duty) == ([FIRST, JULY], monthly)
    make_turns(now=at(dt.date(2026, 7, 20)))
    monthly.refresh_from_db()
    assert (turns(monthly), leads(monthly)) == ([JULY, AUGUST], [fresh] * 3)
    assert counters() == counted()


def test_the_lead_of_a_clause_that_merges_between_two_turns_is_followed(plan, monthly, cast):
    done(Assignment.objects.get(duty=monthly), cast.contact, FIRST)
    third = merge(cast, [cast.body], dt.date(2026, 6, 15))
    make_turns(now=at(dt.date(2026, 6, 20)))
    assert Assignment.objects.get(duty__origin=monthly).unit == third


def test_turns_of_the_days_on_which_the_plan_rested_are_never_made(plan, monthly, cast):
    change(plan, cast, ChangeKind.PAUSE, dt.date(2026, 6, 10))
    change(plan, cast, ChangeKind.RESUME, dt.date(2026, 9, 1))
    make_turns(now=at(dt.date(2026, 9, 1)))
    assert turns(monthly) == [dt.date(2026, 9, 14)]
    assert not Assignment.objects.filter(duty__origin=monthly).overdue(on=dt.date(2026, 9, 1)).exists()


def test_a_first_day_told_later_and_then_moved_does_not_move_the_turns_after_it(plan, cast):
    quarterly = factories.make_duty(
        plan, lead=cast.body, product=Product.DOCUMENT, rule=DeadlineRule.RECURRING, deadline_phrase="định kỳ hằng quý", last_day=None
    )
    factories.make_assignment(quarterly, cast.body, due_on=dt.date(2026, 6, 30))
    change(plan, cast, ChangeKind.DEADLINE, dt.date(2026, 6, 20), duty=quarterly, new_day=dt.date(2026, 7, 10))
    make_turns(now=at(dt.date(2026, 9, 1)))
    assert turns(quarterly) == [dt.date(2026, 9, 30)]


def told_above():
    return Reminder.objects.exclude(step=ChaseStep.UNIT).count()


def test_those_above_are_not_told_again_of_the_days_before_a_plan_went_on(plan, cast):
    factories.make_membership(cast.secretary, cast.own_unit, Role.HELPER, position="Thẻ thứ hai")
    late = DUE + dt.timedelta(days=4)  # Monday: two working days late
    plan_escalations(now=at(late))
    before = told_above()
    change(plan, cast, ChangeKind.PAUSE, late)
    change(plan, cast, ChangeKind.RESUME, late)
    plan_escalations(now=at(late, dt.time(9, 30)))
    again = Reminder.objects.exclude(step=ChaseStep.UNIT).filter(due_version__gt=1)
    assert before > 0
    assert not again.filter(remind_at__lt=at(late)).exists()


def test_those_above_are_not_told_of_an_old_day_of_a_unit_that_came_after(plan, cast):
    late = DUE + dt.timedelta(days=4)
    third = merge(cast, [cast.own_unit, cast.other_unit], late)
    plan_escalations(now=at(late, dt.time(10, 0)))
    assert not Reminder.objects.filter(assignment__unit=third, remind_at__lt=at(late)).exists()


def test_a_plan_that_rests_is_not_closed_by_hand_and_one_closed_so_can_go_on(plan, cast):
    change(plan, cast, ChangeKind.PAUSE, dt.date(2026, 5, 21))
    with pytest.raises(ValidationError):
        close_plan(plan=plan, by=cast.clerk, now=at(dt.date(2026, 5, 22)))
    plan.refresh_from_db()
    assert plan.state == PlanState.PAUSED
    plan.state = PlanState.CLOSED  # as an earlier version let it be
    plan.closed_at, plan.closed_by = at(dt.date(2026, 5, 22)), cast.clerk
    plan.save(update_fields=["state", "closed_at", "closed_by"])
    change(plan, cast, ChangeKind.RESUME, dt.date(2026, 5, 23))
    assert owed(plan, cast.own_unit).due_on == DUE + dt.timedelta(days=2)


@pytest.mark.parametrize("end", ["close", "withdraw"])
def test_a_plan_that_ended_leaves_no_task_about_its_directive(plan, cast, end):
    directive = plan.directive_links.first().directive
    facts = {"fate": "revoked", "basis_number": "12-CV/TU", "basis_dated_on": DUE, "basis_issuer": "Tỉnh ủy"}
    fate = DirectiveChange.objects.create(
        directive=directive, basis_kind="CV", recorded_at=factories.NOW, recorded_by=cast.clerk, **facts
    )
    task = DirectiveTask.objects.create(change=fate, plan=plan)
    if end == "close":
        close_plan(plan=plan, by=cast.clerk, now=factories.NOW)
    else:
        withdraw_plan(plan=plan, reason="Ban hành nhầm.", by=cast.clerk, now=factories.NOW)
    task.refresh_from_db()
    assert (task.handled_by, task.handled_at) == (cast.clerk, factories.NOW)


def test_units_merged_while_the_plan_was_ended_owe_what_comes_back(plan, cast):
    change(plan, cast, ChangeKind.END, dt.date(2026, 5, 21))
    third = merge(cast, [cast.own_unit, cast.other_unit], dt.date(2026, 5, 23))
    assert not Assignment.objects.filter(unit=third).exists()
    change(plan, cast, ChangeKind.RESUME, dt.date(2026, 5, 25))
    day = DUE + dt.timedelta(days=4)
    rows = Assignment.objects.filter(unit=third).values_list("product", "state", "due_on")
    assert set(rows) == {("study", "todo", day), ("report", "todo", day)}
    assert not Assignment.objects.open().filter(unit__in=[cast.own_unit, cast.other_unit]).exists()
    assert counters() == counted()


def test_units_merged_while_the_plan_was_closed_are_followed_when_it_is_taken_up_again(plan, cast):
    close_plan(plan=plan, by=cast.clerk, now=at(dt.date(2026, 5, 21)))
    third = merge(cast, [cast.own_unit, cast.other_unit], dt.date(2026, 5, 23))
    plan.refresh_from_db()
    reopen_plan(plan=plan, by=cast.clerk, now=at(dt.date(2026, 5, 25)))
    rows = Assignment.objects.filter(unit=third).values_list("product", "state", "due_on")
    assert set(rows) == {("study", "todo", DUE), ("report", "todo", DUE)}
    assert not Assignment.objects.open().filter(unit__in=[cast.own_unit, cast.other_unit]).exists()
    assert counters() == counted()


def test_a_report_returned_while_the_plan_rests_is_not_late_and_gets_its_day_back(plan, cast):
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=at(dt.date(2026, 5, 21)))
    change(plan, cast, ChangeKind.PAUSE, dt.date(2026, 5, 22))
    duties.mark_returned(unit=cast.own_unit, plan=plan, by=cast.compiler, at=at(dt.date(2026, 7, 1)))
    row = owed(plan, cast.own_unit)
    assert (row.state, row.due_on) == (AssignmentState.RETURNED, None)
    with pytest.raises(ValidationError) as refused:
        duties.extend(assignment=row, due_on=dt.date(2026, 7, 9), reason="Bão.", by=cast.compiler, at=at(dt.date(2026, 7, 1)))
    assert refused.value.code == "resting"
    change(plan, cast, ChangeKind.RESUME, dt.date(2026, 7, 1))
    assert owed(plan, cast.own_unit).due_on == DUE + dt.timedelta(days=40)
    assert counters() == counted()


def test_what_stopped_with_its_plan_is_not_asked_again_one_by_one(plan, cast):
    change(plan, cast, ChangeKind.END, dt.date(2026, 5, 21))
    with pytest.raises(ValidationError) as refused:
        duties.reopen(assignment=owed(plan, cast.own_unit), reason="Nhầm.", by=cast.compiler, at=at(DUE))
    assert refused.value.code == "by_paper"


def test_a_day_given_back_as_it_was_is_judged_by_the_words_of_the_plan(plan, cast):
    plan.deadline_reading = "tolerant"
    plan.save(update_fields=["deadline_reading"])
    plan.duties.update(rule=DeadlineRule.BEFORE)
    change(plan, cast, ChangeKind.PAUSE, dt.date(2026, 5, 21))
    change(plan, cast, ChangeKind.RESUME, dt.date(2026, 5, 21))
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=at(DUE + dt.timedelta(days=1)))
    assert verdict_of(owed(plan, cast.own_unit)).kind == "due_day"


def test_many_are_extended_in_as_many_queries_as_two(plan, cast, django_assert_max_num_queries):
    units = [factories.make_unit(cast.ward) for _ in range(30)]
    for unit in units:
        factories.make_person(unit, Role.SECRETARY)
    large = factories.make_issued_plan(cast.ward, units=units)
    rows = list(large.assignments.all())
    with django_assert_max_num_queries(40):
        made = duties.extend_many(assignments=rows, due_on=dt.date(2026, 6, 20), reason="Bão.", by=cast.compiler, at=factories.NOW)
    assert len(made) == 60
    assert Notification.objects.filter(title__startswith="Được gia hạn").count() == 60
    assert counters() == counted()


@pytest.fixture
def impatient(plan):
    """Who waits for a lock gives up at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
        yield
        cursor.execute("RESET lock_timeout")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("impatient")
def test_who_extends_asks_for_the_plan_before_any_obligation(plan, cast):
    """A change holds the plan and wants the obligations: whoever held one of these and wanted more would stop both."""
    rows = [owed(plan, unit) for unit in (cast.own_unit, cast.other_unit)]
    facts = {"due_on": DUE + dt.timedelta(days=9), "reason": "Bão.", "by": cast.compiler, "at": factories.NOW}
    with held_elsewhere(Plan, plan.pk):
        with pytest.raises(OperationalError, match="lock timeout"):
            duties.extend_many(assignments=rows, **facts)
        with pytest.raises(OperationalError, match="lock timeout"):
            duties.extend(assignment=rows[0], **facts)
    assert len(duties.extend_many(assignments=rows, **facts)) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("impatient")
def test_a_change_does_not_wait_for_a_sender_that_writes_reminders(plan, cast):
    """Writing a reminder holds the key of its obligation; a change moves days and no keys."""
    with held_elsewhere(Assignment, owed(plan, cast.own_unit).pk, "FOR KEY SHARE"):
        change(plan, cast, ChangeKind.PAUSE, dt.date(2026, 5, 21))
    assert set(plan.assignments.values_list("due_on", flat=True)) == {None}
