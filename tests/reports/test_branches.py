"""Đảng bộ cơ sở: its cells give figures, it confirms them, and the ward counts every member once."""

import io
import random

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.models import Assignment
from reports.choices import ResultGroup
from reports.models import BranchReport, Filing, Submission
from reports.papers.unit_report import unit_report_paper
from reports.services.asked import choose_asked
from reports.services.compiling import draft_report, take_figures
from reports.services.submissions import accept_submission, return_submission
from reports.workbooks_report import annex_workbook
from tests import factories
from tests.reports import steps
from units.choices import Role, UnitKind
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

# 16 members - 1 exempt - 1 away = 14 = 12 present + 1 + 1
CELL = {
    "where": "apart", "held_on": "02/6/2026", "minutes": "60", "form": "cell_meeting", "way": "in_person",
    "speaker": "Bí thư chi bộ", "members": "16", "exempt": "1", "away": "1", "received": "0",
    "present": "12", "excused": "1", "unexcused": "1", "speakers": "3", "outside_people": "2",
}  # fmt: skip


@pytest.fixture
def family(cast, clock):
    """A đảng bộ cơ sở of 50 members with three cells of 16, asked by two plans, its secretary and that of one cell."""
    parent = factories.make_unit(
        cast.ward, kind=UnitKind.GRASSROOTS_COMMITTEE, name="Đảng bộ Trường nghề", member_count=50, exempt_count=3
    )
    cells = [
        factories.make_unit(
            parent, kind=UnitKind.SUBORDINATE_CELL, name=f"Chi bộ Khoa {n}", member_count=16, exempt_count=1
        )
        for n in (1, 2, 3)
    ]
    secretary = factories.make_person(parent, Role.SECRETARY, username="dang-bo")
    helper = factories.make_person(parent, Role.HELPER, username="nhap-giup-dang-bo")
    own = factories.make_person(cells[0], Role.SECRETARY, username="khoa-1")
    rubric = steps.load_default_rubric()
    plans = [factories.make_issued_plan(cast.ward, units=[parent, cast.own_unit]) for _ in range(2)]
    for plan in plans:
        factories.pin_rubric(plan, rubric)
    return {"parent": parent, "cells": cells, "secretary": secretary, "helper": helper, "own": own, "plans": plans}


def give(client, cell, plans, **typed):
    directives = [str(plan.directives.get().pk) for plan in plans]
    return client.post(reverse("reports:branch-edit", args=[cell.pk]), CELL | {"directives": directives} | typed)


def start(client, parent, **data):
    client.post(reverse("reports:branch-start", args=[parent.pk]), data)
    return Filing.objects.get(unit=parent, sent_at=None)


def finish(client, filing):
    """The steps that are left when every cell held its own session."""
    steps.post(client, filing, "viec-lam", **steps.RESULTS)
    return steps.send(client, filing)


def ward_counts(plan):
    [figures] = take_figures([plan], counted_at=factories.NOW)["plans"]
    return figures["totals"]["counts"]


def test_a_cell_types_once_and_waits_for_the_secretary(cast, family, sign_in):
    cell, plans = family["cells"][0], family["plans"]
    page = sign_in(family["own"]).get(reverse("reports:session-list")).content.decode()
    assert "Nhập số liệu của chi bộ" in page
    assert give(sign_in(family["own"]), cell, plans).status_code == 302
    lines = list(BranchReport.objects.order_by("plan_id"))
    assert [(one.unit, one.plan, one.required, one.session.present, one.confirmed_at) for one in lines] == [
        (cell, plan, 14, 12, None) for plan in plans
    ]
    assert lines[0].session == lines[1].session
    secretary = sign_in(family["secretary"])
    listed = secretary.get(reverse("reports:branch-list", args=[family["parent"].pk]))
    shown = listed.context["family"]
    assert (shown.known, shown.waiting, [one.state for one in shown.branches]) == (
        0,
        1,
        ["waiting", "missing", "missing"],
    )
    secretary.post(reverse("reports:branch-confirm", args=[cell.pk]))
    assert set(BranchReport.objects.values_list("confirmed_by", flat=True)) == {family["secretary"].pk}
    assert set(AuditEvent.objects.filter(verb__startswith="branch.").values_list("verb", flat=True)) == {
        "branch.enter",
        "branch.confirm",
    }


