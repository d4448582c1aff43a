"""The three kinds of plan: what is entered is what is read from the printed PDF, from the Word file and from the draft."""

import datetime as dt
from dataclasses import replace

import pytest

from campaigns.deadline_phrases import read_phrase
from campaigns.paper import plan_paper
from campaigns.plan_content import ConferenceText, DutyText, PlanContent, RecipientText, SectionText
from campaigns.selectors.plans import plan_content
from campaigns.services.drafting import write_new_plan
from documents.directive_titles import read_title
from documents.reading.files import read_source
from documents.reading.paper_lines import paper_source
from documents.reading.plan import read_plan
from documents.reading.plan_json import to_json
from documents.writing import pdf
from documents.writing.docx import write_docx
from tests import factories
from tests.campaigns.three_kinds import KINDS, STUDY, UNITS, facts_entered, facts_read

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
SIGNER = "Nguyễn Văn Minh"


def content_of(entered, *, signer, today):
    """The entered plan as values, days read from the phrases."""

    def read(phrase):
        return vars(read_phrase(phrase, today=today))

    return PlanContent(
        subject=entered.subject,
        opening=entered.opening,
        closing=entered.closing,
        issuer=entered.issuer,
        signer_id=signer.pk,
        scored=False,
        sections=tuple(SectionText(title, body, level, slot) for level, title, body, slot in entered.sections),
        duties=tuple(
            DutyText(body, text, "all_units" if body == UNITS else "one", product=product, deadline_phrase=phrase, **read(phrase))
            for body, text, product, phrase, _, _ in entered.duties
        ),
        conferences=tuple(
            ConferenceText(level, phrase, place=place, participants=people, speaker=speaker, **_day(read(phrase)))
            for level, phrase, place, people, speaker, *_ in entered.conferences
        ),
        recipients=tuple(RecipientText(name, note) for name, note in entered.recipients),
        annexes=entered.annexes,
    )


def _day(read):
    return {name: read[name] for name in ("last_day", "tentative")}


@pytest.fixture
def ward(db):
    return factories.make_ward(name="Đảng bộ phường Nông Tiến", short_name="Nông Tiến")


@pytest.mark.parametrize("entered", KINDS, ids=lambda one: one.name)
def test_what_is_entered_is_read_again_from_pdf_word_and_draft(ward, entered):
    signer = factories.make_signer(ward, name=SIGNER, position=entered.position)
    title = read_title(entered.directive)
    day = title.issued_on + dt.timedelta(days=20)
    content = content_of(entered, signer=signer, today=day)
    now = dt.datetime.combine(day, dt.time(8), tzinfo=factories.HANOI)
    plan = write_new_plan(ward=ward, kind=entered.kind, content=content, by=factories.make_user(), now=now)
    assert plan_content(plan) == replace(content, directive_ids=())
    paper = plan_paper(plan)
    sources = {
        "draft": paper_source(paper),
        "pdf": read_source("ke-hoach.pdf", pdf.render(paper).data),
        "docx": read_source("ke-hoach.docx", write_docx(paper)),
    }
    expected = facts_entered(entered, signer=SIGNER)
    for source in sources.values():
        assert facts_read(to_json(read_plan(source, today=day)), entered) == expected


def test_columns_under_a_common_header_are_read_with_it(ward):
    outline = "I. Kết quả\nBiểu 1. Số liệu học tập\nSTT | Đơn vị | Số đảng viên > Phải học | Số đảng viên > Đã học | Ghi chú"
    entered = replace(STUDY, outline=outline, annex_subject="báo cáo kết quả học tập")
    content = content_of(entered, signer=factories.make_signer(ward), today=factories.TODAY)
    plan = write_new_plan(ward=ward, kind="study", content=content, by=factories.make_user(), now=factories.NOW)
    paper = plan_paper(plan)
    sources = [paper_source(paper), read_source("a.pdf", pdf.render(paper).data), read_source("a.docx", write_docx(paper))]
    columns = ["STT", "Đơn vị", "Số đảng viên - Phải học", "Số đảng viên - Đã học", "Ghi chú"]
    for source in sources:
        annexes = to_json(read_plan(source, today=factories.TODAY))["annexes"]
        assert [(one["title"], one["columns"]) for one in annexes[0]["tables"]] == [("Biểu 1. Số liệu học tập", columns)]
