"""The year of a unit over all plans, and the log that tells the same."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.choices import AssignmentState
from campaigns.models import Assignment
from reports.models import Submission
from reports.selectors.year_sheet import log_differences, unit_years
from reports.services.submissions import accept_submission, return_submission
from tests import factories
from tests.reports import steps
from units.models import Unit, UnitRevision
from units.services.units import revise_unit

YEAR = factories.TODAY.year


@pytest.fixture
def plans(cast):
    """Three plans of the year and one of the year before; the unit is exempted from the third."""
    units = [cast.own_unit, cast.other_unit]
    made = [factories.make_issued_plan(cast.ward, units=units) for _ in range(3)]
    Assignment.objects.filter(plan=made[2], unit=cast.own_unit).update(state=AssignmentState.EXEMPT)
    old = factories.make_paper(cast.ward, dated_on=dt.date(YEAR - 1, 3, 2))
    factories.make_issued_plan(cast.ward, units=units, paper=old)
    return made


def only(unit):
    (found,) = unit_years([unit], YEAR, on=factories.TODAY)
    return found


def test_the_year_holds_each_plan_once_and_counts_what_was_told(cast, plans):
    session = factories.make_session(cast.own_unit, directives=plans[0].directives.all())
    late = dt.datetime(YEAR, 6, 8, 9, tzinfo=factories.HANOI)
    factories.make_submission(
        cast.own_unit, plans[0], sessions=[session], state="appraised", self_total="90", appraised_total="80.5",
        self_level="Tốt", appraised_level="Khá", return_rounds=2,
    )  # fmt: skip
    factories.make_submission(cast.own_unit, plans[1], state="accepted", self_total="70", submitted_at=late)
    year = only(cast.own_unit)
    assert [(line.plan_id, line.exempt) for line in year.lines] == [(plan.pk, plan == plans[2]) for plan in plans]
    assert (year.asked, year.sent, year.in_time, year.rounds, year.scored) == (2, 2, 1, 2, 2)
    assert year.mean == Decimal("75.3")  # (80,5 + 70) / 2 = 75,25
    first = year.lines[0]
    assert (first.required, first.present, str(first.percent), first.level) == (26, 24, "92.3", "Khá")


def test_the_sheet_of_a_year_that_is_over_keeps_the_names_of_then(cast, plans):
    old = cast.own_unit.short_name
    renamed = {"name": "Chi bộ Tổ dân phố Hợp Nhất", "short_name": "TDP Hợp Nhất"}
    UnitRevision.objects.create(
        unit=cast.own_unit, effective_from=dt.date(YEAR - 2, 1, 1), kind=cast.own_unit.kind, name=cast.own_unit.name,
        short_name=old, recorded_at=factories.NOW, recorded_by=cast.admin,
    )  # fmt: skip
    facts = {"effective_from": factories.TODAY, "basis": "Quyết định số 12-QĐ/ĐU", "by": cast.admin}
    revise_unit(unit=cast.own_unit, **facts, **renamed)
    unit = Unit.objects.get(pk=cast.own_unit.pk)
    assert unit.short_name == "TDP Hợp Nhất"
    assert [one.unit.short_name for one in unit_years([unit], YEAR - 1, on=factories.TODAY)] == [old]
    assert [one.unit.short_name for one in unit_years([unit], YEAR, on=factories.TODAY)] == ["TDP Hợp Nhất"]


def test_the_sheet_of_the_running_year_bears_no_name_that_is_not_yet_in_force(cast, plans):
    old = cast.own_unit.short_name
    later = factories.TODAY + dt.timedelta(days=60)
    facts = {"effective_from": later, "basis": "Quyết định số 12-QĐ/ĐU", "by": cast.admin, "on": factories.TODAY}
    revise_unit(unit=cast.own_unit, name="Chi bộ Tổ dân phố Hợp Nhất", short_name="TDP Hợp Nhất", **facts)
    for on, name in ((factories.TODAY, old), (later, "TDP Hợp Nhất")):
        unit = Unit.objects.get(pk=cast.own_unit.pk)
        assert [one.unit.short_name for one in unit_years([unit], YEAR, on=on)] == [name]


def test_a_unit_that_keeps_its_figures_shows_scores_only(cast, plans):
    cast.own_unit.figures_withheld = True
    cast.own_unit.save(update_fields=["figures_withheld"])
    session = factories.make_session(cast.own_unit, directives=plans[0].directives.all(), present=700)
    factories.make_submission(cast.own_unit, plans[0], sessions=[session], state="accepted", self_total="90")
    line = only(cast.own_unit).lines[0]
    assert (line.required, line.present, line.points) == (None, None, Decimal("90.0"))


def sent_and_returned(cast, sign_in, clock):
    """A report sent through the form, returned once and sent again: what the log knows."""
    (plan,) = steps.asked(cast)
    client = sign_in(cast.secretary)
    steps.report(client, cast.own_unit)
    submission = Submission.objects.get(unit=cast.own_unit, plan=plan)
    return_submission(submission=submission, places=[("unexcused", "Ghi rõ.")], by=cast.compiler, at=factories.NOW)
    return plan, submission


def test_the_sheet_comes_out_of_the_log_again(cast, sign_in, clock):
    sent_and_returned(cast, sign_in, clock)
    year = only(cast.own_unit)
    assert (year.sent, year.rounds) == (1, 1)
    assert log_differences(year) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("return_rounds", 0, "bảng ghi 0 lần bổ sung, nhật ký ghi 1"),
        ("first_sent_at", factories.NOW - dt.timedelta(days=1), "giờ nộp trên bảng không có trong nhật ký"),
        ("self_total", Decimal("100"), "điểm tự chấm khác bản đã nộp"),
    ],
)
def test_a_sheet_that_was_tampered_with_does_not_match_the_log(cast, sign_in, clock, field, value, words):
    """Control: each of the three is changed behind the services' back."""
    _plan, submission = sent_and_returned(cast, sign_in, clock)
    Submission.objects.filter(pk=submission.pk).update(**{field: value})
    (found,) = log_differences(only(cast.own_unit))
    assert words in found


