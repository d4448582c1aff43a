"""What PDF/A-2b and the tags ask of a file, looked up in the file itself (no validator is needed to run this)."""

import io
import re
import unicodedata
from datetime import date

import pypdf
import pytest
from django.template.loader import get_template

from documents.writing import pdf
from tests.documents import papers, papers_kinds

pytestmark = pytest.mark.pdf
DRAFT = {"draft": True, "draft_label": "Dự thảo lần 1"}
PAPERS = {
    **papers_kinds.KINDS,
    "plan": papers.short_plan,
    "report": papers.unit_report,
    "draft": lambda: papers.short_plan(**DRAFT),
    "duplex": lambda: papers.unit_report(duplex=True),
}


@pytest.fixture(scope="module", params=PAPERS)
def rendered(request):
    return pdf.render(PAPERS[request.param]()).data


def objects(reader):
    """Return every object of the file, resolved."""
    return [
        reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        for number in range(1, reader.trailer["/Size"])
    ]


def fonts(reader):
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            found[font["/BaseFont"]] = font
    return list(found.values())


def test_colours_are_defined_by_an_embedded_profile(rendered):
    (intent,) = pypdf.PdfReader(io.BytesIO(rendered)).trailer["/Root"]["/OutputIntents"]
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    data = profile.get_data()
    assert (intent["/S"], profile["/N"], data[36:40], data[16:20]) == ("/GTS_PDFA1", 3, b"acsp", b"RGB ")


def test_the_metadata_names_part_conformance_and_the_same_title_twice(rendered):
    reader = pypdf.PdfReader(io.BytesIO(rendered))
    stream = reader.trailer["/Root"]["/Metadata"].get_object()
    xmp = stream.get_data().decode("utf-8")
    assert re.findall(r'pdfaid:(part|conformance)(?:=")?>?(\w)', xmp) == [("part", "2"), ("conformance", "B")]
    assert reader.metadata.title in xmp.replace("&amp;", "&")
    assert reader.trailer["/ID"][0]


def test_the_file_is_tagged_in_vietnamese(rendered):
    root = pypdf.PdfReader(io.BytesIO(rendered)).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)
    tags, waiting = set(), [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, dict):
            tags.add(str(node.get("/S", "")))
            children = node.get("/K", [])
            waiting += children if isinstance(children, list) else [children]
    assert {"/Document", "/P", "/Table", "/TR", "/TD"} <= tags


def test_every_font_is_embedded_readable_and_of_one_family(rendered):
    reader = pypdf.PdfReader(io.BytesIO(rendered))
    names = {re.sub(r"^/[A-Z]{6}\+|[-,].*$|/", "", font["/BaseFont"]) for font in fonts(reader)}
    assert len(names) == 1
    for font in fonts(reader):
        descendant = font["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys()
        assert font["/ToUnicode"].get_object().get_data()
        assert font["/Encoding"] == "/Identity-H"


def test_nothing_is_active_encrypted_or_see_through(rendered):
    reader = pypdf.PdfReader(io.BytesIO(rendered))
    assert not reader.is_encrypted
    for one in objects(reader):
        if not isinstance(one, dict):
            continue
        assert not {"/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/EF"} & one.keys()
        assert (one.get("/SMask", "/None"), one.get("/ca", 1), one.get("/CA", 1)) == ("/None", 1, 1)
        assert one.get("/BM", "/Normal") == "/Normal"


def test_every_text_is_composed(rendered):
    reader = pypdf.PdfReader(io.BytesIO(rendered))
    text = "".join(page.extract_text() for page in reader.pages) + reader.metadata.title
    assert unicodedata.is_normalized("NFC", text)


def test_a_decomposed_text_is_printed_composed():
    paper = papers.short_plan(subject=unicodedata.normalize("NFD", "tổ chức hội nghị Đảng ủy phường"))
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(paper).data))
    assert "tổ chức hội nghị Đảng ủy phường" in reader.pages[0].extract_text()
    assert unicodedata.is_normalized("NFC", reader.metadata.title)


def test_the_day_in_the_file_is_the_day_of_the_paper_or_of_its_copy():
    days = [
        pypdf.PdfReader(io.BytesIO(pdf.render(paper).data)).metadata.creation_date.date()
        for paper in (papers.short_plan(), papers_kinds.copied())
    ]
    assert days == [date(2026, 6, 5), date(2026, 6, 8)]


def test_every_printed_page_names_its_language(caplog):
    pdf.warm_up()
    pdf.render(papers.short_plan())
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@pytest.mark.parametrize("name", ["documents/cards.html", "reports/submission_blank.html"])
def test_a_page_printed_without_a_paper_names_its_language(name):
    assert '<html lang="vi">' in get_template(name).template.source
