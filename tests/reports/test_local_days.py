"""One instant has one day, that of Việt Nam: on the page, on paper, in Excel and in a letter."""

import datetime as dt
import io
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.models import Assignment
from campaigns.services.clock import tell_people
from campaigns.services.deliveries import send_letters
from campaigns.services.delivery_queue import Watch
from campaigns.services.reminders import plan_reminders
from documents.writing.pdf import render
from reports.choices import SubmissionState
from reports.papers.compiled import compiled_report_paper
from reports.selectors.year_sheet import unit_years
from reports.services.compiling import draft_report
from reports.workbooks_report import annex_workbook
from reports.workbooks_year import year_workbook
from tests import factories

LEFT = {"còn 1 ngày": 1, "hạn hôm nay": 0, "đã quá hạn 1 ngày": -1}
INSTANTS = [("2026-06-03T16:59:59+00:00", dt.date(2026, 6, 3)), ("2026-06-03T17:00:00+00:00", dt.date(2026, 6, 4))]


class Still(Watch):
    """A tick during which no time passes: the second before midnight lasts until the letter is out."""

    def elapsed(self):
        return 0.0


def day_of_the_letter(plan, person, *, at):
    """The day that the letter sent to `person` at that instant counts from: by the sender itself, whose night's rest is another
    matter (tests/campaigns/test_quiet.py)."""
    duties = list(Assignment.objects.filter(plan=plan))
    plan_reminders(assignments=duties, now=at - dt.timedelta(days=20))
    tell_people(watch=Still(at))
    send_letters(watch=Still(at))
    [letter] = [one.body for one in mail.outbox if one.to == [person.email]]
    [left] = set(re.findall(r"\((còn 1 ngày|hạn hôm nay|đã quá hạn 1 ngày)\)", letter))
    return duties[0].due_on - dt.timedelta(days=LEFT[left])


@pytest.mark.pdf
@pytest.mark.proves("T-02")
@pytest.mark.parametrize(("instant", "local"), INSTANTS)
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
    words = f"{local:%d}/{local.month}/2026"
    assert f", {words}" in page
    assert f"tính đến {timezone.localtime(at):%H} giờ {timezone.localtime(at):%M}, ngày {words}" in " ".join(paper.split())
    assert annex["Q2"].value == local.isoformat()
    assert year["F2"].value.date() == local
    asked = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    assert day_of_the_letter(asked, cast.secretary, at=at) == local


@pytest.mark.parametrize(("instant", "local"), INSTANTS)
def test_a_sender_that_forgets_the_zone_would_be_caught(cast, clock, monkeypatch, instant, local):
    """Control of the letter: by the day of UTC both instants lie on 03/6."""
    at = dt.datetime.fromisoformat(instant)
    clock.move_to(at)
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    monkeypatch.setattr("campaigns.services.deliveries.timezone.localdate", lambda moment: moment.astimezone(dt.UTC).date())
    assert day_of_the_letter(plan, cast.secretary, at=at) == dt.date(2026, 6, 3)


@pytest.mark.once
def test_the_day_of_the_server_would_be_another(clock):
    """Control: of the two instants above one has another day in UTC, so a page that forgets the zone is caught."""
    days = [dt.datetime(2026, 6, 3, hour, 30, tzinfo=dt.UTC) for hour in (16, 17)]
    assert [timezone.localdate(at) == at.date() for at in days] == [True, False]
