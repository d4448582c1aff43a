"""Công văn đôn đốc: one letter for every plan with the same deadline, drafted in one click, issued like any paper."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns import chase_words as words
from campaigns.models import ChaseLetter, Notification
from campaigns.selectors.chase import unit_facts
from campaigns.selectors.chase_letters import due_groups, letters_about, letters_to
from campaigns.services import assignments as duties
from campaigns.services.awaited import await_content, record_arrival
from campaigns.services.chase_letters import draft_chase_letter, recount_chase_letter
from campaigns.services.clock import tick
from documents.content import Table
from documents.draft_papers import draft_paper
from documents.draft_text import blocks_of
from documents.services.drafts import discard_draft, edit_draft, issue_draft
from documents.writing import pdf
from tests import factories
from tests.campaigns.owed import at

DUE = factories.LAST_DAY  # Thursday 04/6/2026
MONDAY = at(dt.date(2026, 6, 8), dt.time(8, 15))


@pytest.fixture
def plans(cast, clock):
    """Two plans with one deadline; own_unit has reported on the first, other_unit on nothing."""
    clock.move_to(MONDAY)
    units = [cast.own_unit, cast.other_unit]
    plans = [
        factories.make_issued_plan(cast.ward, units=units, issued_at=at(dt.date(2026, 5, day))) for day in (18, 19)
    ]
    when = at(dt.date(2026, 6, 3))
    duties.mark_studied(unit=cast.own_unit, plans=plans, by=cast.secretary, at=when)
    duties.mark_submitted(unit=cast.own_unit, plan=plans[0], by=cast.secretary, at=when)
    return plans


def draft(cast, **changes):
    return draft_chase_letter(**{"ward": cast.ward, "due_on": DUE, "by": cast.drafter, "at": MONDAY} | changes)


def issue(letter, cast, *, number=25, day=dt.date(2026, 6, 8)):
    paper = letter.draft
    return issue_draft(
        draft=paper,
        expected_version=paper.version,
        number=number,
        dated_on=day,
        by=cast.clerk,
        now=at(day, dt.time(10, 0)),
    )


def test_one_letter_names_both_plans_and_what_each_unit_owes(plans, cast):
    letter = draft(cast)
    names = [f"Kế hoạch số {plan.paper.number_text}" for plan in plans]
    assert letter.draft.subject == f"Đôn đốc việc học tập và báo cáo kết quả theo {names[0]} và {names[1]}"
    basis, count, request, contact = letter.draft.body.splitlines()
    assert basis.endswith("chậm nhất hết ngày 04/6/2026.")
    assert all(name in basis for name in names)
    assert count == (
        f"Tính đến 08 giờ 15, ngày 08/6/2026, {names[0]} đã có 1/2 đơn vị báo cáo; {names[1]} đã có 0/2 đơn vị báo cáo. "
        "Còn 2 đơn vị chưa hoàn thành (có phụ lục kèm theo)."
    )
    assert "chậm nhất thứ Năm, ngày 11/6/2026." in request
    assert "0207 3800 000" in contact
    (table,) = blocks_of(letter.draft.annex_body)
    assert isinstance(table, Table)
    assert {row[1]: row[2] for row in table.rows} == {
        cast.own_unit.name: f"chưa báo cáo theo {names[1]}",
        cast.other_unit.name: f"chưa báo cáo, chưa học theo {names[0]}; chưa báo cáo, chưa học theo {names[1]}",
    }
    assert [row[0] for row in table.rows] == ["1", "2"]
    assert set(letter.plans.all()) == set(plans)


CONTENT = "Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết 91-NQ/TU"


def arrive(plan, cast, *, study_by):
    day = at(dt.date(2026, 6, 2))
    content = await_content(plan=plan, text=CONTENT, source=None, by=cast.compiler, at=day)
    facts = {"issued_on": day.date(), "study_by": study_by, "document_words": "Kế hoạch số 20-KH/ĐU"}
    record_arrival(content=content, by=cast.compiler, at=day, **facts)


def test_content_that_has_arrived_and_is_overdue_is_named_with_the_rest(plans, cast):
    arrive(plans[0], cast, study_by=DUE)
    letter = draft(cast)
    names = [f"Kế hoạch số {plan.paper.number_text}" for plan in plans]
    table = next(blocks_of(letter.draft.annex_body))
    owed = {row[1]: row[2] for row in table.rows}
    assert owed[cast.own_unit.name].split("; ")[0] == f"chưa học {CONTENT} theo {names[0]}"
    assert owed[cast.other_unit.name].startswith(f"chưa học {CONTENT}, chưa báo cáo, chưa học theo {names[0]}")
    lines = letter.draft.body.splitlines()
    assert "tổ chức học tập và báo cáo kết quả chậm nhất hết ngày 04/6/2026." in lines[0]
    assert lines[1] == f"Theo {names[0]}, các chi bộ, đảng bộ cơ sở học tập {CONTENT} (đã ban hành) chậm nhất hết ngày 04/6/2026."


def test_a_letter_about_such_content_alone_asks_for_no_report(plans, cast):
    arrive(plans[0], cast, study_by=dt.date(2026, 6, 5))
    letter = draft(cast, due_on=dt.date(2026, 6, 5)).draft
    assert letter.subject == f"Đôn đốc việc học tập nội dung mới ban hành theo Kế hoạch số {plans[0].paper.number_text}"
    basis, count, request, _contact = letter.body.splitlines()
    assert f"học tập {CONTENT} (đã ban hành) chậm nhất hết ngày 05/6/2026." in basis
    assert count == "Tính đến 08 giờ 15, ngày 08/6/2026, còn 2 đơn vị chưa hoàn thành (có phụ lục kèm theo)."
    assert request.endswith("hoàn thành việc học tập chậm nhất thứ Năm, ngày 11/6/2026.")


def test_every_other_overdue_duty_is_in_the_letter_and_bodies_stand_apart(plans, cast):
    """From its second turn on a periodic report of all units ends with a document; a body owes what it leads."""
    text = "Báo cáo kết quả hằng tháng.\nKỳ hạn hết ngày 04/6/2026."
    factories.make_assignment(factories.make_duty(plans[0], product="document", text=text), cast.other_unit)
    task = factories.make_duty(plans[1], lead=cast.body, product="document", text="Ban hành | văn bản.")
    factories.make_assignment(task, cast.body)
    factories.make_assignment(factories.make_duty(plans[1], lead=cast.ward, product="action"), cast.ward)
    letter = draft(cast)
    names = [f"Kế hoạch số {plan.paper.number_text}" for plan in plans]
    units, bodies = [one for one in blocks_of(letter.draft.annex_body) if isinstance(one, Table)]
    assert {row[1] for row in units.rows} == {cast.own_unit.name, cast.other_unit.name}
    owed = {row[1]: row[2] for row in (*units.rows, *bodies.rows)}
    assert "chưa xong việc “Báo cáo kết quả hằng tháng. Kỳ hạn hết ngày 04/6/2026”" in owed[cast.other_unit.name]
    assert bodies.rows == (("1", cast.body.name, f"chưa xong việc “Ban hành / văn bản” theo {names[1]}"),)
    assert letter.draft.addressees.splitlines() == [words.ADDRESSEES, words.BODY_ADDRESSEES]
    assert letter.draft.subject.startswith("Đôn đốc việc học tập, báo cáo kết quả và thực hiện nhiệm vụ được giao theo")
    lines = letter.draft.body.splitlines()
    assert lines[1] == (
        f"Theo {names[0]} và {names[1]}, các đơn vị, cơ quan có tên trong phụ lục thực hiện nhiệm vụ được giao "
        "chậm nhất hết ngày 04/6/2026."
    )
    assert "Còn 2 đơn vị, 1 cơ quan chưa hoàn thành" in letter.draft.body
    assert letter.draft.closing == "Đề nghị cấp ủy các đơn vị, các cơ quan, tổ chức quan tâm, thực hiện."
    assert set(letter.draft.sent_to.all()) == {cast.own_unit, cast.other_unit, cast.body}


def test_a_letter_to_bodies_alone_speaks_to_no_party_committee(cast, clock):
    clock.move_to(MONDAY)
    factories.make_issued_plan(cast.ward, units=[], bodies=[cast.body], issued_at=at(dt.date(2026, 5, 18)))
    paper = draft(cast).draft
    assert (paper.addressees, paper.closing) == (words.BODY_ADDRESSEES, "Đề nghị các cơ quan, tổ chức quan tâm, thực hiện.")
    assert "cấp ủy" not in paper.body
    assert "còn 1 cơ quan chưa hoàn thành" in paper.body
    (table,) = blocks_of(paper.annex_body)
    assert [row[1] for row in table.rows] == [cast.body.name]


def test_no_unit_is_named_outside_the_annex(plans, cast):
    paper = draft(cast).draft
    for unit in (cast.own_unit, cast.other_unit):
        assert unit.name not in paper.body + paper.subject + paper.addressees


@pytest.mark.pdf
def test_the_letter_prints(plans, cast):
    rendered = pdf.render(draft_paper(draft(cast).draft, today=MONDAY.date()))
    assert rendered.data.startswith(b"%PDF")


def test_the_second_letter_refers_to_the_first_and_leaves_out_who_reported(plans, cast):
    issue(draft(cast), cast)
    duties.mark_submitted(unit=cast.own_unit, plan=plans[1], by=cast.secretary, at=at(dt.date(2026, 6, 10)))
    second = draft(cast, at=at(dt.date(2026, 6, 12)))
    assert second.ordinal == 2
    assert second.draft.subject.endswith("(lần 2)")
    assert "Văn phòng Đảng ủy đã đôn đốc tại Công văn số 25-CV/ĐU, ngày 08/6/2026." in second.draft.body
    assert [one.unit for one in second.units.all()] == [cast.other_unit]
    facts = [fact.what for fact in unit_facts(cast.own_unit)]
    assert facts == ["Công văn đôn đốc lần 1 số 25-CV/ĐU"]


def test_the_letter_reaches_the_silent_units_and_no_other(plans, cast, sign_in):
    duties.mark_submitted(unit=cast.own_unit, plan=plans[1], by=cast.secretary, at=at(dt.date(2026, 6, 5)))
    paper = issue(draft(cast), cast)
    lines = list(paper.dispatches.values_list("unit", "addressee"))
    assert lines[0] == (cast.other_unit.pk, cast.other_unit.name)
    assert cast.own_unit.pk not in {unit for unit, _ in lines}
    assert words.ADDRESSEES not in {name for _, name in lines}
    inboxes = [sign_in(one).get("/van-ban-nhan/").content.decode() for one in (cast.other_secretary, cast.secretary)]
    assert [paper.number_text in page for page in inboxes] == [True, False]
    tick(now=at(dt.date(2026, 6, 8), dt.time(10, 1)))
    told = Notification.objects.filter(title__contains=paper.number_text).values_list("person", flat=True)
    assert list(told) == [cast.other_secretary.pk]


def test_a_unit_struck_off_the_annex_is_neither_sent_the_letter_nor_said_to_be_chased(plans, cast):
    letter = draft(cast)
    paper = letter.draft
    kept = "\n".join(line for line in paper.annex_body.splitlines() if cast.own_unit.name not in line)
    edit_draft(draft=paper, expected_version=paper.version, by=cast.drafter, now=MONDAY, annex_body=kept)
    issued = issue(letter, cast)
    assert set(issued.dispatches.filter(unit__in=[cast.own_unit, cast.other_unit]).values_list("unit", flat=True)) == {cast.other_unit.pk}
    assert (letters_to(cast.own_unit), [one.letter for one in letters_to(cast.other_unit)]) == ([], [letter])
    assert unit_facts(cast.own_unit) == []
    assert [[one.unit for one in found.units.all()] for found in letters_about(plans[0])] == [[cast.other_unit]]


def test_the_letter_that_is_being_written_is_counted_anew(plans, cast, sign_in):
    letter = draft(cast)
    duties.mark_submitted(unit=cast.own_unit, plan=plans[1], by=cast.secretary, at=MONDAY)
    client = sign_in(cast.drafter)
    assert "1 đơn vị trong phụ lục đang soạn đã xong" in client.get("/don-doc/").content.decode()
    answer = client.post("/don-doc/20260604/so-lieu/", follow=True)
    assert "Đã viết lại lời công văn và phụ lục" in answer.content.decode()
    letter.draft.refresh_from_db()
    assert cast.own_unit.name not in letter.draft.annex_body
    assert "Còn 1 đơn vị chưa hoàn thành" in letter.draft.body
    assert ([one.unit for one in letter.units.all()], list(letter.draft.sent_to.all())) == ([cast.other_unit], [cast.other_unit])
    assert "(lần" not in letter.draft.subject
    page = client.get("/don-doc/").content.decode()
    assert ("đang soạn đã xong" in page, "Lần 1: đang soạn" in page) == (False, True)


def test_only_a_letter_that_is_being_written_is_counted_anew(plans, cast):
    with pytest.raises(ValidationError) as refusal:
        recount_chase_letter(ward=cast.ward, due_on=DUE, by=cast.drafter, at=MONDAY)
    assert refusal.value.code == "no_draft"
    issue(draft(cast), cast)
    with pytest.raises(ValidationError):
        recount_chase_letter(ward=cast.ward, due_on=DUE, by=cast.drafter, at=MONDAY)


def test_a_second_letter_waits_for_the_first(plans, cast):
    first = draft(cast)
    with pytest.raises(ValidationError) as refusal:
        draft(cast)
    assert refusal.value.code == "open"
    discard_draft(draft=first.draft, by=cast.drafter, now=MONDAY)
    assert ChaseLetter.objects.count() == 0
    assert draft(cast).ordinal == 1


def test_nobody_silent_means_no_letter(cast, clock):
    clock.move_to(MONDAY)
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    plan.assignments.update(state="submitted")
    with pytest.raises(ValidationError) as refusal:
        draft(cast)
    assert refusal.value.code == "nobody"


def test_an_extended_unit_is_not_named_under_the_old_day(plans, cast):
    for row in plans[0].assignments.filter(unit=cast.other_unit).select_related("plan__ward", "unit", "duty"):
        duties.extend(assignment=row, due_on=dt.date(2026, 6, 20), reason="Mưa lũ.", by=cast.compiler, at=MONDAY)
    table = next(blocks_of(draft(cast).draft.annex_body))
    owed = dict(row[1:] for row in table.rows)
    assert plans[0].paper.number_text not in owed[cast.other_unit.name]


def test_one_click_opens_the_draft_and_the_list_shows_it(plans, cast, sign_in):
    client = sign_in(cast.drafter)
    page = client.get("/don-doc/").content.decode()
    assert "Soạn công văn đôn đốc" in page
    answer = client.post("/don-doc/20260604/soan/", follow=True)
    assert answer.request["PATH_INFO"].startswith("/van-ban-soan/")
    assert "Đã soạn công văn đôn đốc." in answer.content.decode()
    page = client.get("/don-doc/").content.decode()
    assert "Lần 1: đang soạn" in page
    assert client.post("/don-doc/20260604/soan/", follow=True).content.decode().count("còn đang soạn") == 1
    assert client.post("/don-doc/20260299/soan/").status_code == 404


def test_the_groups_ask_as_often_for_40_units(plans, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        due_groups(cast.ward, on=MONDAY.date())
    factories.make_issued_plan(cast.ward, units=[factories.make_unit(cast.ward) for _ in range(40)])
    with django_assert_max_num_queries(len(few)):
        groups = due_groups(cast.ward, on=MONDAY.date())
    assert len(groups[0].silent) == 42


def test_another_ward_is_not_counted(plans, cast):
    factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    assert cast.foreign_unit not in due_groups(cast.ward, on=MONDAY.date())[0].silent


def test_typed_table_rows_become_a_table():
    (table,) = blocks_of("| STT | Đơn vị |\n| 1 | Chi bộ A |\n| 2 |")
    assert [column.title for column in table.columns] == ["STT", "Đơn vị"]
    (wide,) = blocks_of(f"| STT | Đơn vị | Chưa thực hiện |\n| 1 | {'Chi bộ ' * 9} | {'chưa học ' * 9} |")
    number, *others = [column.width for column in wide.columns]
    assert number / (number + sum(others)) > 0.07  # room for "STT" on one line
    assert table.rows == (("1", "Chi bộ A"), ("2", ""))
    assert (table.columns[0].align, table.columns[1].align) == ("center", "left")
