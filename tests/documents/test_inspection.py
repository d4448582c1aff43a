import io
import json
import zlib
from datetime import date
from io import StringIO

import pypdf
import pytest
from django.core.management import call_command

from documents.choices import PaperKind
from documents.content import Heading, NumberLine, Paragraph, PlaceDate, Recipient, Signature
from documents.inspection import NotAPdfError, inspect
from documents.inspection.checklist import ROWS
from documents.inspection.guarded import inspect_guarded
from documents.profiles import PROFILES
from documents.writing import pdf
from tests.documents import papers

pytestmark = pytest.mark.pdf
SURE = {"A", "B", "C/B"}


def failures(paper, *, profile=None):
    findings = inspect(pdf.render(paper).data, profile=PROFILES[profile or paper.profile])
    return {one.row: one.found for one in findings if one.holds is False}


@pytest.mark.parametrize("profile", ["HD36_2018", "HD05_2026"])
@pytest.mark.parametrize("make", [papers.short_plan, papers.long_plan, papers.long_names_plan, papers.unit_report])
def test_every_row_holds(make, profile):
    day = PlaceDate("Nông Tiến", date(2026, 5, 26) if profile == "HD36_2018" else date(2026, 6, 5))
    changes = {} if make is papers.long_names_plan else {"place_date": day}
    assert failures(make(profile=profile, **changes)) == {}


def test_every_sure_row_is_measured_on_a_plan():
    findings = inspect(pdf.render(papers.short_plan()).data)
    silent = {one.row for one in findings if one.holds is None and one.certainty in SURE}
    assert silent == {
        "margin, even page (duplex option)",
        "công văn",
        "căn cứ (if any)",
        "CV, TTr",
        "TTr",
        "bản sao",
    }


def test_for_signature_holds_too():
    paper = papers.short_plan(
        number_line=NumberLine("KH/ĐU"), place_date=PlaceDate("Nông Tiến", expected=date(2026, 6, 1))
    )
    assert failures(paper) == {}


def test_a_draft_carries_its_mark_on_every_page_and_no_number():
    paper = papers.short_plan(draft=True, draft_label="Dự thảo lần 1")
    findings = {one.row: one for one in inspect(pdf.render(paper).data)}
    assert (findings["draft"].holds, findings["draft"].found) == (True, "2 trang có chữ DỰ THẢO, không số")


def test_duplex_mirrors_the_even_pages():
    findings = {one.row: one for one in inspect(pdf.render(papers.short_plan(duplex=True)).data)}
    row = findings["margin, even page (duplex option)"]
    assert row.holds
    assert {name for name, one in findings.items() if one.holds is False} == set()


def test_bases_print_in_the_party_form():
    paper = papers.short_plan(bases=("Căn cứ Điều lệ Đảng", "Căn cứ Quy chế làm việc"))
    findings = {one.row: one for one in inspect(pdf.render(paper).data)}
    assert (findings["căn cứ (if any)"].holds, findings["căn cứ (if any)"].found) == (True, "; ,")


@pytest.mark.parametrize(
    ("changes", "row"),
    [
        ({"subject": "Tổ chức học tập"}, "trích yếu"),
        ({"number_line": NumberLine("KH-ĐU", 12)}, "số ký hiệu"),
        ({"blocks": (Heading(1, "I.", "MỘT"), Heading(1, "III.", "BA"), Paragraph("Hết."))}, "headings"),
        ({"signature": Signature("T/M BAN THƯỜNG VỤ", "BÍ THƯ ĐẢNG ỦY", "A B")}, "chức vụ line"),
        ({"signature": Signature("K/T BÍ THƯ", "PHÓ BÍ THƯ", "A B")}, "no K/T for a committee"),
        ({"signature": Signature("TM. BAN THƯỜNG VỤ", "BÍ THƯ", "A B")}, "quyền hạn line"),
        ({"signature": Signature("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Đồng chí A")}, "họ tên"),
        ({"closing": "Khoá này hoá học, văn hóa!"}, "tone style"),
        ({"closing": "Chỉ thị số 05-CT/TU, ngày 06/5/2026"}, "citations"),
        ({"closing": "Chỉ thị số 05–CT/TU."}, "hyphens"),
        ({"closing": "Không có dấu chấm"}, "end mark"),
        ({"profile": "HD36_2018"}, "recipients"),
    ],
)
def test_a_planted_fault_is_found(changes, row):
    assert row in failures(papers.short_plan(**changes), profile="HD05_2026")


