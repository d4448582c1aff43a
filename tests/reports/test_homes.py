"""What each person sees first; the matrix; the leader's page; what the level above compares."""

import datetime as dt
import html
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Duty
from campaigns.services.counters import recount
from documents.services.drafts import create_draft, discard_draft
from reports.choices import SubmissionState
from reports.selectors.home import next_days
from reports.selectors.leader import running_plans
from reports.selectors.matrix import kept_rows, matrix_of, totals_of
from tests import factories
from units.models import Unit, WardSettings
from units.selectors.access import Access

PAGES = ("home", "reports:matrix", "reports:leader", "reports:report-list")


def queries(client, name):
    with CaptureQueriesContext(connection, ) as captured:
        assert client.get(reverse(name)).status_code == 200
    return len(captured)


def owing(plan, unit, product, **fields):
    Assignment.objects.filter(plan=plan, unit=unit, product=product).update(**fields)
    recount(plan_ids=[plan.pk])


def test_every_role_has_a_home(cast, client):
    factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body])
    found = {}
    for name in ("drafter", "clerk", "compiler", "leader", "admin", "secretary", "helper", "contact", "viewer"):
        client.force_login(getattr(cast, name))
        found[name] = client.get("/").status_code
    assert set(found.values()) == {200}, found


def test_nobody_is_shown_home_without_log_in(client, cast):
    assert client.get("/").status_code == 302
    assert client.post("/").status_code in {302, 405}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_office_cost_the_same_for_3_and_30_units(cast, sign_in, clock, name):
    counted = []
    for number in (3, 30):
        units = [factories.make_unit(cast.ward) for _ in range(number)]
        plan = factories.make_issued_plan(cast.ward, units=units)
        for unit in units:
            factories.make_submission(unit, plan, state=SubmissionState.SUBMITTED)
        client = sign_in(cast.compiler)
        client.get("/")
        counted.append(queries(client, name))
        plan.state = PlanState.CLOSED
        plan.save(update_fields=["state"])
    assert counted[0] == counted[1]


def test_the_clerk_hears_of_papers_that_wait_for_their_number(cast, sign_in, clock):
    facts = {"kind": "CV", "by": cast.drafter, "now": factories.NOW, "subject": "Về việc đôn đốc"}
    draft = create_draft(ward=cast.ward, **facts)
    create_draft(ward=cast.foreign_ward, **facts)
    words = "1 văn bản đang soạn, chờ ghi số khi đã ký."
    pages = [sign_in(one).get("/").content.decode() for one in (cast.clerk, cast.drafter)]
    assert [words in page for page in pages] == [True, False]
    discard_draft(draft=draft, by=cast.drafter, now=factories.NOW)
    assert words not in sign_in(cast.clerk).get("/").content.decode()


def test_the_secretary_types_once_for_two_plans(cast, sign_in, clock):
    for _ in range(2):
        factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    page = sign_in(cast.secretary).get("/").content.decode()
    assert "Đồng chí có 1 việc cần làm" in page
    assert "Nhập một lần cho cả 2 kế hoạch." in page
    assert "hết thứ Năm, 04/6/2026 (còn 1 ngày)" in page


