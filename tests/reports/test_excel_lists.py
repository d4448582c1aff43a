"""Every list of the office as Excel: what the page shows, behind the same gate."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.choices import CallOutcome, Product
from campaigns.models import Assignment
from campaigns.selectors.assignments import plan_assignments
from campaigns.services.assignments import record_progress
from campaigns.services.calls import record_call
from campaigns.workbooks import assignments_workbook
from reports.choices import SubmissionState
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body])


def sheets(response):
    """{sheet: rows} of a downloaded workbook."""
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in book.worksheets}


def document_of(plan, cast):
    duty = factories.make_duty(plan, lead=cast.body, product=Product.DOCUMENT, text="- Xây dựng Kế hoạch thực hiện.")
    row = factories.make_assignment(duty, cast.body)
    return record_progress(
        assignment=row,
        state="done",
        note="=Đã ký",
        product_words="Kế hoạch số 15-KH/UBND",
        by=cast.contact,
        at=factories.NOW,
    )


def test_the_duties_of_all_bodies(cast, plan, sign_in):
    document_of(plan, cast)
    found = sheets(sign_in(cast.clerk).get(reverse("campaigns:body-list-workbook")))
    assert found["Các cơ quan"][1][:5] == [cast.body.code, cast.body.name, cast.contact.full_name, 2, 1]
    done = next(row for row in found["Nhiệm vụ"] if row[2] == "- Xây dựng Kế hoạch thực hiện.")
    assert (done[0], done[5], done[6], done[7]) == (cast.body.name, "Đã xong", "=Đã ký", "Kế hoạch số 15-KH/UBND")


def test_a_body_takes_its_own_duties_home_and_nobody_elses(cast, plan, sign_in):
    other = factories.make_unit(cast.ward, kind="body")
    document_of(plan, cast)
    client = sign_in(cast.contact)
    found = sheets(client.get(reverse("campaigns:body-duties-workbook", args=[cast.body.pk])))
    assert "- Xây dựng Kế hoạch thực hiện." in [row[1] for row in found["Nhiệm vụ"]]
    assert client.get(reverse("campaigns:body-duties-workbook", args=[other.pk])).status_code == 404
    assert client.get(reverse("campaigns:body-list-workbook")).status_code == 403


def test_the_duties_of_one_plan_filtered_as_on_the_page(cast, plan, sign_in):
    document_of(plan, cast)
    url = reverse("campaigns:plan-assignments-workbook", args=[plan.pk])
    client = sign_in(cast.leader)
    assert len(sheets(client.get(url))["Nhiệm vụ"]) == 1 + Assignment.objects.filter(plan=plan).count()
    (_, only) = sheets(client.get(f"{url}?show=done"))["Nhiệm vụ"]
    assert only[1] == cast.body.name


def test_the_workbook_of_a_plan_takes_one_query_for_any_number_of_units(cast, plan, django_assert_num_queries):
    rows = plan_assignments(plan, on=factories.TODAY).select_related(
        "duty", "unit", "plan__paper", "product_file", "product_paper"
    )
    with django_assert_num_queries(1):
        assignments_workbook(rows, on=factories.TODAY)


def test_whom_to_call_with_the_last_answer(cast, plan, sign_in):
    Assignment.objects.filter(plan=plan, unit=cast.own_unit).update(due_on=factories.TODAY)
    facts = {"outcome": CallOutcome.CALLED, "promised_on": None, "note": "Hứa gửi chiều nay"}
    record_call(unit=cast.own_unit, by=cast.compiler, at=factories.NOW, **facts)
    (_, row, _body) = sheets(sign_in(cast.compiler).get(reverse("campaigns:call-workbook")))["Cần gọi"]
    assert (row[1], row[2], row[11]) == (cast.own_unit.name, cast.secretary.full_name, "Hứa gửi chiều nay")


def test_the_roll_of_a_conference(cast, plan, sign_in):
    conference = make_conference(cast.ward, plans=[plan], by=cast.clerk)
    make_invitee(conference, cast.own_unit)
    (_, row) = sheets(sign_in(cast.clerk).get(reverse("campaigns:conference-workbook", args=[conference.pk])))[
        "Danh sách"
    ]
    assert cast.own_unit.short_name in row


def test_the_send_list_of_a_paper(cast, plan, sign_in):
    line = factories.make_dispatch(plan.paper, cast.own_unit)
    found = sheets(sign_in(cast.clerk).get(reverse("documents:dispatch-workbook", args=[plan.paper_id])))[
        "Danh sách gửi"
    ]
    assert [line.addressee, line.copies] in [row[:2] for row in found]


def test_the_units_come_out_as_they_may_be_read_in_again(cast, sign_in):
    cast.own_unit.member_count = 28
    cast.own_unit.save(update_fields=["member_count"])
    client = sign_in(cast.admin)
    response = client.get(reverse("documents:unit-workbook"))
    rows = {row[0]: row for row in sheets(response)["Đơn vị"]}
    assert rows[cast.own_unit.code][1] == cast.own_unit.name
    assert (rows[cast.own_unit.code][5], rows[cast.own_unit.code][9]) == (28, cast.secretary.full_name)
    again = client.post(
        reverse("documents:unit-import"), {"upload": SimpleUploadedFile("don-vi.xlsx", response.content)}
    )
    assert again.url == reverse("documents:unit-import-preview")
    preview = client.get(again.url).context["preview"]
    assert [problem.sentence for problem in preview.problems] == []


def test_the_results_received(cast, plan, sign_in):
    factories.make_submission(
        cast.own_unit, plan, by=cast.secretary, state=SubmissionState.ACCEPTED, members=32, exempt=2, away=0, received=0
    )
    url = reverse("reports:submission-workbook")
    client = sign_in(cast.compiler)
    (_, row) = sheets(client.get(url))["Kết quả"]
    assert (row[1], row[6], row[7], row[11]) == (cast.own_unit.name, None, 30, "Đã tiếp nhận")
    assert len(sheets(client.get(f"{url}?trang_thai=submitted"))["Kết quả"]) == 1


def test_heads_that_a_unit_keeps_to_itself_are_in_no_workbook(cast, plan, sign_in):
    session = factories.make_session(cast.own_unit, directives=plan.directives.all(), present=27)
    factories.make_submission(
        cast.own_unit,
        plan,
        by=cast.secretary,
        sessions=[session],
        state=SubmissionState.ACCEPTED,
        members=32,
        exempt=2,
        away=0,
        received=0,
    )
    type(cast.own_unit).objects.filter(pk=cast.own_unit.pk).update(figures_withheld=True, member_count=33)
    (_, row) = sheets(sign_in(cast.compiler).get(reverse("reports:submission-workbook")))["Kết quả"]
    assert (row[6], row[7]) == (None, None)
    rows = {row[0]: row for row in sheets(sign_in(cast.admin).get(reverse("documents:unit-workbook")))["Đơn vị"]}
    assert rows[cast.own_unit.code][5] is None
