"""Our Word files in a real word processor: they print as the rule wants and come back as they went."""

import pytest

from documents.inspection import inspect
from documents.profiles import PROFILES
from documents.reading.docx_paper import read_paper, read_word
from documents.writing.docx import fingerprint, write_docx
from tests.documents import papers
from tests.documents.test_docx import PAPERS
from tests.libreoffice import LibreOffice, needs_libreoffice

pytestmark = [pytest.mark.long, pytest.mark.pdf, needs_libreoffice]
SURE = {"A", "B", "C/B"}
WORD = "docx:MS Word 2007 XML"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return LibreOffice(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def made():
    drafts = {"draft": papers.short_plan(draft=True, draft_label="Dự thảo lần 1")}
    both_sides = {"duplex": papers.long_plan(duplex=True)}
    return {name.replace(" ", "-"): make() for name, make in PAPERS.items()} | drafts | both_sides


@pytest.fixture(scope="module")
def printed(office, made):
    files = {name: write_docx(paper) for name, paper in made.items()}
    return office.convert(files, source="docx", target="pdf")


def test_printed_papers_hold_the_checklist(printed, made):
    wrong = {}
    for name, data in printed.items():
        findings = inspect(data, profile=PROFILES[made[name].profile])
        failed = {one.row: one.found for one in findings if one.holds is False and one.certainty in SURE}
        wrong |= {name: failed} if failed else {}
    assert wrong == {}


def test_saved_again_they_are_read_as_they_were(office, made):
    files = {name: write_docx(paper) for name, paper in made.items()}
    again = office.convert(files, source="docx", target="docx", form=WORD)
    assert {name for name, data in again.items() if read_paper(data) != made[name]} == set()
    found = read_word(again["short"])
    assert found.origins == tuple(range(len(made["short"].blocks)))
    assert (found.base, found.left_out) == (fingerprint(made["short"]), ())


def test_through_another_format_they_are_read_as_they_were(office, made):
    files = {name: write_docx(paper) for name, paper in made.items()}
    foreign = office.convert(files, source="docx", target="odt")
    back = office.convert(foreign, source="odt", target="docx", form=WORD)
    assert {name for name, data in back.items() if read_paper(data) != made[name]} == set()
