"""The Excel of a compiled report: every figure that its text can print is found again in the file."""

import io

import pytest
from openpyxl import load_workbook

from reports.figures import COUNTS
from reports.measures import MEASURES
from reports.services.compiling import draft_report
from reports.workbooks_report import COLUMNS, annex_workbook
from tests import factories

pytestmark = pytest.mark.django_db
TOLD = {"essays_due": 26, "essays_handed": 25, "quiz_taken": 20, "group_meetings": 2, "online_reach": 900}


@pytest.fixture
def book(cast):
    """One plan of two directives: an evening for both, one for the second alone."""
    texts = [factories.make_directive() for _ in range(2)]
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], directives=texts)
    both = factories.make_session(cast.own_unit, directives=texts, present=24)
    alone = factories.make_session(cast.own_unit, directives=texts[1:], present=None, present_again=20)
    factories.make_submission(cast.own_unit, plan, sessions=[both, alone], state="accepted", **TOLD)
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    return load_workbook(io.BytesIO(annex_workbook(report.figures))), texts


def test_every_count_has_a_column_and_its_figure(book):
    sheet = book[0].worksheets[0]
    heading, line = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=2))
    told = dict(zip(heading, line, strict=True))
    named = {"required", "present", "excused", "unexcused", "sessions", "opinions"}  # by a code of the field dictionary
    assert [
        name for name in COUNTS if name in MEASURES and name not in named and MEASURES[name].words not in told
    ] == []
    assert [heading[place] for place in range(18)] == [words for words, _code in COLUMNS]
    assert {name: told[MEASURES[name].words] for name in TOLD} == TOLD
    assert len(heading) == len(set(heading))
    codes = [row[0].value for row in book[0]["Mã cột"].iter_rows(min_row=2)]
    assert codes == heading


def test_directives_that_differ_have_their_own_row(book):
    workbook, texts = book
    rows = [[cell.value for cell in row] for row in workbook["Theo văn bản"].iter_rows(min_row=2)]
    found = {row[2]: row for row in rows}
    heads = [one.value for one in workbook["Theo văn bản"][1]]
    present = heads.index("Có mặt")
    assert len(rows) == 3
    assert [
        next(row[present] for words, row in found.items() if words.startswith("Riêng") and one.number_text in words)
        for one in texts
    ] == [24, 44]