def test_the_list_costs_the_same_for_2_and_12_units(cast, django_assert_max_num_queries):
    counted = []
    for number in (2, 10):
        units = [factories.make_unit(cast.ward) for _ in range(number)]
        plan = factories.make_issued_plan(cast.ward, units=units)
        for unit in units:
            factories.make_submission(unit, plan, state="accepted")
        with django_assert_max_num_queries(12) as captured:
            unit_years(units, YEAR, on=factories.TODAY)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_pages_and_excel_say_the_same(cast, plans, sign_in):
    factories.make_submission(cast.own_unit, plans[0], state="accepted", self_total="90.5")
    client = sign_in(cast.leader)
    listed = client.get(reverse("reports:year-list", args=[YEAR])).content.decode()
    page = client.get(reverse("reports:year-sheet", args=[YEAR, cast.own_unit.pk])).content.decode()
    answer = client.get(reverse("reports:year-sheet-workbook", args=[YEAR, cast.own_unit.pk]))
    lines, unit = load_workbook(io.BytesIO(answer.content)).worksheets
    row = next(lines.iter_rows(min_row=2, values_only=True))
    links = [
        reverse(name, kwargs={"year": YEAR, "pk": cast.own_unit.pk})
        for name in ("reports:year-sheet", "reports:year-sheet-workbook")
    ]
    assert links[0] in listed
    assert links[1] in page
    assert "90,5" in listed
    assert "90,5" in page
    assert (row[0], row[2], row[11]) == (cast.own_unit.code, plans[0].paper.number_text, 90.5)
    assert next(unit.iter_rows(min_row=2, values_only=True))[2:8] == (2, 1, 1, 0, 1, 90.5)


def test_a_secretary_reads_the_own_year_and_no_other(cast, plans, sign_in):
    client = sign_in(cast.secretary)
    codes = [
        client.get(reverse("reports:year-sheet", args=[YEAR, unit.pk])).status_code
        for unit in (cast.own_unit, cast.other_unit)
    ]
    assert codes == [200, 404]


def test_a_report_that_was_only_accepted_keeps_its_receipt(cast, sign_in, clock):
    """Accepting is in the log too but is no sending: the time on the sheet stays that of the receipt."""
    steps.asked(cast)
    steps.report(sign_in(cast.secretary), cast.own_unit)
    submission = Submission.objects.get(unit=cast.own_unit)
    accept_submission(submission=submission, by=cast.compiler, at=factories.NOW + dt.timedelta(days=2))
    assert log_differences(only(cast.own_unit)) == []
