"""The texts of filled outlines in the compiled report: side by side, ticked, their source shown until it is final."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.content import Heading, Item
from reports.models import OutlineAnswer, Submission
from reports.papers.compiled import compiled_report_paper
from reports.selectors.report_outline import outline_of
from reports.services.compiling import draft_report, draft_supplement, freeze_report, refresh_report
from reports.services.report_outline import choose_texts, collect_outline
from reports.services.submissions import accept_submission
from tests import factories
from tests.reports import review_plan as steps

LATER = factories.NOW + dt.timedelta(hours=2)


@pytest.fixture
def plan(cast, clock):
    return steps.issue(cast)


def write(client, unit, plan, *words):
    """Texts of the first section, sent."""
    sheet = steps.open_sheet(client, unit, plan)
    part = steps.part(plan, "muc-1-I")
    steps.save(client, sheet, part, steps.texts(part, *words))
    steps.send(client, sheet)


def accept(cast, unit):
    accept_submission(submission=Submission.objects.get(unit=unit), by=cast.compiler, at=factories.NOW)


@pytest.fixture
def report(cast, plan, sign_in):
    """Two units wrote, both taken in."""
    write(sign_in(cast.secretary), cast.own_unit, plan, "Hai hội nghị *đông*.", "Bốn văn bản.")
    write(sign_in(cast.other_secretary), cast.other_unit, plan, "Một hội nghị.")
    accept(cast, cast.own_unit)
    accept(cast, cast.other_unit)
    return draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)


def shown(report, **options):
    (one,) = outline_of(report, **options)
    return [[(text.submission.unit_id, text.text) for text in group.texts] for group in one.headings]


def items(report, **options):
    blocks = list(compiled_report_paper(report, **options).blocks)
    start = next(place for place, one in enumerate(blocks) if isinstance(one, Heading) and "đề cương" in one.title)
    return [one.text for one in blocks[start:] if isinstance(one, Item)]


def test_units_stand_side_by_side_under_each_heading(cast, report, sign_in):
    assert shown(report) == [
        [(cast.own_unit.pk, "Hai hội nghị *đông*."), (cast.other_unit.pk, "Một hội nghị.")],
        [(cast.own_unit.pk, "Bốn văn bản.")],
    ]
    page = sign_in(cast.compiler).get(reverse("reports:report-outline", args=[report.pk])).content.decode()
    assert page.index("Hai hội nghị") < page.index("Một hội nghị.") < page.index("Bốn văn bản.")
    assert (
        reverse("reports:report-outline", args=[report.pk])
        in sign_in(cast.compiler).get(reverse("reports:report-edit", args=[report.pk])).content.decode()
    )


def test_the_ticked_text_is_printed_with_its_unit_on_the_marked_draft_alone(cast, report, sign_in):
    url = reverse("reports:report-outline", args=[report.pk])
    chosen = report.outline_texts.get(text="Một hội nghị.")
    assert sign_in(cast.compiler).post(url, {"chosen": [chosen.pk]}).status_code == 302
    assert items(report, draft=True) == [f"Một hội nghị. [{cast.other_unit.short_name}]"]
    assert items(report) == ["Một hội nghị."]
    detail = sign_in(cast.compiler).get(reverse("reports:report-detail", args=[report.pk])).content.decode()
    assert "Một hội nghị." in detail
    assert "Bốn văn bản." not in detail


@pytest.mark.pdf
def test_the_issued_report_holds_the_texts_and_changes_no_more(cast, report):
    choose_texts(report=report, included={one.pk for one in report.outline_texts.all()}, by=cast.compiler, now=LATER)
    frozen = freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER)
    words = str(frozen.paper.content)
    assert "Một hội nghị." in words
    assert f"[{cast.other_unit.short_name}]" not in words
    with pytest.raises(ValidationError) as refused:
        choose_texts(report=frozen, included=set(), by=cast.compiler, now=LATER)
    assert refused.value.code == "frozen"
    assert frozen.outline_texts.filter(included=True).count() == 3


def test_counting_again_keeps_ticks_takes_new_words_and_drops_what_is_no_longer_taken_in(cast, plan, report, sign_in):
    choose_texts(report=report, included={one.pk for one in report.outline_texts.all()}, by=cast.compiler, now=LATER)
    answer = Submission.objects.get(unit=cast.own_unit).outline_answers.get(text="Bốn văn bản.")
    answer.text = "Năm văn bản."
    answer.save(update_fields=["text"])
    Submission.objects.filter(unit=cast.other_unit).update(state="returned")
    report.refresh_from_db()
    refresh_report(report=report, by=cast.compiler, now=LATER)
    assert shown(report, included=True) == [
        [(cast.own_unit.pk, "Hai hội nghị *đông*.")],
        [(cast.own_unit.pk, "Năm văn bản.")],
    ]


@pytest.mark.pdf
def test_words_that_come_after_the_issue_go_into_a_supplement_and_no_text_is_told_twice(cast, plan, report, sign_in):
    frozen = freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER)
    with pytest.raises(ValidationError) as nothing:
        draft_supplement(report=frozen, by=cast.compiler, now=LATER)
    url = reverse("reports:report-detail", args=[frozen.pk])
    client = sign_in(cast.compiler)
    before = client.get(url).content.decode()
    answer = Submission.objects.get(unit=cast.own_unit).outline_answers.get(text="Bốn văn bản.")
    OutlineAnswer.objects.filter(pk=answer.pk).update(text="Năm văn bản.")
    after = client.get(url).content.decode()
    assert nothing.value.code == "nothing_new"
    words = f"của 1 nơi chưa nằm trong báo cáo nào đã ban hành: {cast.own_unit.short_name}."
    assert (words in before, words in after, "Lập báo cáo bổ sung" in after) == (False, True, True)
    first = draft_supplement(report=frozen, by=cast.compiler, now=LATER)
    assert shown(first) == [[(cast.own_unit.pk, "Năm văn bản.")]]
    freeze_report(report=first, number=32, dated_on=factories.TODAY, by=cast.clerk, now=LATER)
    OutlineAnswer.objects.filter(submission__unit=cast.other_unit).update(text="Hai hội nghị.")
    second = draft_supplement(report=frozen, by=cast.compiler, now=LATER)
    assert (second.supplements, shown(second)) == (first, [[(cast.other_unit.pk, "Hai hội nghị.")]])


def test_a_text_of_another_report_cannot_be_ticked(cast, plan, report, sign_in):
    other = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    strange = other.outline_texts.first()
    response = sign_in(cast.compiler).post(
        reverse("reports:report-outline", args=[report.pk]), {"chosen": [strange.pk]}
    )
    assert "Nội dung vừa được cập nhật" in response.content.decode()
    assert not report.outline_texts.filter(included=True).exists()
    assert not other.outline_texts.filter(included=True).exists()


def test_collecting_takes_a_bounded_number_of_statements(cast, plan, report, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        collect_outline(report)


def test_a_report_without_outlines_says_what_to_do(cast, sign_in):
    plain = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    report = draft_report(ward=cast.ward, plans=[plain], by=cast.compiler, now=factories.NOW)
    page = sign_in(cast.compiler).get(reverse("reports:report-outline", args=[report.pk])).content.decode()
    assert "Chưa có nội dung theo đề cương nào" in page
