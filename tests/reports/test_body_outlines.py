"""Bodies fill in the outline and forms of a plan with their contacts' accounts; merged with their name, seen by nobody else."""

import pytest
from django.urls import reverse

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment, Notification
from campaigns.services.assignments import record_progress
from reports.body_duties import compiles_report, writes_own_report
from reports.choices import SubmissionState
from reports.models import AnswerSheet, Submission
from reports.papers.unit_report import unit_report_paper
from reports.selectors.body_outlines import body_outlines
from reports.selectors.compiling import unit_rows
from reports.selectors.merging import counted_submissions, coverage_of, merged_forms
from reports.services.submissions import accept_submission, return_submission
from tests import factories
from tests.reports import review_plan as steps
from units.selectors.access import access_of

MODELS = ("Tổ số", "Giúp nhau dùng máy", "Phòng Văn hóa", "12 hộ")
LIST = "/de-cuong-bieu/"


@pytest.fixture
def plan(cast, clock):
    return steps.issue(cast)


def owe(plan, body, *, text="Xây dựng báo cáo kết quả thực hiện theo đề cương, gửi Đảng ủy", product=Product.DOCUMENT):
    duty = factories.make_duty(plan, lead=body, product=product, text=text)
    return factories.make_assignment(duty, body)


def filled(client, body, plan):
    """The sheet of `body` with a text and a row, not sent."""
    sheet = steps.open_sheet(client, body, plan)
    for slug, fields in (
        ("muc-1-I", lambda part: steps.texts(part, "Phường đã ban hành kế hoạch.")),
        ("bieu-2", lambda part: steps.rows(part, MODELS)),
    ):
        part = steps.part(plan, slug)
        steps.save(client, sheet, part, fields(part))
    sheet.refresh_from_db()
    return sheet


def send(client, sheet, *duties):
    return client.post(f"{LIST}{sheet.pk}/", {"version": sheet.version, "viec": [duty.pk for duty in duties]})


def test_a_contact_fills_in_and_sends_and_the_ticked_duty_is_done(cast, plan, sign_in):
    own, other = (
        owe(plan, cast.body),
        owe(plan, cast.body, text="Tuyên truyền trên cổng thông tin.", product=Product.ACTION),
    )
    contact = sign_in(cast.contact)
    assert "Đề cương, biểu của Kế hoạch" in contact.get("/").content.decode()
    assert LIST in contact.get(reverse("campaigns:assignment-list")).content.decode()
    assert LIST in contact.get(reverse("campaigns:body-duties", args=[cast.body.pk])).content.decode()
    assert LIST in contact.get(reverse("campaigns:assignment-detail", args=[own.pk])).content.decode()
    assert "Điền đề cương, biểu" in contact.get(LIST).content.decode()
    sheet = filled(contact, cast.body, plan)
    review = contact.get(f"{LIST}{sheet.pk}/")
    assert review.context["duties"].fields["viec"].initial == [own.pk]  # the report of its own; not the propaganda
    sent = send(contact, sheet, own)
    submission = sheet.submission
    assert sent.url == reverse("reports:answer-detail", args=[submission.pk])
    submission.refresh_from_db()
    assert (submission.state, submission.source, bool(submission.confirmed_at)) == (
        SubmissionState.SUBMITTED,
        "unit",
        True,
    )
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, own.product_words) == (AssignmentState.DONE, "Đề cương, biểu, biên nhận số 1")
    assert other.state == AssignmentState.TODO
    page = contact.get(sent.url).content.decode()
    assert "Phường đã ban hành kế hoạch." in page
    assert "bí thư" not in page
    assert "Đề cương, biểu của Kế hoạch" not in contact.get("/").content.decode()
    assert "Xem bản đã gửi" in contact.get(LIST).content.decode()


def test_a_second_press_is_the_same_receipt(cast, plan, sign_in):
    own = owe(plan, cast.body)
    contact = sign_in(cast.contact)
    sheet = filled(contact, cast.body, plan)
    send(contact, sheet, own)
    assert send(contact, sheet, own).status_code == 302
    assert Submission.objects.get(unit=cast.body).revision == 1


