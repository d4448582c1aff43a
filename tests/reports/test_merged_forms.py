"""The office puts the outline and forms of all units together."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.choices import DeadlineRule, Product
from campaigns.plan_content import AnnexText, ColumnText, FormText
from reports.models import Submission
from reports.selectors.merging import counted_submissions, coverage_of, merged_forms, stages_of
from reports.services.submissions import accept_submission
from tests import factories
from tests.reports import review_plan as steps

MODELS = ("Tổ số", "Giúp nhau dùng máy", "Chi đoàn", "12 hộ")
NUMBERS = AnnexText(
    forms=(FormText("Kết quả", columns=(ColumnText("Việc"), ColumnText("Số người", kind="number"), ColumnText("Tỷ lệ", kind="rate"))),)
)


@pytest.fixture
def plan(cast, clock):
    return steps.issue(cast)


def fill(client, unit, plan, **parts):
    """Open, fill the named parts and send; a slug's "_" stands for "-"."""
    sheet = steps.open_sheet(client, unit, plan)
    for slug, value in parts.items():
        part = steps.part(plan, slug.replace("_", "-"))
        steps.save(client, sheet, part, value(part))
    steps.send(client, sheet)


def filled_by_two(cast, plan, sign_in, *, accept=True):
    """Two units with one model in common; both taken in."""

    def own_documents(part):
        first = steps.rows(part, ("19-CT/TU", "Chỉ thị về đội ngũ trí thức", f"{plan.directives.get().dated_on:%d/%m/%Y}"))
        return first | steps.rows(part, ("12-KH/UBND", "Kế hoạch của tỉnh", "05/3/2018"), group=2)

    fill(
        sign_in(cast.secretary),
        cast.own_unit,
        plan,
        muc_1_I=lambda part: steps.texts(part, "Hai hội nghị."),
        bieu_1=own_documents,
        bieu_2=lambda part: steps.rows(part, MODELS),
    )
    fill(
        sign_in(cast.other_secretary),
        cast.other_unit,
        plan,
        muc_1_I=lambda part: steps.texts(part, "Một hội nghị.", "Ba kế hoạch."),
        bieu_2=lambda part: steps.rows(part, MODELS, ("Góc học tập", "Thư viện", "Chi hội", "")),
    )
    if accept:
        for submission in Submission.objects.all():
            accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)


def test_rows_of_all_units_stand_in_one_table_with_their_source(cast, plan, sign_in):
    filled_by_two(cast, plan, sign_in)
    documents, models, works = merged_forms(plan, counted_submissions(plan, waiting=False))
    own, other = cast.own_unit.short_name, cast.other_unit.short_name
    assert [(name, [(words[:3], source) for words, source in lines]) for name, lines in documents.lines()] == [
        ("Tỉnh ủy", [(["1", "19-CT/TU", "Chỉ thị về đội ngũ trí thức"], f"Sổ văn bản; {own}; {other}")]),
        ("Ủy ban nhân dân tỉnh", [(["1", "12-KH/UBND", "Kế hoạch của tỉnh"], own)]),
    ]
    assert models.lines() == [
        ("", [(["1", *MODELS], f"{own}; {other}"), (["2", "Góc học tập", "Thư viện", "Chi hội", ""], other)])
    ]
    assert works.lines() == []
    assert documents.total_words() == []


def test_equal_rows_with_numbers_stay_two_and_numbers_are_added(cast, clock, sign_in):
    plan = steps.issue(cast, annexes=(NUMBERS,))
    for person, unit, count in ((cast.secretary, cast.own_unit, "1.200,5"), (cast.other_secretary, cast.other_unit, "1.200,5")):
        fill(sign_in(person), unit, plan, bieu_1=lambda part, count=count: steps.rows(part, ("Dự học", count, "50"), ("Khác", "", "")))
    (form,) = merged_forms(plan, counted_submissions(plan, waiting=True))
    assert [words for words, _ in form.lines()[0][1]] == [
        ["Dự học", "1.200,5", "50"], ["Khác", "", ""], ["Dự học", "1.200,5", "50"], ["Khác", "", ""]
    ]  # fmt: skip
    assert form.total_words() == ["Cộng", "2.401", ""]  # no sum of percentages, an empty cell is not 0


def test_reports_that_wait_are_told_and_not_counted(cast, plan, sign_in):
    filled_by_two(cast, plan, sign_in, accept=False)
    counted = counted_submissions(plan, waiting=False)
    coverage = coverage_of(plan, counted)
    assert (counted, coverage.asked, coverage.counted, coverage.waiting, coverage.missing) == ([], 2, 0, 2, [])
    office = sign_in(cast.compiler)
    page = office.get(f"/tong-hop-bieu/{plan.pk}/").content.decode()
    assert "Số liệu của 0/2 đơn vị." in page
    assert "Góc học tập" not in page
    assert "Góc học tập" in office.get(f"/tong-hop-bieu/{plan.pk}/?gom=cho").content.decode()


def test_texts_of_one_heading_stand_side_by_side(cast, plan, sign_in):
    filled_by_two(cast, plan, sign_in)
    office = sign_in(cast.leader)
    first, second = steps.part(plan, "muc-1-I").asking
    page = office.get(f"/tong-hop-bieu/{plan.pk}/muc/{first.pk}/")
    assert [(one.unit, one.text) for one in page.context["texts"]] == [
        (cast.own_unit.short_name, "Hai hội nghị."),
        (cast.other_unit.short_name, "Một hội nghị."),
    ]
    assert [one.unit for one in office.get(f"/tong-hop-bieu/{plan.pk}/muc/{second.pk}/").context["texts"]] == [cast.other_unit.short_name]
    assert office.get(f"/tong-hop-bieu/{plan.pk}/muc/999999/").status_code == 404


