"""The compiled report: every printed number comes from the data, missing is never 0, edits and figures never mix."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError

from documents.models import IssuedPaper, NumberEntry
from reports.choices import ReportState, SubmissionState
from reports.figures import COUNTS, add_up, rate
from reports.models import CompiledReport
from reports.papers.compiled import compiled_report_paper
from reports.selectors.compiling import unit_rows
from reports.selectors.remarks import remarks_of
from reports.services.compiling import draft_report, freeze_report, refresh_report, save_report
from tests import factories

LATER = factories.NOW + dt.timedelta(hours=2)


@pytest.fixture
def ward(cast):
    return cast.ward


def units_of(ward, number, **fields):
    return [factories.make_unit(ward, **fields) for _ in range(number)]


def reported(plan, units, *, state=SubmissionState.ACCEPTED, present=24, **fields):
    for unit in units:
        session = factories.make_session(unit, directives=plan.directives.all(), present=present, outside_people=2)
        factories.make_submission(unit, plan, sessions=[session], state=state, **fields)


def drafted(cast, plans):
    return draft_report(ward=cast.ward, plans=plans, by=cast.compiler, now=factories.NOW)


def numbers_in(text):
    return {match.replace(".", "") for match in re.findall(r"\d[\d.,]*\d|\d", text)}


def test_every_number_of_the_text_is_in_the_data(cast):
    units = units_of(cast.ward, 5)
    plan = factories.make_issued_plan(cast.ward, units=units)
    reported(plan, units[:3], works=[{"what": "Giúp hai hộ.", "who": "", "by": ""}], oral_sessions=4, oral_listeners=40)
    reported(plan, units[3:4], state=SubmissionState.SUBMITTED)
    text = " ".join(section.body for section in drafted(cast, [plan]).sections.exclude(slot="leadership"))
    # 3 accepted of 5; heads 3 x 26 = 78 asked, 3 x 24 = 72 there = 92,3 %, 3 excused, 3 not, 3 x 2 guests; 1 sent, 1 missing
    # 4 of 5 are in = 80,0 %, all 4 by their day = 100,0 %
    by_hand = {"0", "1", "3", "5", "72", "78", "92,3", "6", "12", "120", "03", "06", "2026", "4", "80,0", "100,0"}
    assert numbers_in(text.replace("/", " ")) - by_hand == set()
    assert "72/78 đảng viên" in text
    assert "12 buổi tuyên truyền miệng, 120 lượt người nghe" in text


@pytest.mark.parametrize(
    ("own", "words"), [(True, "“Bộ tiêu chí thử” do Đảng ủy lập"), (False, "bộ tiêu chí mặc định của phần mềm")]
)
def test_the_sheet_is_called_by_its_name(cast, own, words):
    """Neither the ward's own sheet nor that of the program is called by a regulation nobody compared it with."""
    plan = factories.make_issued_plan(cast.ward, units=units_of(cast.ward, 1))
    factories.pin_rubric(plan, factories.make_rubric(cast.ward if own else None))
    assert drafted(cast, [plan]).figures["plans"][0]["rubric"] == words


def test_a_rate_is_a_rate_of_sums(cast):
    small, large = units_of(cast.ward, 2)
    plan = factories.make_issued_plan(cast.ward, units=[small, large])
    reported(plan, [small], members=2, exempt=0, excused=1, unexcused=0, present=1)
    reported(plan, [large], members=98, exempt=0, excused=0, unexcused=0, present=98)
    totals = add_up(unit_rows(plan, counted_at=factories.NOW))
    assert str(rate(totals.counts["present"], totals.counts["required"])) == "99.0"  # the mean of 50 % and 100 % is 75 %


def test_what_nobody_reported_is_missing_not_zero(cast):
    units = units_of(cast.ward, 2)
    plan = factories.make_issued_plan(cast.ward, units=units)
    totals = add_up(unit_rows(plan, counted_at=factories.NOW))
    assert totals.counts == dict.fromkeys(COUNTS)
    bodies = {section.slot: section.body for section in drafted(cast, [plan]).sections.all()}
    assert "Số đảng viên dự học: chưa có số liệu." in bodies["study"]
    assert bodies["propaganda"] == "Kết quả tuyên truyền: chưa có số liệu."
    assert bodies["quality"] == "Điểm chất lượng học tập: chưa có số liệu."


