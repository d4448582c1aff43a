"""The demonstration ward: loads through the services, once, shifted by whole weeks; goes in one step; never a real ward."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from campaigns.choices import PlanKind, PlanState
from campaigns.models import Assignment, CallLog, Conference, ConferenceLetter, Directive, Plan, PlanChange
from campaigns.selectors.conferences import all_totals, roll_groups
from campaigns.selectors.figures import plan_counts
from reports.choices import SubmissionState
from reports.demo.clock import DUE, DemoClock
from reports.demo.loading import remove_demonstration
from reports.models import CompiledReport, Submission
from reports.selectors.make_up import make_up_list
from reports.selectors.merging import counted_submissions, coverage_of, merged_forms
from tests import factories
from units.models import Unit, User, WardSettings


@pytest.mark.parametrize("days", range(-20, 200, 9))
def test_days_move_by_whole_weeks_and_reports_fall_due_within_six_days(days):
    now = factories.NOW + dt.timedelta(days=days)
    clock = DemoClock(now)
    assert clock.shift.days % 7 == 0
    assert dt.timedelta() <= DUE + clock.shift - clock.today <= dt.timedelta(days=6)
    assert clock.at(6, 5, 9) <= now


@pytest.fixture
def demo(db, settings, tmp_path, clock):
    settings.VAR_DIR = tmp_path
    call_command("load_demo", verbosity=0)
    return Unit.objects.get(kind="ward")


@pytest.mark.pdf
def test_the_ward_stands_in_the_middle_of_its_work(demo, client):
    first, second = Plan.objects.filter(state=PlanState.ISSUED).order_by("pk")
    counts = plan_counts([first.pk, second.pk], on=factories.TODAY)
    figures = {plan.paper.number_text: (one.studied, one.submitted, one.asked) for plan, one in zip((first, second), counts.values(), strict=True)}
    assert figures == {"12-KH/ĐU": (52, 41, 58), "13-KH/ĐU": (47, 36, 58)}
    assert (Directive.objects.count(), CompiledReport.objects.count(), CallLog.objects.exclude(promised_on=None).count()) == (4, 1, 1)
    assert Submission.objects.filter(state=SubmissionState.RETURNED).count() == 2
    phrases = set(first.duties.exclude(deadline_phrase="").values_list("deadline_phrase", flat=True))
    assert phrases == {"Hoàn thành trước ngày 05/6/2026", "trước ngày 05/6/2026", "Hoàn thành trong tháng 5/2026"}
    assert Assignment.objects.filter(plan=first, unit__code="TDP-06").count() == 2
    _shows_conferences_and_a_change()
    _shows_a_review_that_is_over()
    with pytest.raises(CommandError, match="đã có tài khoản"):
        call_command("load_demo", verbosity=0)
    _signs_in_with_what_is_printed(client)
    _goes_in_one_step(client)


def _shows_conferences_and_a_change():
    """One held with its roll closed and absentees to make it up, one coming with answers and its notice, one new task."""
    held, coming = Conference.objects.order_by("held_on")
    totals = all_totals(roll_groups(held))
    assert (held.state, totals.waiting, totals.convened) == ("held", 0, totals.present + totals.excused + totals.absent)
    assert 0 < sum(one.heads for one in make_up_list(held)) < totals.convened / 10
    assert coming.invitees.exclude(reply="none").count() == 6
    assert ConferenceLetter.objects.get(conference=coming).draft.paper.number_text == "20-TB/ĐU"
    assert list(PlanChange.objects.values_list("kind", flat=True)) == ["add"]


def _shows_a_review_that_is_over():
    """Eight schools wrote the outline and biểu, all were taken in, and the merged tables say from whom each row comes."""
    review = Plan.objects.get(kind=PlanKind.REVIEW)
    assert (review.paper.number_text, review.state) == ("11-KH/ĐU", "closed")
    assert review.submissions.filter(state=SubmissionState.ACCEPTED).count() == 8
    assert not review.assignments.open().exists()
    counted = counted_submissions(review, waiting=False)
    assert [len(one.groups[0][1]) for one in merged_forms(review, counted)] == [14, 2]  # with the two papers the ward knows
    coverage = coverage_of(review, counted)
    assert (coverage.counted, coverage.asked, coverage.bodies_missing, len(coverage.bodies_apart)) == (8, 8, [], 2)


def _signs_in_with_what_is_printed(client):
    printed = io.StringIO()
    call_command("demo_logins", stdout=printed)
    card = next(line.split()[0] for line in printed.getvalue().splitlines() if "/the/" in line)
    assert card.startswith("http://127.0.0.1:8000/the/")
    assert client.get(card.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert User.objects.get(username="tonghop").check_password("lantoa-trinh-dien")
    client.force_login(User.objects.get(username="tonghop"))
    assert [client.get(url).status_code for url in ("/", "/tien-do/", "/lanh-dao/", "/bao-cao/", "/can-goi/")] == [200] * 5


def _goes_in_one_step(client):
    client.force_login(User.objects.get(username="quantri"))
    url = reverse("reports:demonstration-remove")
    assert client.get(url).status_code == 200
    assert User.objects.exists()
    connection.check_constraints()  # the test is one transaction: PostgreSQL empties no table with checks still to come
    response = client.post(url)
    assert (response.status_code, response.url) == (302, reverse("documents:first-use"))
    assert (User.objects.count(), Unit.objects.count(), Plan.objects.count()) == (0, 0, 0)
    assert client.get(reverse("documents:first-use")).status_code == 200


def test_a_real_ward_is_never_removed(cast, sign_in):
    client = sign_in(cast.admin)
    assert client.post(reverse("reports:demonstration-remove")).status_code == 404
    with pytest.raises(ValidationError) as refused:
        remove_demonstration()
    assert (refused.value.code, Unit.objects.filter(pk=cast.ward.pk).exists()) == ("real_data", True)


def test_a_real_ward_beside_the_demonstration_protects_it(cast):
    WardSettings.objects.filter(ward=cast.ward).update(is_demonstration=True)
    with pytest.raises(ValidationError):
        remove_demonstration()


def test_scale_is_written_in_bulk(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(100):
        call_command("load_scale", wards=3, units_per_ward=60, plans=4, verbosity=0)
    assert (Assignment.objects.count(), Plan.objects.count()) == (3 * 60 * 4 * 2, 12)
