"""The office narrows and orders the matrix; the address keeps it, the file follows it."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from reports.selectors.matrix import kinds_of, matrix_of, people_of, sorted_rows
from tests import factories
from units.choices import UnitKind


@pytest.fixture
def ward(cast):
    """Three units under two committee members, two plans; the school is late in the first plan and returned in the second."""
    people = [factories.make_user(full_name=name) for name in ("Phụ trách A", "Phụ trách B")]
    cells = [
        factories.make_unit(cast.ward, short_name="Chi bộ 2", in_charge=people[1]),
        factories.make_unit(cast.ward, short_name="Chi bộ 10", in_charge=people[0]),
        factories.make_unit(cast.ward, short_name="Chi bộ trường", kind=UnitKind.SCHOOL, in_charge=people[1]),
    ]
    plans = [factories.make_issued_plan(cast.ward, units=cells) for _ in range(2)]
    owed = Assignment.objects.filter(unit=cells[2])
    owed.filter(plan=plans[0]).update(due_on=factories.TODAY - dt.timedelta(days=1))
    owed.filter(plan=plans[1], product=Product.REPORT).update(state=AssignmentState.RETURNED)
    Assignment.objects.filter(unit=cells[0], plan=plans[1], product=Product.REPORT).update(
        state=AssignmentState.SUBMITTED
    )
    return cast, cells, plans


def names(rows):
    return [row.name for row in rows]


def shown(client, **filters):
    response = client.get(reverse("reports:matrix-workbook"), filters)
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [row[1].value for row in sheet.iter_rows(min_row=2)]


def test_rows_are_ordered_by_person_name_day_or_urgency(ward):
    _cast, _cells, plans = ward
    rows = matrix_of(plans, on=factories.TODAY)
    ids = [plan.pk for plan in plans]
    assert names(sorted_rows(rows, sort="person")) == ["Chi bộ 10", "Chi bộ 2", "Chi bộ trường"]
    assert names(sorted_rows(rows, sort="name")) == ["Chi bộ 2", "Chi bộ 10", "Chi bộ trường"]
    assert names(sorted_rows(rows, sort="due"))[0] == "Chi bộ trường"
    assert names(sorted_rows(rows, sort=f"plan-{ids[1]}", plan_ids=ids)) == ["Chi bộ trường", "Chi bộ 10", "Chi bộ 2"]
    assert names(sorted_rows(rows, sort="plan-0", plan_ids=ids)) == names(rows)


def test_the_lists_of_the_filters_hold_what_the_rows_hold(ward):
    _cast, _cells, plans = ward
    rows = matrix_of(plans, on=factories.TODAY)
    assert people_of(rows) == ["Phụ trách A", "Phụ trách B"]
    assert kinds_of(rows) == [("tdp", "Chi bộ tổ dân phố"), ("th", "Chi bộ trường học")]


def test_the_file_follows_the_filters_of_the_address(ward, sign_in, clock):
    cast, _cells, plans = ward
    client = sign_in(cast.compiler)
    assert shown(client, kind="th") == ["Chi bộ trường"]
    assert shown(client, person="Phụ trách B") == ["Chi bộ 2", "Chi bộ trường"]
    assert shown(client, state="returned") == ["Chi bộ trường"]
    assert shown(client, state="overdue", person="Phụ trách A") == []
    assert shown(client, sort="name") == ["Chi bộ 2", "Chi bộ 10", "Chi bộ trường"]
    assert shown(client, sort="'; DROP", kind="x", state="y") == ["Chi bộ 10", "Chi bộ 2", "Chi bộ trường"]


def test_the_page_keeps_the_filters_while_it_is_ordered_anew(ward, sign_in, clock):
    cast, _cells, plans = ward
    page = (
        sign_in(cast.compiler).get(reverse("reports:matrix"), {"person": "Phụ trách B", "sort": "due"}).content.decode()
    )
    assert 'href="?person=Ph%E1%BB%A5+tr%C3%A1ch+B&amp;sort=name"' in page
    assert 'aria-sort="ascending"' in page
    assert "2 đơn vị" in page
    assert "Chi bộ 10" not in page
    assert "rowgroup" not in page


def test_the_page_groups_by_person_as_long_as_nothing_else_is_asked(ward, sign_in, clock):
    cast, _cells, _plans = ward
    page = sign_in(cast.compiler).get(reverse("reports:matrix")).content.decode()
    assert page.count('scope="rowgroup"') == 2
