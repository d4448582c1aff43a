"""What arrives or changes after a report was issued: seen on its page, told in a báo cáo bổ sung, lost nowhere."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reports.choices import ReportState, SubmissionState
from reports.measures import said
from reports.models import CompiledReport, Submission
from reports.services import sending
from reports.services.compiling import adopt_drafted, draft_report, draft_supplement, freeze_report, refresh_report
from reports.services.sending import submit
from reports.services.submissions import accept_submission
from tests import factories

LATER = factories.NOW + dt.timedelta(hours=2)
LAST = factories.NOW + dt.timedelta(days=1)

pytestmark = pytest.mark.pdf


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])


@pytest.fixture
def issued(cast, plan, clock):
    """Issued when one of two units was taken in; the other had sent and waited."""
    for unit, state in ((cast.own_unit, SubmissionState.ACCEPTED), (cast.other_unit, SubmissionState.SUBMITTED)):
        session = factories.make_session(unit, directives=plan.directives.all())
        factories.make_submission(unit, plan, sessions=[session], state=state, limits=f"Lời của {unit.short_name}.")
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    return freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER)


@pytest.fixture
def waiting(cast, plan, issued):
    return Submission.objects.get(plan=plan, unit=cast.other_unit)


def bodies(report):
    return {section.slot: section.body for section in report.sections.all()}


def test_nothing_new_needs_no_supplement(cast, issued):
    with pytest.raises(ValidationError) as refused:
        draft_supplement(report=issued, by=cast.compiler, now=LAST)
    assert (refused.value.code, CompiledReport.objects.count()) == ("nothing_new", 1)


def test_a_draft_is_refreshed_not_supplemented(cast, plan):
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    with pytest.raises(ValidationError) as refused:
        draft_supplement(report=report, by=cast.compiler, now=LAST)
    assert refused.value.code == "not_issued"


def test_the_supplement_says_who_came_what_changed_and_the_new_sums(cast, plan, issued, waiting):
    accept_submission(submission=waiting, by=cast.compiler, at=LAST)
    Submission.objects.filter(plan=plan, unit=cast.own_unit).update(excused=2, unexcused=0)
    made = draft_supplement(report=issued, by=cast.compiler, now=LAST)
    name, texts = str(plan.directives.get()), bodies(made)
    assert texts["basis"].startswith("Báo cáo này bổ sung Báo cáo số 31-BC/ĐU, ngày 03/6/2026")
    assert texts["arrived"] == f"{name}: tiếp nhận thêm báo cáo của 1 đơn vị: {cast.other_unit.short_name}."
    assert (
        texts["changed"] == f"- {name}, {cast.own_unit.short_name}: vắng có lý do 1, nay 2; vắng không lý do 1, nay 0."
    )
    assert f"- {name}: 2 đơn vị đã tiếp nhận báo cáo (báo cáo trước: 1)." in texts["totals"]
    assert f"- {name}: 52 đảng viên phải dự (báo cáo trước: 26)." in texts["totals"]
    assert (made.supplements, made.subject) == (issued, f"bổ sung {issued.subject}")
    assert [remark.submission.unit for remark in made.remarks.all()] == [cast.other_unit]
    issued.refresh_from_db()
    assert issued.figures["plans"][0]["totals"]["accepted"] == 1


def test_every_figure_of_a_supplement_is_the_sum_of_its_rows(cast, issued, waiting):
    accept_submission(submission=waiting, by=cast.compiler, at=LAST)
    made = draft_supplement(report=issued, by=cast.compiler, now=LAST)
    rows = made.figures["plans"][0]["rows"]
    told = [
        figure for section in made.sections.all() for sentence in section.sentences for figure in sentence["figures"]
    ]
    assert len(told) > 4
    assert all(not name.startswith("before:") for name, _text in told)  # nothing of the units that were counted changed
    assert [said(rows, name) for name, _text in told] == [text for _name, text in told]


def test_one_draft_at_a_time_and_the_next_adds_to_the_last(cast, plan, issued, waiting):
    accept_submission(submission=waiting, by=cast.compiler, at=LAST)
    made = draft_supplement(report=issued, by=cast.compiler, now=LAST)
    with pytest.raises(ValidationError) as refused:
        draft_supplement(report=issued, by=cast.compiler, now=LAST)
    freeze_report(report=made, number=32, dated_on=factories.TODAY, by=cast.clerk, now=LAST)
    with pytest.raises(ValidationError) as nothing:
        draft_supplement(report=issued, by=cast.compiler, now=LAST)
    Submission.objects.filter(pk=waiting.pk).update(self_total="88")
    second = draft_supplement(report=issued, by=cast.compiler, now=LAST)
    assert (refused.value.code, nothing.value.code, second.supplements) == ("exists", "nothing_new", made)
    assert not second.remarks.exists()  # those of the first report and of its supplement are told


@pytest.mark.proves("C-04")
def test_what_is_not_in_the_issued_report_stands_on_its_page(cast, issued, waiting, sign_in):
    client, url = sign_in(cast.compiler), reverse("reports:report-detail", args=[issued.pk])
    before = client.get(url).content.decode()
    accept_submission(submission=waiting, by=cast.compiler, at=LAST)
    after = client.get(url).content.decode()
    words = "được tiếp nhận thêm, ngoài báo cáo đã ban hành"
    assert (words in before, words in after) == (False, True)
    response = client.post(reverse("reports:report-supplement", args=[issued.pk]))
    made = CompiledReport.objects.get(supplements=issued)
    assert (response.url, made.state) == (reverse("reports:report-edit", args=[made.pk]), ReportState.DRAFT)
    assert client.get(response.url).status_code == 200


@pytest.mark.proves("C-04")
@pytest.mark.parametrize("first", ["submission", "freeze"])
def test_a_report_of_a_unit_is_counted_or_told_that_it_came_late(cast, clock, first):
    """Both orders of sending and freezing: in the report's snapshot, or refused with a sentence; never neither, never both."""
    expected = ("sent", None) if first == "submission" else ("missing", "locked")
    assert outcome(cast, first) == expected


