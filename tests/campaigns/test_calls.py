"""The book of calls: whom to ring, what to send, what a promise does."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns.models import CallLog, Duty, Reminder
from campaigns.selectors.calls import call_groups, units_to_ring
from campaigns.services.awaited import await_content, record_arrival
from campaigns.services.calls import record_call
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role

pytestmark = pytest.mark.usefixtures("clock")
TODAY = factories.TODAY  # the due day is tomorrow


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


def rows(ward, **options):
    return [row for group in call_groups(ward, on=options.pop("on", TODAY), **options) for row in group.rows]


def test_units_due_within_three_days_are_called_and_bodies_after_them(plan, cast, sign_in):
    found = [(row.unit, [one.product for one in row.owed], row.secretary, row.phone) for row in rows(cast.ward)]
    assert found == [
        (cast.own_unit, ["study", "report"], cast.secretary.full_name, cast.secretary.phone),
        (cast.other_unit, ["study", "report"], cast.other_secretary.full_name, cast.other_secretary.phone),
        (cast.body, ["action"], cast.contact.full_name, cast.contact.phone),
    ]
    assert [group.bodies for group in call_groups(cast.ward, on=TODAY)] == [False, True]
    text = rows(cast.ward)[-1].text
    assert f"kính gửi đồng chí đầu mối {cast.body.name}." in text
    assert f"1. Việc “Tuyên truyền” theo Kế hoạch số {plan.paper.number_text}" in text
    page = sign_in(cast.compiler).get("/can-goi/").content.decode()
    assert ("Cơ quan, tổ chức được giao việc: 1 cơ quan" in page, f'href="tel:{cast.contact.phone}"' in page) == (True, True)
    assert rows(cast.ward, on=TODAY - dt.timedelta(days=3)) == []


def test_a_clause_of_a_paper_is_named_without_its_full_stop(plan, cast, sign_in):
    Duty.objects.filter(plan=plan, product="action").update(text="Tuyên truyền rộng rãi.")
    page = sign_in(cast.compiler).get("/can-goi/").content.decode()
    assert f"Tuyên truyền rộng rãi, {plan} " in page


def test_a_later_turn_of_a_recurring_report_is_rung_for_like_the_first(plan, cast):
    """From its second turn on the report of all units ends with a document: a silent unit is silent all the same."""
    plan.assignments.update(state="submitted")
    text = "Báo cáo kết quả hằng tháng.\nKỳ hạn hết ngày 04/6/2026."
    factories.make_assignment(factories.make_duty(plan, product="document", text=text), cast.own_unit)
    (row,) = rows(cast.ward)
    assert (row.unit, [one.product for one in row.owed]) == (cast.own_unit, ["document"])
    assert "1. Việc “Báo cáo kết quả hằng tháng. Kỳ hạn hết ngày 04/6/2026” theo" in row.text


def test_the_office_does_not_ring_its_own_ward(plan, cast):
    factories.make_assignment(factories.make_duty(plan, lead=cast.ward, product="document"), cast.ward)
    assert cast.ward not in [row.unit for row in rows(cast.ward)]


def test_units_stand_under_the_member_in_charge(plan, cast):
    member = factories.make_user(full_name="Nguyễn Văn An")
    cast.other_unit.in_charge = member
    cast.other_unit.save()
    groups = [(group.person, [row.unit for row in group.rows]) for group in call_groups(cast.ward, on=TODAY)]
    assert groups == [("Nguyễn Văn An", [cast.other_unit]), ("", [cast.own_unit]), ("", [cast.body])]
    assert [row.unit for row in rows(cast.ward, person_id=member.pk)] == [cast.other_unit]


def test_the_text_covers_all_plans_of_the_unit_and_names_no_other(plan, cast):
    second = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    text = rows(cast.ward)[0].text
    citations = {one: one.directive_links.get().directive.short_form for one in (plan, second)}
    assert text.splitlines() == [
        f"Văn phòng Đảng ủy {cast.ward.short_name} kính gửi đồng chí Bí thư {cast.own_unit.name}.",
        "Văn phòng xin nhắc việc sắp đến hạn:",
        *[
            f"{number}. Tổ chức buổi học và báo cáo kết quả theo Kế hoạch số {one.paper.number_text} ({citations[one]}), "
            "hạn hết thứ Năm, 04/6/2026."
            for number, one in enumerate((plan, second), start=1)
        ],
        "Đề nghị đồng chí báo cáo trên chương trình Lan Tỏa hoặc trả lời tin này. Xin cảm ơn đồng chí.",
    ]
    assert cast.other_unit.short_name not in text


def test_the_text_keeps_what_is_late_apart_from_what_is_due_soon(plan, cast):
    plan.assignments.filter(unit=cast.own_unit, product="study").update(due_on=TODAY - dt.timedelta(days=2))
    name = f"Kế hoạch số {plan.paper.number_text} ({plan.directive_links.get().directive.short_form})"
    assert rows(cast.ward)[0].text.splitlines()[1:-1] == [
        "Đến nay Văn phòng chưa nhận được kết quả việc đã quá hạn:",
        f"1. Tổ chức buổi học theo {name}, đã quá hạn ngày thứ Hai, 01/6/2026.",
        "Văn phòng xin nhắc việc sắp đến hạn:",
        f"1. Báo cáo kết quả theo {name}, hạn hết thứ Năm, 04/6/2026.",
    ]


def test_what_waits_to_be_issued_is_rung_for_by_nobody_and_says_why(plan, cast, sign_in):
    text = "Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết 91-NQ/TU"
    content = await_content(plan=plan, text=text, source=None, by=cast.compiler, at=factories.NOW)
    row = rows(cast.ward)[0]
    assert ([one.product for one in row.owed], len(row.blocked)) == (["study", "report"], 1)
    assert f"{text} đang chờ ban hành, đơn vị chưa phải học." in row.text.splitlines()
    page = sign_in(cast.compiler).get("/can-goi/").content.decode()
    assert page.count(f"Phần chờ ban hành của {plan}: không giục") == 2
    assert page.count(text) == 3  # once as the reason, and in the ready text of both units
    assert "2 đơn vị chờ" in page
    plan.assignments.exclude(product="content").update(state="submitted")
    assert rows(cast.ward) == []  # blocked alone: no call
    facts = {"issued_on": TODAY, "study_by": TODAY + dt.timedelta(days=2), "document_words": "Kế hoạch số 20-KH/ĐU"}
    record_arrival(content=content, by=cast.compiler, at=factories.NOW, **facts)
    row = rows(cast.ward)[0]
    assert ([one.product for one in row.owed], row.blocked) == (["content"], [])
    assert f"1. Học {text} theo Kế hoạch số" in row.text
    page = sign_in(cast.compiler).get("/can-goi/").content.decode()
    assert "Đang chờ ban hành, không gọi" not in page


def test_the_book_filters_by_plan_and_knows_only_its_ward(plan, cast):
    second = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit])
    assert [row.unit for row in rows(cast.ward, plan_id=second.pk)] == [cast.own_unit]
    assert cast.foreign_unit not in [row.unit for row in rows(cast.ward)]


def test_the_message_speaks_of_all_plans_also_where_one_is_chosen(plan, cast):
    second = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    (row,) = rows(cast.ward, plan_id=second.pk)
    assert {one.plan_id for one in row.owed} == {second.pk}
    assert all(one.paper.number_text in row.text for one in (plan, second))


def test_a_promise_is_written_and_holds_the_reminders(plan, cast):
    plan_reminders(assignments=list(plan.assignments.all()), now=factories.NOW)
    promised = TODAY + dt.timedelta(days=2)
    record_call(unit=cast.own_unit, outcome="promised", promised_on=promised, note="Họp tối mai", by=cast.compiler, at=factories.NOW)
    earliest = Reminder.objects.filter(assignment__unit=cast.own_unit).order_by("remind_on").first()
    assert earliest.remind_on == promised
    row = next(row for row in rows(cast.ward) if row.unit == cast.own_unit)
    assert (row.last_call.note, row.is_promised(on=TODAY), row.is_promised(on=promised)) == ("Họp tối mai", True, False)


def test_a_second_promise_for_an_earlier_day_brings_the_reminders_back(plan, cast):
    plan_reminders(assignments=list(plan.assignments.all()), now=factories.NOW)
    before = {one.pk: one.remind_at for one in Reminder.objects.all()}
    for day in (dt.date(2026, 6, 19), dt.date(2026, 6, 5)):
        record_call(unit=cast.own_unit, outcome="promised", promised_on=day, by=cast.compiler, at=factories.NOW)
    found = {one.rung: one.remind_on for one in Reminder.objects.filter(assignment__unit=cast.own_unit)}
    assert found == {0: dt.date(2026, 6, 5), 1: dt.date(2026, 6, 5), 3: dt.date(2026, 6, 8)}
    others = Reminder.objects.exclude(assignment__unit=cast.own_unit)
    assert {one.pk: one.remind_at for one in others}.items() <= before.items()
    added = factories.make_assignment(plan.duties.get(product="action"), cast.own_unit)
    plan_reminders(assignments=[added], now=factories.NOW)
    assert min(Reminder.objects.filter(assignment=added).values_list("remind_on", flat=True)) == dt.date(2026, 6, 5)


@pytest.mark.parametrize("day", [None, TODAY - dt.timedelta(days=1)])
def test_a_promise_without_a_day_ahead_is_refused_whole(plan, cast, day):
    with pytest.raises(ValidationError) as refusal:
        record_call(unit=cast.own_unit, outcome="promised", promised_on=day, by=cast.compiler, at=factories.NOW)
    assert refusal.value.code == "promise"
    assert CallLog.objects.count() == 0


def test_the_latest_call_is_shown(plan, cast):
    for day, outcome in ((1, "called"), (2, "unreachable")):
        record_call(unit=cast.own_unit, outcome=outcome, by=cast.compiler, at=at(dt.date(2026, 6, day)))
    assert rows(cast.ward)[0].last_call.outcome == "unreachable"


def test_the_page_asks_as_often_for_40_units_as_for_2(plan, cast, sign_in, django_assert_max_num_queries):
    client = sign_in(cast.compiler)
    with django_assert_max_num_queries(20) as few:
        page = client.get("/can-goi/").content.decode()
    assert f'href="tel:{cast.secretary.phone}"' in page
    units = [factories.make_unit(cast.ward) for _ in range(38)]
    for unit in units:
        factories.make_person(unit, Role.SECRETARY)
    factories.make_issued_plan(cast.ward, units=units)
    with django_assert_max_num_queries(len(few)):
        assert client.get("/can-goi/").content.decode().count("data-copy") == 41  # and the body


def test_marking_a_call_is_one_click_and_a_promise_one_form(plan, cast, sign_in):
    client = sign_in(cast.compiler)
    address = f"/can-goi/{cast.own_unit.pk}/ghi/"
    assert client.post(address, {"outcome": "called"}).status_code == 302
    refused = client.post(address, {"outcome": "promised", "note": "Họp tối mai"})
    assert (refused.status_code, "Họp tối mai" in refused.content.decode()) == (200, True)
    assert client.post(address, {"outcome": "promised", "promised_on": "2026-06-05"}).status_code == 302
    assert [call.outcome for call in CallLog.objects.order_by("pk")] == ["called", "promised"]


@pytest.mark.parametrize("who", ["secretary", "contact", "leader", "clerk", "viewer"])
def test_only_the_compiler_calls(plan, cast, sign_in, who):
    client = sign_in(getattr(cast, who))
    assert client.get("/can-goi/").status_code == 403
    assert client.post(f"/can-goi/{cast.own_unit.pk}/ghi/", {"outcome": "called"}).status_code in {403, 404}
    assert CallLog.objects.count() == 0


def test_a_broken_promise_comes_first_and_a_kept_day_last(plan, cast):
    third = factories.make_unit(cast.ward)
    factories.make_person(third, Role.SECRETARY)
    factories.make_issued_plan(cast.ward, units=[third], issued_at=at(TODAY - dt.timedelta(days=7)))
    promise = {"outcome": "promised", "by": cast.compiler}
    record_call(unit=cast.own_unit, promised_on=TODAY + dt.timedelta(days=2), at=factories.NOW, **promise)
    record_call(unit=third, promised_on=TODAY - dt.timedelta(days=1), at=at(TODAY - dt.timedelta(days=2)), **promise)
    found = rows(cast.ward)
    assert [row.unit for row in found] == [third, cast.other_unit, cast.own_unit, cast.body]
    assert [row.is_broken(on=TODAY) for row in found] == [True, False, False, False]


def test_a_promise_about_work_that_is_done_is_no_broken_one(plan, cast, sign_in):
    """The unit reported as promised; months later another plan is owed: nobody is told that it broke its word."""
    past = at(TODAY - dt.timedelta(days=60))
    done = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=past)
    day = TODAY - dt.timedelta(days=50)
    called = past + dt.timedelta(days=5)
    record_call(unit=cast.own_unit, outcome="promised", promised_on=day, by=cast.compiler, at=called)
    assert rows(cast.ward)[0].is_broken(on=TODAY)  # control: the old plan is still owed
    assert sign_in(cast.compiler).get("/can-goi/").content.decode().count("đã qua ngày hẹn") == 1
    done.assignments.update(state="submitted")
    row = next(row for row in rows(cast.ward) if row.unit == cast.own_unit)
    assert (row.last_call.promised_on, row.promise, row.is_broken(on=TODAY), row.urgency(on=TODAY)) == (day, None, False, 1)
    assert "đã qua ngày hẹn" not in sign_in(cast.compiler).get("/can-goi/").content.decode()


def test_a_call_that_reached_nobody_does_not_hide_the_promise(plan, cast, sign_in):
    day = TODAY + dt.timedelta(days=2)
    record_call(unit=cast.own_unit, outcome="promised", promised_on=day, by=cast.compiler, at=factories.NOW)
    later = factories.NOW + dt.timedelta(minutes=5)
    record_call(unit=cast.own_unit, outcome="unreachable", by=cast.compiler, at=later)
    row = next(row for row in rows(cast.ward) if row.unit == cast.own_unit)
    assert (row.last_call.outcome, row.is_promised(on=TODAY), row.urgency(on=TODAY)) == ("unreachable", True, 3)
    assert row.is_broken(on=day + dt.timedelta(days=1))
    page = sign_in(cast.compiler).get("/can-goi/").content.decode()
    assert "Đã hẹn xong thứ Sáu, 05/6/2026" in page


def test_the_call_list_of_the_home_page_shrinks_with_every_call(plan, cast, sign_in):
    client = sign_in(cast.compiler)
    assert "Gọi 3 đơn vị: hạn hôm nay hoặc ngày mai." in client.get("/").content.decode()
    record_call(unit=cast.own_unit, outcome="called", by=cast.compiler, at=factories.NOW)
    day = TODAY + dt.timedelta(days=2)
    record_call(unit=cast.other_unit, outcome="promised", promised_on=day, by=cast.compiler, at=factories.NOW)
    assert [row.unit for row in units_to_ring(cast.ward, on=TODAY)] == [cast.body]
    assert "Gọi 1 đơn vị: hạn hôm nay hoặc ngày mai." in client.get("/").content.decode()
    later = TODAY + dt.timedelta(days=3)  # called days ago, and a promise that was not kept: both are to be rung again
    assert {row.unit for row in units_to_ring(cast.ward, on=later)} == {cast.own_unit, cast.other_unit, cast.body}


def test_counting_whom_to_ring_takes_two_queries(plan, cast, django_assert_num_queries):
    record_call(unit=cast.own_unit, outcome="called", by=cast.compiler, at=factories.NOW)
    with django_assert_num_queries(2):
        assert len(units_to_ring(cast.ward, on=TODAY)) == 2


def test_the_row_gives_the_second_card_and_the_way_to_the_history(plan, cast, sign_in):
    record_call(unit=cast.own_unit, outcome="called", by=cast.compiler, at=factories.NOW)
    page = sign_in(cast.compiler).get("/can-goi/").content.decode()
    assert f"nhập giúp: {cast.helper.full_name}" in page
    assert f"/can-goi/{cast.own_unit.pk}/lich-su/" in page
