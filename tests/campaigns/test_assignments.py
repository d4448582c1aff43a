"""Obligations: made at issue, closed by units, moved by the office."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Reminder
from campaigns.services import assignments as service
from campaigns.services import moves
from campaigns.services.exemptions import exempt
from tests import factories
from tests.campaigns.owed import at, counted, counters, rungs
from tests.faults import keep_what_was_written
from units.choices import Role, UnitKind
from units.models import AuditEvent

ISSUED_ON = dt.date(2026, 5, 20)
ISSUED_AT = at(ISSUED_ON)
NOW = factories.NOW


@pytest.fixture
def plan(cast):
    """A plan about to be issued on 20/5: both units study and report before 05/6, the body acts, one clause orients."""
    plan = factories.make_plan(
        cast.ward, by=cast.drafter, state=PlanState.ISSUED, issued_at=ISSUED_AT, issued_by=cast.clerk
    )
    factories.make_duty(plan, product=Product.STUDY)
    factories.make_duty(plan, product=Product.REPORT)
    factories.make_duty(plan, product=Product.ACTION, lead=cast.body, text="Tuyên truyền trên hệ thống loa.")
    factories.make_duty(plan, product=Product.NONE, lead=cast.body, text="Các cấp ủy quán triệt.")
    return plan


@pytest.fixture
def issued(plan, cast):
    service.expand_duties(plan=plan, by=cast.clerk, at=ISSUED_AT)
    return plan


def owed(plan, unit, product=Product.REPORT):
    return Assignment.objects.select_related("plan__ward", "unit", "duty").get(plan=plan, unit=unit, product=product)


def test_issue_gives_every_reporting_unit_its_duties_and_the_body_its_own(plan, cast):
    count = service.expand_duties(plan=plan, by=cast.clerk, at=ISSUED_AT)
    made = Assignment.objects.filter(plan=plan).values_list("unit", "product", "state", "due_on")
    day = dt.date(2026, 6, 4)
    assert count == 5
    assert set(made) == {
        (cast.own_unit.pk, "study", "todo", day),
        (cast.own_unit.pk, "report", "todo", day),
        (cast.other_unit.pk, "study", "todo", day),
        (cast.other_unit.pk, "report", "todo", day),
        (cast.body.pk, "action", "todo", day),
    }
    assert counters() == counted()


def test_issue_leaves_out_units_not_active_that_day_and_units_below_a_grassroots_committee(plan, cast):
    factories.make_unit(cast.ward, active_from=ISSUED_ON + dt.timedelta(days=1))
    factories.make_unit(cast.ward, active_to=ISSUED_ON - dt.timedelta(days=1))
    committee = factories.make_unit(cast.ward, kind=UnitKind.GRASSROOTS_COMMITTEE)
    factories.make_unit(committee, kind=UnitKind.SUBORDINATE_CELL)
    service.expand_duties(plan=plan, by=cast.clerk, at=ISSUED_AT)
    asked = Assignment.objects.filter(plan=plan, product="study").values_list("unit", flat=True)
    assert set(asked) == {cast.own_unit.pk, cast.other_unit.pk, committee.pk}


def test_tentative_duties_have_no_due_day_and_no_reminders(plan, cast):
    plan.duties.update(tentative=True)
    service.expand_duties(plan=plan, by=cast.clerk, at=ISSUED_AT)
    assert set(Assignment.objects.values_list("due_on", flat=True)) == {None}
    assert Reminder.objects.count() == 0


def test_issuing_twice_is_refused_and_changes_nothing(issued, cast):
    before = counters()
    with pytest.raises(ValidationError) as refusal:
        service.expand_duties(plan=issued, by=cast.clerk, at=ISSUED_AT)
    assert refusal.value.code == "already"
    assert counters() == before


def test_issue_asks_the_database_as_often_for_60_units_as_for_2(plan, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as few:
        service.expand_duties(plan=plan, by=cast.clerk, at=ISSUED_AT)
    second = factories.make_plan(cast.ward, state=PlanState.ISSUED, issued_at=ISSUED_AT, issued_by=cast.clerk)
    for product in (Product.STUDY, Product.REPORT):
        factories.make_duty(second, product=product)
    for _ in range(58):
        factories.make_person(factories.make_unit(cast.ward), Role.SECRETARY)
    with django_assert_max_num_queries(len(few)):
        service.expand_duties(plan=second, by=cast.clerk, at=ISSUED_AT)
    assert second.assignments.count() == 120


def test_a_session_closes_the_study_duties_of_its_plans_alone(issued, cast):
    moved = service.mark_studied(unit=cast.own_unit, plans=[issued], by=cast.secretary, at=NOW)
    study = owed(issued, cast.own_unit, Product.STUDY)
    assert [row.pk for row in moved] == [study.pk]
    assert (study.state, study.settled_at, study.settled_by) == ("studied", NOW, cast.secretary)
    assert owed(issued, cast.other_unit, Product.STUDY).state == "todo"
    assert owed(issued, cast.own_unit).state == "todo"
    assert counters() == counted()
    assert rungs(study) == []


def test_a_second_session_keeps_the_first_day(issued, cast):
    service.mark_studied(unit=cast.own_unit, plans=[issued], by=cast.secretary, at=NOW)
    again = service.mark_studied(unit=cast.own_unit, plans=[issued], by=cast.secretary, at=NOW + dt.timedelta(days=3))
    assert again == []
    assert owed(issued, cast.own_unit, Product.STUDY).settled_at == NOW


def test_a_report_goes_from_submitted_to_returned_to_accepted_to_appraised(issued, cast):
    steps = [
        (service.mark_submitted, cast.secretary),
        (service.mark_returned, cast.compiler),
        (service.mark_submitted, cast.secretary),
        (service.mark_accepted, cast.compiler),
        (service.mark_appraised, cast.compiler),
    ]
    states = []
    for step, by in steps:
        step(unit=cast.own_unit, plan=issued, by=by, at=NOW)
        states.append(owed(issued, cast.own_unit).state)
        assert counters() == counted()
    assert states == ["submitted", "returned", "submitted", "accepted", "appraised"]


def test_a_returned_report_is_reminded_of_again(issued, cast):
    before = rungs(owed(issued, cast.own_unit))
    service.mark_submitted(unit=cast.own_unit, plan=issued, by=cast.secretary, at=at(dt.date(2026, 5, 29)))
    assert rungs(owed(issued, cast.own_unit)) == []
    service.mark_returned(unit=cast.own_unit, plan=issued, by=cast.compiler, at=at(dt.date(2026, 6, 2)))
    assert before == [(-7, dt.date(2026, 5, 28)), (-3, dt.date(2026, 6, 1)), *rungs(owed(issued, cast.own_unit))]
    assert [rung for rung, _ in rungs(owed(issued, cast.own_unit))] == [-1, 0, 1, 3]


def test_accepting_what_was_not_submitted_moves_nothing(issued, cast):
    assert service.mark_accepted(unit=cast.own_unit, plan=issued, by=cast.compiler, at=NOW) == []
    assert owed(issued, cast.own_unit).state == "todo"


def test_a_body_reports_progress_with_note_and_product(issued, cast):
    row = owed(issued, cast.body, Product.ACTION)
    upload = SimpleUploadedFile("ke-hoach.pdf", factories.PDF_BYTES, content_type="application/pdf")
    done = service.record_progress(
        assignment=row, state="done", note="Đã phát 4 buổi.", upload=upload, declared_not_secret=True, by=cast.contact, at=NOW
    )
    assert (done.state, done.note, done.settled_by, done.product_file.shown_name) == (
        "done", "Đã phát 4 buổi.", cast.contact, "ke-hoach.pdf",
    )  # fmt: skip
    back = service.record_progress(assignment=done, state="doing", note="Còn 1 buổi.", by=cast.contact, at=NOW)
    assert (back.state, back.settled_at, rungs(back)[-1][0]) == ("doing", None, 3)
    assert counters() == counted()


def test_a_note_alone_keeps_the_state(issued, cast):
    row = owed(issued, cast.body, Product.ACTION)
    doing = service.record_progress(assignment=row, state="doing", note="Một", by=cast.contact, at=NOW)
    again = service.record_progress(assignment=doing, state="doing", note="Hai", by=cast.contact, at=NOW)
    assert (again.state, owed(issued, cast.body, Product.ACTION).note) == ("doing", "Hai")


@pytest.mark.parametrize(("product", "state", "code"), [("study", "done", "by_session"), ("action", "exempt", "state")])
def test_progress_refuses_what_others_decide(issued, cast, product, state, code):
    unit = cast.own_unit if product == "study" else cast.body
    with pytest.raises(ValidationError) as refusal:
        service.record_progress(assignment=owed(issued, unit, product), state=state, note="", by=cast.contact, at=NOW)
    assert refusal.value.code == code


def test_an_extension_keeps_the_first_day_and_moves_the_reminders(issued, cast):
    row = owed(issued, cast.own_unit)
    new_day = dt.date(2026, 6, 18)
    service.extend(assignment=row, due_on=new_day, reason="Mưa lũ.", by=cast.compiler, at=NOW)
    fresh = owed(issued, cast.own_unit)
    assert (fresh.due_on, fresh.original_due_on, fresh.due_version, fresh.reason) == (
        new_day, dt.date(2026, 6, 4), 2, "Mưa lũ.",
    )  # fmt: skip
    assert [rung for rung, _ in rungs(fresh)] == [-7, -3, -1, 0, 1, 3]
    assert {row.due_version for row in Reminder.objects.filter(assignment=fresh, state="waiting")} == {2}
    assert Reminder.objects.filter(assignment=fresh, due_version=1).exclude(state="cancelled").count() == 0
    assert counters() == counted()


def test_a_stale_extension_is_refused_with_a_sentence(issued, cast):
    stale = owed(issued, cast.own_unit)
    service.extend(
        assignment=owed(issued, cast.own_unit), due_on=dt.date(2026, 6, 18), reason="A", by=cast.compiler, at=NOW
    )
    with pytest.raises(ValidationError) as refusal:
        service.extend(assignment=stale, due_on=dt.date(2026, 6, 20), reason="B", by=cast.compiler, at=NOW)
    assert refusal.value.code == "changed"
    assert owed(issued, cast.own_unit).due_on == dt.date(2026, 6, 18)


@pytest.mark.parametrize("day", [dt.date(2026, 6, 4), dt.date(2026, 6, 1)])
def test_an_extension_must_be_later(issued, cast, day):
    with pytest.raises(ValidationError) as refusal:
        service.extend(assignment=owed(issued, cast.own_unit), due_on=day, reason="A", by=cast.compiler, at=NOW)
    assert refusal.value.code == "not_later"


def test_exempt_and_ask_again(issued, cast):
    row = owed(issued, cast.own_unit)
    exempt(assignment=row, reason="Đang sáp nhập.", by=cast.compiler, at=NOW)
    exempted = owed(issued, cast.own_unit)
    assert (exempted.state, exempted.exempted_by, exempted.reason, rungs(exempted)) == (
        "exempt", cast.compiler, "Đang sáp nhập.", [],
    )  # fmt: skip
    service.reopen(assignment=exempted, reason="Đã ổn định.", by=cast.compiler, at=NOW)
    again = owed(issued, cast.own_unit)
    assert (again.state, again.exempted_at, [rung for rung, _ in rungs(again)]) == ("todo", None, [0, 1, 3])
    assert counters() == counted()


def test_what_is_submitted_cannot_be_exempted(issued, cast):
    service.mark_submitted(unit=cast.own_unit, plan=issued, by=cast.secretary, at=NOW)
    with pytest.raises(ValidationError) as refusal:
        exempt(assignment=owed(issued, cast.own_unit), reason="A", by=cast.compiler, at=NOW)
    assert refusal.value.code == "changed"


def test_excuse_is_for_what_was_done(issued, cast):
    with pytest.raises(ValidationError) as refusal:
        service.excuse(assignment=owed(issued, cast.own_unit), reason="A", by=cast.compiler, at=NOW)
    assert refusal.value.code == "not_settled"
    service.mark_submitted(unit=cast.own_unit, plan=issued, by=cast.secretary, at=NOW)
    service.excuse(assignment=owed(issued, cast.own_unit), reason="Mất điện.", by=cast.compiler, at=NOW)
    assert owed(issued, cast.own_unit).excused_by == cast.compiler


def test_withdrawing_stops_what_is_open(issued, cast):
    service.mark_studied(unit=cast.own_unit, plans=[issued], by=cast.secretary, at=NOW)
    assert service.cancel_open(plan=issued, by=cast.clerk, at=NOW) == 4
    states = Assignment.objects.filter(plan=issued).order_by().values_list("state", flat=True)
    assert sorted(states) == ["cancelled"] * 4 + ["studied"]
    assert Reminder.objects.filter(state="waiting").count() == 0
    assert counters() == counted()


def test_every_act_leaves_a_line_in_the_audit_trail(issued, cast):
    service.mark_submitted(unit=cast.own_unit, plan=issued, by=cast.secretary, at=NOW)
    event = AuditEvent.objects.get(verb="assignment.submitted")
    assert (event.actor_id, event.ward_id, event.details) == (
        cast.secretary.pk, cast.ward.pk, {"from": "todo", "to": "submitted"},
    )  # fmt: skip


def standing(issued, cast):
    """What handing in moves: counters, rungs, the state of the duty, the trail."""
    duty = owed(issued, cast.own_unit)
    return counters(), rungs(duty), duty.state, AuditEvent.objects.count()


def hand_in_with_a_fault(issued, cast, monkeypatch, name):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(moves, name, broken)
    with pytest.raises(RuntimeError):
        service.mark_submitted(unit=cast.own_unit, plan=issued, by=cast.secretary, at=NOW)


@pytest.mark.proves("F-05")
@pytest.mark.parametrize("name", ["shift_counters", "cancel_reminders", "record_event", "_update"])
def test_a_failure_between_two_writes_leaves_everything_as_it_was(issued, cast, monkeypatch, name):
    before = standing(issued, cast)
    hand_in_with_a_fault(issued, cast, monkeypatch, name)
    assert standing(issued, cast) == before


def test_without_the_transaction_a_failure_leaves_half_of_it(issued, cast, monkeypatch):
    """Control of the test above."""
    before = standing(issued, cast)
    keep_what_was_written(monkeypatch)
    hand_in_with_a_fault(issued, cast, monkeypatch, "record_event")
    assert standing(issued, cast) != before


def test_every_state_is_reached_by_a_listed_move():
    targets = {state for states in AssignmentState.MOVES.values() for state in states}
    assert targets == set(AssignmentState.values)
    assert set(AssignmentState.MOVES) == set(AssignmentState.values)