def test_a_change_after_the_confirmation_waits_anew(cast, family, sign_in):
    cell, plans = family["cells"][0], family["plans"]
    give(sign_in(family["secretary"]), cell, plans)
    assert BranchReport.objects.filter(confirmed_at=None).count() == 0
    give(sign_in(family["own"]), cell, plans, present="11", excused="2")
    assert list(BranchReport.objects.values_list("session__present", "confirmed_at")) == [(11, None)] * 2


def test_the_helper_of_the_dang_bo_enters_and_never_confirms(cast, family, sign_in):
    cell, plans = family["cells"][0], family["plans"]
    helper = sign_in(family["helper"])
    give(helper, cell, plans)
    assert set(BranchReport.objects.values_list("confirmed_at", flat=True)) == {None}
    assert helper.post(reverse("reports:branch-confirm", args=[cell.pk])).status_code == 403
    assert sign_in(family["own"]).post(reverse("reports:branch-confirm", args=[cell.pk])).status_code == 403
    assert sign_in(cast.secretary).post(reverse("reports:branch-confirm", args=[cell.pk])).status_code == 404


def test_dang_bo_is_the_sum_of_its_cells(cast, family, sign_in):
    parent, plans, secretary = family["parent"], family["plans"], sign_in(family["secretary"])
    for cell in family["cells"]:
        give(secretary, cell, plans)
    filing = start(secretary, parent, apart="1")
    finish(secretary, filing)
    rows = list(Submission.objects.filter(unit=parent).order_by("plan_id"))
    assert [
        (row.plan, row.members, row.required, row.excused, row.unexcused, row.sessions.count()) for row in rows
    ] == [(plan, 48, 42, 3, 3, 3) for plan in plans]
    assert [set(row.branches.values_list("unit", flat=True)) for row in rows] == [
        {one.pk for one in family["cells"]}
    ] * 2
    states = Assignment.objects.filter(unit=parent).order_by("plan_id", "product").values_list("product", "state")
    assert list(states) == [("report", "submitted"), ("study", "studied")] * 2
    accept_submission(submission=rows[0], by=cast.compiler, at=factories.NOW)
    counts = ward_counts(plans[0])
    assert (counts["required"], counts["present"], counts["outside_people"], counts["sessions"]) == (42, 36, 6, 3)
    page = sign_in(cast.compiler).get(reverse("reports:submission-detail", args=[rows[0].pk])).content.decode()
    assert "Chi bộ trực thuộc (3/3)" in page
    assert "Số liệu gồm 3/3 chi bộ trực thuộc." in str(unit_report_paper(rows[0]))


def test_own_part_is_added_and_one_that_studied_together_is_not_counted_again(cast, family, sign_in):
    parent, plans, secretary = family["parent"], family["plans"], sign_in(family["secretary"])
    first, second, third = family["cells"]
    give(secretary, first, plans)
    give(secretary, second, plans, where="together")
    give(sign_in(family["own"]), third, plans)  # of another cell: not theirs
    assert BranchReport.objects.filter(unit=third).count() == 0
    secretary = sign_in(family["secretary"])
    filing = start(secretary, parent)
    # 50 known - 16 of the first cell = 34: the second cell, the third that gave nothing, and two members of no cell
    assert (filing.content["counts"]["members"], filing.content["counts"]["exempt"]) == ("34", "2")
    counts = {"members": "18", "exempt": "1", "present": "15", "excused": "2", "speakers": "5"}
    steps.fill(secretary, filing, counts=counts)
    steps.send(secretary, filing)
    row = Submission.objects.get(unit=parent, plan=plans[0])
    assert (row.members, row.required, row.own_counts["members"], row.excused, row.unexcused) == (34, 31, 18, 3, 1)
    assert sorted(row.sessions.values_list("unit", "present")) == sorted([(parent.pk, 15), (first.pk, 12)])


