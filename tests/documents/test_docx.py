"""A paper as a Word file: the same words as the PDF, real styles, equal bytes."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace

import pdfplumber
import pytest
from docx import Document
from docx.shared import Mm

from documents.content import Column, Heading, Paragraph, PlaceDate, Table
from documents.limits import tables
from documents.writing.docx import file_name, write_docx
from documents.writing.docx_text import unbroken
from documents.writing.pdf import render
from tests.documents import papers
from tests.documents.docx_texts import docx_text, paragraphs_by_style
from tests.documents.papers_kinds import KINDS

pytestmark = [pytest.mark.once]
MM = 72 / 25.4


def grouped_table():
    """Two columns under one header, between columns of their own."""
    columns = (Column("STT"), Column("Chủ trì", 2, group="Cơ quan"), Column("Phối hợp", 2, group="Cơ quan"), Column("Hạn"))
    return Table(columns, (("1", "Ban Xây dựng Đảng", "Văn phòng", "05/6/2026"),))


RUNNING = {"Nội dung", "Đoạn kết", "Gạch đầu dòng", "Gạch cộng", "Đề mục I", "Đề mục 1", "Căn cứ"}
PAPERS = {
    "short": papers.short_plan,
    "long": papers.long_plan,
    "long names": papers.long_names_plan,
    "report": papers.unit_report,
    "old rules": lambda: papers.short_plan(profile="HD36_2018"),
    "for signature": lambda: papers.short_plan(number_line=replace(papers.short_plan().number_line, number=None)),
    "grouped columns": lambda: papers.short_plan(blocks=(grouped_table(),)),
    "not dated": lambda: papers.short_plan(place_date=PlaceDate("Nông Tiến")),
    **KINDS,
}


@pytest.mark.pdf
@pytest.mark.parametrize("name", PAPERS)
def test_pdf_and_word_say_the_same(name):
    paper = PAPERS[name]()
    content = write_docx(paper)
    printed = _pdf_text(paper)
    in_word, in_pdf = Counter(_fold(docx_text(content)).split()), Counter(printed.split())
    heads = " ".join(f"{column.group} {column.title}" for table in tables(paper) for column in table.columns).split()
    assert in_word - in_pdf == Counter()
    # Only the heading of a table stands on every page of it.
    assert set(in_pdf - in_word) <= set(heads)
    place = 0
    for style, text in paragraphs_by_style(content):
        if style in RUNNING:
            assert _fold(text) in printed[place:]
            place = printed.index(_fold(text), place)


def test_styles_carry_vietnamese_names():
    assert paragraphs_by_style(write_docx(papers.short_plan()))[:9] == [
        ("Cơ quan cấp trên", "ĐẢNG BỘ TỈNH TUYÊN QUANG"),
        ("Cơ quan ban hành", "ĐẢNG ỦY PHƯỜNG NÔNG TIẾN"),
        ("Dấu sao", "*"),
        ("Số và ký hiệu", "Số\xa012-KH/ĐU"),
        ("Tiêu đề", "ĐẢNG\xa0CỘNG\xa0SẢN\xa0VIỆT\xa0NAM"),
        ("Địa danh, ngày tháng", "Nông Tiến, ngày 05 tháng 6 năm 2026"),
        ("Tên loại", "KẾ HOẠCH"),
        (
            "Trích yếu",
            ("tổ chức học tập, quán triệt Chỉ thị số\xa005-CT/TU, ngày\xa005/5/2026 của Ban Thường vụ "
            "Tỉnh ủy về xây dựng hệ sinh thái\xa0khởi\xa0nghiệp"),
        ),
        ("Gạch dưới trích yếu", "-----"),
    ]


def test_page_is_that_of_the_rule():
    document = Document(io.BytesIO(write_docx(papers.unit_report())))
    sizes = [
        tuple(round(side / Mm(1)) for side in (s.page_width, s.page_height, s.top_margin, s.right_margin, s.bottom_margin, s.left_margin))
        for s in document.sections
    ]
    assert sizes == [(210, 297, 20, 15, 20, 30), (297, 210, 30, 20, 15, 20), (297, 210, 30, 20, 15, 20)]
    assert [section.different_first_page_header_footer for section in document.sections] == [True, True, True]
    assert {section.header_distance for section in document.sections} == {document.sections[0].header_distance}


def test_a_wide_table_turns_only_its_own_page():
    table = replace(papers.progress_table(), landscape=True)
    paper = papers.short_plan(blocks=(Heading(1, "I.", "MỤC ĐÍCH"), table, Paragraph("Đoạn sau bảng.")))
    document = Document(io.BytesIO(write_docx(paper)))
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    # Pages count on and show their number: only the first page of the paper has none.
    assert [section.different_first_page_header_footer for section in document.sections] == [True, False, False]


def test_names_no_person_and_no_program():
    document = Document(io.BytesIO(write_docx(papers.short_plan())))
    core = document.core_properties
    assert (core.author, core.last_modified_by, core.language) == ("", "", "vi-VN")
    assert core.title.startswith("Kế hoạch số 12-KH/ĐU tổ chức học tập")


def test_equal_papers_give_equal_bytes():
    first = write_docx(papers.unit_report())
    assert first == write_docx(papers.unit_report())
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_draft_is_marked_on_every_page_and_has_no_number():
    content = write_docx(papers.short_plan(draft=True, draft_label="Dự thảo lần 1"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all('string="DỰ THẢO"' in archive.read(f"word/header{n}.xml").decode() for n in (1, 2))
    text = docx_text(content)
    assert "Dự thảo lần 1" in text
    assert "12-KH/ĐU" not in text
    with zipfile.ZipFile(io.BytesIO(write_docx(papers.short_plan()))) as archive:
        assert "DỰ THẢO" not in archive.read("word/header1.xml").decode()


def test_numbers_are_words_and_rows_stay_whole():
    with zipfile.ZipFile(io.BytesIO(write_docx(papers.long_plan(duplex=True)))) as archive:
        names, body = archive.namelist(), archive.read("word/document.xml").decode()
        settings = archive.read("word/settings.xml").decode()
    assert "word/numbering.xml" not in names
    assert "<w:numPr>" not in body
    assert body.count("<w:tr>") == body.count("<w:cantSplit/>")
    assert body.count("<w:tblHeader/>") == 1
    assert "<w:mirrorMargins/>" in settings


def test_every_block_has_its_own_bookmark():
    paper = papers.unit_report()
    with zipfile.ZipFile(io.BytesIO(write_docx(paper))) as archive:
        names = re.findall(r'bookmarkStart w:id="(\d+)" w:name="(\w+)"', archive.read("word/document.xml").decode())
    assert names == [("1", "LT_b0"), ("2", "LT_b1"), ("3", "LT_b2"), ("4", "LT_a0_b0"), ("5", "LT_a1_b0")]


def test_marks_of_xml_are_words():
    paper = papers.short_plan(blocks=(Paragraph('A < B & C > "D" \'E\''),))
    assert 'A < B & C > "D" \'E\'' in docx_text(write_docx(paper))


def test_file_name_is_plain():
    assert file_name(papers.short_plan()) == "KH-12-DU.docx"


def _pdf_text(paper):
    """Words of the PDF without the numbers of its pages, which stand above the text."""
    with pdfplumber.open(io.BytesIO(render(paper).data)) as pdf:
        pages = [page.crop((0, 19 * MM, page.width, page.height)).extract_text() for page in pdf.pages]
    return _fold(" ".join(pages))


def _fold(text):
    return " ".join(text.replace("\u2011", "-").split())


@pytest.mark.once
def test_a_percentage_stays_on_one_line():
    assert unbroken("đạt 70,7 %. Tỷ lệ 100 % của 1.234 đơn vị") == "đạt 70,7\u00a0%. Tỷ lệ 100\u00a0% của 1.234 đơn vị"
