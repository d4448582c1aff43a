""" "Sau hội nghị 05 ngày": the day comes with the day of the conference, moves with it, and goes with it."""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, DeadlineRule, Product
from campaigns.deadline_phrases import after_conference
from campaigns.models import Assignment, Notification, PlanChange
from campaigns.selectors.assignments import awaiting_notice, decisions_on
from campaigns.services import assignments as duties
from campaigns.services.changes import change_plan
from campaigns.services.conferences import cancel_conference, fix_time, join_plan, merge_conferences
from campaigns.services.issuing import close_plan, reopen_plan
from tests import factories
from tests.campaigns.conferences import make_conference
from tests.campaigns.owed import at, counted, counters, rungs
from units.selectors.access import Access

HELD = dt.date(2026, 6, 10)  # a Wednesday
MOVED = dt.date(2026, 6, 15)
PHRASE = "sau hội nghị 05 ngày làm việc"
DAY, DAY_MOVED = dt.date(2026, 6, 17), dt.date(2026, 6, 22)


@pytest.fixture
def plan(cast, clock):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


@pytest.fixture
def duty(plan, cast):
    duty = factories.make_duty(
        plan, lead=cast.body, product=Product.ACTION, text="Tuyên truyền kết quả hội nghị.", rule=DeadlineRule.AFTER_EVENT,
        deadline_phrase=PHRASE, last_day=None,
    )  # fmt: skip
    factories.make_assignment(duty, cast.body, due_on=None)
    return duty


@pytest.fixture
def conference(plan, cast):
    return make_conference(cast.ward, plans=[plan], state="planned", held_on=None, starts_at=None, month_on=HELD.replace(day=1))


def fix(conference, cast, day, reason=""):
    facts = {"starts_at": dt.time(8), "by": cast.compiler, "at": factories.NOW, "reason": reason}
    return fix_time(conference=conference, version=conference.version, held_on=day, **facts)


def row(duty):
    return Assignment.objects.select_related("plan__ward", "duty", "unit").get(duty=duty)


@pytest.mark.once
@pytest.mark.parametrize(
    ("phrase", "counts"),
    [
        ("sau hội nghị 05 ngày", (5, False)),
        (PHRASE, (5, True)),
        ("chậm nhất 05 ngày sau khi kết thúc hội nghị", (5, False)),
        ("ngay sau hội nghị", None),
        ("trong 10 ngày kể từ ngày ban hành", None),
        ("trước hội nghị 05 ngày", None),
    ],
)
def test_words_that_count_from_the_conference_are_read(phrase, counts):
    read = after_conference(phrase)
    assert (read and (read.count, read.working)) == counts


def test_the_day_comes_with_the_conference_moves_with_it_and_goes_with_it(duty, conference, cast):
    fix(conference, cast, HELD)
    assert row(duty).due_on == DAY
    assert rungs(row(duty))
    line = Notification.objects.get(person=cast.contact)
    assert line.title == f"Hạn mới hết 17/6/2026: Kế hoạch {duty.plan}"
    fix(conference, cast, MOVED, reason="Trùng họp của tỉnh.")
    assert row(duty).due_on == DAY_MOVED
    assert not row(duty).reminders.filter(state="waiting").exclude(due_version=row(duty).due_version).exists()
    cancel_conference(conference=conference, version=conference.version, reason="Học theo chi bộ.", by=cast.compiler, at=factories.NOW)
    assert row(duty).due_on is None
    assert [one.words for one in decisions_on(row(duty))] == [
        "Hạn tính theo ngày hội nghị: hết 17/06/2026",
        "Hạn tính theo ngày hội nghị: hết 22/06/2026",
        "Hội nghị chưa có ngày: chưa tính hạn",
    ]
    assert counters() == counted()


def test_a_longer_day_and_a_day_set_by_a_paper_stay(duty, conference, cast):
    fix(conference, cast, HELD)
    duties.extend(assignment=row(duty), due_on=dt.date(2026, 6, 30), reason="Bão.", by=cast.compiler, at=factories.NOW)
    fix(conference, cast, MOVED, reason="Trùng họp.")
    assert row(duty).due_on == dt.date(2026, 6, 30)
    fix(conference, cast, dt.date(2026, 6, 29), reason="Trùng họp.")
    assert row(duty).due_on == dt.date(2026, 7, 6)  # later than the extension: nobody gets less than the others


def test_a_conference_of_another_plan_joined_or_merged_gives_its_day(duty, conference, plan, cast):
    other = make_conference(cast.ward, held_on=HELD, month_on=HELD.replace(day=1))
    merge_conferences(kept=other, gone=conference, by=cast.compiler, at=factories.NOW)
    assert row(duty).due_on == DAY
    second = make_conference(cast.ward, held_on=MOVED, month_on=HELD.replace(day=1))
    join_plan(conference=second, plans=[plan], by=cast.compiler, at=factories.NOW)
    assert row(duty).due_on is None  # of two conferences nobody knows which is meant: the office is asked
    assert duty in awaiting_notice(Access(cast.compiler))


