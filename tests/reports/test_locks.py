"""Two clocks: due, and locked. What was begun before the lock may still be sent; a return reaches people in working hours."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.models import Notification, Plan
from campaigns.selectors.notifications import unread_count
from reports.choices import ReportState
from reports.models import CompiledReport, Filing, Submission
from reports.selectors.charts import receipts_by_plan
from reports.selectors.compiling import unit_rows
from reports.selectors.locks import is_locked, locked_since, may_finish
from reports.selectors.submissions import verdict_on
from reports.selectors.year_sheet import unit_years
from reports.services.submissions import accept_submission, return_submission
from tests import factories
from tests.reports import steps
from units.choices import DayKind
from units.workdays import WorkCalendar, office_moment

STEP = dt.timedelta(minutes=5)  # short enough for the log-in to last


def freeze(cast, plan, at):
    """The compiled report of `plan` goes out at `at`."""
    report = factories.make_report(cast.ward, plans=[plan], by=cast.compiler)
    CompiledReport.objects.filter(pk=report.pk).update(state=ReportState.FROZEN, frozen_at=at, frozen_by=cast.compiler)


def close(cast, plan, at):
    Plan.objects.filter(pk=plan.pk).update(state="closed", closed_at=at, closed_by=cast.clerk)


@pytest.mark.django_db
def test_whichever_lock_came_first_counts(cast, clock):
    plan, other, withdrawn = (factories.make_issued_plan(cast.ward, units=[cast.own_unit]) for _ in range(3))
    assert locked_since([plan, other]) == {}
    freeze(cast, plan, factories.NOW + STEP)
    close(cast, plan, factories.NOW)
    Plan.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    plans = list(Plan.objects.order_by("pk"))
    assert locked_since(plans) == {plan.pk: factories.NOW}
    plan, _, withdrawn = plans
    assert [may_finish(plan, at) for at in (factories.NOW - STEP, factories.NOW, None)] == [True, False, False]
    assert not may_finish(withdrawn, factories.NOW - STEP)
    assert is_locked(withdrawn)


@pytest.mark.django_db
@pytest.mark.parametrize("lock", [freeze, close])
def test_draft_begun_before_the_lock_is_still_sent_and_marked(cast, clock, sign_in, lock):
    plan = steps.asked(cast)[0]
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing)
    lock(cast, plan, factories.NOW + STEP)
    clock.shift(2 * STEP)
    page = client.get(reverse("reports:session-list")).content.decode()
    assert "Bản nháp này vẫn gửi được, ghi là gửi sau khi khóa số liệu." in page
    again = client.post(reverse("reports:session-create", args=[cast.own_unit.pk]))
    assert f"/{filing.pk}/" in again["Location"]
    steps.send(client, filing)
    submission = Submission.objects.get(unit=cast.own_unit)
    assert (submission.state, submission.after_lock) == ("submitted", True)
    receipt = client.get(reverse("reports:session-receipt", args=[filing.pk])).content.decode()
    assert "sau khi khóa số liệu" in receipt
    assert accept_submission(submission=submission, by=cast.compiler, at=factories.NOW).state == "accepted"


@pytest.mark.django_db
def test_nothing_new_is_begun_after_the_lock(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    freeze(cast, plan, factories.NOW - STEP)
    client = sign_in(cast.secretary)
    page = client.get(reverse("reports:session-list")).content.decode()
    assert "số liệu đã khóa vì báo cáo tổng hợp đã ban hành" in page
    client.post(reverse("reports:session-create", args=[cast.own_unit.pk]))
    assert not Filing.objects.exists()


@pytest.mark.django_db
def test_draft_begun_after_the_lock_is_refused(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing)
    freeze(cast, plan, factories.NOW - STEP)
    answer = steps.send(client, filing)
    assert answer.status_code == 409
    assert "đã khóa vì báo cáo tổng hợp đã ban hành" in answer.content.decode()
    assert not Submission.objects.filter(state="submitted").exists()


@pytest.mark.django_db
def test_correction_begun_before_the_lock_is_still_sent(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    client = sign_in(cast.secretary)
    steps.report(client, cast.own_unit)
    submission = Submission.objects.get()
    return_submission(submission=submission, places=[("excused", "Đề nghị xem lại.")], by=cast.compiler, at=factories.NOW)
    amend = reverse("reports:session-amend", args=[submission.pk])
    client.post(amend)
    close(cast, plan, factories.NOW + STEP)
    clock.shift(2 * STEP)
    assert "Đề nghị bổ sung 1 chỗ" in client.get(reverse("reports:session-list")).content.decode()
    place = client.post(amend)["Location"]
    assert place.endswith("/so-nguoi/#div_id_excused")
    steps.send(client, Filing.objects.get(sent_at=None))
    submission.refresh_from_db()
    assert (submission.state, submission.revision, submission.after_lock) == ("submitted", 2, True)


@pytest.mark.django_db
def test_locked_report_is_not_returned(cast, clock):
    plan = steps.asked(cast)[0]
    submission = factories.make_submission(cast.own_unit, plan, state="submitted")
    freeze(cast, plan, factories.NOW)
    with pytest.raises(ValidationError) as refused:
        return_submission(submission=submission, places=[("excused", "Xem lại")], by=cast.compiler, at=factories.NOW)
    assert refused.value.code == "locked"


def hanoi(day, hour, minute=0):
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=factories.HANOI)


@pytest.mark.once
@pytest.mark.parametrize(
    ("at", "reaches"),
    [
        (hanoi(3, 7, 29), hanoi(3, 7, 30)),
        (hanoi(3, 7, 30), hanoi(3, 7, 30)),
        (hanoi(3, 16, 59), hanoi(3, 16, 59)),
        (hanoi(3, 17), hanoi(4, 7, 30)),
        (hanoi(5, 22), hanoi(8, 7, 30)),  # Friday evening: Monday
        (hanoi(6, 9), hanoi(8, 7, 30)),
        (hanoi(10, 9), hanoi(11, 7, 30)),  # a day off
        (hanoi(13, 9), hanoi(13, 9)),  # a Saturday worked instead
    ],
)
def test_what_the_office_decides_reaches_people_in_working_hours(at, reaches):
    calendar = WorkCalendar({dt.date(2026, 6, 10): DayKind.OFF, dt.date(2026, 6, 13): DayKind.MAKE_UP})
    assert office_moment(at, calendar) == reaches


@pytest.mark.django_db
def test_return_at_night_rings_in_the_morning(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    submission = factories.make_submission(cast.own_unit, plan, state="submitted")
    clock.move_to(hanoi(3, 21))
    return_submission(submission=submission, places=[("excused", "Đề nghị xem lại.")], by=cast.compiler, at=hanoi(3, 21))
    assert unread_count(cast.secretary) == 0
    client = sign_in(cast.secretary)
    client.post(reverse("campaigns:notification-read-all"))
    assert "Đề nghị xem lại." not in client.get(reverse("campaigns:notification-list")).content.decode()
    clock.move_to(hanoi(4, 7, 31))
    assert unread_count(cast.secretary) == 1
    assert Notification.objects.filter(person=cast.secretary, read_at=None).count() == 1


@pytest.mark.django_db
def test_rounds_are_counted_and_shown(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    submission = factories.make_submission(cast.own_unit, plan, state="submitted")
    for _ in range(2):
        return_submission(submission=submission, places=[("excused", "Đề nghị xem lại.")], by=cast.compiler, at=factories.NOW)
        Submission.objects.filter(pk=submission.pk).update(state="submitted")
    Submission.objects.filter(pk=submission.pk).update(state="returned")
    page = sign_in(cast.secretary).get(reverse("reports:session-list")).content.decode()
    assert "Đề nghị bổ sung 1 chỗ (lần 2)" in page
    assert "bổ sung 2 lần" in sign_in(cast.compiler).get(reverse("reports:submission-list")).content.decode()


@pytest.mark.django_db
def test_what_came_in_time_and_was_sent_again_when_asked_for_more_stays_in_time(cast, clock, sign_in):
    """Asked for more after the last day, and sent again: in time everywhere by its first receipt; the rounds tell of it."""
    plan = steps.asked(cast)[0]
    steps.report(sign_in(cast.secretary), cast.own_unit)
    first = Submission.objects.get()
    points = first.scores.get(criterion=steps.criterion("III.4")).suggested
    clock.move_to(factories.NOW + dt.timedelta(days=60))
    later = factories.NOW + dt.timedelta(days=60)
    return_submission(submission=first, places=[("excused", "Xem lại.")], by=cast.compiler, at=later)
    client = sign_in(cast.secretary)
    client.post(reverse("reports:session-amend", args=[first.pk]))
    steps.send(client, Filing.objects.get(sent_at=None))
    again = Submission.objects.get()
    assert (again.revision, again.submitted_at, again.first_sent_at) == (2, later, first.submitted_at)
    assert verdict_on(again).on_time
    assert again.scores.get(criterion=steps.criterion("III.4")).suggested == points > 0
    [row] = [one for one in unit_rows(plan, counted_at=later) if one.submission_id]
    assert (row.verdict, row.received_on) == ("on_time", factories.TODAY.isoformat())
    [year] = [one for one in unit_years([cast.own_unit], 2026, on=later.date()) if one.lines]
    assert (year.in_time, year.rounds) == (1, 1)
    assert receipts_by_plan([plan.pk])[plan.pk].on_time == 1
