"""The conference record: called for plans, list by class, fixed, moved, called off, merged, counted in the year."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaigns import conference_links as links
from campaigns.choices import ConferenceLevel, ConferenceState, ParticipantClass, PlanState, Reply
from campaigns.conference_classes import USUAL, classes_named
from campaigns.models import Conference, Invitee, Notification, PlanConference
from campaigns.selectors.conferences import (
    all_totals,
    first_facts,
    roll_groups,
    suggestions,
    visible_conferences,
    wide_in_year,
)
from campaigns.services.conference_lists import add_invitee, remove_invitee, revise_invitee, set_classes
from campaigns.services.conferences import (
    call_conference,
    cancel_conference,
    fix_time,
    join_plan,
    merge_conferences,
    postpone_conference,
    revise_conference,
)
from documents.search import fold
from tests import factories
from tests.campaigns.conferences import make_invitee
from units.choices import Role, UnitKind
from units.models import AuditEvent
from units.selectors.access import access_of

pytestmark = pytest.mark.usefixtures("clock")
NOW = factories.NOW
JUNE = dt.date(2026, 6, 1)
CLASS = ParticipantClass
THREE_PLANS_TEXT = (
    "Ủy viên Ban Chấp hành Đảng bộ phường; ủy viên Ủy ban Kiểm tra Đảng ủy; Thường trực Hội đồng nhân dân, lãnh đạo Ủy ban nhân dân, "
    "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường; lãnh đạo các cơ quan tham mưu, giúp việc Đảng ủy; người đứng đầu "
    "cơ quan, đơn vị, trường học, doanh nghiệp; bí thư các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc; tổ trưởng tổ dân phố; đảng viên các "
    "chi bộ dự học tập trung."
)


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])


def call(cast, *, plans=(), kinds=(CLASS.SECRETARIES,), month_on=JUNE, **facts):
    return call_conference(
        ward=cast.ward,
        plans=plans,
        kinds=kinds,
        month_on=month_on,
        by=cast.compiler,
        at=NOW,
        **{"title": "Hội nghị tháng 6"} | facts,
    )


def speaks_of(plan, day, participants=THREE_PLANS_TEXT):
    return PlanConference.objects.create(plan=plan, level=ConferenceLevel.WARD, last_day=day, participants=participants)


def code_of(refusal):
    error = refusal.value
    return error.code if hasattr(error, "code") else next(iter(error.error_dict.values()))[0].code


def test_secretaries_are_convened_by_name_and_units_once(cast, plan):
    conference = call(cast, plans=[plan])
    rows = conference.invitees.order_by("position")
    assert [(one.unit, one.person, one.name, one.heads) for one in rows] == [
        (cast.own_unit, cast.secretary, cast.secretary.full_name, 1),
        (cast.other_unit, cast.other_secretary, cast.other_secretary.full_name, 1),
    ]
    set_classes(conference=conference, kinds=[CLASS.SECRETARIES], by=cast.compiler, at=NOW)
    assert conference.invitees.count() == 2
    added = factories.make_unit(cast.ward, name="Chi bộ mới")
    set_classes(conference=conference, kinds=[CLASS.SECRETARIES], by=cast.compiler, at=NOW)
    assert conference.invitees.get(unit=added).name == ""


def test_a_unit_convened_whole_brings_its_secretary_along(cast):
    whole = factories.make_unit(cast.ward, kind=UnitKind.PARTY_BODIES, member_count=18, exempt_count=2)
    hidden = factories.make_unit(cast.ward, kind=UnitKind.MILITARY, member_count=9, figures_withheld=True)
    conference = call(cast, kinds=[CLASS.SECRETARIES, CLASS.PARTY_MEMBERS, CLASS.MILITARY_MEMBERS])
    secretaries = conference.invitees.filter(group__kind=CLASS.SECRETARIES)
    assert not secretaries.filter(unit__in=[whole, hidden]).exists()
    assert conference.invitees.get(unit=whole).heads == 16
    assert conference.invitees.get(unit=hidden).heads is None
    totals = all_totals(roll_groups(conference))
    assert (totals.convened, totals.uncounted, totals.lines) == (16 + 2, 1, 4)


def test_a_person_of_two_classes_is_convened_once(cast):
    cast.other_unit.in_charge = cast.secretary
    cast.other_unit.save()
    conference = call(cast, kinds=[CLASS.COMMITTEE, CLASS.SECRETARIES])
    assert conference.invitees.filter(person=cast.secretary).count() == 1
    assert conference.invitees.get(person=cast.secretary).group.kind == CLASS.COMMITTEE


def test_bodies_stand_for_the_classes_named_after_them(cast):
    front = factories.make_unit(cast.ward, kind=UnitKind.BODY, name="Ủy ban Mặt trận Tổ quốc Việt Nam phường")
    women = factories.make_unit(cast.ward, kind=UnitKind.BODY, name="Hội Liên hiệp Phụ nữ phường")
    factories.make_unit(cast.ward, kind=UnitKind.BODY, name="Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường")
    conference = call(cast, kinds=[CLASS.PEOPLE_COMMITTEE, CLASS.FRONT, CLASS.UNIONS])
    by_kind = {one.group.kind: one.unit for one in conference.invitees.select_related("group", "unit")}
    assert by_kind == {CLASS.PEOPLE_COMMITTEE: cast.body, CLASS.FRONT: front, CLASS.UNIONS: women}


def test_the_text_of_the_sample_plans_names_the_fifteen_classes():
    assert classes_named(fold(THREE_PLANS_TEXT)) == [kind.value for kind in USUAL]
    assert classes_named("ca phuong") == []


def test_a_new_conference_begins_with_what_the_plans_say(cast, plan):
    text = speaks_of(plan, dt.date(2026, 6, 28), "Bí thư các chi bộ")
    text.speaker = "Đồng chí Bí thư Đảng ủy"
    text.save()
    facts = first_facts(cast.ward, [plan], on=factories.TODAY)
    citation = plan.directive_links.get().directive.short_form
    assert (facts["title"], facts["month_on"]) == (f"Hội nghị học tập, quán triệt {citation}", JUNE)
    assert (facts["speaker"], facts["classes"]) == ("Đồng chí Bí thư Đảng ủy", [CLASS.SECRETARIES.value])
    assert len(first_facts(cast.ward, [], on=factories.TODAY)["classes"]) == 15


def test_fixing_and_moving_tells_those_convened(cast):
    conference = call(cast)
    fixed = fix_time(
        conference=conference, version=1, held_on=dt.date(2026, 6, 22), starts_at=dt.time(8), by=cast.compiler, at=NOW
    )
    assert (fixed.state, fixed.version, fixed.month_on) == (ConferenceState.FIXED, 2, JUNE)
    told = set(Notification.objects.values_list("person", flat=True))
    assert told == {cast.secretary.pk, cast.other_secretary.pk}
    with pytest.raises(ValidationError) as refusal:
        fix_time(
            conference=fixed, version=2, held_on=dt.date(2026, 7, 2), starts_at=dt.time(8), by=cast.compiler, at=NOW
        )
    assert code_of(refusal) == "reason"
    moved = fix_time(
        conference=fixed,
        version=2,
        held_on=dt.date(2026, 7, 2),
        starts_at=dt.time(14),
        reason="Trùng họp tỉnh",
        by=cast.compiler,
        at=NOW,
    )
    last = moved.moves.first()
    assert (moved.month_on, last.kind, last.before, last.after) == (
        dt.date(2026, 7, 1), "moved", "08 giờ 00, 22/6/2026", "14 giờ 00, 02/7/2026",
    )  # fmt: skip
    assert "Trùng họp tỉnh" in Notification.objects.order_by("-pk").first().body


def test_bodies_and_units_without_a_secretary_are_told_through_whoever_answers_for_them(cast):
    alone = factories.make_unit(cast.ward)
    typist = factories.make_person(alone, Role.HELPER)
    conference = call(cast, kinds=[CLASS.PEOPLE_COMMITTEE])
    for unit in (alone, cast.own_unit):
        make_invitee(conference, unit)
    acts = [
        lambda one: fix_time(**one, held_on=dt.date(2026, 6, 22), starts_at=dt.time(8)),
        lambda one: fix_time(**one, held_on=dt.date(2026, 7, 2), starts_at=dt.time(8), reason="Trùng họp tỉnh"),
        lambda one: postpone_conference(**one, month_on=dt.date(2026, 8, 1), reason="Chờ tài liệu"),
        lambda one: cancel_conference(**one, reason="Tỉnh họp thay"),
    ]
    for number, act in enumerate(acts, start=1):
        act({"conference": conference, "version": number, "by": cast.compiler, "at": NOW})
        lines = Notification.objects.filter(key__contains=f"-{conference.moves.first().pk}-")
        told = set(lines.values_list("person", flat=True))
        assert told == {cast.contact.pk, typist.pk, cast.secretary.pk}, conference.moves.first()


def test_a_day_that_has_passed_and_a_stale_page_are_refused(cast):
    conference = call(cast)
    with pytest.raises(ValidationError) as refusal:
        fix_time(
            conference=conference,
            version=1,
            held_on=dt.date(2026, 6, 2),
            starts_at=dt.time(8),
            by=cast.compiler,
            at=NOW,
        )
    assert code_of(refusal) == "past"
    with pytest.raises(ValidationError) as refusal:
        revise_conference(
            conference=conference, version=7, plans=[], month_on=JUNE, title="Khác", by=cast.compiler, at=NOW
        )
    assert code_of(refusal) == "stale"
    assert Conference.objects.get().title == "Hội nghị tháng 6"


def test_calling_off_ends_links_and_the_record(cast):
    conference = call(cast)
    invitee = conference.invitees.select_related("conference").first()
    token = links.token_of(invitee, links.REPLY)
    cancel_conference(conference=conference, version=1, reason="Bão", by=cast.compiler, at=NOW)
    fresh = Invitee.objects.select_related("conference").get(pk=invitee.pk)
    assert not links.fits(token, fresh, links.REPLY)
    with pytest.raises(ValidationError) as refusal:
        add_invitee(conference=fresh.conference, kind=CLASS.GUESTS, name="Khách", heads=1, by=cast.compiler, at=NOW)
    assert code_of(refusal) == "closed"
    assert AuditEvent.objects.filter(verb="conference.cancelled", details__reason="Bão").exists()


def test_a_link_fits_one_line_one_purpose_and_dies_with_its_version(cast):
    conference = call(cast)
    first, second = conference.invitees.select_related("conference")
    token = links.token_of(first, links.REPLY)
    assert links.fits(token, first, links.REPLY)
    assert links.pk_in(token) == first.pk
    assert not links.fits(token, first, links.CHECK_IN)
    assert not links.fits(token, second, links.REPLY)
    assert not links.fits(token[:-1] + ("A" if token[-1] != "A" else "B"), first, links.REPLY)
    first.link_version += 1
    assert not links.fits(token, first, links.REPLY)
    assert [
        links.pk_in(bad) for bad in ("", "1", "x-" + "A" * 22, "1-" + "A" * 21, "0-" + "A" * 22, "1-" + "ă" * 22)
    ] == [None] * 6


def test_lines_by_hand_are_added_corrected_and_kept_once_answered(cast):
    conference = call(cast)
    guest = add_invitee(
        conference=conference,
        kind=CLASS.GUESTS,
        name="Lãnh đạo Ban Tuyên giáo",
        office="Phó Trưởng ban",
        heads=2,
        by=cast.compiler,
        at=NOW,
    )
    guest = revise_invitee(
        invitee=guest, name="Đồng chí A", office="", unit=None, whole=False, heads=1, by=cast.compiler, at=NOW
    )
    assert (str(guest), guest.heads, guest.group.is_guest) == ("Đồng chí A", 1, True)
    Invitee.objects.filter(pk=guest.pk).update(reply=Reply.COMING, replied_at=NOW)
    guest.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        remove_invitee(invitee=guest, by=cast.compiler, at=NOW)
    assert code_of(refusal) == "answered"
    with pytest.raises(ValidationError) as refusal:
        set_classes(conference=conference, kinds=[CLASS.SECRETARIES], by=cast.compiler, at=NOW)
    assert code_of(refusal) == "answered"
    with pytest.raises(ValidationError) as refusal:
        add_invitee(conference=conference, kind=CLASS.GUESTS, name="", heads=1, by=cast.compiler, at=NOW)
    assert code_of(refusal) == "nobody"


def test_the_table_itself_keeps_the_sum_of_the_roll(cast):
    conference = call(cast)
    invitee = conference.invitees.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.filter(pk=invitee.pk).update(present=1, excused=1, absent=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.filter(pk=invitee.pk).update(attendance="present")


def test_plans_of_one_month_are_offered_one_conference(cast, plan):
    second = factories.make_plan(cast.ward, state=PlanState.DRAFT)
    for one in (plan, second):
        speaks_of(one, dt.date(2026, 6, 28))
    speaks_of(factories.make_plan(cast.foreign_ward), dt.date(2026, 6, 28))
    [offer] = suggestions(cast.ward, on=factories.TODAY)
    assert (offer.month, offer.plans, offer.conference, offer.same_people) == (JUNE, (plan, second), None, True)
    conference = call(cast, plans=[plan], kinds=[kind.value for kind in USUAL])
    [offer] = suggestions(cast.ward, on=factories.TODAY)
    assert (offer.plans, offer.conference, offer.same_people) == ((second,), conference, True)
    join_plan(conference=conference, plans=[second], by=cast.compiler, at=NOW)
    assert suggestions(cast.ward, on=factories.TODAY) == []
    cancel_conference(conference=conference, version=1, reason="Hoãn", by=cast.compiler, at=NOW)
    assert [offer.plans for offer in suggestions(cast.ward, on=factories.TODAY)] == [(plan, second)]


def test_two_conferences_of_a_month_become_one(cast, plan):
    kept, gone = call(cast), call(cast, plans=[plan], kinds=[CLASS.COUNCIL])
    merge_conferences(kept=kept, gone=gone, by=cast.compiler, at=NOW)
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into, list(kept.plans.all())) == (ConferenceState.CANCELLED, kept, [plan])
    assert set(kept.classes.values_list("kind", flat=True)) == {CLASS.SECRETARIES, CLASS.COUNCIL}
    july = call(cast, month_on=dt.date(2026, 7, 1))
    with pytest.raises(ValidationError) as refusal:
        merge_conferences(kept=kept, gone=july, by=cast.compiler, at=NOW)
    assert code_of(refusal) == "other_month"


def test_the_year_counts_the_wards_own_wide_conferences(cast):
    call(cast)
    call(cast, month_on=dt.date(2026, 12, 1))
    call(cast, organiser="province")
    call(cast, wide=False)
    call(cast, month_on=dt.date(2027, 1, 1))
    cancelled = call(cast)
    cancel_conference(conference=cancelled, version=1, reason="Gộp", by=cast.compiler, at=NOW)
    assert (wide_in_year(cast.ward, 2026), wide_in_year(cast.ward, 2027)) == (2, 1)


def test_only_the_ward_s_office_sees_the_record(cast):
    conference = call(cast)
    sees = {name: visible_conferences(access_of(getattr(cast, name), on=factories.TODAY)).filter(pk=conference.pk).exists()
            for name in ("compiler", "drafter", "leader", "secretary", "viewer", "foreign_clerk", "admin")}  # fmt: skip
    assert sees == dict.fromkeys(sees, False) | dict.fromkeys(("compiler", "drafter", "leader"), True)


def test_the_pages_take_a_conference_from_plan_to_time(cast, plan, sign_in):
    speaks_of(plan, dt.date(2026, 6, 28), "Bí thư các chi bộ")
    client = sign_in(cast.compiler)
    assert "Chưa lập hội nghị tháng 6/2026" in client.get("/hoi-nghi/").content.decode()
    page = client.get(f"/hoi-nghi/moi/?ke-hoach={plan.pk},x,99999999999999999999").context
    facts = page["form"].initial | {"month_on": "6/2026", "organiser": "ward", "way": "in_person", "plans": [plan.pk]}
    typed = {name: value for name, value in facts.items() if value is not None}
    assert client.post("/hoi-nghi/moi/", typed).status_code == 302
    conference = Conference.objects.get()
    assert (list(conference.plans.all()), conference.invitees.count()) == ([plan], 2)
    time = {"version": 1, "held_on": "22/6/2026", "starts_at": "08:00", "venue": cast.ward.venues.get().pk}
    assert client.post(f"/hoi-nghi/{conference.pk}/thoi-gian/", time).status_code == 302
    page = client.get(f"/hoi-nghi/{conference.pk}/").content.decode()
    assert "08 giờ 00, thứ Hai, 22/6/2026" in page
    assert cast.secretary.full_name in page
    refused = client.post("/hoi-nghi/moi/", typed | {"month_on": "13/2026", "way": "online"})
    assert refused.status_code == 200
    assert {"month_on", "online_points"} <= refused.context["form"].errors.keys()


def test_the_record_asks_as_often_for_60_lines_as_for_2(cast, sign_in, django_assert_max_num_queries):
    client, conference = sign_in(cast.compiler), call(cast)
    with django_assert_max_num_queries(30) as few:
        client.get(f"/hoi-nghi/{conference.pk}/")
    for _ in range(58):
        factories.make_unit(cast.ward)
    with django_assert_max_num_queries(30):
        set_classes(conference=conference, kinds=[kind.value for kind in USUAL], by=cast.compiler, at=NOW)
    assert conference.invitees.count() > 60
    with django_assert_max_num_queries(len(few)):
        client.get(f"/hoi-nghi/{conference.pk}/")