def test_the_office_is_asked_when_nothing_will_tell_the_day(duty, plan, cast, sign_in):
    page = sign_in(cast.compiler).get("/").content.decode()
    assert "tính hạn từ hội nghị nhưng chưa tính được ngày" in page
    make_conference(cast.ward, plans=[plan], state="planned", held_on=None, starts_at=None)
    assert "tính hạn từ hội nghị" not in sign_in(cast.compiler).get("/").content.decode()


def test_a_clause_added_by_a_paper_counts_from_the_conference(plan, conference, cast, sign_in):
    client = sign_in(cast.compiler)
    address = reverse("campaigns:change-new", args=[plan.pk, "them-viec"])
    facts = {
        "basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": "02/6/2026", "basis_issuer": "Đảng ủy phường",
        "text": "Gửi bài thu hoạch.", "product": "action", "known": "0",
    }  # fmt: skip
    assert "chưa đọc được hạn này" in client.post(address, facts | {"phrase": "sau Tết 5 ngày"}).content.decode()
    both = client.post(address, facts | {"phrase": PHRASE, "new_day": "20/6/2026"}).content.decode()
    assert "chỉ ghi một trong hai" in both
    assert "hội nghị chưa có ngày nên chưa có hạn" in client.post(address, facts | {"phrase": PHRASE}).content.decode()
    wanted = Wanted(
        kind=ChangeKind.ADD, basis_kind="CV", basis_number="128-CV/ĐU", basis_dated_on=factories.TODAY, phrase=PHRASE,
        basis_issuer="Đảng ủy phường", text="Gửi bài thu hoạch.", product=Product.ACTION,
    )  # fmt: skip
    made = change_plan(plan=plan, wanted=wanted, by=cast.compiler, at=factories.NOW)
    assert set(made.duty.assignments.values_list("due_on", flat=True)) == {None}
    fix(conference, cast, HELD)
    assert set(made.duty.assignments.values_list("due_on", flat=True)) == {DAY}
    again = change_plan(plan=plan, wanted=wanted, by=cast.compiler, at=factories.NOW)
    assert set(again.duty.assignments.values_list("due_on", flat=True)) == {DAY}
    assert PlanChange.objects.count() == 2
    assert counters() == counted()


def test_a_conference_fixed_while_the_plan_rests_gives_its_day_when_it_goes_on(duty, conference, plan, cast):
    basis = {"basis_kind": "CV", "basis_number": "9-CV/ĐU", "basis_dated_on": factories.TODAY, "basis_issuer": "Đảng ủy"}
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.PAUSE, **basis), by=cast.compiler, at=factories.NOW)
    fix(conference, cast, HELD)
    assert row(duty).due_on is None
    resumed = at(dt.date(2026, 6, 5))
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.RESUME, **basis), by=cast.compiler, at=resumed)
    assert row(duty).due_on == DAY


@pytest.mark.parametrize(("moved_to", "expected"), [(None, DAY), (MOVED, DAY_MOVED)])
def test_a_conference_moved_while_the_plan_rests_is_followed_when_it_goes_on(duty, conference, plan, cast, moved_to, expected):
    fix(conference, cast, HELD)
    basis = {"basis_kind": "CV", "basis_number": "9-CV/ĐU", "basis_dated_on": factories.TODAY, "basis_issuer": "Đảng ủy"}
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.PAUSE, **basis), by=cast.compiler, at=factories.NOW)
    if moved_to:
        fix(conference, cast, moved_to, reason="Trùng họp.")
    assert row(duty).due_on is None
    resumed = at(dt.date(2026, 6, 9))
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.RESUME, **basis), by=cast.compiler, at=resumed)
    assert row(duty).due_on == expected
    fix(conference, cast, dt.date(2026, 6, 16), reason="Trùng họp.")
    assert row(duty).due_on == dt.date(2026, 6, 23)


def test_days_counted_to_before_a_plan_went_on_are_later_by_its_rest_and_still_follow(duty, conference, plan, cast):
    fix(conference, cast, HELD)
    basis = {"basis_kind": "CV", "basis_number": "9-CV/ĐU", "basis_dated_on": factories.TODAY, "basis_issuer": "Đảng ủy"}
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.PAUSE, **basis), by=cast.compiler, at=factories.NOW)
    resumed = at(dt.date(2026, 7, 1))
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.RESUME, **basis), by=cast.compiler, at=resumed)
    assert row(duty).due_on == DAY + (resumed.date() - factories.TODAY)
    assert counters() == counted()


def test_a_plan_taken_up_again_after_its_end_follows_a_conference_that_moved_meanwhile(duty, conference, cast):
    fix(conference, cast, HELD)
    close_plan(plan=duty.plan, by=cast.clerk, now=factories.NOW)
    fix(conference, cast, MOVED, reason="Trùng họp của tỉnh.")
    assert row(duty).due_on == DAY
    reopen_plan(plan=duty.plan, by=cast.clerk, now=factories.NOW)
    assert row(duty).due_on == DAY_MOVED
    assert rungs(row(duty))
    assert counters() == counted()
