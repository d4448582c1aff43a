"""A report that meets a change of its plan is neither lost nor late for a day that was taken away."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, Product
from campaigns.models import Assignment, Plan
from campaigns.services.carrying import merge_units
from campaigns.services.changes import change_plan
from campaigns.verdicts import verdict_of
from reports.choices import SubmissionState
from reports.models import Submission
from reports.services import submissions as services
from reports.services.sending import submit
from tests import factories
from tests.campaigns.owed import counted, counters
from tests.crowd import together
from tests.reports import steps
from tests.reports.test_submissions import send

LATER = dt.date(2026, 6, 20)
BASIS = {
    "basis_kind": "TB",
    "basis_number": "15-TB/TU",
    "basis_dated_on": factories.TODAY,
    "basis_issuer": "Tỉnh ủy Tuyên Quang",
}


def change(plan, cast, kind, **facts):
    return change_plan(plan=plan, wanted=Wanted(kind=kind, **BASIS | facts), by=cast.compiler, at=factories.NOW)


def report_of(plan, unit):
    return Assignment.objects.select_related("plan", "duty").get(plan=plan, unit=unit, product=Product.REPORT)


@pytest.mark.django_db
def test_a_report_of_a_paused_plan_is_taken_in(cast, clock):
    plan = steps.asked(cast)[0]
    change(plan, cast, ChangeKind.PAUSE)
    sent = send(cast, [plan], at=factories.NOW + dt.timedelta(days=30))[0]
    row = report_of(plan, cast.own_unit)
    assert (sent.state, row.state, verdict_of(row).kind) == (SubmissionState.SUBMITTED, "submitted", "no_day")
    with pytest.raises(ValidationError) as refused:
        services.return_submission(
            submission=sent, places=[("members", "Thiếu.")], by=cast.compiler, at=factories.NOW
        )
    assert refused.value.code == "paused"


@pytest.mark.django_db
def test_a_report_of_a_dropped_duty_is_kept_and_the_duty_stays_stopped(cast, clock):
    plan = steps.asked(cast)[0]
    change(plan, cast, ChangeKind.DROP, duty=plan.duties.get(product=Product.REPORT))
    sent = send(cast, [plan])[0]
    assert (sent.state, report_of(plan, cast.own_unit).state) == (SubmissionState.SUBMITTED, "cancelled")


@pytest.mark.postgres
@pytest.mark.proves("C-02")
@pytest.mark.parametrize("kind", [ChangeKind.DEADLINE, ChangeKind.DROP, ChangeKind.PAUSE, ChangeKind.END])
@pytest.mark.django_db(transaction=True)
def test_a_report_and_a_change_at_the_same_moment_both_happen(transactional_db, kind):
    """The report comes two days after the old deadline; whoever is first, it is there and it is not late."""
    cast = factories.make_cast()
    received = factories.NOW + dt.timedelta(days=3)
    for number in range(10):
        plan = steps.asked(cast)[0]
        facts = {"duty": plan.duties.get(product=Product.REPORT)} if kind in ChangeKind.OF_A_DUTY else {}
        facts |= {"new_day": LATER} if kind == ChangeKind.DEADLINE else {}
        wanted = Wanted(kind=kind, **BASIS | facts)

        def report(plan=plan, number=number):
            mine = Plan.objects.get(pk=plan.pk)
            facts = {"begun_at": factories.NOW}
            submit(
                unit=cast.own_unit, plans=[mine], sessions=[], figures={}, points={}, by=cast.secretary, at=received,
                token=f"lượt-{number}", **facts,
            )  # fmt: skip

        def alter(plan=plan, wanted=wanted):
            change_plan(plan=plan, wanted=wanted, by=cast.compiler, at=received + dt.timedelta(minutes=1))

        assert at_once(report, alter) == []
        row = report_of(plan, cast.own_unit)
        assert Submission.objects.get(plan=plan, unit=cast.own_unit).state == SubmissionState.SUBMITTED
        if kind == ChangeKind.DEADLINE:
            assert (row.state, row.due_on, verdict_of(row).kind) == ("submitted", LATER, "on_time")
        assert row.state not in {"todo", "doing", "waiting", "returned"}
        assert counters() == counted()


@pytest.mark.postgres
@pytest.mark.proves("C-02")
@pytest.mark.django_db(transaction=True)
def test_a_report_and_a_merger_at_the_same_moment_both_happen(transactional_db):
    """Whoever is first, the report is there, and nothing stays owed under the old names."""
    for number in range(10):
        cast = make_another_cast()
        plan = steps.asked(cast)[0]

        def report(plan=plan, number=number, cast=cast):
            submit(
                unit=cast.own_unit, plans=[Plan.objects.get(pk=plan.pk)], sessions=[], figures={}, points={},
                by=cast.secretary, at=factories.NOW, token=f"sáp-nhập-{number}", begun_at=factories.NOW,
            )  # fmt: skip

        def merge(cast=cast):
            merge_units(
                units=[cast.own_unit], into=cast.other_unit, new=None, effective_on=factories.TODAY,
                basis="Quyết định số 12-QĐ/ĐU", keep=[], by=cast.admin, at=factories.NOW,
            )  # fmt: skip

        assert at_once(report, merge) == []
        assert Submission.objects.get(plan=plan, unit=cast.own_unit).state == SubmissionState.SUBMITTED
        assert not Assignment.objects.open().filter(unit=cast.own_unit).exists()
        assert report_of(plan, cast.other_unit).state == "todo"
        assert counters() == counted()


def make_another_cast():
    """A ward of its own for each round: a merger ends the unit it is about."""
    ward = factories.make_ward()
    own, other = factories.make_unit(ward), factories.make_unit(ward)
    people = {"secretary": factories.make_person(own, "secretary"), "admin": factories.make_person(ward, "admin")}
    return SimpleNamespace(ward=ward, own_unit=own, other_unit=other, **people)


def at_once(*acts):
    """Run the acts in threads started together; returns the errors."""
    return [error for error in together(lambda act: act(), acts).values() if error]
