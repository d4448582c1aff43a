"""Pictures drawn by the server: pure arithmetic first, then the page with its table and its file."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from campaigns.services.counters import recount
from reports.charts import bands, curve, day_counts
from reports.choices import SubmissionState
from reports.selectors.charts import receipts_by_plan
from tests import factories

DAY = dt.date(2026, 6, 1)


def days(*offsets):
    return [DAY + dt.timedelta(days=offset) for offset in offsets]


def test_days_are_added_up_and_shared_by_those_asked():
    found = day_counts(days(2, 0, 2), asked=8)
    assert [(one.day.day, one.count, one.total, one.percent) for one in found] == [
        (1, 1, 1, Decimal("12.5")),
        (3, 2, 3, Decimal("37.5")),
    ]
    assert day_counts(days(0), asked=0) == []


def test_the_curve_steps_up_and_stays_inside_the_drawing():
    drawn = curve(
        day_counts(days(0, 4, 4, 9), asked=4), due_on=DAY + dt.timedelta(days=5), until=DAY + dt.timedelta(days=9)
    )
    points = [tuple(map(float, point.split(","))) for point in drawn.line.split()]
    assert points[0] == (60.0, 186.0)
    assert points[-1] == (616.0, 30.0)
    assert all(
        after[0] >= before[0] and after[1] <= before[1] for before, after in zip(points, points[1:], strict=False)
    )
    assert (drawn.due.text, drawn.due.side, drawn.end.text) == ("06/6", "middle", "100,0")
    assert curve([], due_on=DAY, until=DAY) is None
    assert curve(day_counts(days(0), asked=1), due_on=DAY + dt.timedelta(days=30), until=DAY).due.side == "end"


def test_a_single_day_without_deadline_can_be_drawn():
    drawn = curve(day_counts(days(0), asked=1), due_on=None, until=DAY)
    assert drawn.due is None
    assert drawn.line.split()[-1] == "616.0,30.0"


def test_every_score_from_0_to_100_falls_into_one_band():
    own = [Decimal(step) / 2 for step in range(201)]
    found = bands(own, [Decimal("49.9"), Decimal(50), Decimal(100)])
    assert sum(band.own for band in found) == 201
    assert [band.appraised for band in found] == [1, 1, 0, 0, 0, 1]
    assert [band.label for band in found][0] == "dưới 50"


@pytest.fixture
def plan(cast, clock):
    """Four units: one in time, one two days late, one late but let pass, one silent."""
    cells = [factories.make_unit(cast.ward) for _ in range(4)]
    plan = factories.make_issued_plan(cast.ward, units=cells)
    for cell, late, excused in ((cells[0], 0, False), (cells[1], 3, False), (cells[2], 3, True)):
        at = dt.datetime.combine(factories.LAST_DAY + dt.timedelta(days=late), dt.time(9), tzinfo=factories.HANOI)
        fields = {"state": AssignmentState.SUBMITTED, "settled_at": at, "settled_by": cast.compiler}
        if excused:
            fields |= {"excused_at": at, "excused_by": cast.compiler}
        Assignment.objects.filter(plan=plan, unit=cell, product=Product.REPORT).update(**fields)
        factories.make_submission(
            cell, plan, state=SubmissionState.SUBMITTED, self_total=Decimal("87.5"), submitted_at=at
        )
    recount(plan_ids=[plan.pk])
    return plan


def test_complete_and_in_time_are_two_rates(plan):
    found = receipts_by_plan([plan.pk])[plan.pk]
    assert (found.received, found.on_time, found.asked) == (3, 2, 4)
    assert (found.complete, found.timely) == (Decimal("75.0"), Decimal("50.0"))


def test_the_page_shows_the_pictures_and_their_tables(plan, cast, sign_in):
    page = sign_in(cast.leader).get(reverse("reports:charts")).content.decode()
    assert "Đã nhận 3/4 đơn vị (75,0\u00a0%); đúng hạn 2/4 đơn vị (50,0\u00a0%)." in page
    assert '<polyline class="chart-line" points="60.0,186.0 ' in page
    assert "style=" not in page
    assert '<tr><th scope="row">80–89,9</th><td class="num">3</td><td class="num">0</td></tr>' in page


def test_the_file_holds_the_three_tables(plan, cast, sign_in):
    response = sign_in(cast.leader).get(reverse("reports:charts-workbook"), {"plan": plan.pk})
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Theo ngày", "Điểm", "So sánh"]
    assert [cell.value for cell in book["Theo ngày"][3]] == [
        (factories.LAST_DAY + dt.timedelta(days=3)).isoformat(),
        2,
        3,
        75,
    ]
    assert [cell.value for cell in book["So sánh"][2]][2:6] == [4, 0, 3, 2]


def test_a_foreign_plan_is_404_and_no_plan_says_so(cast, sign_in):
    other = factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    client = sign_in(cast.leader)
    assert client.get(reverse("reports:charts"), {"plan": other.pk}).status_code == 404
    assert client.get(reverse("reports:charts-workbook")).status_code == 404
    assert "Chưa có kế hoạch nào đã ban hành." in client.get(reverse("reports:charts")).content.decode()


def test_the_page_costs_the_same_for_one_plan_and_for_five(cast, sign_in, clock):
    client, counted = sign_in(cast.leader), []
    client.get("/")
    for number in (1, 4):
        for _ in range(number):
            factories.make_issued_plan(cast.ward, units=[factories.make_unit(cast.ward)])
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("reports:charts")).status_code == 200
        counted.append(len(caught))
    assert counted[0] == counted[1]
