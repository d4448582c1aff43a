"""The compiled report's sentences about the ward conference, worked out again from the roll."""

import pytest

from campaigns.choices import ConferenceState
from reports.selectors.evidence import evidence_of, linked_paragraphs
from reports.services.compiling import draft_report
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee

pytestmark = pytest.mark.usefixtures("clock")
NOW = factories.NOW


def held(cast, plans, **fields):
    closed = {"closed_at": NOW, "closed_by": cast.compiler} if fields.get("state", "held") == "held" else {}
    conference = make_conference(cast.ward, plans=plans, **{"state": ConferenceState.HELD} | closed | fields)
    rows = [
        ("secretaries", 1, (1, 0, 0)),
        ("secretaries", 1, (0, 0, 1)),
        ("party", 16, (13, 2, 1)),
        ("military", None, (None,) * 3),
    ]
    for kind, heads, (present, excused, absent) in rows:
        make_invitee(
            conference, kind=kind, name=kind, heads=heads, present=present, excused=excused, absent=absent,
            attendance="present" if present != 0 else "absent", marked_at=NOW, marked_by=cast.compiler,
        )  # fmt: skip
    return conference


def compiled(cast, plans):
    report = draft_report(ward=cast.ward, plans=plans, by=cast.compiler, now=NOW)
    return report, report.sections.get(slot="study")


def test_a_conference_of_two_plans_is_told_once_with_its_roll(cast):
    plans = [factories.make_issued_plan(cast.ward, units=[cast.own_unit]) for _ in range(2)]
    held(cast, plans)
    _report, section = compiled(cast, plans)
    assert section.body.count("Hội nghị cấp phường") + section.body.count("hội nghị cấp phường") == 1
    words = "triệu tập 18 người, có mặt 14, đạt 77,8\xa0%; vắng có lý do 2, vắng không lý do 2."
    assert words.replace("\xa0", " ") in section.body.replace("\xa0", " ")
    assert "chưa gồm lực lượng vũ trang" in section.body


def test_its_numbers_lead_to_the_classes_of_the_roll(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    held(cast, [plan])
    report, section = compiled(cast, [plan])
    run = next(one for runs in linked_paragraphs(section) for one in runs if "cấp phường" in one.text)
    [evidence] = evidence_of(report, section.sentences[run.index])
    assert evidence.of == "Thành phần dự hội nghị"
    assert [(row["name"], cells) for row, cells in evidence.lines] == [
        ("Bí thư chi bộ, đảng bộ cơ sở, chi bộ trực thuộc", ["2", "1", "0", "1"]),
        ("Đảng viên chi bộ các cơ quan Đảng", ["16", "13", "2", "1"]),
    ]
    assert (evidence.headings, evidence.totals) == (
        ["Triệu tập", "Có mặt", "Vắng có lý do", "Vắng không lý do"],
        ["18", "14", "2", "2"],
    )


@pytest.mark.parametrize("state", [ConferenceState.FIXED, ConferenceState.CANCELLED])
def test_a_conference_whose_roll_is_open_is_not_told(cast, state):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    held(cast, [plan], state=state)
    _report, section = compiled(cast, [plan])
    assert "cấp phường" not in section.body


def test_the_page_of_a_number_opens(cast, sign_in):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    held(cast, [plan])
    report, section = compiled(cast, [plan])
    page = sign_in(cast.compiler).get(f"/bao-cao/{report.pk}/can-cu/{section.pk}/0/").content.decode()
    assert "Thành phần dự hội nghị (2)" in page