def test_typing_the_whole_dang_bo_beside_its_cells_is_refused(cast, family, sign_in):
    parent, plans, secretary = family["parent"], family["plans"], sign_in(family["secretary"])
    for cell in family["cells"]:
        give(secretary, cell, plans)
    filing = start(secretary, parent)
    steps.fill(secretary, filing, counts={"members": "50", "exempt": "3", "present": "45"})
    page = secretary.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"])).content.decode()
    assert "Các chi bộ trực thuộc đã có 48 đảng viên; cộng 50 ở đây là 98, trong khi đảng bộ có 50." in page
    steps.send(secretary, filing)
    assert Submission.objects.filter(unit=parent).exclude(state="draft").count() == 0


def test_nothing_changes_under_a_report_that_was_sent_until_it_is_returned(cast, family, sign_in):
    parent, plans, secretary = family["parent"], family["plans"], sign_in(family["secretary"])
    for cell in family["cells"]:
        give(secretary, cell, plans)
    finish(secretary, start(secretary, parent, apart="1"))
    own = sign_in(family["own"])
    give(own, family["cells"][0], plans, present="1", excused="12")
    assert set(BranchReport.objects.filter(unit=family["cells"][0]).values_list("session__present", flat=True)) == {12}
    row = Submission.objects.get(unit=parent, plan=plans[0])
    return_submission(submission=row, places=[("present", "Xem lại.")], by=cast.compiler, at=factories.NOW)
    give(own, family["cells"][0], plans[:1], present="10", excused="3")
    secretary = sign_in(family["secretary"])
    secretary.post(reverse("reports:branch-confirm", args=[family["cells"][0].pk]))
    secretary.post(reverse("reports:session-amend", args=[row.pk]))
    finish(secretary, Filing.objects.get(unit=parent, sent_at=None))
    row.refresh_from_db()
    assert (row.state, row.revision, row.members, row.required, row.excused) == ("submitted", 2, 48, 42, 5)
    assert sum(row.sessions.values_list("present", flat=True)) == 34
    # the report of the other plan stands as it was sent
    other = Submission.objects.get(unit=parent, plan=plans[1])
    assert (other.excused, sum(other.sessions.values_list("present", flat=True))) == (3, 36)


def test_a_cell_asked_by_the_ward_itself_is_not_added_to_its_dang_bo(cast, family, sign_in):
    plan, cell, secretary = family["plans"][0], family["cells"][0], sign_in(family["secretary"])
    for one in family["cells"]:
        give(secretary, one, family["plans"])
    for duty in plan.duties.all():
        factories.make_assignment(duty, cell)
    finish(secretary, start(secretary, family["parent"], apart="1"))
    rows = Submission.objects.filter(unit=family["parent"]).order_by("plan_id")
    assert [row.members for row in rows] == [32, 48]


def test_heads_of_a_cell_that_keeps_them_are_in_no_sum(cast, family, sign_in):
    secretary, hidden = sign_in(family["secretary"]), family["cells"][0]
    hidden.figures_withheld = True
    hidden.save()
    page = secretary.get(reverse("reports:branch-edit", args=[hidden.pk])).content.decode()
    assert "không báo cáo số người" in page
    for one in family["cells"]:
        give(secretary, one, family["plans"])
    assert BranchReport.objects.filter(unit=hidden).first().members is None
    finish(secretary, start(secretary, family["parent"], apart="1"))
    row = Submission.objects.filter(unit=family["parent"]).first()
    assert (row.members, row.sessions.count(), row.branches.count()) == (32, 2, 3)


def member_lists(chance, cells):
    """Who belongs where: cell -> members, some of no cell; and who came, each named once."""
    people = [f"đảng viên {n}" for n in range(chance.randrange(30, 90))]
    home = {name: chance.choice([*cells, None]) for name in people}
    came = {name for name in people if chance.random() < 0.8}
    return home, came


