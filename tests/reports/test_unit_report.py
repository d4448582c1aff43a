"""The one-page Báo cáo of a unit and the empty form: what they say, that they are one page."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from documents.content import Letterhead, NumberLine, Signature
from documents.writing.pdf import render
from reports.papers.blank_form import blank_form
from reports.papers.unit_report import unit_report_paper
from tests.reports import steps

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LONG = "Cấp ủy, chi bộ đã chỉ đạo nghiêm túc, đúng thành phần, đúng thời gian theo kế hoạch của Đảng ủy. "


def sent(cast, sign_in, **results):
    steps.asked(cast)
    return steps.report(sign_in(cast.secretary), cast.own_unit, results=results).submissions.get()


def text_of(data):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_paper_says_who_reports_and_what(cast, clock, sign_in):
    submission = sent(cast, sign_in)
    paper = unit_report_paper(submission)
    assert paper.letterhead == Letterhead(cast.ward.name, cast.own_unit.name)
    assert paper.number_line == NumberLine("BC/CB")
    assert paper.signature == Signature("T/M CHI BỘ", "BÍ THƯ")
    assert paper.subject == f"kết quả học tập, quán triệt {submission.plan.directives.get().short_form}"


def test_print_is_one_page_with_the_label_of_the_sheet(cast, clock, sign_in):
    submission = sent(cast, sign_in, strengths=LONG * 2, limits=LONG, opinions=LONG)
    made = render(unit_report_paper(submission))
    words = text_of(made.data)
    assert made.pages == 1
    assert "Bộ tiêu chí mặc định của phần mềm" in words
    assert "22-QĐ/TU" not in words
    assert "92,3 %" in words


def test_groups_add_up_to_the_total_in_words(cast, clock, sign_in):
    submission = sent(cast, sign_in)
    scores = [one for one in submission.scores.select_related("criterion") if one.self_points is not None]
    given, most = (f"{sum(numbers):f}".rstrip("0").rstrip(".").replace(".", ",") for numbers in (
        [one.self_points for one in scores], [one.criterion.max_points for one in scores]
    ))  # fmt: skip
    assert most == "92"
    assert f"cộng {given}/92 điểm, quy về thang 100)" in text_of(render(unit_report_paper(submission)).data)


def test_typed_asterisks_are_printed_as_typed(cast, clock, sign_in):
    submission = sent(cast, sign_in, limits="**ghi đậm** <script>")
    assert "**ghi đậm** <script>" in text_of(render(unit_report_paper(submission)).data)


def test_unit_prints_its_own_report_only(cast, clock, sign_in):
    submission = sent(cast, sign_in)
    url = reverse("reports:submission-print", args=[submission.pk])
    answer = sign_in(cast.secretary).get(url)
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert sign_in(cast.other_secretary).get(url).status_code == 404


def test_empty_form_is_one_page(cast):
    assert blank_form(cast.ward).pages == 1
