"""Pages of the compiled report: list, draft, edit, print, issue, Excel."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.choices import AssignmentState, Product
from campaigns.services.assignments import record_progress
from reports.choices import ReportState, SubmissionState
from reports.models import CompiledReport
from reports.services.compiling import draft_report, freeze_report
from tests import factories


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    session = factories.make_session(cast.own_unit, directives=plan.directives.all())
    factories.make_submission(
        cast.own_unit, plan, sessions=[session], state=SubmissionState.ACCEPTED, proposals="=1+1 tài liệu"
    )
    return plan


@pytest.fixture
def report(cast, plan):
    return draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)


def edits(report, **fields):
    posted = {f"section-{section.pk}": section.body for section in report.sections.all()}
    posted |= {"version": report.version, "subject": report.subject, "signer": report.signer_id or ""}
    return posted | {"recipients": report.recipients} | fields


def test_a_draft_is_made_from_the_chosen_plans(cast, plan, sign_in):
    response = sign_in(cast.compiler).post(reverse("reports:report-new"), {"plans": [plan.pk]})
    made = CompiledReport.objects.get()
    assert (response.status_code, response.url) == (302, reverse("reports:report-edit", args=[made.pk]))
    assert list(made.plans.all()) == [plan]


def test_no_plan_chosen_is_said_beside_the_field(cast, plan, sign_in):
    response = sign_in(cast.compiler).post(reverse("reports:report-new"), {})
    assert "Hãy chọn ít nhất một kế hoạch để tổng hợp." in response.content.decode()
    assert CompiledReport.objects.count() == 0


def test_saving_keeps_words_and_ticks(cast, report, sign_in):
    section, remark = report.sections.get(slot="study"), report.remarks.get()
    client = sign_in(cast.compiler)
    response = client.post(
        reverse("reports:report-edit", args=[report.pk]),
        edits(report) | {f"section-{section.pk}": "Lời đã sửa.", f"remark-{remark.pk}": "on"},
    )
    section.refresh_from_db()
    remark.refresh_from_db()
    assert (response.status_code, section.body, remark.included) == (302, "Lời đã sửa.", True)


def test_a_stale_page_gets_409_with_everything_typed(cast, report, sign_in):
    section = report.sections.get(slot="study")
    client, url = sign_in(cast.compiler), reverse("reports:report-edit", args=[report.pk])
    posted = edits(report) | {f"section-{section.pk}": "Lời của người thứ hai."}
    client.post(url, edits(report))
    response = client.post(url, posted)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Lời của người thứ hai." in page
    assert "Báo cáo vừa được người khác lưu." in page
    section.refresh_from_db()
    assert section.body != "Lời của người thứ hai."


def test_units_words_are_escaped_on_the_page(cast, plan, sign_in):
    plan.submissions.update(proposals="<script>alert(1)</script>")
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    page = sign_in(cast.compiler).get(reverse("reports:report-edit", args=[report.pk])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.pdf
def test_the_draft_prints_without_a_number(cast, report, sign_in):
    response = sign_in(cast.leader).get(reverse("reports:report-pdf", args=[report.pk]))
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.pdf
def test_the_clerk_issues_with_number_and_day(cast, report, sign_in, clock):
    client = sign_in(cast.clerk)
    response = client.post(reverse("reports:report-issue", args=[report.pk]), {"number": "31", "dated_on": "03/6/2026"})
    report.refresh_from_db()
    assert (response.status_code, report.state, report.paper.number_text) == (302, ReportState.FROZEN, "31-BC/ĐU")


def test_a_day_in_the_future_is_refused_beside_the_field(cast, report, sign_in, clock):
    response = sign_in(cast.clerk).post(
        reverse("reports:report-issue", args=[report.pk]), {"number": "31", "dated_on": "04/6/2026"}
    )
    report.refresh_from_db()
    assert "Ngày ký ở sau hôm nay." in response.content.decode()
    assert report.state == ReportState.DRAFT


@pytest.mark.pdf
def test_the_level_above_reads_the_issued_report_only(cast, report, sign_in, clock):
    client = sign_in(cast.viewer)
    url = reverse("reports:report-detail", args=[report.pk])
    before = client.get(url).status_code
    freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=factories.NOW)
    after = [client.get(url).status_code, client.get(reverse("reports:report-pdf", args=[report.pk])).status_code]
    assert (before, after) == (404, [200, 200])


def test_excel_holds_figures_and_no_formula(cast, report, sign_in):
    response = sign_in(cast.compiler).get(reverse("reports:report-workbook", args=[report.pk]))
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[3:9] for row in rows] == [
        ("đã tiếp nhận", 26, 24, 1, 1, 92.3),
        ("chưa báo cáo", None, None, None, None, None),
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.pdf
def test_the_annexes_alone_are_the_last_pages_of_the_paper(cast, report, sign_in):
    client = sign_in(cast.leader)
    address = reverse("reports:report-annexes", args=[report.pk])
    assert address in client.get(reverse("reports:report-detail", args=[report.pk])).content.decode()
    alone = PdfReader(io.BytesIO(client.get(address).content)).pages
    whole = PdfReader(io.BytesIO(client.get(reverse("reports:report-pdf", args=[report.pk])).content)).pages
    assert 0 < len(alone) < len(whole)
    assert [page.extract_text() for page in alone] == [page.extract_text() for page in whole[-len(alone) :]]
    assert "BIỂU TỔNG HỢP" in alone[0].extract_text().upper()
    assert "BIỂU TỔNG HỢP KẾT QUẢ" not in whole[-len(alone) - 1].extract_text().upper()


def compiling_duty(cast, plan, text="Tổng hợp kết quả, giúp Đảng ủy xây dựng báo cáo gửi Tỉnh ủy."):
    duty = factories.make_duty(plan, lead=cast.body, product=Product.DOCUMENT, text=text)
    return factories.make_assignment(duty, cast.body)


def test_the_issued_report_is_the_document_of_the_duty_that_asked_for_it(cast, plan, report, sign_in):
    asked, other = compiling_duty(cast, plan), compiling_duty(cast, plan, "Chuẩn bị dự thảo kế hoạch của Đảng ủy.")
    url = reverse("reports:report-issue", args=[report.pk])
    client = sign_in(cast.clerk)
    page = client.get(url)
    ticks = page.context["form"].fields["viec"]
    assert (ticks.initial, {pk for pk, _ in ticks.choices}) == ([asked.pk], {asked.pk, other.pk})
    assert client.post(url, {"number": 31, "dated_on": "03/6/2026", "viec": [asked.pk]}).status_code == 302
    asked.refresh_from_db()
    other.refresh_from_db()
    report.refresh_from_db()
    assert (asked.state, asked.product_paper) == (AssignmentState.DONE, report.paper)
    assert (other.state, other.product_paper) == (AssignmentState.TODO, None)


def test_a_duty_settled_meanwhile_does_not_hold_up_the_report(cast, plan, report, sign_in):
    asked = compiling_duty(cast, plan)
    record_progress(assignment=asked, state="done", note="", product_words="Báo cáo số 30", by=cast.contact, at=factories.NOW)
    url = reverse("reports:report-issue", args=[report.pk])
    posted = {"number": 31, "dated_on": "03/6/2026", "viec": [asked.pk]}
    assert sign_in(cast.clerk).post(url, posted).status_code == 302
    asked.refresh_from_db()
    assert asked.product_words == "Báo cáo số 30"


def test_a_duty_of_another_ward_is_never_ended(cast, plan, report, sign_in):
    body = factories.make_unit(cast.foreign_ward, kind="body")
    strange = factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    duty = factories.make_duty(strange, lead=body, product=Product.DOCUMENT, text="Tổng hợp báo cáo.")
    owed = factories.make_assignment(duty, body)
    url = reverse("reports:report-issue", args=[report.pk])
    assert sign_in(cast.clerk).post(url, {"number": 31, "dated_on": "03/6/2026", "viec": [owed.pk]}).status_code == 302
    owed.refresh_from_db()
    assert owed.state == AssignmentState.TODO
