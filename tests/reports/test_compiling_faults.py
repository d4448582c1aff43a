"""A fault at any write while a report is compiled leaves it as it was (reliability.md F-05)."""

import datetime as dt

import pytest

from documents.models import IssuedPaper, NumberEntry, StoredFile
from reports.choices import SubmissionState
from reports.models import CompiledReport, ReportRemark, ReportSection
from reports.services.compiling import draft_report, draft_supplement, freeze_report, refresh_report, save_report
from tests import factories
from tests.faults import fails_at, keep_what_was_written, writes_of_what_leaves_nothing
from units.models import AuditEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("F-05")]

LATER = factories.NOW + dt.timedelta(hours=2)
KEPT = (CompiledReport, ReportSection, ReportRemark, IssuedPaper, NumberEntry, StoredFile, AuditEvent)


def state():
    """Every row of what compiling writes, as it stands."""
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


def sent(unit, plan, **fields):
    session = factories.make_session(unit, directives=plan.directives.all())
    factories.make_submission(unit, plan, sessions=[session], state=SubmissionState.ACCEPTED, **fields)


@pytest.fixture
def plan(cast, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    sent(cast.own_unit, plan, proposals="Thêm tài liệu.", strengths="Đúng thành phần.")
    return plan


@pytest.fixture
def report(cast, plan):
    return draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)


def fail_everywhere(act, *, least):
    """Break `act` off at every one of its writes, `least` at the fewest, until it goes through and has written."""
    before = state()
    assert writes_of_what_leaves_nothing(act, state) >= least
    assert state() != before


def fresh(report):
    return CompiledReport.objects.get(pk=report.pk)


def test_drafting(cast, plan):
    fail_everywhere(lambda: draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW), least=4)


def test_without_the_transaction_a_fault_leaves_half_a_draft(cast, plan, monkeypatch):
    """Control of the tests of this file."""
    before = state()
    keep_what_was_written(monkeypatch)
    assert fails_at(lambda: draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW), 3)
    assert state() != before


def test_taking_new_figures(cast, plan, report):
    sent(cast.other_unit, plan, proposals="Mở thêm lớp.")
    fail_everywhere(lambda: refresh_report(report=fresh(report), by=cast.compiler, now=LATER), least=3)


def test_saving_words_and_ticks(cast, report):
    bodies = {section.pk: f"{section.body} Thêm." for section in report.sections.all()}

    def save():
        save_report(
            report=fresh(report), expected_version=report.version, subject="tên khác", signer=report.signer, recipients="",
            late_list_printed=True, bodies=bodies, included=[one.pk for one in report.remarks.all()], by=cast.compiler, now=LATER,
        )  # fmt: skip

    fail_everywhere(save, least=4)


@pytest.mark.pdf
def test_issuing_and_the_supplement_after_it(cast, plan, report):
    fail_everywhere(
        lambda: freeze_report(report=fresh(report), number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER),
        least=4,
    )
    sent(cast.other_unit, plan)
    fail_everywhere(lambda: draft_supplement(report=fresh(report), by=cast.compiler, now=LATER), least=4)