def test_withheld_units_are_in_no_sum(cast):
    open_unit, police = units_of(cast.ward, 1)[0], factories.make_unit(cast.ward, figures_withheld=True)
    plan = factories.make_issued_plan(cast.ward, units=[open_unit, police])
    reported(plan, [open_unit])
    reported(plan, [police], members=900, present=700)
    report = drafted(cast, [plan])
    totals = report.figures["plans"][0]["totals"]
    assert (totals["accepted"], totals["withheld"], totals["counts"]["required"], totals["counts"]["present"]) == (2, 1, 26, 24)
    hidden = next(row for row in report.figures["plans"][0]["rows"] if row["unit_id"] == police.pk)
    assert hidden["counts"] == {}
    assert "chưa gồm 1 đơn vị lực lượng vũ trang" in report.sections.get(slot="study").body


def test_works_of_withheld_units_are_not_in_the_number_of_works(cast):
    open_unit, police = units_of(cast.ward, 1)[0], factories.make_unit(cast.ward, figures_withheld=True)
    plan = factories.make_issued_plan(cast.ward, units=[open_unit, police])
    work = {"what": "Giúp hai hộ bán hàng qua mạng", "who": "", "by": ""}
    reported(plan, [open_unit], works=[work, work])
    reported(plan, [police], works=[work])
    assert drafted(cast, [plan]).sections.get(slot="application").body.startswith(
        "2/2 đơn vị đã đăng ký việc làm cụ thể sau học tập, tổng số 2 việc (chưa gồm 1 đơn vị không nêu số liệu)."
    )


def test_plans_with_equal_figures_share_a_paragraph(cast):
    units = units_of(cast.ward, 2)
    plans = [factories.make_issued_plan(cast.ward, units=units) for _ in range(2)]
    for plan in plans:
        reported(plan, units)
    names = [str(plan.directives.get()) for plan in plans]
    body = drafted(cast, plans).sections.get(slot="study").body
    assert body.count("\n\n") == 0
    assert body.startswith(f"Về {names[0]} và {names[1]}: tính đến ngày 03/6/2026")


def test_drafting_needs_an_issued_plan(cast):
    with pytest.raises(ValidationError) as none:
        drafted(cast, [])
    with pytest.raises(ValidationError) as draft:
        drafted(cast, [factories.make_plan(cast.ward)])
    assert (none.value.code, draft.value.code, CompiledReport.objects.count()) == ("no_plans", "not_issued", 0)


def test_refreshing_says_what_changed_and_keeps_edited_words(cast):
    units = units_of(cast.ward, 3)
    plan = factories.make_issued_plan(cast.ward, units=units)
    reported(plan, units[:2])
    report = drafted(cast, [plan])
    edited = report.sections.get(slot="study")
    edited.body = "Lời của đồng chí tổng hợp."
    edited.save(update_fields=["body"])
    reported(plan, units[2:], works=[{"what": "Một việc.", "who": "", "by": ""}])
    changes = refresh_report(report=report, by=cast.compiler, now=LATER)
    name = str(plan.directives.get())
    assert changes == [
        f"{name}: đơn vị đã tiếp nhận báo cáo 2 → 3",
        f"{name}: đơn vị chưa báo cáo 1 → 0",
        f"{name}: đảng viên phải dự 52 → 78",
        f"{name}: đảng viên có mặt 48 → 72",
        f"{name}: đảng viên vắng có lý do 2 → 3",
        f"{name}: đảng viên vắng không lý do 2 → 3",
        f"{name}: người ngoài Đảng cùng dự 4 → 6",
        f"{name}: buổi học 2 → 3",
    ]
    bodies = {section.slot: section.body for section in report.sections.all()}
    assert bodies["study"] == "Lời của đồng chí tổng hợp."
    assert bodies["application"].startswith("1/3 đơn vị")


