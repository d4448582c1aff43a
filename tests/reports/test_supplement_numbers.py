"""Every number of a báo cáo bổ sung is worked out from the tables by other code: what was before, what stands now.

`seen` reads the database by plain loops, once when the report is issued and once when the supplement is drafted; nothing of
reports/measures.py or reports/differences.py takes part. The control: a number wrong by one is found.
"""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.models import Invitee
from reports.models import CompiledReport, Submission
from reports.selectors.evidence import evidence_of
from reports.services.compiling import draft_report, draft_supplement, freeze_report
from reports.services.submissions import accept_submission
from tests import factories
from tests.reports.test_conference_part import held
from tests.reports.test_report_numbers import NUMBER, printed

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LATER = factories.NOW + dt.timedelta(hours=2)
LAST = factories.NOW + dt.timedelta(days=1)
HEADS = {"phải dự": "required", "có mặt": "present", "vắng có lý do": "excused", "vắng không lý do": "unexcused"}


def seen(plan):
    """{unit name: {what: text}} and the heads of the conference, from the tables."""
    told = {}
    for one in Submission.objects.filter(plan=plan, state__in=("accepted", "appraised")).select_related("unit"):
        present = 0
        for session in one.sessions.all():
            present += session.present
        told[one.unit.short_name] = {
            "phải dự": printed(one.members - one.exempt - one.away + one.received),
            "có mặt": printed(present),
            "vắng có lý do": printed(one.excused),
            "vắng không lý do": printed(one.unexcused),
            "điểm tự chấm": "chưa có" if one.self_total is None else printed(one.self_total, 1),
            "xếp loại": one.self_level or "chưa có",
        }
    for conference in plan.conferences.filter(state="held"):
        heads = {"triệu tập": 0, "có mặt": 0, "vắng có lý do": 0, "vắng không lý do": 0}
        for row in Invitee.objects.filter(conference=conference, heads__isnull=False):
            counts = (row.heads, row.present, row.excused, row.absent)
            for words, count in zip(heads, counts, strict=True):
                heads[words] += count
        told["Hội nghị cấp phường"] = {words: printed(count) for words, count in heads.items()}
    return told


def lines(report):
    """{unit or conference: {what: (was, now)}} as the text of the supplement says it, read back by its words alone."""
    found = {}
    for line in report.sections.get(slot="changed").body.split("\n\n"):
        head, _, facts = line.removeprefix("- ").rstrip(".").partition(": ")
        name = "Hội nghị cấp phường" if head.startswith("Hội nghị") else head.rpartition(", ")[2]
        for fact in facts.split("; "):
            words, _, now = fact.partition(", nay ")
            what = next(one for one in ("triệu tập", *HEADS, "điểm tự chấm", "xếp loại") if words.startswith(f"{one} "))
            found.setdefault(name, {})[what] = (words.removeprefix(f"{what} "), now)
    return found


def expected(before, after):
    """What of `before` and `after` is not the same, for whoever is in both."""
    found = {}
    for name in before.keys() & after.keys():
        changed = {what: (was, after[name][what]) for what, was in before[name].items() if was != after[name][what]}
        if changed:
            found[name] = changed
    return found