def test_the_checklist_has_one_row_per_rule():
    names = [row.name for row in ROWS]
    assert (len(names), len(set(names))) == (52, 52)


def test_command_prints_json_and_leaves_with_the_right_code(tmp_path):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pdf.render(papers.short_plan()).data)
    bad.write_bytes(pdf.render(papers.short_plan(subject="Hoa")).data)
    answer = StringIO()
    call_command("inspect_pdf", str(good), "--json", stdout=answer)
    title = next(one for one in json.loads(answer.getvalue()) if one["row"] == "tiêu đề")
    assert title == {
        "row": "tiêu đề",
        "holds": True,
        "expected": "15 pt bold, dòng đầu, nửa phải",
        "found": "15.0 pt bold",
        "page": 1,
        "certainty": "A",
    }
    with pytest.raises(SystemExit) as left:
        call_command("inspect_pdf", str(bad), stdout=StringIO())
    assert left.value.code == 1


@pytest.mark.parametrize("content", [b"", b"xin chao", b"%PDF-1.7 hong", b"PK\x03\x04"])
def test_what_is_no_pdf_is_said_in_one_sentence(content, tmp_path):
    with pytest.raises(NotAPdfError):
        inspect(content)
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as left:
        call_command("inspect_pdf", str(path), stderr=StringIO())
    assert left.value.code == 2


def _blank_pages(count: int) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def _pdf_with(content: bytes, *, filters: str = "") -> bytes:
    """Return a small PDF whose page draws ``content``."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}{filters}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_a_foreign_pdf_is_measured_like_any_other():
    findings = inspect_guarded(_pdf_with(b"BT /F 12 Tf 72 700 Td (Xin chao) Tj ET"), profile=PROFILES["HD05_2026"])
    assert len(findings) == len(ROWS)
    assert {one.row for one in findings if one.holds is False} >= {"tiêu đề", "số ký hiệu"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_blank_pages(401), id="pages"),
        pytest.param(_pdf_with(zlib.compress(bytes(900_000_000), 9), filters="/Filter/FlateDecode"), id="memory"),
        pytest.param(_pdf_with(b"BT /F 9 Tf (x) Tj " + b"(xxxxxxxx) Tj " * 300_000 + b"ET"), id="glyphs"),
    ],
)
def test_a_hostile_pdf_is_given_up_in_one_sentence(data):
    with pytest.raises(NotAPdfError):
        inspect_guarded(data, profile=PROFILES["HD05_2026"], seconds=3)


def test_other_kinds_take_their_own_form():
    subject, as_above = "triệu tập hội nghị", Recipient("Như trên")
    common = {"subject": subject, "recipients": (as_above, *papers.RECIPIENTS[1:]), "addressees": ("Các chi bộ",)}
    letter = papers.short_plan(kind=PaperKind.LETTER, number_line=NumberLine("CV/ĐU", 45), **common)
    proposal = papers.short_plan(kind=PaperKind.PROPOSAL, number_line=NumberLine("TTr/ĐU", 4), **common)
    notice = papers.short_plan(kind=PaperKind.NOTICE, number_line=NumberLine("TB/ĐU", 7))
    assert [failures(paper) for paper in (letter, proposal, notice)] == [{}, {}, {}]
    rows = {one.row: one.holds for paper in (letter, proposal) for one in inspect(pdf.render(paper).data) if one.holds}
    assert {"công văn", "CV, TTr", "TTr"} <= rows.keys()