def test_equal_remarks_are_one_and_a_withdrawn_one_goes(cast):
    units = units_of(cast.ward, 3)
    plan = factories.make_issued_plan(cast.ward, units=units)
    reported(plan, units, limits="Thời gian thảo luận còn ít.")
    report = drafted(cast, [plan])
    assert [(one.text, len(one.pks)) for one in remarks_of(report)] == [("Thời gian thảo luận còn ít.", 3)]
    gone = plan.submissions.get(unit=units[0])
    gone.state = SubmissionState.RETURNED
    gone.save(update_fields=["state"])
    refresh_report(report=report, by=cast.compiler, now=LATER)
    assert [len(one.pks) for one in remarks_of(report)] == [2]


def test_drafting_costs_the_same_for_3_and_30_units(cast, django_assert_max_num_queries):
    counted = []
    for number in (3, 30):
        units = units_of(cast.ward, number)
        plan = factories.make_issued_plan(cast.ward, units=units)
        reported(plan, units, limits="Ít thời gian.", proposals="Cần tài liệu.")
        with django_assert_max_num_queries(60) as captured:
            drafted(cast, [plan])
        counted.append(len(captured))
    assert counted[0] == counted[1]


def save(report, cast, **fields):
    values = {
        "expected_version": report.version,
        "subject": "kết quả học tập",
        "signer": cast.ward.signers.first(),
        "recipients": "Tỉnh ủy (báo cáo)\nLưu Văn phòng Đảng ủy",
        "late_list_printed": False,
        "bodies": {},
        "included": set(),
    }
    return save_report(report=report, by=cast.compiler, now=LATER, **values | fields)


def test_the_second_of_two_savers_is_told(cast):
    plan = factories.make_issued_plan(cast.ward, units=units_of(cast.ward, 1))
    report = drafted(cast, [plan])
    stale = CompiledReport.objects.get(pk=report.pk)
    save(report, cast)
    with pytest.raises(ValidationError) as refused:
        save(stale, cast, expected_version=1, subject="của người thứ hai")
    assert (refused.value.code, CompiledReport.objects.get().subject) == ("stale", "kết quả học tập")


@pytest.mark.pdf
def test_issuing_freezes_text_figures_and_number_together(cast, clock):
    units = units_of(cast.ward, 2)
    plan = factories.make_issued_plan(cast.ward, units=units)
    reported(plan, units[:1], proposals="Cần tài liệu hỏi đáp.")
    report = drafted(cast, [plan])
    report = save(report, cast, included={remark.pk for remark in report.remarks.all()})
    frozen = freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER)
    assert (frozen.state, frozen.paper.number_text, NumberEntry.objects.get().number) == (ReportState.FROZEN, "31-BC/ĐU", 31)
    assert "Cần tài liệu hỏi đáp." in str(frozen.paper.content)
    assert f"[{units[0].short_name}]" not in str(frozen.paper.content)
    for act in (lambda: refresh_report(report=frozen, by=cast.compiler, now=LATER), lambda: save(frozen, cast)):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "frozen"


def test_a_taken_number_issues_nothing(cast, clock):
    plan = factories.make_issued_plan(cast.ward, units=units_of(cast.ward, 1))
    report = save(drafted(cast, [plan]), cast)
    book = factories.make_book(cast.ward, kind_sign="BC")
    factories.make_entry(book, by=cast.clerk, number=31)
    papers = IssuedPaper.objects.count()
    with pytest.raises(ValidationError):
        freeze_report(report=report, number=31, dated_on=factories.TODAY, by=cast.clerk, now=LATER)
    report.refresh_from_db()
    assert (report.state, report.paper, IssuedPaper.objects.count()) == (ReportState.DRAFT, None, papers)


def test_the_paper_shows_missing_as_a_dash_and_sums_in_the_last_row(cast):
    units = units_of(cast.ward, 2)
    plan = factories.make_issued_plan(cast.ward, units=units)
    reported(plan, units[:1])
    report = save(drafted(cast, [plan]), cast, late_list_printed=True)
    table = compiled_report_paper(report).annexes[0].blocks[0]
    assert [row[2:5] for row in table.rows] == [("26", "24", "92,3"), ("–", "–", "–")]
    assert (table.rows[1][-1], table.total[1:5]) == ("chưa báo cáo", ("Cộng 1/2 đơn vị", "26", "24", "92,3"))
