"""Whatever an office does after the issue, in whatever order: nothing lost, nobody late or reminded for what was taken away."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.change_effects import Wanted
from campaigns.choices import AssignmentState, ChangeKind, DeadlineRule, LeadGroup, PlanState, Product
from campaigns.models import Assignment, Conference, Duty, PlanChange, Reminder
from campaigns.selectors.changes import duties_for, recurring_of, stopped_by
from campaigns.services import assignments as duties
from campaigns.services.carrying import merge_units
from campaigns.services.changes import change_plan
from campaigns.services.conferences import cancel_conference, fix_time
from campaigns.services.exemptions import exempt
from campaigns.services.issuing import close_plan, reopen_plan
from campaigns.services.reminders import plan_reminders
from campaigns.services.turns import make_turns
from tests import factories
from tests.campaigns.conferences import make_conference
from tests.campaigns.owed import at, counted, counters
from units.choices import Role
from units.models import Unit

ISSUED = dt.date(2026, 5, 20)


class Office:
    """A ward with one plan, and everything that may be done to it; each act is done or refused, and leaves a day behind."""

    def __init__(self, cast, plan, conference):
        self.cast, self.plan, self.conference, self.day, self.number = cast, plan, conference, ISSUED, 0

    def do(self, act, days, pick):
        self.day += dt.timedelta(days=days)
        self.plan.refresh_from_db()
        try:
            with transaction.atomic():
                getattr(self, act)(pick)
        except ValidationError:
            return

    @property
    def now(self):
        return at(self.day)

    def paper(self, kind, **facts):
        self.number += 1
        basis = {"basis_kind": "CV", "basis_number": f"{self.number}-CV/ĐU", "basis_dated_on": self.day, "basis_issuer": "Đảng ủy"}
        change_plan(plan=self.plan, wanted=Wanted(kind=kind, **basis | facts), by=self.cast.compiler, at=self.now)

    def duty(self, kind, pick):
        found = list(duties_for(self.plan, kind))
        if not found:
            raise ValidationError("Không có.")
        return found[pick % len(found)]

    def row(self, pick, **which):
        rows = Assignment.objects.filter(plan=self.plan, **which).select_related("plan__ward", "duty", "unit").order_by("pk")
        found = list(rows)
        if not found:
            raise ValidationError("Không có.")
        return found[pick % len(found)]

    def bodies(self):
        return list(Unit.objects.filter(parent=self.cast.ward, kind="body", active_to=None).order_by("pk"))

    def pause(self, pick):
        self.paper(ChangeKind.PAUSE)

    def resume(self, pick):
        self.paper(ChangeKind.RESUME, new_day=self.day + dt.timedelta(days=9) if pick % 2 else None)

    def end(self, pick):
        self.paper(ChangeKind.END)

    def deadline(self, pick):
        self.paper(ChangeKind.DEADLINE, duty=self.duty(ChangeKind.DEADLINE, pick), new_day=self.day + dt.timedelta(days=pick))

    def drop(self, pick):
        self.paper(ChangeKind.DROP, duty=self.duty(ChangeKind.DROP, pick))

    def lead(self, pick):
        bodies = self.bodies()
        self.paper(ChangeKind.LEAD, duty=self.duty(ChangeKind.LEAD, pick), new_lead=bodies[pick % len(bodies)])

    def helpers(self, pick):
        duty, body = self.duty(ChangeKind.HELPERS, pick), self.bodies()[pick % len(self.bodies())]
        helps = duty.helpers.filter(pk=body.pk).exists()
        self.paper(ChangeKind.HELPERS, duty=duty, **{"leaving" if helps else "joining": [body]})

    def add(self, pick):
        facts = {"phrase": "sau hội nghị 05 ngày"} if pick % 2 else {"new_day": self.day + dt.timedelta(days=pick)}
        self.paper(ChangeKind.ADD, text="Việc thêm.", product=Product.ACTION, **facts)

    def close(self, pick):
        close_plan(plan=self.plan, by=self.cast.clerk, now=self.now)

    def reopen_plan(self, pick):
        reopen_plan(plan=self.plan, by=self.cast.clerk, now=self.now)

    def merge(self, pick):
        body = pick % 3 == 0
        units = self.bodies() if body else list(Unit.objects.reporting_to(self.cast.ward.pk).active(on=self.day).order_by("pk"))
        if len(units) < 2:
            raise ValidationError("Không còn gì để sáp nhập.")
        first = pick % (len(units) - 1)
        self.number += 1
        new = {"parent": self.cast.ward, "kind": units[0].kind, "name": f"Hợp Nhất {self.number}", "short_name": "HN", "code": f"H{self.number}"}
        facts = {"into": None, "new": new} if pick % 2 else {"into": units[first + 1], "new": None}
        merge_units(
            units=units[first : first + 2], effective_on=self.day, basis=f"{self.number}-QĐ/ĐU", keep=(), by=self.cast.admin,
            at=self.now, **facts,
        )  # fmt: skip

    def extend(self, pick):
        rows = [self.row(pick, state="todo"), self.row(pick + 1, state="todo")]
        day = self.day + dt.timedelta(days=pick + 5)
        duties.extend_many(assignments=rows, due_on=day, reason="Bão.", by=self.cast.compiler, at=self.now)

    def submit(self, pick):
        row = self.row(pick, product=Product.REPORT)
        if row.plan.state in PlanState.RECEIVING | {PlanState.CLOSED}:
            duties.mark_submitted(unit=row.unit, plan=self.plan, by=self.cast.secretary, at=self.now)

    def give_back(self, pick):
        row = self.row(pick, state=AssignmentState.SUBMITTED)
        duties.mark_returned(unit=row.unit, plan=self.plan, by=self.cast.compiler, at=self.now)

    def study(self, pick):
        row = self.row(pick, product=Product.STUDY)
        duties.mark_studied(unit=row.unit, plans=[self.plan], by=self.cast.secretary, at=self.now)

    def progress(self, pick):
        row = self.row(pick, product=Product.ACTION)
        state = "done" if row.state != "done" else "doing"
        duties.record_progress(assignment=row, state=state, note="", by=self.cast.contact, at=self.now)

    def exempt(self, pick):
        exempt(assignment=self.row(pick), reason="Lũ.", by=self.cast.compiler, at=self.now)

    def reopen(self, pick):
        duties.reopen(assignment=self.row(pick), reason="Nhầm.", by=self.cast.compiler, at=self.now)

    def turns(self, pick):
        make_turns(now=self.now)

    def conference_day(self, pick):
        self.conference.refresh_from_db()
        fix_time(
            conference=self.conference, version=self.conference.version, held_on=self.day + dt.timedelta(days=pick),
            starts_at=dt.time(8), reason="Trùng họp.", by=self.cast.compiler, at=self.now,
        )  # fmt: skip

    def no_conference(self, pick):
        self.conference.refresh_from_db()
        facts = {"version": self.conference.version, "reason": "Thôi.", "by": self.cast.compiler, "at": self.now}
        cancel_conference(conference=self.conference, **facts)


ACTS = sorted(set(vars(Office)) - {"do", "now", "paper", "duty", "row", "bodies"} - {name for name in vars(Office) if name.startswith("_")})


def broken(office):
    """What must never be so; an empty list when all is well."""
    plan, found = office.plan, []
    plan.refresh_from_db()
    rows = list(Assignment.objects.filter(plan=plan).select_related("unit", "duty"))
    owed = [row for row in rows if row.state in AssignmentState.OPEN]
    if counters() != counted():
        found.append("a counter is wrong")
    idle = Reminder.objects.filter(assignment__plan=plan, state="waiting").select_related("assignment__plan")
    for one in idle:
        row = one.assignment
        if row.state not in AssignmentState.OPEN or plan.state != PlanState.ISSUED or one.due_version != row.due_version:
            found.append(f"a reminder waits about {row} in a plan that is {plan.state}")
    if plan.state != PlanState.ISSUED and stopped_by(plan):
        found += [f"{row} has a day that is withdrawn" for row in owed if row.due_on]
    if plan.state in PlanState.RECEIVING:
        found += [f"{row} is owed by a unit that ended" for row in owed if row.unit.active_to]
        found += _lost(plan, rows)
    return found


def _lost(plan, rows):
    """Clauses that no paper dropped and that nobody owes, did or was let off."""
    dropped = set(PlanChange.objects.filter(plan=plan, kind=ChangeKind.DROP).values_list("duty", flat=True))
    stands = {row.duty_id for row in rows if row.state != AssignmentState.CANCELLED}
    found = []
    for duty in Duty.objects.filter(plan=plan).exclude(product=Product.NONE):
        if duty.pk in dropped or duty.origin_id in dropped:
            continue
        if duty.pk not in stands:
            found.append(f"nobody owes {duty}")
        if duty.lead_group == LeadGroup.ONE:
            holders = [row for row in rows if row.duty_id == duty.pk and row.state in AssignmentState.OPEN]
            if len(holders) > 1:
                found.append(f"{len(holders)} bodies owe {duty}")
    recurring = recurring_of(plan).filter(lead__active_to__isnull=False)
    return found + [f"{duty} goes on under a unit that ended" for duty in recurring]


@pytest.fixture
def office(cast, clock):
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit, factories.make_unit(cast.ward)], bodies=[cast.body], issued_at=at(ISSUED)
    )
    factories.make_person(factories.make_unit(cast.ward, kind="body"), Role.CONTACT)
    for facts in (
        {"rule": DeadlineRule.RECURRING, "deadline_phrase": "định kỳ trước ngày 15 hằng tháng", "last_day": dt.date(2026, 6, 14)},
        {"rule": DeadlineRule.AFTER_EVENT, "deadline_phrase": "sau hội nghị 05 ngày", "last_day": None},
    ):
        duty = factories.make_duty(plan, lead=cast.body, product=Product.ACTION, **facts)
        factories.make_assignment(duty, cast.body, due_on=facts["last_day"])
    plan_reminders(assignments=list(plan.assignments.all()), now=at(ISSUED))
    conference = make_conference(cast.ward, plans=[plan], state="planned", held_on=None, starts_at=None)
    return Office(cast, plan, conference)


OFTEN = [*ACTS, *["resume"] * 4, *["reopen_plan"] * 2, *["give_back"] * 2, "turns"]
STEPS = st.lists(st.tuples(st.sampled_from(OFTEN), st.integers(0, 12), st.integers(0, 7)), min_size=4, max_size=10)


@settings(max_examples=14, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_order_of_acts_loses_a_duty_or_leaves_somebody_late_under_a_withdrawn_day(office, steps):
    fresh = Office(office.cast, office.plan, office.conference)
    mark = transaction.savepoint()
    try:
        for number, (act, days, pick) in enumerate(steps):
            fresh.do(act, days, pick)
            assert broken(fresh) == [], [step[0] for step in steps[: number + 1]]
    finally:
        transaction.savepoint_rollback(mark)
        assert Conference.objects.count() == 1