@pytest.fixture
def line(cast, clock):
    """(plan, what was seen at issue, the supplement): a unit changed its heads and points, one arrived, a roll was mended."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    for unit, state in ((cast.own_unit, "accepted"), (cast.other_unit, "submitted")):
        session = factories.make_session(unit, directives=plan.directives.all())
        factories.make_submission(unit, plan, sessions=[session], state=state)
    conference = held(cast, [plan])
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    issued = freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER)
    before = seen(plan)
    own = Submission.objects.get(unit=cast.own_unit)
    own.sessions.update(present=25)
    Submission.objects.filter(pk=own.pk).update(unexcused=0, self_total="91.5", self_level="Tốt")
    accept_submission(submission=Submission.objects.get(unit=cast.other_unit), by=cast.compiler, at=LAST)
    Invitee.objects.filter(conference=conference, heads=16).update(present=15, absent=0, excused=1)
    return plan, before, draft_supplement(report=issued, by=cast.compiler, now=LAST)


def test_every_changed_number_is_what_the_tables_held_before_and_hold_now(line, cast):
    plan, before, made = line
    told = lines(made)
    assert told == expected(before, seen(plan))
    assert told[cast.own_unit.short_name]["có mặt"] == ("24", "25")
    assert told["Hội nghị cấp phường"]["có mặt"] == ("14", "16")


def test_the_check_finds_a_number_that_is_wrong_by_one(line):
    """Control: one head more in the tables than in the text."""
    plan, before, made = line
    Submission.objects.filter(self_level="Tốt").update(excused=2)
    assert lines(made) != expected(before, seen(plan))
    before["Hội nghị cấp phường"]["có mặt"] = "13"
    assert lines(made)["Hội nghị cấp phường"] != expected(before, seen(plan))["Hội nghị cấp phường"]


def test_each_line_carries_its_numbers_and_leads_to_its_rows(line, cast):
    _plan, _before, made = line
    section = made.sections.get(slot="changed")
    paragraphs = section.body.split("\n\n")
    assert [one["text"] for one in section.sentences] == paragraphs
    days = {made.figures["plans"][0]["conferences"][0]["held_on"], cast.own_unit.short_name, made.figures["plans"][0]["name"]}
    for sentence in section.sentences:
        words = sentence["text"]
        for name in days:
            words = words.replace(name, "")
        assert NUMBER.findall(words) == NUMBER.findall(" ".join(text for _name, text in sentence["figures"]))
    of_unit = next(one for one in section.sentences if cast.own_unit.short_name in one["text"])
    now, was = evidence_of(made, of_unit)
    assert [[row["name"] for row, _cells in one.lines] for one in (now, was)] == [[cast.own_unit.short_name]] * 2
    at = now.headings.index("Có mặt")
    assert (was.lines[0][1][at], now.lines[0][1][at]) == ("24", "25")
    assert was.of == "Đơn vị, theo Báo cáo số 31-BC/ĐU"
    of_roll = next(one for one in section.sentences if one["text"].startswith("- Hội nghị"))
    now, was = evidence_of(made, of_roll)
    at = now.headings.index("Có mặt")
    assert (was.totals[at], now.totals[at]) == ("14", "16")


def test_who_arrived_and_who_left_is_counted_and_leads_to_its_rows(line, cast):
    plan, _before, made = line
    [arrived] = made.sections.get(slot="arrived").sentences
    name = made.figures["plans"][0]["name"]
    assert arrived["text"] == f"{name}: tiếp nhận thêm báo cáo của 1 đơn vị: {cast.other_unit.short_name}."
    [rows] = evidence_of(made, arrived)
    assert [row["name"] for row, _cells in rows.lines] == [cast.other_unit.short_name]
    CompiledReport.objects.filter(pk=made.pk).delete()
    Submission.objects.filter(plan=plan, unit=cast.own_unit).update(state="returned", return_field="present", return_reason="Xem.")
    again = draft_supplement(report=made.supplements, by=cast.compiler, now=LAST)
    left = again.sections.get(slot="changed").sentences[0]
    assert "không còn tính số liệu của 1 đơn vị" in left["text"]
    [rows] = evidence_of(again, left)
    assert ([row["name"] for row, _cells in rows.lines], rows.of[:8]) == ([cast.own_unit.short_name], "Đơn vị, ")


def test_a_roll_that_is_open_again_is_said_and_needs_a_supplement(cast, clock, line):
    plan, _before, made = line
    CompiledReport.objects.filter(pk=made.pk).delete()
    for conference in plan.conferences.all():
        conference.__class__.objects.filter(pk=conference.pk).update(state="fixed", closed_at=None, closed_by=None)
    again = draft_supplement(report=made.supplements, by=cast.compiler, now=LAST)
    assert "triệu tập 18, nay chưa có; có mặt 14, nay chưa có" in again.sections.get(slot="changed").body


def test_the_page_of_a_changed_line_opens_with_both_reports(line, cast, sign_in):
    _plan, _before, made = line
    section = made.sections.get(slot="changed")
    client = sign_in(cast.leader)
    for index in range(len(section.sentences)):
        page = client.get(reverse("reports:report-evidence", args=[made.pk, section.pk, index]))
        assert page.status_code == 200
        assert "theo Báo cáo số 31-BC/ĐU" in page.content.decode()
