"""What a plan prints."""

import datetime as dt

import pytest

from campaigns.choices import LeadGroup
from campaigns.paper import duty_sentence, plan_blocks, plan_paper, text_blocks
from campaigns.plan_content import DutyText, PlanContent, SectionText
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from documents.content import Heading, Item, Paragraph, PlaceDate, Signature
from documents.writing import pdf
from tests.campaigns.office import START, directive_facts, make_office


def test_a_heading_without_anything_under_it_is_left_out_and_numbers_close_up():
    content = PlanContent(
        subject="x",
        opening="Mở đầu:",
        sections=(
            SectionText("Mục đích", slot="aims"),
            SectionText("Nội dung", body="Đoạn một.\n\n- Ý một;\n+ Ý nhỏ.", slot="content"),
            SectionText("Hội nghị", slot="conferences"),
            SectionText("Tổ chức thực hiện", slot="duties"),
        ),
        duties=(
            DutyText("Ban Xây dựng Đảng", "Tuyên truyền."),
            DutyText("Ban Xây dựng Đảng", "Báo cáo.", deadline_phrase="Hoàn thành trước ngày 05/6/2026"),
            DutyText("Các chi bộ", "Gửi báo cáo.", lead_group=LeadGroup.ALL_UNITS, deadline_phrase="trước ngày 05/6/2026"),
        ),
    )
    assert list(plan_blocks(content)) == [
        Paragraph("Mở đầu:"),
        Heading(1, "I.", "NỘI DUNG"),
        Paragraph("Đoạn một."),
        Item("Ý một;"),
        Item("Ý nhỏ.", "+"),
        Heading(1, "II.", "TỔ CHỨC THỰC HIỆN"),
        Heading(2, "1.", "Ban Xây dựng Đảng"),
        Item("Tuyên truyền."),
        Item("Báo cáo. Hoàn thành trước ngày **05/6/2026**."),
        Heading(2, "2.", "Các chi bộ"),
        Paragraph("Gửi báo cáo trước ngày **05/6/2026**."),
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "sentence"),
    [
        ("Gửi báo cáo", "", "Gửi báo cáo."),
        ("Gửi báo cáo.", "trong tháng 5/2026.", "Gửi báo cáo trong tháng **5/2026**."),
        ("Gửi báo cáo;", "Hoàn thành trong quý II/2026", "Gửi báo cáo. Hoàn thành trong quý II/2026."),
    ],
)
def test_duty_sentence_joins_text_and_deadline(text, phrase, sentence):
    assert duty_sentence(DutyText("A", text, deadline_phrase=phrase)) == sentence


def test_text_blocks_takes_lines_as_a_person_types_them():
    assert list(text_blocks("Một\r\n\n -  hai\n-ba")) == [Paragraph("Một"), Item("hai"), Paragraph("-ba")]


@pytest.mark.django_db
def test_plan_paper_before_and_after_signature():
    office = make_office()
    directive = register_directive(by=office.clerk, **directive_facts())
    plan = draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START)
    blank, signed = plan_paper(plan), plan_paper(plan, number=12, dated_on=dt.date(2026, 5, 13))
    assert (blank.for_signature, signed.for_signature) == (True, False)
    assert blank.place_date == PlaceDate("Nông Tiến", expected=START.date())
    assert blank.signature == Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Đồng chí Phó Bí thư")
    assert (blank.profile, plan_paper(plan, number=1, dated_on=dt.date(2026, 5, 27)).profile) == ("HD36_2018", "HD05_2026")
    titles = [(block.marker, block.title) for block in signed.blocks if isinstance(block, Heading) and block.level == 1]
    assert titles == [
        ("I.", "MỤC ĐÍCH, YÊU CẦU"),
        ("II.", "NỘI DUNG TUYÊN TRUYỀN, QUÁN TRIỆT, HỌC TẬP"),
        ("III.", "HÌNH THỨC TỔ CHỨC HỘI NGHỊ"),
        ("IV.", "TỔ CHỨC THỰC HIỆN"),
    ]


@pytest.mark.django_db
@pytest.mark.pdf
def test_plan_paper_becomes_the_same_pdf_every_time():
    office = make_office()
    directive = register_directive(by=office.clerk, **directive_facts())
    plan = draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START)
    first, second = pdf.render(plan_paper(plan)), pdf.render(plan_paper(plan))
    assert (first.name, first.data == second.data, first.pages) == ("KH-trinh-ky-DU.pdf", True, 3)
