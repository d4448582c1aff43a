"""An exemption with an end: nothing is asked until the day, then the duty is owed again by a new one and the unit told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.change_effects import Wanted
from campaigns.choices import AssignmentState, ChangeKind, Product, ReminderState
from campaigns.models import Assignment, Notification, Reminder
from campaigns.selectors.assignments import decisions_on
from campaigns.selectors.changes import duties_for
from campaigns.selectors.figures import plan_counts
from campaigns.services.assignments import mark_submitted, reopen
from campaigns.services.changes import change_plan
from campaigns.services.clock import tick
from campaigns.services.exemptions import end_exemptions, exempt
from reports.selectors.compiling import unit_rows
from reports.selectors.matrix import matrix_of
from reports.selectors.year_sheet import due_words, unit_years
from reports.services.sending import submit
from reports.services.sessions import record_session
from tests import factories
from tests.campaigns.owed import counted, counters
from units.templatetags.lantoa import vn_date

pytestmark = pytest.mark.usefixtures("clock")
UNTIL, NEW_DAY = dt.date(2026, 6, 15), dt.date(2026, 6, 20)


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])


def owed(plan, unit):
    return Assignment.objects.get(plan=plan, unit=unit, product=Product.REPORT)


@pytest.fixture
def let_off(plan, cast):
    row = owed(plan, cast.own_unit)
    return exempt(assignment=row, reason="Đi khắc phục lũ.", until=UNTIL, due_on=NEW_DAY, by=cast.compiler, at=factories.NOW)


def at(day):
    return dt.datetime.combine(day, dt.time(8, 0), tzinfo=factories.HANOI)


def test_the_duty_comes_back_the_day_after_with_its_new_day(let_off, plan, cast):
    first_day = let_off.due_on
    assert end_exemptions(now=at(UNTIL)) == 0
    assert owed(plan, cast.own_unit).state == AssignmentState.EXEMPT
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 1
    row = owed(plan, cast.own_unit)
    assert (row.state, row.due_on, row.original_due_on) == (AssignmentState.TODO, NEW_DAY, first_day)
    assert (row.exempted_at, row.exempted_until, row.due_after_exemption) == (None, None, None)
    assert Reminder.objects.filter(assignment=row, due_version=row.due_version, state=ReminderState.WAITING).exists()
    assert plan_counts([plan.pk], on=UNTIL)[plan.pk].asked == 2
    told = Notification.objects.filter(person=cast.secretary).latest("pk")
    assert told.title.startswith("Hết thời gian được miễn: hạn hết 20/6/2026, Kế hoạch")
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=2))) == 0


def test_the_clock_rings_it(let_off, plan, cast, clock):
    now = at(UNTIL + dt.timedelta(days=1))
    clock.move_to(now)
    tick(now=now)
    assert owed(plan, cast.own_unit).state == AssignmentState.TODO


def test_a_day_that_passed_while_the_plan_rested_gives_as_many_days_anew(let_off, plan, cast):
    plan.state = "paused"
    plan.save(update_fields=["state"])
    back = dt.date(2026, 7, 1)
    assert end_exemptions(now=at(back)) == 0
    plan.state = "issued"
    plan.save(update_fields=["state"])
    assert end_exemptions(now=at(back)) == 1
    assert owed(plan, cast.own_unit).due_on == dt.date(2026, 7, 5)


def test_a_unit_that_has_ended_is_asked_for_nothing(let_off, cast):
    cast.own_unit.active_to = UNTIL
    cast.own_unit.save(update_fields=["active_to"])
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 0


def test_taken_back_early_it_keeps_the_day_of_the_plan(let_off, plan, cast):
    reopen(assignment=let_off, reason="Về sớm.", by=cast.compiler, at=factories.NOW)
    row = owed(plan, cast.own_unit)
    assert (row.due_on, row.exempted_until) == (factories.LAST_DAY, None)
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 0


def paper(plan, cast, **facts):
    basis = {"basis_kind": "CV", "basis_number": "9-CV/ĐU", "basis_dated_on": factories.TODAY, "basis_issuer": "Đảng ủy"}
    return change_plan(plan=plan, wanted=Wanted(**basis | facts), by=cast.compiler, at=factories.NOW)


def test_a_later_day_by_paper_is_given_to_who_is_let_off_as_well(let_off, plan, cast):
    later, first_day = dt.date(2026, 6, 30), let_off.due_on
    change = paper(plan, cast, kind=ChangeKind.DEADLINE, duty=let_off.duty, new_day=later)
    row = owed(plan, cast.own_unit)
    assert (row.state, row.due_after_exemption) == (AssignmentState.EXEMPT, later)
    line = change.lines.get(assignment=row)
    assert (line.old_day, line.new_day) == (NEW_DAY, later)
    end_exemptions(now=at(UNTIL + dt.timedelta(days=1)))
    row = owed(plan, cast.own_unit)
    assert (row.state, row.due_on, row.original_due_on) == (AssignmentState.TODO, later, first_day)
    assert counters() == counted()


def test_a_paper_takes_no_day_from_who_is_let_off(let_off, plan, cast):
    paper(plan, cast, kind=ChangeKind.DEADLINE, duty=let_off.duty, new_day=NEW_DAY - dt.timedelta(days=2))
    assert owed(plan, cast.own_unit).due_after_exemption == NEW_DAY
    assert owed(plan, cast.other_unit).due_on == NEW_DAY - dt.timedelta(days=2)


def test_the_day_may_be_moved_when_only_who_is_let_off_still_owes_it(let_off, plan, cast):
    mark_submitted(unit=cast.other_unit, plan=plan, by=cast.other_secretary, at=factories.NOW)
    assert let_off.duty in duties_for(plan, ChangeKind.DEADLINE)


def test_a_plan_that_goes_on_with_one_day_gives_it_to_who_is_let_off_as_well(let_off, plan, cast):
    paper(plan, cast, kind=ChangeKind.PAUSE)
    paper(plan, cast, kind=ChangeKind.RESUME, new_day=dt.date(2026, 7, 10))
    assert owed(plan, cast.own_unit).due_after_exemption == dt.date(2026, 7, 10)


@pytest.mark.parametrize(
    ("until", "due_on", "code"),
    [
        (factories.TODAY - dt.timedelta(days=1), NEW_DAY, "past"),
        (UNTIL, None, "not_later"),
        (UNTIL, UNTIL, "not_later"),
    ],
)
def test_days_that_make_no_sense_are_refused_whole(plan, cast, until, due_on, code):
    row = owed(plan, cast.own_unit)
    with pytest.raises(ValidationError) as refused:
        exempt(assignment=row, reason="A", until=until, due_on=due_on, by=cast.compiler, at=factories.NOW)
    assert [error.code for errors in refused.value.error_dict.values() for error in errors] == [code]
    assert owed(plan, cast.own_unit).state == AssignmentState.TODO


def test_the_office_writes_it_and_every_page_says_until_when(plan, cast, sign_in):
    row = owed(plan, cast.own_unit)
    client = sign_in(cast.compiler)
    address = reverse("campaigns:assignment-exempt", args=[row.pk])
    shown = client.post(address, {"reason": "Đi khắc phục lũ.", "until": "15/6/2026", "due_on": "15/6/2026"})
    assert "Hạn mới phải sau ngày cuối được miễn" in shown.content.decode()
    shown = client.post(address, {"reason": "Đi khắc phục lũ.", "due_on": "20/6/2026"}).content.decode()
    assert "xóa hạn mới nếu miễn hẳn" in shown
    told = {"reason": "Đi khắc phục lũ.", "until": "15/6/2026", "due_on": "20/6/2026"}
    page = client.post(address, told, follow=True).content.decode()
    assert f"<dt>Được miễn</dt><dd>đến hết {vn_date(UNTIL)}, sau đó hạn hết {vn_date(NEW_DAY)}</dd>" in page
    assert [one.reason for one in decisions_on(row)] == [
        "Đi khắc phục lũ. (đến hết 15/6/2026, sau đó hạn hết 20/6/2026)"
    ]
    assert "Được miễn đến 15/6/2026" in client.get(reverse("reports:matrix")).content.decode()
    assert "Được miễn đến 15/6/2026" in client.get(reverse("campaigns:plan-assignments", args=[plan.pk])).content.decode()
    assert "Được miễn đến 15/6/2026" in sign_in(cast.secretary).get(reverse("campaigns:assignment-list")).content.decode()


def test_report_and_year_sheet_say_until_when(let_off, plan, cast):
    notes = {row.code: (row.standing, row.note) for row in unit_rows(plan, counted_at=factories.NOW)}
    assert notes[cast.own_unit.code] == ("exempt", "được miễn đến 15/6/2026")
    cells = {row.unit_id: row.cells[0] for row in matrix_of([plan], on=factories.TODAY)}
    assert cells[cast.own_unit.pk].word == "Được miễn đến 15/6/2026"
    line = unit_years([cast.own_unit], year=2026, on=factories.TODAY)[0].lines[0]
    assert due_words(line) == "được miễn đến 15/6/2026"


def test_many_units_come_back_in_a_bounded_number_of_queries(cast, django_assert_max_num_queries):
    units = [factories.make_unit(cast.ward) for _ in range(12)]
    for unit in units:
        factories.make_person(unit, "secretary")
    plan = factories.make_issued_plan(cast.ward, units=units)
    rows = Assignment.objects.filter(plan=plan, product=Product.REPORT)
    for row in rows:
        exempt(assignment=row, reason="Lũ.", until=UNTIL, due_on=NEW_DAY, by=cast.compiler, at=factories.NOW)
    with django_assert_max_num_queries(40):
        assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 12


def test_a_report_that_came_while_the_unit_was_let_off_is_not_asked_for_again(let_off, plan, cast):
    when = at(UNTIL)  # after the day of the plan, before the new one
    submit(unit=cast.own_unit, plans=[plan], sessions=[], figures={}, points={}, by=cast.compiler, at=when)
    row = owed(plan, cast.own_unit)
    assert (row.state, row.due_on, row.original_due_on) == (AssignmentState.SUBMITTED, NEW_DAY, factories.LAST_DAY)
    assert (row.exempted_at, row.exempted_until, row.due_after_exemption) == (None, None, None)
    assert counters() == counted()
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 0
    assert owed(plan, cast.own_unit).state == AssignmentState.SUBMITTED


def test_a_session_held_while_the_unit_was_let_off_closes_the_study(plan, cast):
    row = Assignment.objects.get(plan=plan, unit=cast.own_unit, product=Product.STUDY)
    exempt(assignment=row, reason="Lũ.", until=UNTIL, due_on=NEW_DAY, by=cast.compiler, at=factories.NOW)
    texts = [link.directive for link in plan.directive_links.all()]
    record_session(unit=cast.own_unit, directives=texts, held_on=UNTIL, by=cast.secretary, at=at(UNTIL))
    row.refresh_from_db()
    assert (row.state, row.due_on) == (AssignmentState.STUDIED, NEW_DAY)
    assert counters() == counted()
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 0


def test_what_is_let_off_for_good_stays_so_whatever_comes(plan, cast):
    exempt(assignment=owed(plan, cast.own_unit), reason="Lũ.", by=cast.compiler, at=factories.NOW)
    assert mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=factories.NOW) == []
    assert owed(plan, cast.own_unit).state == AssignmentState.EXEMPT


@pytest.mark.parametrize("kind", [ChangeKind.DROP, ChangeKind.LEAD])
def test_what_a_paper_took_away_does_not_come_back_with_the_end_of_the_exemption(cast, kind):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    duty = factories.make_duty(plan, lead=cast.body, product=Product.ACTION)
    row = factories.make_assignment(duty, cast.body)
    exempt(assignment=row, reason="Lũ.", until=UNTIL, due_on=NEW_DAY, by=cast.compiler, at=factories.NOW)
    other = factories.make_unit(cast.ward, kind="body")
    assert duty in duties_for(plan, kind)
    basis = {"basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": factories.TODAY, "basis_issuer": "Đảng ủy"}
    wanted = Wanted(kind=kind, duty=duty, new_lead=other if kind == ChangeKind.LEAD else None, **basis)
    change_plan(plan=plan, wanted=wanted, by=cast.compiler, at=factories.NOW)
    assert counters() == counted()
    assert end_exemptions(now=at(UNTIL + dt.timedelta(days=1))) == 0
    row.refresh_from_db()
    assert row.state == AssignmentState.CANCELLED
    heirs = Assignment.objects.open().filter(duty=duty).values_list("unit", "due_on")
    assert list(heirs) == ([(other.pk, NEW_DAY)] if kind == ChangeKind.LEAD else [])
