"""Figures from the counters: always those of the assignments (Q7), in as many questions for 60 plans as for one."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.choices import Product
from campaigns.models import Assignment
from campaigns.selectors.figures import PlanCounts, plan_counts
from campaigns.services import assignments as duties
from campaigns.services.counters import recount
from campaigns.services.exemptions import exempt
from tests import factories
from tests.campaigns.owed import at, counted, counters

DAY = dt.date(2026, 6, 10)  # the due day was 04/6
ACTS = ("study", "submit", "return", "accept", "appraise", "extend", "exempt", "reopen", "progress")


def act(name, plan, unit, cast, day):
    """One thing somebody does; what is refused changes nothing."""
    when = at(dt.date(2026, 6, 3) + dt.timedelta(days=day))
    marks = {
        "submit": duties.mark_submitted, "return": duties.mark_returned,
        "accept": duties.mark_accepted, "appraise": duties.mark_appraised,
    }  # fmt: skip
    if name in marks:
        marks[name](unit=unit, plan=plan, by=cast.compiler, at=when)
    elif name == "study":
        duties.mark_studied(unit=unit, plans=[plan], by=cast.secretary, at=when)
    else:
        product = Product.ACTION if name == "progress" else Product.REPORT
        unit = cast.body if name == "progress" else unit
        row = Assignment.objects.select_related("plan__ward", "unit", "duty").get(plan=plan, unit=unit, product=product)
        more = {
            "extend": {"due_on": dt.date(2026, 6, 4 + day % 20), "reason": "A"},
            "progress": {"state": ("doing", "waiting", "done")[day % 3], "note": ""},
        }.get(name, {"reason": "A"})
        act_on = {"progress": duties.record_progress, "exempt": exempt}.get(name) or getattr(duties, name)
        try:
            act_on(assignment=row, by=cast.compiler, at=when, **more)
        except duties.ValidationError:
            return


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.booleans(), st.integers(0, 20)), max_size=12))
def test_counters_equal_the_assignments_after_any_sequence_of_acts(cast, acts):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])
    for name, own, day in acts:
        act(name, plan, cast.own_unit if own else cast.other_unit, cast, day)
    assert counters() == counted()
    assert plan_counts([plan.pk], on=DAY)[plan.pk] == by_hand(plan)


def by_hand(plan):
    """The same figures from the rows themselves."""
    counts = PlanCounts()
    for row in plan.assignments.select_related("duty"):
        late = bool(row.due_on and row.due_on < DAY)
        counts.add(by_all=row.duty.lead_group == "all_units", product=row.product, state=row.state, number=1, late=late)
    ahead = plan.assignments.open().filter(due_on__gte=DAY).order_by("due_on").values_list("due_on", flat=True)
    counts.next_due_on = ahead.first()
    return counts


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


def test_figures_of_a_plan_under_way(plan, cast):
    duties.mark_studied(unit=cast.own_unit, plans=[plan], by=cast.secretary, at=factories.NOW)
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=factories.NOW)
    duties.mark_accepted(unit=cast.own_unit, plan=plan, by=cast.compiler, at=factories.NOW)
    counts = plan_counts([plan.pk], on=DAY)[plan.pk]
    assert counts == PlanCounts(
        asked_study=2, asked_report=2, studied=1, submitted=1, accepted=1, overdue_study=1, overdue_report=1,
        body_asked=1, body_overdue=1,
    )  # fmt: skip
    assert counts.asked == 2


def test_the_due_day_itself_is_not_overdue(plan):
    counts = plan_counts([plan.pk], on=factories.LAST_DAY)[plan.pk]
    assert (counts.overdue_study, counts.next_due_on) == (0, factories.LAST_DAY)


def test_an_exempted_unit_is_not_asked(plan, cast):
    row = Assignment.objects.select_related("plan__ward").get(plan=plan, unit=cast.own_unit, product="report")
    exempt(assignment=row, reason="A", by=cast.compiler, at=factories.NOW)
    counts = plan_counts([plan.pk], on=DAY)[plan.pk]
    assert (counts.asked_report, counts.exempt) == (1, 1)


def test_one_question_for_any_number_of_plans(plan, cast, django_assert_num_queries):
    plans = [plan.pk] + [factories.make_issued_plan(cast.ward, units=[cast.own_unit]).pk for _ in range(4)]
    with django_assert_num_queries(1):
        assert set(plan_counts(plans, on=DAY)) == set(plans)


def test_recount_repairs_counters_that_are_wrong(plan):
    plan.counters.update(count=7)
    recount(plan_ids=[plan.pk])
    assert counters() == counted()