def test_the_workbook_holds_every_row_and_every_text(cast, plan, sign_in):
    filled_by_two(cast, plan, sign_in)
    answer = sign_in(cast.compiler).get(f"/tong-hop-bieu/{plan.pk}/excel/")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Đề cương", "Biểu 1", "Biểu 2", "Biểu 3", "Phạm vi"]
    rows = list(book["Biểu 2"].values)
    own, other = cast.own_unit, cast.other_unit
    both = (f"{own.short_name}; {other.short_name}", f"{own.code}; {other.code}")
    assert [row[:1] + row[1:5] + row[5:] for row in rows[1:]] == [
        (1, *MODELS, *both),
        (2, "Góc học tập", "Thư viện", "Chi hội", None, other.short_name, other.code),
    ]
    assert rows[0][-2:] == ("Đơn vị", "Mã đơn vị")
    assert list(book["Biểu 1"].values)[2] == (
        "Ủy ban nhân dân tỉnh", 1, "12-KH/UBND", "Kế hoạch của tỉnh", "2018-03-05", own.short_name, own.code
    )  # fmt: skip
    assert ("I.1", "Tổ chức quán triệt", own.short_name, "Hai hội nghị.") in list(book["Đề cương"].values)


def staged(cast, plan):
    """The superior's day on 20/8, the compiled report on 17/8, the units on 10/8."""
    for day, lead, text in ((16, "Ban Tuyên giáo", "Tổng hợp, dự thảo báo cáo"), (19, "Văn phòng", "Thẩm định, trình ký")):
        factories.make_duty(
            plan,
            lead=cast.body,
            lead_text=lead,
            text=text,
            product=Product.DOCUMENT,
            deadline_phrase=f"Hoàn thành trước ngày {day + 1}/8/2021",
            rule=DeadlineRule.BEFORE,
            last_day=factories.dt.date(2021, 8, day),
        )
    plan.duties.filter(product=Product.REPORT).update(
        deadline_phrase="trước ngày 10/8/2021", last_day=factories.dt.date(2021, 8, 9), text="Xây dựng báo cáo theo đề cương"
    )


def test_the_steps_of_a_staged_deadline_in_order(cast, plan, sign_in):
    staged(cast, plan)
    filled_by_two(cast, plan, sign_in)
    assert [(one.phrase, one.last_day.isoformat(), one.done, one.owed) for one in stages_of(plan)] == [
        ("trước ngày 10/8/2021", "2021-08-09", 2, 2),
        ("Hoàn thành trước ngày 17/8/2021", "2021-08-16", 0, 0),
        ("Hoàn thành trước ngày 20/8/2021", "2021-08-19", 0, 0),
    ]
    page = sign_in(cast.compiler).get(f"/tong-hop-bieu/{plan.pk}/").content.decode()
    places = [page.index(words) for words in ("trước ngày 10/8/2021", "trước ngày 17/8/2021", "trước ngày 20/8/2021")]
    assert places == sorted(places)
    assert "2/2 đã xong" in page


def test_units_asked_the_same_by_the_same_day_are_one_step(cast, plan):
    plan.duties.update(last_day=None)
    facts = {"text": "Báo cáo kết quả", "deadline_phrase": "trước ngày 10/8/2021", "last_day": factories.dt.date(2021, 8, 9)}
    for number in range(1, 5):
        factories.make_duty(plan, lead=cast.own_unit, lead_text=f"Chi bộ {number}", product=Product.REPORT, rule=DeadlineRule.BEFORE, **facts)
    factories.make_duty(plan, lead=cast.body, lead_text="Ban", product=Product.DOCUMENT, rule=DeadlineRule.BEFORE, **facts | {"text": "Tổng hợp"})
    assert [one.who for one in stages_of(plan)] == ["4 đơn vị", "Ban"]
    plan.duties.filter(lead_text__in=["Chi bộ 3", "Chi bộ 4"]).delete()
    assert [one.who for one in stages_of(plan)] == ["Chi bộ 1; Chi bộ 2", "Ban"]


@pytest.mark.pdf
def test_the_paper_prints_steps_texts_and_forms_with_sources(cast, plan, sign_in):
    staged(cast, plan)
    filled_by_two(cast, plan, sign_in)
    answer = sign_in(cast.compiler).get(f"/tong-hop-bieu/{plan.pk}/pdf/")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    for words in (
        "Số liệu của 2/2 đơn vị.",
        "trước ngày 10/8/2021 (hết ngày 09/8/2021)",
        "trước ngày 17/8/2021",
        "trước ngày 20/8/2021",
        "Hai hội nghị.",
        "Biểu 1.",
        "12-KH/UBND",
        "Góc học tập",
        cast.other_unit.short_name,
        "Chưa đơn vị nào ghi.",
    ):
        assert words in text
    assert ".," not in text


def test_a_merged_page_asks_the_same_number_of_questions_for_more_units(cast, plan, sign_in, django_assert_max_num_queries):
    filled_by_two(cast, plan, sign_in)
    office = sign_in(cast.compiler)
    with django_assert_max_num_queries(60) as two:
        office.get(f"/tong-hop-bieu/{plan.pk}/")
    Submission.objects.filter(unit=cast.other_unit).update(state="returned")
    with django_assert_max_num_queries(len(two)):
        office.get(f"/tong-hop-bieu/{plan.pk}/")


def test_the_list_names_plans_with_an_outline_only(cast, plan, sign_in):
    factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    page = sign_in(cast.drafter).get("/tong-hop-bieu/")
    assert [row["plan"] for row in page.context["rows"]] == [plan]
    assert [row["coverage"].asked for row in page.context["rows"]] == [2]