def test_a_returned_report_comes_first(cast, sign_in, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    factories.make_submission(
        cast.own_unit, plan, state=SubmissionState.RETURNED, return_field="excused", return_reason="Ghi rõ số vắng."
    )
    page = sign_in(cast.secretary).get("/").content.decode()
    assert "Đề nghị bổ sung 1 chỗ" in page
    assert "Ghi rõ số vắng." in page


def test_the_leader_sees_who_is_missing_under_whom(cast, sign_in, clock):
    charge = factories.make_user(full_name="Đồng chí phụ trách cụm 1", phone="0900 000 001")
    units = [factories.make_unit(cast.ward, in_charge=charge, short_name=f"Chi bộ {n}") for n in (1, 2)]
    plan = factories.make_issued_plan(cast.ward, units=units)
    owing(plan, units[0], Product.REPORT, state=AssignmentState.SUBMITTED)
    page = sign_in(cast.leader).get("/").content.decode()
    assert "Đồng chí phụ trách cụm 1" in page
    assert 'href="tel:0900000001"' in page
    assert '<p class="owed-names">Chi bộ 2</p>' in page
    [see] = re.findall(rf'href="({reverse("reports:matrix")}\?owing=[^"]+person=[^"]+)"', page)
    listed = sign_in(cast.leader).get(html.unescape(see)).text
    assert 'title="Chi bộ 2: ' in listed
    assert 'title="Chi bộ 1: ' not in listed
    assert re.search(r'<button[^>]+class="btn btn-secondary" data-print', page)


def test_an_unknown_plan_on_the_leaders_page_is_404(cast, sign_in):
    factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    other = factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    client = sign_in(cast.leader)
    asked = [client.get(reverse("reports:leader"), {"plan": plan}).status_code for plan in (other.pk, 999_999, "x")]
    assert asked == [404, 404, 404]


def test_a_cell_says_how_the_unit_stands(cast):
    units = [factories.make_unit(cast.ward, short_name=f"Chi bộ {n}") for n in range(1, 6)]
    plan = factories.make_issued_plan(cast.ward, units=units)
    studied, sent, late, returned, untouched = units
    owing(plan, studied, Product.STUDY, state=AssignmentState.STUDIED)
    for unit, state in ((sent, AssignmentState.SUBMITTED), (returned, AssignmentState.RETURNED)):
        owing(plan, unit, Product.STUDY, state=AssignmentState.STUDIED)
        owing(plan, unit, Product.REPORT, state=state)
    owing(plan, late, Product.STUDY, due_on=factories.TODAY - dt.timedelta(days=2))
    rows = matrix_of([plan], on=factories.TODAY)
    found = {row.name: (row.cells[0].state, row.nearest_due) for row in rows}
    assert found == {
        "Chi bộ 1": ("studied", factories.LAST_DAY),
        "Chi bộ 2": ("submitted", None),
        "Chi bộ 3": ("overdue", factories.TODAY - dt.timedelta(days=2)),
        "Chi bộ 4": ("returned", factories.LAST_DAY),
        "Chi bộ 5": ("todo", factories.LAST_DAY),
    }
    total = totals_of(rows, [plan])[0]
    assert (total.asked, total.studied, total.reported) == (5, 3, 1)
    assert [row.name for row in kept_rows(rows, owing=True, wanted="chi bo 2")] == []
    assert untouched.short_name in {row.name for row in kept_rows(rows, owing=True)}


def test_a_unit_that_was_not_asked_has_an_empty_cell(cast):
    first = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    second = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    rows = matrix_of([first, second], on=factories.TODAY)
    cells = {row.unit_id: [cell.state if cell else None for cell in row.cells] for row in rows}
    assert cells == {cast.own_unit.pk: ["todo", "todo"], cast.other_unit.pk: [None, "todo"]}


@pytest.mark.once
@pytest.mark.parametrize("name", ["reports:matrix", "reports:leader"])
def test_no_question_about_duties_reads_the_other_wards(cast, sign_in, clock, name):
    """A join to all plans, duties or people of a country is what a database chooses for a list of one ward in it."""
    factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    client = sign_in(cast.leader)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    asked = [one["sql"] for one in captured if 'FROM "campaigns_assignment"' in one["sql"]]
    assert asked
    for sql in asked:
        assert not {"campaigns_duty", "campaigns_plan"} & set(re.findall(r'JOIN "(\w+)"', sql)), sql


@pytest.mark.once
def test_the_secretarys_home_asks_about_the_own_units_alone(cast, sign_in, clock):
    """Units asked by some plan are not looked for over the whole country to find one among them."""
    factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    client = sign_in(cast.secretary)
    with CaptureQueriesContext(connection) as captured:
        assert "Báo cáo buổi học" in client.get("/").content.decode()
    units = [one["sql"] for one in captured if one["sql"].startswith('SELECT "units_unit".')]
    assert units
    assert not [sql for sql in units if "campaigns_assignment" in sql or "reports_filing" in sql]


def test_each_lead_of_the_coming_days_has_a_line(cast, clock):
    """Duties of one day under the same lead are one line, those of another lead another."""
    plan = factories.make_issued_plan(cast.ward, units=[])
    day = factories.TODAY + dt.timedelta(days=2)
    for lead in ("Ban Xây dựng Đảng", "Văn phòng", "Ban Xây dựng Đảng"):
        duty = factories.make_duty(plan, product=Product.ACTION)
        Duty.objects.filter(pk=duty.pk).update(lead_text=lead)
        assignment = factories.make_assignment(duty, cast.own_unit)
        Assignment.objects.filter(pk=assignment.pk).update(due_on=day, state=AssignmentState.TODO)
    lines = next_days(running_plans(Access(cast.leader)), on=factories.TODAY)
    found = [(one.day, one.what, one.count) for one in lines if one.day == day]
    assert found == [(day, "việc của Ban Xây dựng Đảng", 2), (day, "việc của Văn phòng", 1)]


def test_a_cell_leads_to_what_the_unit_sent(cast, sign_in, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    Unit.objects.filter(pk=cast.own_unit.pk).update(short_name="Tổ 1 & <b>2</b>")
    page = sign_in(cast.compiler).get(reverse("reports:matrix")).content.decode()
    words = "Tổ 1 &amp; &lt;b&gt;2&lt;/b&gt;: Chưa thực hiện"
    address = f"{reverse('reports:submission-list')}?ke_hoach={plan.pk}&amp;q=T%E1%BB%95%201%20%26%20%3Cb%3E2%3C/b%3E"
    assert f'<a class="cell s-todo" href="{address}" title="{words}"><svg' in page
    assert f'<span class="visually-hidden">{words}</span></a>' in page
    assert "<b>2</b>" not in page


def test_the_matrix_as_excel_has_the_filters_and_no_formula(cast, sign_in):
    named = factories.make_unit(cast.ward, short_name="=cmd|' /C calc'!A0")
    factories.make_issued_plan(cast.ward, units=[named, cast.own_unit])
    response = sign_in(cast.compiler).get(reverse("reports:matrix-workbook"), {"q": "cmd"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["=cmd|' /C calc'!A0"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_level_above_sees_no_live_figure_until_the_ward_opens_them(cast, sign_in, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    session = factories.make_session(cast.own_unit, directives=plan.directives.all())
    factories.make_submission(cast.own_unit, plan, sessions=[session], state=SubmissionState.SUBMITTED)
    client = sign_in(cast.viewer)
    closed = client.get("/").content.decode()
    WardSettings.objects.filter(ward=cast.ward).update(live_figures_open=True)
    opened = client.get("/").content.decode()
    assert ("24 / 26" in closed, "24 / 26" in opened) == (False, True)


def test_the_overview_costs_the_same_for_2_and_8_wards(cast, sign_in, clock):
    directive = factories.make_directive()
    counted = []
    client = sign_in(cast.viewer)
    for number in (2, 6):
        for _ in range(number):
            ward = factories.make_ward(cast.province, settings={"live_figures_open": True})
            factories.make_issued_plan(ward, units=[factories.make_unit(ward)], directives=[directive])
        client.get("/")
        counted.append(queries(client, "reports:overview"))
    assert counted[0] == counted[1]