def test_a_body_that_reported_by_a_paper_is_named_apart(cast, plan, sign_in):
    own = owe(plan, cast.body)
    counted = counted_submissions(plan, waiting=False)
    assert coverage_of(plan, counted).bodies_missing == [cast.body]
    record_progress(
        assignment=own, state="done", note="", by=cast.contact, at=factories.NOW, product_words="Báo cáo số 21"
    )
    coverage = coverage_of(plan, counted)
    assert (coverage.bodies_missing, coverage.bodies_apart) == ([], [cast.body])
    page = sign_in(cast.compiler).get(reverse("reports:merged-detail", args=[plan.pk])).content.decode()
    assert "2 đơn vị chưa báo cáo; 1 cơ quan, tổ chức báo cáo bằng văn bản riêng." in page
    assert "Cơ quan, tổ chức báo cáo bằng văn bản riêng (1)" in page


def test_rows_of_bodies_stand_in_the_table_with_their_name_and_are_counted_apart(cast, plan, sign_in):
    idle = factories.make_unit(cast.ward, kind="body", short_name="Hội Nông dân")
    own = owe(plan, cast.body)
    owe(plan, idle)
    contact = sign_in(cast.contact)
    send(contact, filled(contact, cast.body, plan), own)
    accept_submission(submission=Submission.objects.get(unit=cast.body), by=cast.compiler, at=factories.NOW)
    counted = counted_submissions(plan, waiting=False)
    models = merged_forms(plan, counted)[1]
    assert models.lines() == [("", [(["1", *MODELS], cast.body.short_name)])]
    coverage = coverage_of(plan, counted)
    assert (coverage.asked, coverage.counted, coverage.bodies, coverage.bodies_missing) == (2, 0, 1, [idle])
    office = sign_in(cast.compiler)
    page = office.get(reverse("reports:merged-detail", args=[plan.pk])).content.decode()
    assert (
        "Số liệu của 0/2 đơn vị và 1 cơ quan, tổ chức; 2 đơn vị chưa báo cáo; 1 cơ quan, tổ chức chưa báo cáo." in page
    )
    assert cast.body.short_name in page
    assert reverse("reports:answer-open", args=[idle.pk, plan.pk]) in page
    assert "bí thư" not in office.get(reverse("reports:submission-list")).content.decode().split("<tbody>")[1].lower()


def test_a_return_opens_the_duty_again_and_tells_the_contact(cast, plan, sign_in):
    own = owe(plan, cast.body)
    contact = sign_in(cast.contact)
    sheet = filled(contact, cast.body, plan)
    send(contact, sheet, own)
    submission = Submission.objects.get(unit=cast.body)
    return_submission(submission=submission, places=[("bieu-2", "Ghi rõ số hộ.")], by=cast.compiler, at=factories.NOW)
    own.refresh_from_db()
    assert own.state == AssignmentState.DOING
    note = Notification.objects.get(person=cast.contact)
    assert (note.body, note.url) == ("Ghi rõ số hộ.", LIST)
    page = contact.get(LIST).content.decode()
    assert "Ghi rõ số hộ." in page
    assert contact.post(reverse("reports:answer-open", args=[cast.body.pk, plan.pk])).url.endswith("/bieu-2/")
    sheet.refresh_from_db()
    send(contact, sheet, own)
    own.refresh_from_db()
    assert own.state == AssignmentState.DONE


def test_nobody_elses_sheet_is_seen(cast, plan, sign_in):
    idle = factories.make_unit(cast.ward, kind="body", short_name="Hội Nông dân")
    other = factories.make_person(idle, "contact", username="other-contact")
    own = owe(plan, cast.body)
    owe(plan, idle)
    contact = sign_in(cast.contact)
    sheet = filled(contact, cast.body, plan)
    send(contact, sheet, own)
    unit_sheet = steps.open_sheet(sign_in(cast.secretary), cast.own_unit, plan)
    addresses = [f"{LIST}{sheet.pk}/", f"{LIST}{sheet.pk}/muc-1-I/", f"/ket-qua/{sheet.submission_id}/de-cuong-bieu/"]
    for stranger in (other, cast.secretary, cast.foreign_clerk):
        client = sign_in(stranger)
        assert {client.get(one).status_code for one in addresses} == {404}
        assert client.post(reverse("reports:answer-open", args=[cast.body.pk, plan.pk])).status_code == 404
    client = sign_in(cast.contact)
    assert client.get(f"{LIST}{unit_sheet.pk}/").status_code == 404
    assert client.post(reverse("reports:answer-open", args=[cast.own_unit.pk, plan.pk])).status_code == 404
    assert client.get(reverse("reports:submission-detail", args=[sheet.submission_id])).status_code == 403


