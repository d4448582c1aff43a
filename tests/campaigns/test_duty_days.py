"""A clause "theo thông báo của tỉnh" asks for its day; once told, everybody who owes it has it, is told and reminded."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.choices import DeadlineRule, Product
from campaigns.models import Assignment, Notification, Reminder
from campaigns.selectors.assignments import decisions_on
from campaigns.services import assignments as services
from campaigns.services.counters import recount
from campaigns.services.due_days import move_due_days, set_told_day
from campaigns.services.exemptions import exempt
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import counted, counters, rungs

pytestmark = pytest.mark.usefixtures("clock")
TOLD = dt.date(2026, 6, 17)
BASIS = "Thông báo số 45-TB/TU, ngày 02/6/2026"


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


@pytest.fixture
def duty(plan, cast):
    facts = {"rule": DeadlineRule.ON_NOTICE, "last_day": None, "deadline_phrase": "theo thông báo của tỉnh"}
    duty = factories.make_duty(plan, product=Product.ACTION, text="Cử đại biểu dự hội nghị tại tỉnh.", **facts)
    for unit in (cast.own_unit, cast.other_unit):
        factories.make_assignment(duty, unit)
    return duty


def test_the_office_is_asked_for_the_day_and_the_units_get_it(duty, cast, sign_in):
    office = sign_in(cast.compiler)
    url = reverse("campaigns:duty-day", args=[duty.pk])
    assert url in office.get(reverse("home")).content.decode()
    assert "2 việc đang chờ ngày" in office.get(url).content.decode()
    answer = office.post(url, {"due_on": "17/6/2026", "basis": BASIS}, follow=True)
    assert "Đã ghi ngày cho 2 việc" in answer.content.decode()
    rows = list(Assignment.objects.filter(duty=duty))
    assert [row.due_on for row in rows] == [TOLD, TOLD]
    assert counters() == counted()
    assert [rung for rung, _day in rungs(rows[0])] == [-7, -3, -1, 0, 1, 3]
    line = Notification.objects.get(person=cast.secretary)
    assert BASIS in line.body
    assert "17/06/2026" in line.title
    assert [(one.words, one.reason) for one in decisions_on(rows[0])] == [
        ("Có ngày theo thông báo: hết 17/06/2026", BASIS)
    ]
    assert url not in office.get(reverse("home")).content.decode()
    assert office.get(url).status_code == 404  # nothing waits for a day any more


def test_a_past_day_is_refused_and_what_was_typed_stays(duty, cast, sign_in):
    page = sign_in(cast.compiler).post(
        reverse("campaigns:duty-day", args=[duty.pk]), {"due_on": "1/6/2026", "basis": BASIS}
    )
    assert "Ngày này đã qua" in page.content.decode()
    assert BASIS in page.content.decode()
    assert not Assignment.objects.filter(duty=duty, due_on__isnull=False).exists()
    assert not Reminder.objects.exists()


def test_a_unit_that_is_done_or_already_has_a_day_keeps_it(duty, cast):
    own, other = Assignment.objects.filter(duty=duty).order_by("unit_id")
    services.extend(assignment=own, due_on=dt.date(2026, 6, 30), reason="Bão.", by=cast.compiler, at=factories.NOW)
    exempt(assignment=other, reason="Không có đại biểu.", by=cast.compiler, at=factories.NOW)
    with pytest.raises(ValidationError) as refused:
        set_told_day(duty=duty, due_on=TOLD, basis=BASIS, by=cast.compiler, at=factories.NOW)
    assert refused.value.code == "nothing"
    own.refresh_from_db()
    assert own.due_on == dt.date(2026, 6, 30)


def test_a_body_without_log_in_to_the_office_may_not_set_the_day(duty, cast, sign_in):
    url = reverse("campaigns:duty-day", args=[duty.pk])
    assert sign_in(cast.secretary).post(url, {"due_on": "17/6/2026", "basis": BASIS}).status_code == 404
    assert not Assignment.objects.filter(duty=duty, due_on__isnull=False).exists()


def test_a_moved_day_kills_the_old_rungs_and_keeps_the_day_of_the_plan(plan, cast):
    rows = Assignment.objects.filter(plan=plan, product=Product.STUDY)
    plan_reminders(assignments=rows, now=factories.NOW)
    moved = move_due_days(assignments=rows, due_on=TOLD, reason="Công văn 20.", at=factories.NOW)
    assert {(row.due_on, row.original_due_on, row.due_version) for row in moved} == {(TOLD, factories.LAST_DAY, 2)}
    assert counters() == counted()
    first = moved[0]
    assert set(rungs(first, state="cancelled"))
    assert {row.due_version for row in Reminder.objects.filter(assignment=first, state="waiting")} == {2}
    assert move_due_days(assignments=rows, due_on=TOLD, reason="Lần nữa.", at=factories.NOW) == []


def test_sixty_units_cost_no_more_queries_than_ten(cast, django_assert_max_num_queries):
    counts = []
    for number in (10, 60):
        units = [factories.make_unit(cast.ward) for _ in range(number)]
        for unit in units:
            factories.make_person(unit, "secretary")
        duty = factories.make_duty(
            factories.make_issued_plan(cast.ward, units=[]), last_day=None, rule=DeadlineRule.ON_NOTICE
        )
        Assignment.objects.bulk_create(
            Assignment(plan=duty.plan, duty=duty, unit=unit, product=duty.product) for unit in units
        )
        recount(plan_ids=[duty.plan_id])
        with django_assert_max_num_queries(40) as spent:
            set_told_day(duty=duty, due_on=TOLD, basis=BASIS, by=cast.compiler, at=factories.NOW)
        counts.append(len(spent))
    assert counts[1] <= counts[0] + 4  # SQLite takes 360 reminders in batches of its own