@pytest.mark.parametrize("seed", range(6))
def test_every_member_of_the_ward_is_counted_once(cast, family, seed, sign_in):
    """Control: adding the cells' own lines to the ward's sum as well counts their members twice."""
    chance = random.Random(seed)
    parent, cells, plans = family["parent"], family["cells"], family["plans"]
    home, came = member_lists(chance, cells)
    parent.member_count = len(home)
    parent.save()
    secretary = sign_in(family["secretary"])
    apart = chance.sample(cells, chance.randrange(len(cells) + 1))
    for cell in cells:
        mine = [name for name in home if home[name] == cell]
        there = len(came & set(mine))
        typed = {
            "members": len(mine),
            "exempt": 0,
            "away": 0,
            "present": there,
            "excused": len(mine) - there,
            "unexcused": 0,
        }
        give(secretary, cell, plans, **typed, speakers=0, where="apart" if cell in apart else "together")
    rest = [name for name in home if home[name] not in apart]
    there = len(came & set(rest))
    filing = start(secretary, parent)
    typed = {
        "members": len(rest),
        "exempt": 0,
        "present": there,
        "excused": len(rest) - there,
        "unexcused": 0,
        "speakers": 0,
    }
    steps.fill(secretary, filing, counts=typed)
    steps.send(secretary, filing)
    accept_submission(submission=Submission.objects.get(unit=parent, plan=plans[0]), by=cast.compiler, at=factories.NOW)
    counts = ward_counts(plans[0])
    assert (counts["required"], counts["present"]) == (len(home), len(came))
    twice = counts["required"] + sum(line.members or 0 for line in BranchReport.objects.filter(plan=plans[0]))
    assert (twice == len(home)) == all(home[name] not in apart for name in home)


AFTER = {
    "kq-essays_due": "12", "kq-essays_handed": "11", "kq-quiz_taken": "10", "kq-quiz_passed": "9",
    "kq-oral_sessions": "2", "kq-oral_listeners": "80", "kq-broadcasts": "3",
    "kq-concrete_work": "Giúp một hộ nghèo", "kq-work_who": "đồng chí phó bí thư", "kq-strengths": "Thảo luận sôi nổi.",
    "kq-limit_picks": ["phones"], "kq-good_models": "Học theo nhóm.",
}  # fmt: skip
OWN = {"oral_sessions": "1", "oral_listeners": "30", "essays_due": "4", "concrete_work": "Sửa nhà văn hóa", "strengths": "Cấp ủy chủ động."}


def ask_everything(family, cast):
    for plan in family["plans"]:
        choose_asked(plan=plan, groups=list(ResultGroup), by=cast.compiler, at=factories.NOW)


def reported(family, sign_in, own=OWN, **cell):
    """The report of the đảng bộ for the first plan: two cells gave what followed, the third studied together."""
    first, second, third = family["cells"]
    secretary, plans = sign_in(family["secretary"]), family["plans"]
    give(secretary, first, plans, **(AFTER | cell))
    give(secretary, second, plans, **AFTER)
    give(secretary, third, plans, where="together", **AFTER)  # the đảng bộ gives this as its own
    filing = start(secretary, family["parent"])
    counts = {"members": "18", "exempt": "1", "present": "15", "excused": "2", "speakers": "5"}
    steps.fill(secretary, filing, counts=counts, results={"oral_sessions": "", "oral_listeners": ""} | own)
    return secretary, filing