def test_the_office_enters_for_a_body_and_its_figures_stay_out_of_the_units(cast, plan, sign_in):
    own = owe(plan, cast.body)
    office = sign_in(cast.compiler)
    sheet = filled(office, cast.body, plan)
    send(office, sheet, own)
    assert Submission.objects.get(unit=cast.body).source == "paper"
    own.refresh_from_db()
    assert own.state == AssignmentState.DONE
    assert {row.unit_id for row in unit_rows(plan, counted_at=factories.NOW)} == {cast.own_unit.pk, cast.other_unit.pk}


def test_the_list_takes_the_same_queries_for_one_plan_and_for_three(cast, plan, clock, django_assert_max_num_queries):
    owe(plan, cast.body)
    for number in (1, 2):
        owe(steps.issue(cast, directives=[factories.make_directive(number=str(50 + number))]), cast.body)
    access = access_of(cast.contact, on=factories.TODAY)
    with django_assert_max_num_queries(8):
        assert len(body_outlines(access)) == 3


def test_a_plan_without_outline_and_a_body_let_off_are_not_listed(cast, plan, sign_in):
    factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body])
    own = owe(plan, cast.body)
    Assignment.objects.filter(pk=own.pk).update(
        state=AssignmentState.EXEMPT, exempted_at=factories.NOW, exempted_by=cast.compiler
    )
    assert body_outlines(access_of(cast.contact, on=factories.TODAY)) == []
    assert not AnswerSheet.objects.exists()
    assert "Chưa có kế hoạch nào hỏi" in sign_in(cast.contact).get(LIST).content.decode()


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "own", "compiled"),
    [
        ("Xây dựng báo cáo kết quả thực hiện theo đề cương", True, False),
        ("Tổng hợp, xây dựng dự thảo báo cáo, trình Thường trực", False, True),
        ("Thẩm định báo cáo, trình ký ban hành", False, True),
        ("Đánh giá kết quả của chính quyền phường, gửi Ban Xây dựng Đảng tổng hợp", True, False),
        ("Báo cáo kết quả theo đề cương, gửi Ban Xây dựng Đảng tổng hợp", True, False),
        ("Theo dõi, đôn đốc các đơn vị; tổng hợp kết quả, giúp Đảng ủy xây dựng báo cáo", False, True),
        ("Tham mưu xây dựng Kế hoạch của Ban Thường vụ", False, False),
    ],
)
def test_the_words_of_a_clause_say_which_report_it_asks(text, own, compiled):
    assert (writes_own_report(text), compiles_report(text)) == (own, compiled)


def test_the_report_of_a_body_prints_its_answers_under_its_own_name(cast, plan, sign_in):
    contact = sign_in(cast.contact)
    owe(plan, cast.body)
    sheet = filled(contact, cast.body, plan)
    send(contact, sheet)
    paper = unit_report_paper(Submission.objects.get(pk=sheet.submission_id))
    assert (paper.letterhead.body, paper.number_line.sign, paper.signature.authority) == (cast.body.name, "BC", "")
    assert "Phường đã ban hành kế hoạch." in str(paper.blocks)
    assert "12 hộ" in str(paper.blocks)
    assert "CHI BỘ" not in str(paper)
    assert "Kết quả tuyên truyền" not in str(paper.blocks)


def test_a_unit_asked_for_its_outline_alone_prints_it_under_its_secretary(cast, plan, sign_in):
    sheet = filled(sign_in(cast.secretary), cast.own_unit, plan)
    send(sign_in(cast.secretary), sheet)
    paper = unit_report_paper(Submission.objects.get(pk=sheet.submission_id))
    assert (paper.number_line.sign, paper.signature.authority) == ("BC/CB", "T/M CHI BỘ")
    assert "Phường đã ban hành kế hoạch." in str(paper.blocks)
    assert "Tự chấm điểm" not in str(paper.blocks)
