"""The leader's Monday: once a week, in figures, on the first day on which anybody is reminded."""

import datetime as dt

import pytest

from campaigns.models import Notification
from campaigns.services.clock import tick
from campaigns.services.weekly import tell_leaders
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role
from units.models import WardSettings

MONDAY = dt.date(2026, 6, 1)
HALF_PAST_SEVEN = dt.time(7, 30)


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])
    plan.assignments.filter(unit=cast.own_unit, product="study").update(state="studied")
    factories.recount(plan_ids=[plan.pk])
    return plan


def weeks():
    return list(Notification.objects.filter(key__startswith="week:").order_by("pk"))


def test_a_leader_reads_the_figures_once_a_week(plan, cast):
    tick(now=at(MONDAY, dt.time(7, 0)))
    assert weeks() == []
    for minute in (30, 31, 45):
        tick(now=at(MONDAY, dt.time(7, minute)))
    tick(now=at(dt.date(2026, 6, 2), HALF_PAST_SEVEN))
    (line,) = weeks()
    assert (line.person, line.url) == (cast.leader, "/lanh-dao/")
    assert line.title == "Tình hình tuần đến 07/6/2026: 1 kế hoạch đang thực hiện"
    directive = plan.directive_links.get().directive.short_form
    assert line.body == (
        f"Kế hoạch số {plan.paper.number_text} ({directive}): đã học 1/2; đã báo cáo 0/2; cơ quan, đoàn thể xong 0/1 việc; "
        "hạn gần nhất thứ Năm, 04/6/2026."
    )


def test_late_units_are_counted_and_drafts_wait(plan, cast):
    factories.make_plan(cast.ward, state="submitted", submitted_at=factories.NOW, submitted_by=cast.drafter)
    tell_leaders(now=at(dt.date(2026, 6, 8), HALF_PAST_SEVEN))
    (line,) = weeks()
    assert line.body.splitlines()[0] == "1 kế hoạch đang chờ đồng chí duyệt."
    assert "quá hạn 1 đơn vị chưa học; quá hạn 2 đơn vị chưa báo cáo" in line.body


def test_a_ward_without_plans_is_left_in_peace(cast):
    assert tell_leaders(now=at(MONDAY, HALF_PAST_SEVEN)) == 0


def test_the_week_of_tet_begins_after_mung_sau(plan):
    told = [day for day in range(8, 20) if tell_leaders(now=at(dt.date(2027, 2, day), HALF_PAST_SEVEN))]
    assert told == [12, 15]


def test_who_leads_two_wards_reads_a_line_of_each(plan, cast):
    factories.make_membership(cast.leader, cast.foreign_ward, Role.LEADER)
    factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    for minute in (30, 31):
        tell_leaders(now=at(MONDAY, dt.time(7, minute)))
    words = "Tình hình tuần đến 07/6/2026: 1 kế hoạch đang thực hiện"
    assert sorted(line.title for line in weeks() if line.person == cast.leader) == sorted(
        f"{ward.short_name}: {words}" for ward in (cast.ward, cast.foreign_ward)
    )


def test_who_leads_two_wards_reads_the_names_also_when_one_reminds_later(plan, cast):
    factories.make_membership(cast.leader, cast.foreign_ward, Role.LEADER)
    factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    WardSettings.objects.filter(ward=cast.foreign_ward).update(remind_at=dt.time(8, 0))
    words = "Tình hình tuần đến 07/6/2026: 1 kế hoạch đang thực hiện"
    tell_leaders(now=at(MONDAY, HALF_PAST_SEVEN))
    assert [line.title for line in weeks() if line.person == cast.leader] == [f"{cast.ward.short_name}: {words}"]
    tell_leaders(now=at(MONDAY, dt.time(8, 0)))
    assert weeks()[-1].title == f"{cast.foreign_ward.short_name}: {words}"
