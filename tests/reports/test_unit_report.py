"""The one-page Báo cáo of a unit and the empty form: what they say, that they are one page."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from documents.content import Letterhead, NumberLine, Signature
from documents.writing.pdf import render
from reports.asked import COUNTS_OF
from reports.choices import LimitPick, ResultGroup
from reports.forms.fields import CountField
from reports.forms.filing import FilingForms
from reports.models import Filing, Submission
from reports.papers.blank_form import blank_form, blank_forms, form_address
from reports.papers.unit_report import Annexed, printed_report, unit_report_paper
from reports.services.asked import choose_asked
from tests import factories
from tests.renaming import rename
from tests.reports import steps
from units.models import Job
from units.services.jobs import run_due_jobs

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


def test_a_paper_keeps_the_names_of_its_day(cast, clock, sign_in):
    submission = sent(cast, sign_in)
    unit, ward = cast.own_unit.name, cast.ward.name
    rename(cast.own_unit, "Chi bộ Tổ dân phố Hợp Nhất", "TDP Hợp Nhất", on=factories.TODAY + dt.timedelta(days=30))
    rename(cast.ward, "Đảng bộ phường Mới", "Phường Mới", on=factories.TODAY + dt.timedelta(days=30))
    submission = Submission.objects.get(pk=submission.pk)
    assert submission.unit.name == "Chi bộ Tổ dân phố Hợp Nhất"
    assert unit_report_paper(submission).letterhead == Letterhead(ward, unit)


def test_print_is_one_page_with_the_label_of_the_sheet(cast, clock, sign_in):
    submission = sent(cast, sign_in, strengths=LONG * 2, limits=LONG, opinions=LONG)
    made = render(unit_report_paper(submission))
    words = text_of(made.data)
    assert made.pages == 1
    assert "Bộ tiêu chí mặc định của phần mềm" in words
    assert "22-QĐ/TU" not in words
    assert "92,3 %" in words


def words_of(name, length):
    """A text of `length` characters, each of its words only in it."""
    text = ""
    while len(text) < length:
        text += f"{name}{len(text)} nội dung "
    return text[:length].rpartition(" ")[0]


FULL = {name: words_of(name, limit) for name, limit in {
    "own_resolution": 200, "concrete_work": 500, "work_who": 120, "work_by": 60, "concrete_work_2": 500, "concrete_work_3": 500,
    "strengths": 2000, "limits": 2000, "causes": 2000, "opinions": 2000, "proposals": 2000, "good_models": 2000,
}.items()}  # fmt: skip


def test_a_report_of_full_length_is_one_page_and_an_annex_that_it_names(cast, clock, sign_in):
    """Nothing that the unit wrote is missing from the paper; the signature stands on the first page."""
    counts = {name: "9999" for group in COUNTS_OF.values() for name in group}
    for one in steps.asked(cast, directives=[factories.make_directive() for _ in range(3)]):
        choose_asked(plan=one, groups=list(ResultGroup), by=cast.compiler, at=factories.NOW)
    filing = steps.report(sign_in(cast.secretary), cast.own_unit, results=FULL | counts | {"limit_picks": list(LimitPick)})
    submission = filing.submissions.get()
    for day in range(1, 21):
        session = factories.make_session(cast.own_unit, directives=submission.plan.directives.all(), speaker=words_of(f"gv{day}x", 160), present=None)
        submission.sessions.add(session)
    made = printed_report(submission)
    first, *annex = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made.data)).pages]
    paper = unit_report_paper(submission, room=0)
    assert [one.title for one in paper.annexes] == ["Nội dung ghi đầy đủ"]
    assert "T/M CHI BỘ" in first
    assert "Lưu chi bộ" in first
    assert "5. Đánh giá chung, kiến nghị: toàn văn ở Phụ lục, mục 4." in first
    assert "NỘI DUNG GHI ĐẦY ĐỦ" in annex[0]
    assert "T/M CHI BỘ" not in " ".join(annex)
    printed = {*" ".join([first, *annex]).replace(";", " ").replace("(", " ").replace(")", " ").replace(".", " ").split()}
    written = [*FULL.values(), *submission.sessions.values_list("speaker", flat=True)]
    assert {word for text in written for word in text.split()} - printed == set()


def test_without_the_annex_a_full_report_is_several_pages(cast, clock, sign_in):
    """Control of the test above; what is short stays whole on its page and no annex is made."""
    submission = sent(cast, sign_in, strengths=FULL["strengths"], limits=FULL["limits"])
    assert render(unit_report_paper(submission)).pages > 1
    Submission.objects.filter(pk=submission.pk).update(strengths=LONG, limits="", opinions="", good_models="")
    submission.refresh_from_db()
    made = printed_report(submission)
    assert (made.pages, made.data) == (1, render(unit_report_paper(submission)).data)
    assert "Phụ lục" not in text_of(made.data)


@pytest.mark.parametrize("room", [150, 0])
def test_a_text_is_begun_at_a_word_and_kept_whole(room):
    annexed, text = Annexed(room), words_of("chữ", 900) + " **hết**"
    begun = annexed.text("Ưu điểm", text)
    assert begun.endswith("toàn văn ở Phụ lục, mục 1)" if room else "toàn văn ở Phụ lục, mục 1")
    assert text.startswith(begun.partition("…")[0]) if room else begun.startswith("toàn văn")
    assert annexed.entries == [("Ưu điểm", [text.replace("*", r"\*")])]
    assert Annexed(room).text("Ưu điểm", "Ngắn.") == "Ngắn."


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


def in_order(words, text):
    """Where each of `words` stands in `text` after the one before it; fails on the first that is missing."""
    place = 0
    for word in words:
        place = text.index(word, place) + 1


def test_form_of_a_unit_asks_what_its_screens_ask_in_their_order(cast, clock, sign_in):
    [plan] = steps.asked(cast, essay_required=True)
    client = sign_in(cast.secretary)
    answer = client.get(reverse("reports:submission-blank"), {"don-vi": cast.own_unit.pk})
    words = text_of(answer.content)
    filing = steps.start(client, cast.own_unit)
    forms = FilingForms(filing, at=factories.NOW)
    assert len(PdfReader(BytesIO(answer.content)).pages) == 2  # both sides of one sheet
    assert cast.own_unit.name in words
    assert plan.directives.get().number_text in words
    in_order(["1. Buổi học", "2. Số người dự", *(field.label for field in forms.counts), "3. Kết quả"], words)
    asked = [field.label for field in forms.results if isinstance(field.field, CountField)]
    in_order([*asked, "Ưu điểm", "4. Tự chấm điểm"], words[words.index("3. Kết quả") :])
    in_order([row.criterion.text for row in forms.form("scores").rows()], words[words.index("TỰ CHẤM ĐIỂM") :])
    assert client.get(reverse("reports:submission-blank"), {"don-vi": cast.other_unit.pk}).status_code == 404


def test_forms_of_all_units_are_one_file_a_sheet_each(cast, clock, sign_in):
    """Made as long work for the office; who has reported gets no form, the numbers of queries follow no number of units."""
    plans = steps.asked(cast, plans=2, essay_required=True)
    office = sign_in(cast.compiler)
    assert office.post(reverse("reports:submission-blank-all")).url == reverse("units:job-list")
    run_due_jobs(now=factories.NOW)
    made = office.get(reverse("units:job-download", args=[Job.objects.get().pk])).content
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]
    assert len(pages) == 4  # both sides of a sheet each
    for unit, page in ((cast.own_unit, 0), (cast.other_unit, 2)):
        assert unit.name in pages[page]
        assert all(plan.directives.get().number_text in pages[page] for plan in plans)
        assert "Số bài thu hoạch phải nộp" in pages[page]
        assert "TỰ CHẤM ĐIỂM" in pages[page + 1]
    factories.make_submission(cast.own_unit, plans[0], state="submitted")
    factories.make_submission(cast.own_unit, plans[1], state="submitted")
    left = text_of(blank_forms(cast.ward, [cast.own_unit, cast.other_unit]).data)
    assert cast.own_unit.name not in left
    assert cast.other_unit.name in left
    assert blank_forms(cast.ward, [cast.own_unit]) is None


def test_form_of_a_unit_that_keeps_its_figures_asks_no_heads(cast, clock):
    steps.asked(cast)
    cast.own_unit.figures_withheld = True
    cast.own_unit.save()
    made = blank_form(cast.ward, cast.own_unit)
    words = text_of(made.data)
    assert "không báo cáo số người" in words
    assert "Tổng số đảng viên" not in words


def test_qr_code_leads_to_the_form_of_the_unit(cast, clock, sign_in):
    steps.asked(cast)
    url = form_address(cast.own_unit)
    client = sign_in(cast.secretary)
    page = client.get(url)
    assert page.status_code == 200
    assert reverse("reports:session-create", args=[cast.own_unit.pk]) in page.content.decode()
    filing = steps.start(client, cast.own_unit)
    assert client.get(url).url == reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])
    assert sign_in(cast.other_secretary).get(url).status_code == 404
    office = sign_in(cast.compiler).get(url, follow=True)
    assert office.redirect_chain[-1][0] == f"{reverse('reports:submission-on-behalf')}?unit={cast.own_unit.pk}&source=paper"
    assert office.context["form"].initial["source"] == "paper"


def test_entry_on_behalf_says_who_told_it_when_and_waits_for_the_secretary(cast, clock, sign_in):
    steps.asked(cast)
    office = sign_in(cast.compiler)
    told = {"unit": cast.own_unit.pk, "source": "phone", "told_by": "Nguyễn Văn Ba", "told_on": "01/6/2026"}
    office.post(reverse("reports:submission-on-behalf"), told)
    filing = Filing.objects.get(unit=cast.own_unit)
    steps.fill(office, filing)
    steps.send(office, filing)
    row = filing.submissions.get()
    assert (row.source, row.told_by, str(row.told_on), row.submitted_by, row.confirmed_at) == (
        "phone", "Nguyễn Văn Ba", "2026-06-01", cast.compiler, None,
    )  # fmt: skip
    page = office.get(reverse("reports:submission-detail", args=[row.pk])).content.decode()
    assert "Văn phòng nhập hộ qua điện thoại, theo đồng chí Nguyễn Văn Ba, ngày 01/6/2026" in page
    assert office.post(reverse("reports:session-confirm", args=[row.pk])).status_code == 403
    sign_in(cast.secretary).post(reverse("reports:session-confirm", args=[row.pk]))
    row.refresh_from_db()
    assert row.confirmed_by == cast.secretary
