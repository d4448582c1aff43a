"""A .docx read as it prints: numbers of lists, tracked changes, text boxes, tables, and what must not be opened."""

import pytest
from django.core.exceptions import ValidationError

from documents.reading.files import read_source
from tests.documents.reading.docx_files import docx_of, letterhead_document, p, saved

pytestmark = pytest.mark.once

LEVELS = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%4."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""


def read(content, name="ke-hoach.docx"):
    return [line.text for line in read_source(name, content).lines]


def test_an_office_plan_is_read_head_first_then_cell_by_cell():
    source = read_source("kế hoạch.docx", saved(letterhead_document()))
    assert [line.text for line in source.lines] == [
        "ĐẢNG BỘ TỈNH TUYÊN QUANG",
        "ĐẢNG ỦY PHƯỜNG MẪU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 12-KH/ĐU",
        "Mẫu, ngày 05 tháng 6 năm 2026",
        "KẾ HOẠCH",
        "học tập Chỉ thị số 05-CT/TU",
        "I. MỤC ĐÍCH",
        "Hoàn thành trước ngày 05/7/2026.",
        "TT Nội dung Số liệu",
        "Tỉnh ủy",
        "1 Số buổi học",
        "Nơi nhận:",
        "- Ban Tuyên giáo,",
        "- Lưu Văn phòng.",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        "Trần Văn Mẫu",
    ]
    by_text = {line.text: line for line in source.lines}
    deadline = by_text["Hoàn thành trước ngày 05/7/2026."]
    assert [deadline.text[start:end] for start, end in deadline.bold] == ["05/7/2026"]
    assert by_text["KẾ HOẠCH"].bold == ((0, 8),)
    assert by_text["I. MỤC ĐÍCH"].heading == 1
    assert [line.cells for line in source.lines if line.cells] == [("TT", "Nội dung", "Số liệu"), ("Tỉnh ủy",), ("1", "Số buổi học", "")]


def test_numbers_that_only_print_are_written_out():
    body = [p("Mục đích", list_id="1"), p("Yêu cầu", list_id="1", level=1), p("một", list_id="1", level=2)]
    body += [p("hai", list_id="1", level=2), p("Nội dung", list_id="1", level=1), p("sâu", list_id="1", level=3)]
    body += [p("Tổ chức", list_id="1"), p("lại từ đầu", list_id="1", level=1), p("đầu tiên", list_id="3", level=1)]
    body += [p("gạch", list_id="2"), p("cộng", list_id="2", level=1), p("không số", list_id="0"), p("số lạ", list_id="9")]
    assert read(docx_of("".join(body), numbering=LEVELS)) == [
        "I. Mục đích", "1. Yêu cầu", "a) một", "b) hai", "2. Nội dung", "2.1. sâu", "II. Tổ chức", "1. lại từ đầu",
        "1. đầu tiên", "- gạch", "+ cộng", "không số", "số lạ",
    ]  # fmt: skip


def test_numbers_and_looks_come_from_the_styles_too():
    styles = """<w:style w:type="paragraph" w:styleId="muc" w:default="0"><w:name w:val="heading 2"/><w:basedOn w:val="goc"/>
    <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="goc"><w:name w:val="Gốc"/><w:basedOn w:val="muc"/><w:rPr><w:b/><w:caps/></w:rPr></w:style>"""
    source = read_source("a.docx", docx_of(p("Mục đích", style="muc"), numbering=LEVELS, styles=styles))
    line = source.lines[0]
    assert (line.text, line.heading, line.bold) == ("1. MỤC ĐÍCH", 2, ((0, 11),))


def test_tracked_insertions_are_kept_and_deletions_are_not():
    body = """<w:p><w:r><w:t xml:space="preserve">Hạn </w:t></w:r><w:del><w:r><w:delText>01/6/2026</w:delText></w:r></w:del>
    <w:ins><w:r><w:t>05/6/2026</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom></w:p>
    <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>05</w:t><w:noBreakHyphen/><w:t>CT/TU</w:t></w:r></w:p>"""
    assert read(docx_of(body)) == ["Hạn 05/6/2026", "05-CT/TU"]


def test_text_boxes_fields_and_controls_are_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    body = f"""<w:sdt><w:sdtContent>{p("trong ô")}</w:sdtContent></w:sdt>
    <w:p><w:r><w:t>ngoài</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:x"><mc:Choice>{box}</mc:Choice>
    <mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>
    <w:r><w:instrText>DATE</w:instrText></w:r><w:hyperlink><w:r><w:t> liên kết</w:t></w:r></w:hyperlink></w:p>"""
    assert read(docx_of(body)) == ["trong ô", "ngoài liên kết", "trong khung"]


def test_joined_cells_say_their_text_in_every_column():
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    rows = [
        cell("STT", '<w:vMerge w:val="restart"/>') + cell("Kết quả", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("Số buổi") + cell("Số người"),
        cell("1") + cell("2") + cell("30"),
    ]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert [line.cells for line in read_source("a.docx", docx_of(body)).lines] == [
        ("STT", "Kết quả", "Kết quả"), ("STT", "Số buổi", "Số người"), ("1", "2", "30"),
    ]  # fmt: skip


def test_paragraphs_are_counted_as_the_word_processor_counts_them():
    source = read_source("a.docx", docx_of(p("một") + "<w:p/>" + p("ba")))
    assert [(line.number, line.text) for line in source.lines] == [(1, "một"), (3, "ba")]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.proves("U-02", "U-03", "U-05")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (docx_of(p("x"), extra={"word/document.xml": ENTITIES}), "bad_archive"),
        (docx_of(p("x"), extra={"word/vbaProject.bin": "x"}), "macros"),
        (docx_of(p("x"), extra={"a.zip": "x"}), "bomb"),
        (docx_of("<w:p/>" * 700_000), "bomb"),
        (docx_of("<w:sdt>" * 5_000 + p("x") + "</w:sdt>" * 5_000), "bad_archive"),
        (docx_of(p("TỐI MẬT")), "secret"),
        (docx_of("<w:p/>"), "nothing"),
        (docx_of(p("x"))[:-30], "bad_archive"),
    ],
)
def test_a_hostile_or_useless_file_is_refused(content, code):
    with pytest.raises(ValidationError) as refused:
        read_source("a.docx", content)
    assert refused.value.code == code
