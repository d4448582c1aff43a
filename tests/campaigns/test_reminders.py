"""Reminder rows: planned with the issue, moved with the day, held by a promise."""

import datetime as dt

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, CallLog, Reminder
from campaigns.services import assignments as duties
from campaigns.services import reminders as service
from tests import factories
from tests.campaigns.owed import at, rungs
from units.choices import Role
from units.models import Membership

ISSUED_AT = at(dt.date(2026, 5, 20))
NOW = factories.NOW  # Wednesday 03/6, 08:00


def issue(cast, *, when=ISSUED_AT, product=Product.REPORT, **fields):
    plan = factories.make_plan(
        cast.ward, state=PlanState.ISSUED, issued_at=when, issued_by=cast.clerk, **fields
    )
    factories.make_duty(plan, product=product)
    duties.expand_duties(plan=plan, by=cast.clerk, at=when)
    return plan


def owed(plan, unit):
    return Assignment.objects.select_related("plan__ward", "unit", "duty").get(plan=plan, unit=unit)


def test_the_secretary_alone_is_reminded_at_the_hour_of_the_ward(cast):
    cast.ward.ward_settings.remind_at = dt.time(6, 45)
    cast.ward.ward_settings.save()
    row = owed(issue(cast), cast.own_unit)
    assert set(Reminder.objects.filter(assignment=row).values_list("person", flat=True)) == {cast.secretary.pk}
    first = Reminder.objects.filter(assignment=row).first()
    assert first.remind_at == at(dt.date(2026, 5, 28), dt.time(6, 45))


def test_a_unit_without_secretary_reminds_the_person_who_types(cast):
    Membership.objects.filter(user=cast.secretary).delete()
    row = owed(issue(cast), cast.own_unit)
    assert set(Reminder.objects.filter(assignment=row).values_list("person", flat=True)) == {cast.helper.pk}


def test_a_body_reminds_its_contacts(cast):
    second = factories.make_person(cast.body, Role.CONTACT)
    people = service.people_of([cast.body.pk, cast.own_unit.pk], on=factories.TODAY)
    assert dict(people) == {cast.body.pk: [cast.contact.pk, second.pk], cast.own_unit.pk: [cast.secretary.pk]}


def test_rungs_before_the_issue_are_skipped(cast):
    row = owed(issue(cast, when=at(dt.date(2026, 6, 3), dt.time(7, 31))), cast.own_unit)
    assert [rung for rung, _ in rungs(row)] == [0, 1, 3]


def test_a_plan_recorded_from_paper_sends_nothing_for_the_past(cast):
    issue(cast, when=at(dt.date(2026, 8, 1)), recorded_past=True)
    assert Reminder.objects.count() == 0


def test_planning_twice_writes_nothing_new(cast):
    plan = issue(cast)
    before = Reminder.objects.count()
    service.plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    assert Reminder.objects.count() == before


def test_a_day_moved_twice_leaves_one_ladder(cast):
    row = owed(issue(cast), cast.own_unit)
    for day in (dt.date(2026, 6, 11), dt.date(2026, 6, 18)):
        duties.extend(assignment=row, due_on=day, reason="Mưa lũ.", by=cast.compiler, at=ISSUED_AT)
    waiting = Reminder.objects.filter(assignment=row, state="waiting")
    assert [(one.due_version, one.rung) for one in waiting.order_by("rung")] == [(3, rung) for rung in (-7, -3, -1, 0, 1, 3)]


def test_a_promise_moves_what_would_come_earlier_to_its_day(cast):
    row = owed(issue(cast), cast.own_unit)
    other = owed(row.plan, cast.other_unit)
    before = rungs(other)
    held = service.hold_reminders(unit=cast.own_unit, until=dt.date(2026, 6, 5))
    promised = dt.date(2026, 6, 5)
    assert held == 4
    assert rungs(row) == [(-7, promised), (-3, promised), (-1, promised), (0, promised), (1, promised), (3, dt.date(2026, 6, 8))]
    assert rungs(other) == before


def test_an_extension_within_a_promise_keeps_the_promise(cast):
    row = owed(issue(cast), cast.own_unit)
    promised = dt.date(2026, 6, 12)
    CallLog.objects.create(
        unit=cast.own_unit, outcome="promised", promised_on=promised, called_at=ISSUED_AT, called_by=cast.compiler
    )
    duties.extend(assignment=row, due_on=dt.date(2026, 6, 15), reason="A", by=cast.compiler, at=NOW)
    assert rungs(row) == [
        (-7, promised),
        (-1, promised),
        (0, dt.date(2026, 6, 15)),
        (1, dt.date(2026, 6, 16)),
        (3, dt.date(2026, 6, 18)),
    ]


def test_a_promise_says_nothing_about_a_plan_issued_later(cast):
    CallLog.objects.create(
        unit=cast.own_unit, outcome="promised", promised_on=dt.date(2026, 6, 12), called_at=at(dt.date(2026, 5, 1)),
        called_by=cast.compiler,
    )  # fmt: skip
    row = owed(issue(cast), cast.own_unit)
    assert rungs(row)[0] == (-7, dt.date(2026, 5, 28))


def test_a_secretary_named_after_the_issue_is_still_reminded(cast):
    Membership.objects.filter(unit=cast.own_unit).delete()
    row = owed(issue(cast), cast.own_unit)
    assert rungs(row) == []
    person = factories.make_person(cast.own_unit, Role.SECRETARY)
    service.plan_missing(now=NOW)
    assert [rung for rung, _ in rungs(row)] == [0, 1, 3]
    assert set(Reminder.objects.filter(assignment=row).values_list("person", flat=True)) == {person.pk}
