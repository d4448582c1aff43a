"""Closing a conference's roll: who has studied by it, who has to make it up, what the biên bản says."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.choices import AssignmentState, Attendance, ConferenceState, Product, Reply
from campaigns.models import Assignment, Invitee, Notification, Plan
from campaigns.services.conference_lists import remove_invitee
from campaigns.services.conference_minutes import draft_minutes, refresh_attendance
from campaigns.services.conferences import cancel_conference, fix_time, merge_conferences
from campaigns.services.roll_call import Mark, take_marks
from documents.choices import PaperKind
from documents.models import PaperDraft
from documents.services.drafts import discard_draft
from reports.choices import EntrySource, SessionForm
from reports.models import StudySession
from reports.selectors.make_up import make_up_list
from reports.services.conference_roll import close_roll, reopen_roll
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee
from units.choices import Role, UnitKind
from units.models import AuditEvent, WardSettings

pytestmark = pytest.mark.usefixtures("clock")
NOW = factories.NOW


@pytest.fixture
def whole(cast):
    return factories.make_unit(
        cast.ward, kind=UnitKind.PARTY_BODIES, short_name="Chi bộ các cơ quan Đảng", member_count=16
    )


@pytest.fixture
def plan(cast, whole):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, whole])


@pytest.fixture
def conference(cast, plan):
    return make_conference(
        cast.ward, plans=[plan], held_on=factories.TODAY, speaker="Đồng chí Bí thư", programme="Quán triệt\nThảo luận"
    )


@pytest.fixture
def lines(cast, conference, whole):
    return {
        "secretary": make_invitee(conference, cast.own_unit, name="Nguyễn Văn A"),
        "whole": make_invitee(conference, whole, kind="party", whole=True, heads=16, office="Toàn thể đảng viên"),
        "guest": make_invitee(conference, None, kind="guests", name="Khách B", office="Phó Trưởng ban"),
    }


def call(cast, conference, line, attendance, **facts):
    at = facts.pop("at", NOW)
    mark = Mark(line.pk, attendance, f"khoa-{line.pk}-{attendance}-{at:%H%M}", at, **facts)
    assert take_marks(conference=conference, marks=[mark], by=cast.compiler, at=at) == {}


def close(cast, conference, *, rest_absent=True, at=NOW):
    return close_roll(conference=conference, rest_absent=rest_absent, by=cast.compiler, at=at)


def study_state(plan, unit):
    return Assignment.objects.get(plan=plan, unit=unit, product=Product.STUDY).state


def test_a_unit_that_came_whole_has_studied_the_secretary_s_has_not(cast, plan, conference, lines, whole):
    call(cast, conference, lines["whole"], "present", present=13, excused=2)
    call(cast, conference, lines["secretary"], "present")
    closed = close(cast, conference)
    session = StudySession.objects.get()
    assert ([unit.pk for unit in closed.studied], session.unit, session.present) == ([whole.pk], whole, 13)
    assert (session.form, session.source, session.held_on) == (
        SessionForm.WARD_CONFERENCE,
        EntrySource.ROLL,
        factories.TODAY,
    )
    assert list(session.directives.all()) == list(plan.directives.all())
    assert (study_state(plan, whole), study_state(plan, cast.own_unit)) == (
        AssignmentState.STUDIED,
        AssignmentState.TODO,
    )
    assert (conference.state, conference.closed_by) == (ConferenceState.HELD, cast.compiler)


def test_a_withdrawn_plan_of_the_same_directive_takes_nothing_away(cast, plan, conference, lines, whole):
    factories.make_issued_plan(cast.ward, units=[whole], directives=list(plan.directives.all()))
    Plan.objects.exclude(pk=plan.pk).update(state="withdrawn")
    call(cast, conference, lines["whole"], Attendance.PRESENT, present=14, excused=2)
    assert close(cast, conference).studied == [whole]


def test_the_rest_is_absent_with_leave_where_it_was_asked(cast, conference, lines):
    Invitee.objects.filter(pk=lines["guest"].pk).update(reply=Reply.EXCUSED, reply_note="Đi công tác", replied_at=NOW)
    call(cast, conference, lines["whole"], "present", present=16)
    with pytest.raises(ValidationError) as refusal:
        close(cast, conference, rest_absent=False)
    assert refusal.value.code == "uncalled"
    close(cast, conference)
    stands = {name: Invitee.objects.get(pk=line.pk) for name, line in lines.items()}
    assert (stands["guest"].attendance, stands["guest"].absence_note) == (Attendance.EXCUSED, "Đi công tác")
    assert (stands["secretary"].attendance, stands["secretary"].absent) == (Attendance.ABSENT, 1)


def test_a_whole_unit_without_a_count_holds_the_closing_and_nothing_is_written(cast, conference, lines):
    call(cast, conference, lines["secretary"], "present")
    with pytest.raises(ValidationError) as refusal:
        close(cast, conference)
    assert refusal.value.code == "uncalled"
    assert Invitee.objects.get(pk=lines["guest"].pk).attendance == Attendance.NONE
    assert not StudySession.objects.exists()


@pytest.mark.parametrize(
    ("choice", "attendance"),
    [({"counts_at_conference": False}, "present"), ({"conference_kinds": ["tdp"]}, "present"), ({}, "absent")],
)
def test_nothing_is_studied_where_the_ward_counts_elsewhere_or_nobody_came(
    cast, plan, conference, lines, whole, choice, attendance
):
    WardSettings.objects.filter(ward=cast.ward).update(**choice)
    call(cast, conference, lines["whole"], attendance)
    assert close(cast, conference).studied == []
    assert study_state(plan, whole) == AssignmentState.TODO


def test_armed_forces_study_without_a_count(cast, plan, conference, lines):
    force = factories.make_unit(cast.ward, kind=UnitKind.MILITARY, figures_withheld=True, member_count=9)
    line = make_invitee(conference, force, kind="military", whole=True, heads=None)
    call(cast, conference, lines["whole"], "present", present=16)
    call(cast, conference, line, "present")
    close(cast, conference)
    assert StudySession.objects.get(unit=force).present is None


def test_closing_again_corrects_the_session_and_leaves_a_reported_one(cast, conference, lines, whole, plan):
    call(cast, conference, lines["whole"], "present", present=13, excused=2)
    close(cast, conference)
    reopen_roll(conference=conference, reason="Nhầm số", by=cast.compiler, at=NOW)
    later = NOW + dt.timedelta(minutes=5)
    call(cast, conference, lines["whole"], "present", present=14, excused=2, at=later)
    close(cast, conference, at=later)
    session = StudySession.objects.get()
    assert session.present == 14
    factories.make_submission(whole, plan, sessions=[session])
    reopen_roll(conference=conference, reason="Nhầm nữa", by=cast.compiler, at=later)
    latest = NOW + dt.timedelta(minutes=10)
    call(cast, conference, lines["whole"], "present", present=15, at=latest)
    assert [unit.pk for unit in close(cast, conference, at=latest).reported] == [whole.pk]
    session.refresh_from_db()
    assert session.present == 14
    assert [move.kind for move in conference.moves.order_by("pk")].count("reopened") == 2


@pytest.fixture
def nobody_after_all(cast, conference, lines):
    """The roll closed with 13 of the unit there, opened again, corrected to nobody, closed again by calling it."""
    call(cast, conference, lines["whole"], "present", present=13, excused=2)
    close(cast, conference)

    def correct(at=NOW + dt.timedelta(minutes=5)):
        reopen_roll(conference=conference, reason="Nhầm đơn vị", by=cast.compiler, at=at)
        call(cast, conference, lines["whole"], "absent", at=at)
        return close(cast, conference, at=at)

    return correct


def test_a_roll_corrected_to_nobody_takes_back_the_session_and_the_study(cast, plan, whole, nobody_after_all):
    session = StudySession.objects.get()
    closed = nobody_after_all()
    assert (closed.taken_back, closed.studied, closed.reported) == ([whole], [], [])
    assert not StudySession.objects.exists()
    duty = Assignment.objects.get(plan=plan, unit=whole, product=Product.STUDY)
    assert (duty.state, duty.settled_at, duty.settled_by) == (AssignmentState.TODO, None, None)
    trail = AuditEvent.objects.get(verb="session.take_back", object_id=str(session.pk))
    assert trail.details["present"] == 13
    assert AuditEvent.objects.filter(verb="assignment.todo", object_id=str(duty.pk)).exists()


def test_a_unit_taken_off_the_corrected_roll_loses_its_session_too(cast, plan, conference, lines, whole):
    call(cast, conference, lines["whole"], "present", present=13)
    close(cast, conference)
    later = NOW + dt.timedelta(minutes=5)
    reopen_roll(conference=conference, reason="Nhầm đơn vị", by=cast.compiler, at=later)
    call(cast, conference, lines["whole"], "none", at=later)
    lines["whole"].refresh_from_db()
    remove_invitee(invitee=lines["whole"], by=cast.compiler, at=later)
    assert close(cast, conference, at=later).taken_back == [whole]
    assert study_state(plan, whole) == AssignmentState.TODO


def test_the_unit_s_own_session_keeps_its_study_closed(plan, whole, nobody_after_all):
    factories.make_session(whole, directives=plan.directives.all(), held_on=factories.TODAY)
    assert nobody_after_all().taken_back == [whole]
    assert study_state(plan, whole) == AssignmentState.STUDIED


def test_a_report_that_stands_on_the_roll_is_left_and_its_secretary_asked(plan, whole, nobody_after_all):
    secretary = factories.make_person(whole, Role.SECRETARY)
    factories.make_submission(whole, plan, sessions=[StudySession.objects.get()])
    assert nobody_after_all().reported == [whole]
    assert (StudySession.objects.get().present, study_state(plan, whole)) == (13, AssignmentState.STUDIED)
    asked = Notification.objects.get(person=secretary, key__startswith="roll-corrected-")
    assert "gửi lại báo cáo" in asked.body


def test_what_the_conference_is_no_longer_held_for_was_not_studied_there(cast, plan, conference, lines, whole):
    other = factories.make_issued_plan(cast.ward, units=[whole])
    conference.plans.add(other)
    call(cast, conference, lines["whole"], "present", present=13)
    close(cast, conference)
    assert study_state(other, whole) == AssignmentState.STUDIED
    reopen_roll(conference=conference, reason="Gắn nhầm kế hoạch", by=cast.compiler, at=NOW)
    conference.plans.remove(other)
    close(cast, conference)
    assert (study_state(other, whole), study_state(plan, whole)) == (AssignmentState.TODO, AssignmentState.STUDIED)
    assert list(StudySession.objects.get().directives.all()) == list(plan.directives.all())


def test_a_conference_that_was_held_is_neither_moved_nor_called_off_nor_merged(cast, conference, lines, sign_in):
    call(cast, conference, lines["whole"], "present", present=16)
    close(cast, conference)
    reopen_roll(conference=conference, reason="Nhầm số", by=cast.compiler, at=NOW)
    other = make_conference(cast.ward, held_on=factories.TODAY, month_on=conference.month_on)
    now = {"by": cast.compiler, "at": NOW}
    acts = [
        lambda: cancel_conference(conference=conference, version=conference.version, reason="Bão", **now),
        lambda: merge_conferences(kept=other, gone=conference, **now),
        lambda: merge_conferences(kept=conference, gone=other, **now),
        lambda: fix_time(
            conference=conference, version=conference.version, held_on=factories.TODAY, starts_at=dt.time(9), reason="Đổi", **now
        ),
    ]
    for act in acts:
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "held"
    page = sign_in(cast.compiler).get(conference.get_absolute_url()).content.decode()
    assert ("Hủy hội nghị" in page, "Gộp được" in page, "Điểm danh" in page) == (False, False, True)


def test_a_corrected_roll_tells_the_new_list_of_absentees_and_nothing_twice(cast, conference, lines):
    call(cast, conference, lines["whole"], "present", present=16)
    call(cast, conference, lines["secretary"], "absent")
    close(cast, conference)
    told = Notification.objects.filter(person=cast.secretary).order_by("pk")
    for minute, mark in ((1, "absent"), (2, "present"), (3, "absent")):
        at = NOW + dt.timedelta(minutes=minute)
        reopen_roll(conference=conference, reason="Nhầm", by=cast.compiler, at=at)
        call(cast, conference, lines["secretary"], mark, at=at)
        close(cast, conference, at=at)
    assert [one.title for one in told] == [
        "Bố trí học bù nội dung hội nghị", "Không còn ai phải học bù nội dung hội nghị", "Danh sách học bù của hội nghị đã sửa",
    ]  # fmt: skip


def test_absentees_are_listed_by_unit_until_made_up_and_their_secretary_is_told(
    cast, plan, conference, lines, whole, django_assert_max_num_queries
):
    call(cast, conference, lines["whole"], "present", present=13, excused=2)
    call(cast, conference, lines["secretary"], "excused", note="Ốm")
    close(cast, conference)
    with django_assert_max_num_queries(3):
        rows = {one.unit: (one.heads, one.excused, len(one.sessions)) for one in make_up_list(conference)}
    assert rows == {cast.own_unit: (1, 1, 0), whole: (3, 2, 0), None: (1, 0, 0)}
    told = Notification.objects.get(person=cast.secretary)
    assert "Nguyễn Văn A" in told.body
    assert "3 đảng viên" not in told.body
    factories.make_session(whole, directives=plan.directives.all(), kind="make_up", held_on=factories.TODAY)
    assert {one.unit: len(one.sessions) for one in make_up_list(conference)}[whole] == 1


def test_the_minutes_begin_with_the_attendance_and_are_drafted_once(cast, conference, lines):
    call(cast, conference, lines["whole"], "present", present=13, excused=2)
    call(cast, conference, lines["secretary"], "absent")
    head = make_invitee(conference, cast.other_unit, kind="party", office="Hiệu trưởng")
    call(cast, conference, head, "absent")
    draft = draft_minutes(conference=conference, by=cast.drafter, at=NOW)
    assert draft.kind == PaperKind.MINUTES
    assert "Triệu tập 19 người; có mặt 13, vắng có lý do 2, vắng không lý do 3." in draft.body
    assert "- Đảng viên chi bộ các cơ quan Đảng: có mặt 13/17 người." in draft.body
    away = f"Vắng không lý do: đồng chí Nguyễn Văn A, Bí thư, {cast.own_unit.name}; Hiệu trưởng, {cast.other_unit.name}."
    assert away in draft.body  # an office of which there are many is told with its unit
    assert "1. Quán triệt\n2. Thảo luận" in draft.body
    assert draft_minutes(conference=conference, by=cast.drafter, at=NOW) == draft


def test_the_minutes_belong_to_one_conference_and_follow_its_roll(cast, plan, conference, lines, sign_in):
    twin = make_conference(cast.ward, title=conference.title, held_on=factories.TODAY)
    call(cast, conference, lines["secretary"], "present")
    draft = draft_minutes(conference=conference, by=cast.drafter, at=NOW)
    assert draft_minutes(conference=twin, by=cast.drafter, at=NOW) != draft
    assert "Chưa điểm danh 17 người." in draft.body
    PaperDraft.objects.filter(pk=draft.pk).update(body=draft.body.replace("…", "Ba ý kiến").replace("\n", "\r\n"))
    drafter, page = sign_in(cast.drafter), conference.get_absolute_url()
    asks, number = "Cập nhật mục I theo điểm danh", reverse("documents:draft-issue", args=[draft.pk])
    shown = drafter.get(page).text
    assert asks not in shown
    assert reverse("documents:draft-detail", args=[draft.pk]) in shown
    call(cast, conference, lines["whole"], "present", present=13, excused=2)
    clerk = sign_in(cast.clerk)
    assert "Hội nghị chưa chốt điểm danh" in clerk.get(number).text
    close(cast, conference)
    assert "Mục I của biên bản khác với điểm danh đã chốt." in clerk.get(number).text
    drafter = sign_in(cast.drafter)
    assert asks in drafter.get(page).text
    drafter.post(f"{page}bien-ban/", {"cap-nhat": "1"})
    draft.refresh_from_db()
    assert "Chưa điểm danh" not in draft.body
    assert "Triệu tập 18 người; có mặt 14, vắng có lý do 2, vắng không lý do 2." in draft.body
    assert draft.body.count("Ba ý kiến") > 1
    assert asks not in drafter.get(page).text
    assert "Mục I của biên bản" not in sign_in(cast.clerk).get(number).text


def test_the_minutes_are_offered_when_the_conference_was_held(cast, conference, lines, sign_in):
    call(cast, conference, lines["whole"], "present", present=16)
    client, page = sign_in(cast.drafter), conference.get_absolute_url()
    assert "Soạn biên bản" not in client.get(page).text  # the roll goes on: its figures are not those of the conference yet
    close(cast, conference)
    assert "Soạn biên bản" in client.get(page).text


def test_minutes_whose_headings_were_rewritten_are_not_overwritten(cast, conference, lines):
    call(cast, conference, lines["secretary"], "present")
    draft = draft_minutes(conference=conference, by=cast.drafter, at=NOW)
    PaperDraft.objects.filter(pk=draft.pk).update(body="Chỉ còn lời của thư ký.")
    with pytest.raises(ValidationError) as refusal:
        refresh_attendance(conference=conference, by=cast.drafter, at=NOW)
    assert refusal.value.code == "no_section"
    draft.refresh_from_db()
    assert draft.body == "Chỉ còn lời của thư ký."
    discard_draft(draft=draft, by=cast.drafter, now=NOW)
    assert draft_minutes(conference=conference, by=cast.drafter, at=NOW) != draft


def test_leave_asked_for_another_day_is_no_leave(cast, conference, lines):
    asked = {"reply": Reply.EXCUSED, "reply_note": "Đi công tác", "replied_at": NOW, "reply_outdated": True}
    Invitee.objects.filter(pk=lines["guest"].pk).update(**asked)
    call(cast, conference, lines["whole"], "present", present=16)
    close(cast, conference)
    lines["guest"].refresh_from_db()
    assert (lines["guest"].attendance, lines["guest"].absence_note) == (Attendance.ABSENT, "")


def test_the_pages_close_list_and_open_again(cast, conference, lines, sign_in):
    call(cast, conference, lines["whole"], "present", present=16)
    client, url = sign_in(cast.compiler), f"/hoi-nghi/{conference.pk}"
    assert "16/16 người có mặt" in client.get(f"{url}/chot/").content.decode()
    assert "Còn 2 dòng chưa điểm danh" in client.post(f"{url}/chot/", {"gui": "1"}).content.decode()
    page = client.post(f"{url}/chot/", {"rest_absent": "on"}, follow=True).content.decode()
    assert "Nguyễn Văn A" in page
    assert client.post(f"{url}/mo-lai/", {"reason": "Nhầm"}).status_code == 302
    conference.refresh_from_db()
    assert conference.state == ConferenceState.FIXED
    assert "Biên bản" in sign_in(cast.drafter).post(f"{url}/bien-ban/", follow=True).content.decode()