def test_what_followed_is_the_sum_of_the_cells_and_the_own_part(cast, family, sign_in):
    ask_everything(family, cast)
    secretary, filing = reported(family, sign_in)
    page = secretary.get(reverse("reports:session-step", args=[filing.pk, "viec-lam"])).content.decode()
    assert "Tuyên truyền miệng 4; Lượt người nghe 160" in page  # what the cells gave, beside the own part
    assert "2 việc làm cụ thể" in page
    steps.send(secretary, filing)
    row = Submission.objects.get(unit=family["parent"], plan=family["plans"][0])
    told = (row.oral_sessions, row.oral_listeners, row.broadcasts, row.essays_due, row.essays_handed, row.quiz_passed, row.leaflets)
    assert told == (2 + 2 + 1, 80 + 80 + 30, 6, 12 + 12 + 4, 22, 18, None)
    assert [(one["what"], one["who"]) for one in row.works] == [
        ("Sửa nhà văn hóa", ""),
        ("Giúp một hộ nghèo", "đồng chí phó bí thư, " + family["cells"][0].short_name),
        ("Giúp một hộ nghèo", "đồng chí phó bí thư, " + family["cells"][1].short_name),
    ]
    names = [one.short_name for one in family["cells"][:2]]
    assert row.strengths.split("\n") == ["Cấp ủy chủ động.", *(f"{name}: Thảo luận sôi nổi." for name in names)]
    assert (row.limit_picks, row.good_models.count("Học theo nhóm.")) == (["phones"], 2)
    assert "5 buổi tuyên truyền miệng; 190 lượt người nghe" in str(unit_report_paper(row))
    accept_submission(submission=row, by=cast.compiler, at=factories.NOW)
    counts = ward_counts(family["plans"][0])
    assert (counts["oral_listeners"], counts["essays_due"], counts["works"]) == (190, 28, 3)
    report = draft_report(ward=cast.ward, plans=family["plans"][:1], by=cast.compiler, now=factories.NOW)
    assert "190" in report.sections.get(slot="propaganda").body
    sheet = load_workbook(io.BytesIO(annex_workbook(report.figures))).worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    line = next(one for one in rows if "Đảng bộ Trường nghề" in one or family["parent"].short_name in one)
    told = dict(zip(rows[0], line, strict=True))
    assert (told["Lượt người nghe"], told["Bài thu hoạch phải nộp"], told["Việc làm đăng ký"]) == (190, 28, 3)


def test_a_returned_report_gives_back_the_own_part_alone(cast, family, sign_in):
    """Control: the whole given back would be added to the cells' part once more."""
    ask_everything(family, cast)
    secretary, filing = reported(family, sign_in)
    steps.send(secretary, filing)
    row = Submission.objects.get(unit=family["parent"], plan=family["plans"][0])
    return_submission(submission=row, places=[("oral_listeners", "Xem lại.")], by=cast.compiler, at=factories.NOW)
    secretary.post(reverse("reports:session-amend", args=[row.pk]))
    again = Filing.objects.get(unit=family["parent"], sent_at=None)
    typed = again.content["results"]
    assert (typed["oral_listeners"], typed["strengths"], typed["concrete_work"]) == ("30", "Cấp ủy chủ động.", "Sửa nhà văn hóa")
    steps.send(secretary, again)
    row.refresh_from_db()
    assert (row.revision, row.oral_listeners, len(row.works)) == (2, 190, 3)
    assert row.oral_listeners + 160 != 190


def test_a_cell_sees_what_it_gave_and_is_asked_only_what_the_plan_asks(cast, family, sign_in):
    for plan in family["plans"]:
        choose_asked(plan=plan, groups=[ResultGroup.PROPAGANDA], by=cast.compiler, at=factories.NOW)
    client, cell = sign_in(family["own"]), family["cells"][0]
    give(client, cell, family["plans"], **AFTER)
    line = BranchReport.objects.first()
    assert line.results == {"oral_sessions": 2, "oral_listeners": 80, "broadcasts": 3}
    page = client.get(reverse("reports:branch-edit", args=[cell.pk]))
    assert page.context["results"]["oral_listeners"].value() == "80"
    assert 'name="kq-essays_due"' not in page.content.decode()
    wrong = give(client, cell, family["plans"], **{"kq-oral_sessions": "0", "kq-oral_listeners": "9"})
    assert "Có lượt người nghe thì số buổi phải từ 1 trở lên." in wrong.content.decode()
    give(client, cell, family["plans"], **{"where": "together"} | AFTER)
    assert BranchReport.objects.first().results == {}


def test_tests_of_a_cell_that_keeps_its_figures_are_in_no_sum(cast, family, sign_in):
    ask_everything(family, cast)
    secretary, filing = reported(family, sign_in)
    hidden = family["cells"][0]
    hidden.figures_withheld = True
    hidden.save()
    assert 'name="kq-essays_due"' not in secretary.get(reverse("reports:branch-edit", args=[hidden.pk])).content.decode()
    steps.send(secretary, filing)
    row = Submission.objects.get(unit=family["parent"], plan=family["plans"][0])
    assert (row.essays_due, row.oral_listeners) == (12 + 4, 190)