def test_without_the_lock_a_late_report_would_be_in_neither(cast, clock, monkeypatch):
    """Control of the test above."""
    monkeypatch.setattr(sending, "why_locked", lambda plans, reported: {})
    assert outcome(cast, "freeze") == ("missing", None)


def outcome(cast, first):
    """(standing in the frozen report, why the sending was refused) after both acts, `first` before the other."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    acts = {
        "submission": lambda: submit(unit=cast.own_unit, plans=[plan], sessions=[], figures={}, points={}, by=cast.secretary, at=LATER),
        "freeze": lambda: freeze_report(
            report=draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=LATER),
            number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER,
        ),
    }  # fmt: skip
    refused = None
    for name in (first, "freeze" if first == "submission" else "submission"):
        try:
            acts[name]()
        except ValidationError as problem:
            refused = problem.code
    row = CompiledReport.objects.get().figures["plans"][0]["rows"][0]
    return row["standing"], refused


def test_refreshing_shows_the_words_and_keeps_or_takes_them(cast, plan, sign_in):
    session = factories.make_session(cast.own_unit, directives=plan.directives.all())
    factories.make_submission(cast.own_unit, plan, sessions=[session], state=SubmissionState.ACCEPTED)
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    study = report.sections.get(slot="study")
    study.body = "Lời của đồng chí tổng hợp."
    study.save(update_fields=["body"])
    other = factories.make_session(cast.other_unit, directives=plan.directives.all())
    factories.make_submission(cast.other_unit, plan, sessions=[other], state=SubmissionState.ACCEPTED)
    refresh_report(report=report, by=cast.compiler, now=LATER)
    client = sign_in(cast.compiler)
    page = client.get(reverse("reports:report-changes", args=[report.pk])).content.decode()
    assert "Lời của đồng chí tổng hợp." in page
    assert "<ins>" in page
    assert f"{cast.other_unit.short_name}: được tiếp nhận thêm" in page
    url = reverse("reports:report-adopt", args=[report.pk, study.pk])
    client.post(url, {"version": report.version - 1})
    study.refresh_from_db()
    stale = study.body
    client.post(url, {"version": report.version})
    study.refresh_from_db()
    assert stale == "Lời của đồng chí tổng hợp."
    assert "52" in study.body
    with pytest.raises(ValidationError) as refused:
        adopt_drafted(report=report, section=study, expected_version=1, by=cast.compiler, now=LATER)
    assert refused.value.code == "stale"
