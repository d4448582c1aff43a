"""A Word file of ours read back: the same paper when nothing was changed, what was changed when something was."""

import io
import random
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from docx import Document

from documents import markup
from documents.canonical import canonical
from documents.choices import PaperKind
from documents.content import (
    Annex,
    Column,
    Heading,
    Item,
    NumberLine,
    Paragraph,
    PlaceDate,
    Recipient,
    Signature,
    Table,
)
from documents.reading.docx_paper import read_paper, read_word
from documents.writing.docx import fingerprint, write_docx
from tests.documents import papers
from tests.documents.docx_texts import paragraphs
from tests.documents.test_docx import PAPERS

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", PAPERS)
def test_comes_back_equal(name):
    paper = PAPERS[name]()
    assert canonical(paper) == paper
    assert read_paper(write_docx(paper)) == paper


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_comes_back_equal(kind):
    paper = papers.short_plan(kind=kind, number_line=NumberLine(f"{kind.sign}/ĐU", 7))
    assert read_paper(write_docx(paper)) == paper


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("number", [None, 5, 123])
@pytest.mark.parametrize("place", [PlaceDate("Nông Tiến"), PlaceDate("Phường 1", None, date(2026, 2, 17)), PlaceDate("")])
def test_what_is_not_printed_comes_back_too(draft, number, place):
    paper = papers.short_plan(
        draft=draft, number_line=NumberLine("KH/ĐU", number), place_date=place, duplex=draft, profile="HD36_2018"
    )
    assert read_paper(write_docx(paper)) == paper


def test_columns_under_a_common_title_come_back_equal():
    columns = (
        Column("STT"), Column("Chủ trì", 2, group="Cơ quan"), Column("Phối hợp", 2, group="Cơ quan"), Column("Hạn"),
        Column("Nam", group="Số đảng viên"),
    )  # fmt: skip
    paper = papers.short_plan(blocks=(Table(columns, (("1", "A", "B", "05/6/2026", "3"),)),))
    assert read_paper(write_docx(paper)) == paper


@pytest.mark.parametrize("seed", range(40))
def test_any_paper_comes_back_in_one_form(seed):
    paper = _any_paper(random.Random(seed))
    assert read_paper(write_docx(paper)) == canonical(paper)
    assert read_paper(write_docx(canonical(paper))) == canonical(canonical(paper)) == canonical(paper)


def test_an_edited_file_says_what_was_edited():
    paper = papers.short_plan()
    document = _opened(paper)
    changed = next(one for one in document.paragraphs if one.text.startswith("- Sau hội nghị"))
    changed.runs[0].text = changed.runs[0].text.replace("tự chấm điểm", "tự chấm điểm, xếp loại")
    changed.insert_paragraph_before("Đoạn mới, gõ bằng kiểu thường.", style="Normal")
    gone = next(one for one in document.paragraphs if one.text.startswith("+ Số đảng viên"))
    gone._element.getparent().remove(gone._element)
    found = read_word(_saved(document))
    blocks = list(paper.blocks)
    blocks[7] = Item("Sau hội nghị, các chi bộ tự chấm điểm, xếp loại theo quy định.")
    del blocks[13]
    blocks.insert(7, Paragraph("Đoạn mới, gõ bằng kiểu thường."))
    assert found.paper == replace(paper, blocks=tuple(blocks))
    assert found.origins == (0, 1, 2, 3, 4, 5, 6, None, 7, 8, 9, 10, 11, 12, 14)
    assert found.base == fingerprint(paper)
    assert found.left_out == ()


def test_typed_headings_and_bullets_are_known_by_their_look():
    document = _opened(papers.short_plan(blocks=(Paragraph("Mở đầu."),)))
    place = next(one for one in document.paragraphs if one.text.startswith("Trên đây"))
    for words in ("III. KIỂM TRA", "2. Văn phòng"):
        place.insert_paragraph_before().add_run(words).bold = True
    place.insert_paragraph_before("- Việc một;")
    line = place.insert_paragraph_before("Hạn ")
    line.add_run("05/7/2026").bold = True
    assert read_paper(_saved(document)).blocks == (
        Paragraph("Mở đầu."),
        Heading(1, "III.", "KIỂM TRA"),
        Heading(2, "2.", "Văn phòng"),
        Item("Việc một;"),
        Paragraph("Hạn **05/7/2026**"),
    )


def test_head_and_recipients_are_read_as_edited():
    document = _opened(papers.short_plan())
    for one in paragraphs(document):
        for run in one.runs:
            run.text = run.text.replace("ĐẢNG ỦY PHƯỜNG NÔNG TIẾN", "ĐẢNG ỦY PHƯỜNG TRÀNG ĐÀ").replace("Mẫu", "Thật")
        if one.text.startswith("- Lưu"):
            one.insert_paragraph_before("- Ủy ban Kiểm tra Đảng ủy (phối hợp);", style=one.style)
    found = read_paper(_saved(document))
    assert found.letterhead.body == "ĐẢNG ỦY PHƯỜNG TRÀNG ĐÀ"
    assert found.letterhead.superior == "Đảng bộ tỉnh Tuyên Quang"
    assert found.signature.name == "Trần Văn Thật"
    assert found.recipients[-2:] == (Recipient("Ủy ban Kiểm tra Đảng ủy", "phối hợp"), Recipient("Lưu Văn phòng Đảng ủy"))


