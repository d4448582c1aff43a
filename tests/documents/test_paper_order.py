"""One numbering for the checks, the preview and a returned DOCX."""

import re
from datetime import date

from documents.choices import CopyKind, PaperKind, Urgency
from documents.content import Copy, Letterhead, NumberLine, PlaceDate, Recipient, Signature
from documents.paper_order import line_numbers, numbered_lines
from documents.writing import html
from tests.documents import papers

COPY = Copy(
    kind=CopyKind.TRUE_COPY,
    letterhead=Letterhead("Đảng ủy phường Nông Tiến", "Văn phòng"),
    number_line=NumberLine("BS/VPĐU", 3),
    place_date=PlaceDate("Nông Tiến", date(2026, 6, 8)),
    signature=Signature("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Lê Văn Mẫu"),
    recipients=(Recipient("Các chi bộ"), Recipient("Lưu Văn phòng Đảng ủy")),
)


def test_the_head_is_numbered_in_a_fixed_order():
    lines = list(numbered_lines(papers.short_plan()))[:8]
    assert [(one.number, one.role, one.text[:24]) for one in lines] == [
        (1, "superior", "ĐẢNG BỘ TỈNH TUYÊN QUANG"),
        (2, "body", "**ĐẢNG ỦY PHƯỜNG NÔNG TI"),
        (3, "number", "Số 12-KH/ĐU"),
        (4, "place_date", "Nông Tiến, ngày 05 tháng"),
        (5, "kind", "**KẾ HOẠCH**"),
        (6, "subject", "**tổ chức học tập, quán "),
        (7, "paragraph", "Thực hiện Chỉ thị số 05-"),
        (8, "heading", "**I. MỤC ĐÍCH, YÊU CẦU**"),
    ]


def test_numbers_run_without_a_gap_and_every_place_is_named_once():
    paper = papers.unit_report(copy=COPY, urgency=Urgency.URGENT, draft_label="Dự thảo lần 1", bases=("Căn cứ",))
    lines = list(numbered_lines(paper))
    assert [one.number for one in lines] == list(range(1, len(lines) + 1))
    assert len(line_numbers(paper)) == len(lines)
    assert [one.role for one in lines[-8:]] == [
        "copy_number", "copy_place_date", "copy_kind", "copy_recipient", "copy_recipient", "copy_authority",
        "copy_position", "copy_name",
    ]  # fmt: skip


def test_a_letter_has_no_kind_line_and_its_addressee_follows_the_subject():
    paper = papers.short_plan(
        kind=PaperKind.LETTER, number_line=NumberLine("CV/ĐU", 4), addressees=("Các chi bộ", "Ủy ban nhân dân phường")
    )
    assert [(one.number, one.role) for one in numbered_lines(paper)][3:8] == [
        (4, "place_date"),
        (5, "subject"),
        (6, "addressee"),
        (7, "addressee"),
        (8, "paragraph"),
    ]


def test_a_table_row_carries_its_cells():
    (row,) = [one for one in numbered_lines(papers.unit_report()) if one.place == ("block", 2, "row", 1)]
    assert (row.role, row.cells, row.text) == (
        "table_row",
        ("1", "Chi bộ Tổ dân phố 1", "35", "33"),
        "1 | Chi bộ Tổ dân phố 1 | 35 | 33",
    )


def test_the_preview_carries_the_same_numbers_once_each_and_the_pdf_none():
    paper = papers.unit_report(copy=COPY, urgency=Urgency.URGENT, draft_label="Dự thảo lần 1", bases=("Căn cứ",))
    found = [int(number) for number in re.findall(r'id="khoi-(\d+)"', html.preview_html(paper))]
    assert sorted(found) == [one.number for one in numbered_lines(paper)]
    assert "khoi-" not in html.render(paper)
