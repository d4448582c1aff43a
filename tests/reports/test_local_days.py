"""One instant has one day, that of Việt Nam: on the page, on paper, in Excel and in a letter."""

import datetime as dt
import io
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.digest_words import digest_of, letter_of
from campaigns.models import Assignment
from documents.writing.pdf import render
from reports.choices import SubmissionState
from reports.papers.compiled import compiled_report_paper
from reports.selectors.year_sheet import unit_years
from reports.services.compiling import draft_report
from reports.workbooks_report import annex_workbook
from reports.workbooks_year import year_workbook
from tests import factories

LEFT = {"còn 1 ngày": 1, "hạn hôm nay": 0, "đã quá hạn 1 ngày": -1}


@pytest.mark.pdf
@pytest.mark.proves("T-02")
@pytest.mark.parametrize(
    ("instant", "local"), [("2026-06-03T16:59:59+00:00", dt.date(2026, 6, 3)), ("2026-06-03T17:00:00+00:00", dt.date(2026, 6, 4))]
)
def test_page_paper_excel_and_letter_show_the_same_day(cast, clock, sign_in, instant, local):
    at = dt.datetime.fromisoformat(instant)
    clock.move_to(at)
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    submission = factories.make_submission(cast.own_unit, plan, state=SubmissionState.ACCEPTED, submitted_at=at)
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=at)
    page = sign_in(cast.compiler).get(reverse("reports:submission-detail", args=[submission.pk])).content.decode()
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(render(compiled_report_paper(report)).data)).pages)
    annex = load_workbook(io.BytesIO(annex_workbook(report.figures))).worksheets[0]
    year = load_workbook(io.BytesIO(year_workbook(unit_years([cast.own_unit], 2026, on=factories.TODAY)))).worksheets[0]
    duty = Assignment.objects.filter(plan=plan).select_related("duty", "unit", "plan__paper").first()
    letter = letter_of(digest_of([SimpleNamespace(step="unit", assignment=duty)], on=timezone.localdate(at)), name="A", site="", folded=False, stop="")
    left = LEFT[re.search(r"\((còn 1 ngày|hạn hôm nay|đã quá hạn 1 ngày)\)", letter)[1]]
    words = f"{local:%d}/{local.month}/2026"
    assert f", {words}" in page
    assert f"tính đến {timezone.localtime(at):%H} giờ {timezone.localtime(at):%M}, ngày {words}" in " ".join(paper.split())
    assert annex["Q2"].value == local.isoformat()
    assert year["F2"].value.date() == local
    assert duty.due_on - dt.timedelta(days=left) == local


@pytest.mark.once
def test_the_day_of_the_server_would_be_another(clock):
    """Control: of the two instants above one has another day in UTC, so a page that forgets the zone is caught."""
    days = [dt.datetime(2026, 6, 3, hour, 30, tzinfo=dt.UTC) for hour in (16, 17)]
    assert [timezone.localdate(at) == at.date() for at in days] == [True, False]
