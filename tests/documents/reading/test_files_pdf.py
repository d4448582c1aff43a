"""A PDF read back: columns in order, broken rows joined, page numbers gone; scans, passwords and heavy files refused."""

import io

import pypdf
import pytest
from django.core.exceptions import ValidationError

from documents.reading import pdf_source
from documents.reading.files import read_source
from documents.reading.paper_lines import paper_source
from documents.writing import pdf
from tests.documents import papers
from tests.security.test_dense_pdf import _pdf as drawn_pdf

pytestmark = [pytest.mark.once, pytest.mark.pdf]


def rows(source):
    return sorted((line.text, line.cells) for line in source.lines)


@pytest.mark.parametrize("make", [papers.short_plan, papers.long_plan])
def test_our_own_paper_reads_back_as_the_lines_it_was_printed_from(make):
    paper = make()
    read = read_source("a.pdf", pdf.render(paper).data)
    wanted = [line.text for line in paper_source(paper).lines]
    # The head stands in two columns, so that only its order may differ.
    found = [line.text for line in read.lines if line.text != "ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert found == wanted
    assert {line.number for line in read.lines} <= set(range(1, 40))


def test_long_names_in_narrow_columns_lose_no_word_and_mix_no_column():
    paper = papers.long_names_plan()
    found = [line.text for line in read_source("a.pdf", pdf.render(paper).data).lines]
    wanted = [line.text for line in paper_source(paper).lines if not line.text.startswith("T/M")]
    assert [line for line in wanted if line not in found] == []
    assert sorted(" ".join(found).replace("ĐẢNG CỘNG SẢN VIỆT NAM ", "").split()) == sorted(
        " ".join(line.text for line in paper_source(paper).lines).split()
    )


def test_bold_words_and_the_page_of_a_line_are_known():
    read = read_source("a.pdf", pdf.render(papers.short_plan()).data)
    by_text = {line.text: line for line in read.lines}
    assert by_text["1. Mục đích"].bold == ((0, 11),)
    report = next(line for line in read.lines if line.text.startswith("- Báo cáo kết quả"))
    assert [report.text[start:end] for start, end in report.bold] == ["25/6/2026"]
    assert by_text["Nơi nhận:"].number == 2


def test_a_wide_annex_gives_its_tables_row_by_row():
    paper = papers.short_plan(annexes=(papers.wide_annex(1),))
    read = read_source("a.pdf", pdf.render(paper).data)
    cells = [line.cells for line in paper_source(paper).lines if line.cells]
    assert [line.cells for line in read.lines if line.cells] == cells


def refusal(content, name="a.pdf"):
    with pytest.raises(ValidationError) as refused:
        read_source(name, content)
    return refused.value.code


@pytest.mark.proves("U-06")
def test_scans_passwords_and_broken_files_are_refused():
    scan = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(scan)
    writer.encrypt("mat khau", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert refusal(scan.getvalue()) == "no_text"
    assert refusal(locked.getvalue()) == "encrypted"
    assert refusal(b"%PDF-1.7 nothing here") == "encrypted"


@pytest.mark.proves("U-02")
def test_a_file_that_draws_without_end_is_given_up():
    letters = b"BT /F1 9 Tf (AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA) Tj ET\n"
    assert refusal(drawn_pdf(letters * 400, pages=60)) == "too_heavy"


@pytest.mark.proves("U-02")
def test_a_reader_that_does_not_come_back_is_ended(monkeypatch):
    monkeypatch.setattr(pdf_source, "WAIT", 0.01)
    assert refusal(drawn_pdf(b"BT /F1 9 Tf (A) Tj ET\n")) == "too_heavy"
