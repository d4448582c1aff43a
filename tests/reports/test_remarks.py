"""Remarks of all units: what says the same is one line with its sources, what turns the meaning round never is."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.content import Item
from reports.choices import SubmissionState
from reports.likeness import alike_groups
from reports.papers.compiled import compiled_report_paper
from reports.selectors.remarks import remarks_of
from reports.services.compiling import draft_report, refresh_report
from reports.services.remarks import join_remarks, part_remarks
from tests import factories

LATER = factories.NOW + dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thời gian thảo luận còn hạn chế.", "Thoi gian thao luan con han che", True),
        ("Đề nghị cung cấp tài liệu hỏi đáp ngắn gọn.", "Đề nghị cung cấp thêm tài liệu hỏi đáp ngắn gọn", True),
        ("Đảng viên cao tuổi khó theo dõi tài liệu.", "Đảng viên cao tuổi không khó theo dõi tài liệu.", False),
        ("Có 3 đồng chí chưa dự học đầy đủ.", "Có 5 đồng chí chưa dự học đầy đủ.", False),
        ("Ít tài liệu", "Ít thảo luận", False),
        ("Đề nghị mở lớp hướng dẫn dịch vụ số.", "Đề nghị hỗ trợ kinh phí tuyên truyền.", False),
    ],
)
@pytest.mark.once
def test_remarks_that_say_the_same_are_one(one, other, same):
    assert alike_groups([one, other]) == ([[0, 1]] if same else [[0], [1]])


@pytest.fixture
def report(cast):
    said = [
        "Thời gian thảo luận còn hạn chế.",
        "Thoi gian thao luan con han che",
        "Tài liệu phát muộn so với buổi học.",
    ]
    units = [factories.make_unit(cast.ward) for _ in said]
    plan = factories.make_issued_plan(cast.ward, units=units)
    for unit, text in zip(units, said, strict=True):
        session = factories.make_session(unit, directives=plan.directives.all())
        factories.make_submission(unit, plan, sessions=[session], state=SubmissionState.ACCEPTED, limits=text)
    last = plan.submissions.get(unit=units[-1])
    last.good_models = "Tổ học số ở từng ngõ."
    last.save(update_fields=["good_models"])
    return draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)


def lines(report):
    return [(remark.text, len(remark.units)) for remark in remarks_of(report) if remark.field == "limits"]


def test_near_equal_words_are_one_line_with_both_units(report):
    assert lines(report) == [("Thời gian thảo luận còn hạn chế.", 2), ("Tài liệu phát muộn so với buổi học.", 1)]
    assert remarks_of(report)[0].variants == ["Thoi gian thao luan con han che"]


def test_joining_keeps_every_unit_and_parting_gives_the_words_back(cast, report):
    leads = {remark.pks[0] for remark in remarks_of(report) if remark.field == "limits"}
    join_remarks(report=report, leads=leads, wording="Tài liệu, thời gian còn hạn chế.", by=cast.compiler, now=LATER)
    assert lines(report) == [("Tài liệu, thời gian còn hạn chế.", 3)]
    refresh_report(report=report, by=cast.compiler, now=LATER)
    assert lines(report) == [("Tài liệu, thời gian còn hạn chế.", 3)]
    part_remarks(report=report, lead=remarks_of(report)[0].pks[0], by=cast.compiler, now=LATER)
    assert [count for _text, count in lines(report)] == [1, 1, 1]


def test_kinds_are_not_mixed_and_one_is_not_joined(cast, report):
    every = {remark.pks[0] for remark in remarks_of(report)}
    codes = []
    for leads in (every, {min(every)}):
        with pytest.raises(ValidationError) as refused:
            join_remarks(report=report, leads=leads, wording="", by=cast.compiler, now=LATER)
        codes.append(refused.value.code)
    assert codes == ["kinds", "too_few"]


def test_an_edit_page_opened_before_a_joining_is_told(cast, report, sign_in):
    before = report.version
    leads = {remark.pks[0] for remark in remarks_of(report) if remark.field == "limits"}
    join_remarks(report=report, leads=leads, wording="", by=cast.compiler, now=LATER)
    response = sign_in(cast.compiler).post(
        reverse("reports:report-edit", args=[report.pk]),
        {"version": before, "subject": "x", "signer": "", "recipients": "Lưu"},
    )
    assert response.status_code == 409


def items(report, **options):
    return [block.text for block in compiled_report_paper(report, **options).blocks if isinstance(block, Item)]


def test_sources_stand_on_the_marked_draft_alone_and_a_good_model_keeps_its_unit(report):
    report.remarks.update(included=True)
    names = [unit.short_name for unit in report.ward.children.order_by("pk") if unit.submissions.exists()]
    model = f"Tổ học số ở từng ngõ ({names[2]})."
    assert items(report, draft=True) == [
        model,
        f"Thời gian thảo luận còn hạn chế. [{names[0]}, {names[1]}]",
        f"Tài liệu phát muộn so với buổi học. [{names[2]}]",
    ]
    # what goes to be signed is what will be issued
    assert items(report) == [model, "Thời gian thảo luận còn hạn chế.", "Tài liệu phát muộn so với buổi học."]


def test_the_page_joins_and_takes_apart(cast, report, sign_in):
    client, url = sign_in(cast.compiler), reverse("reports:report-remarks", args=[report.pk])
    leads = [remark.pks[0] for remark in remarks_of(report) if remark.field == "limits"]
    page = client.get(url).content.decode()
    nothing = client.post(url, {"wording": "Giữ lời này."}).content.decode()
    client.post(url, {"picked": leads, "wording": ""})
    joined = lines(report)
    client.post(reverse("reports:report-part", args=[report.pk]), {"lead": remarks_of(report)[0].pks[0]})
    assert "Thoi gian thao luan con han che" in page
    assert "Hãy đánh dấu ít nhất hai ý kiến để gộp." in nothing
    assert "Giữ lời này." in nothing
    assert (len(joined), len(lines(report))) == (1, 3)


def test_ticked_weak_points_stand_each_for_itself(cast, report):
    first, second = report.plans.get().submissions.order_by("pk")[:2]
    for submission, picks in ((first, ["phones", "too_short"]), (second, ["phones"])):
        submission.limit_picks = picks
        submission.save(update_fields=["limit_picks"])
    refresh_report(report=report, by=cast.compiler, now=LATER)
    said = dict(lines(report))
    assert (said["Dùng điện thoại trong giờ học"], said["Thời gian học ngắn"]) == (2, 1)
    assert said["Thời gian thảo luận còn hạn chế."] == 2, "the units' own words are still one line"
