"""What a ward corrects after its report was issued is shown to the level above as a correction."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reports.choices import ReportState
from tests import factories


def issued(ward, plan, *, days, accepted, present):
    """A frozen report over `plan`, `days` after NOW, with 58 units asked and 1,058 members required."""
    totals = {"asked": 58, "accepted": accepted, "withheld": 0, "counts": {"present": present, "required": 1058}}
    directives = list(plan.directives.values_list("pk", flat=True))
    return factories.make_report(
        ward,
        plans=[plan],
        state=ReportState.FROZEN,
        figures={"plans": [{"directives": directives, "totals": totals}]},
        frozen_at=factories.NOW + dt.timedelta(days=days),
        frozen_by=factories.make_user(),
        paper=factories.make_paper(ward),
    )


@pytest.fixture
def plan(cast, clock):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit])


def test_a_changed_figure_stands_beside_what_was_issued_first(plan, cast, sign_in):
    first = issued(cast.ward, plan, days=0, accepted=56, present=1000)
    last = issued(cast.ward, plan, days=3, accepted=58, present=1012)
    client = sign_in(cast.viewer)
    page = client.get(reverse("reports:overview")).content.decode()
    assert "Đính chính sau ban hành: 1." in page
    assert "58/58" in page
    assert "trước đó: 56/58 tổ chức đảng, dự 1.000 / 1.058" in page
    file = client.get(reverse("reports:overview-workbook")).content
    rows = list(load_workbook(io.BytesIO(file)).active.iter_rows(min_row=2, values_only=True))
    own = next(row for row in rows if row[0] == cast.ward.code)
    assert own[2:6] == (58, 58, 1012, 1058)
    assert own[7] == last.paper.number_text
    assert own[9:14] == (first.paper.number_text, 56, 58, 1000, 1058)


def test_a_later_report_with_the_same_figures_is_no_correction(plan, cast, sign_in):
    issued(cast.ward, plan, days=0, accepted=58, present=1012)
    issued(cast.ward, plan, days=3, accepted=58, present=1012)
    page = sign_in(cast.viewer).get(reverse("reports:overview")).content.decode()
    assert "Đính chính" not in page


def test_corrections_cost_no_query_of_their_own(plan, cast, sign_in):
    client, counted = sign_in(cast.viewer), []
    for days in (0, 3):
        issued(cast.ward, plan, days=days, accepted=50 + days, present=900 + days)
        client.get(reverse("reports:overview"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("reports:overview"))
        counted.append(len(caught))
    assert counted[0] == counted[1]