def test_tracked_changes_count_as_made():
    text = '<w:r><w:t xml:space="preserve">Giữ </w:t></w:r><w:ins w:id="8" w:author="a"><w:r><w:t>thêm</w:t></w:r></w:ins>'
    text += '<w:del w:id="9" w:author="a"><w:r><w:delText> bỏ</w:delText></w:r></w:del>'
    content = _with_body(papers.short_plan(blocks=(Paragraph("ĐỔI"),)), '<w:r><w:t xml:space="preserve">ĐỔI</w:t></w:r>', text)
    assert read_paper(content).blocks == (Paragraph("Giữ thêm"),)


def test_what_a_paper_cannot_hold_is_named():
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    old = '<w:r><w:t xml:space="preserve">ĐỔI</w:t></w:r>'
    content = _with_body(papers.short_plan(blocks=(Paragraph("ĐỔI"),)), old, old + box)
    assert read_word(content).left_out == ("Hộp chữ: Trong hộp",)


@pytest.mark.proves("U-02", "U-03")
def test_hostile_files_are_refused():
    ours = write_docx(papers.short_plan())
    assert _code(b"") == "empty"
    assert _code(b"%PDF-1.7 x") == "wrong_type"
    assert _code(_with_part(ours, "word/vbaProject.bin", b"x")) == "macros"
    assert _code(_with_part(ours, "word/settings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')) == "bad_archive"
    assert _code(_with_part(ours, "word/big.xml", b"0" * 20_000_000)) == "bomb"
    nested = b"<w:ins xmlns:w='x'>" * 5_000 + b"</w:ins>" * 5_000
    assert _code(_with_part(ours, "word/document.xml", b"<d><body>" + nested + b"</body></d>")) == "bad_archive"
    stranger = io.BytesIO()
    Document().save(stranger)
    assert _code(stranger.getvalue()) == "not_ours"


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_file_is_refused_or_read(seed):
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(write_docx(papers.unit_report()))) as archive:
        body = bytearray(archive.read("word/document.xml"))
    for _ in range(3):
        place = chance.randrange(200, len(body))
        body[place : place + chance.randrange(12)] = chance.randbytes(chance.randrange(3))
    content = _with_part(write_docx(papers.unit_report()), "word/document.xml", bytes(body))
    assert _outcome(content) in {"read", "bad_archive", "not_ours"}


def _code(content):
    with pytest.raises(ValidationError) as refused:
        read_paper(content)
    return refused.value.code


def _outcome(content):
    try:
        read_paper(content)
    except ValidationError as refused:
        return refused.code
    return "read"


def _opened(paper):
    return Document(io.BytesIO(write_docx(paper)))


def _saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _with_body(paper, old, new):
    content = write_docx(paper)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert old in body
    return _with_part(content, "word/document.xml", body.replace(old, new).encode())


def _with_part(content, name, data):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, data)
    return file.getvalue()


def _any_paper(chance):
    words = ["cấp ủy", "05-CT/TU", "ngày", "05/6/2026", "*", "**đậm**", "*nghiêng*", "  ", "(báo cáo)", "<a&b>", "HĐND;", "\n"]

    def text(most=12):
        return "".join(f"{chance.choice(words)} " for _ in range(chance.randrange(1, most)))

    def block(_):
        table = Table(
            tuple(Column(text(3), chance.choice([1, 1.5, 3.25]), chance.choice(["left", "right"])) for _ in range(3)),
            ((text(3),), (text(3), text(2), ""), (text(2), text(2))),
            chance.choice(["", "Biểu 1"]),
            chance.choice([(), ("Cộng", "1", "2")]),
            chance.random() < 0.2,
        )
        return chance.choice([
            Heading(chance.randrange(1, 5), "1.", markup.plain(text(4)).replace("*", ""), chance.choice(["", ": " + text(), text()])),
            Paragraph(text(), chance.choice(["justify", "center", "left", "right"])),
            Item(text(), chance.choice("-+")),
            table,
        ])  # fmt: skip

    return papers.short_plan(
        blocks=tuple(map(block, range(chance.randrange(1, 25)))),
        closing=chance.choice(["", "Trên đây là\n\n" + text()]),
        bases=chance.choice([(), ("Điều lệ Đảng;", "Căn cứ **đậm**")]),
        recipients=chance.choice([(), (Recipient("A (b)"), Recipient("Các chi bộ", "b/c"), Recipient("Lưu"))]),
        signature=Signature("T/M Ban Thường vụ", "Phó Bí thư", chance.choice(["", "Trần Văn Mẫu"])),
        annexes=tuple(
            Annex(text(3).replace("*", ""), tuple(map(block, range(3))), chance.choice([None, 1]), subject=text(4))
            for _ in range(chance.randrange(3))
        ),
    )
