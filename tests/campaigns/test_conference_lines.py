"""The list of a conference over time: lines of a person's hand, mergers, new secretaries, days given back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns import conference_links as links
from campaigns.choices import ConferenceState, Reply
from campaigns.models import Invitee, Notification
from campaigns.services.conference_lists import add_invitee, remove_invitee, revise_invitee, set_classes
from campaigns.services.conference_replies import answer_invitation
from campaigns.services.conferences import fix_time, merge_conferences, postpone_conference
from tests import factories
from tests.campaigns.test_conferences import CLASS, JUNE, NOW, call, code_of
from units.choices import Role
from units.models import Membership

pytestmark = pytest.mark.usefixtures("clock")


def written_guest(cast, conference, name="Lãnh đạo Ban Tuyên giáo", **facts):
    return add_invitee(
        conference=conference, kind=CLASS.GUESTS, name=name, office="Phó Trưởng ban", heads=1, by=cast.compiler, at=NOW, **facts
    )


def fix(cast, conference, day, hour=8, **facts):
    at = {"by": cast.compiler, "at": NOW}
    return fix_time(
        conference=conference, version=conference.version, held_on=dt.date(2026, 6, day), starts_at=dt.time(hour), **at, **facts
    )


def test_a_merged_conference_brings_its_guests_and_answers_along(cast, django_assert_max_num_queries):
    kept, gone = fix(cast, call(cast), 22), fix(cast, call(cast), 23)
    both = written_guest(cast, kept, "Khách của cả hai")
    Invitee.objects.filter(pk=both.pk).update(reply=Reply.COMING, replied_at=NOW)
    written_guest(cast, gone, "Khách của cả hai")
    guest = written_guest(cast, gone)
    answer_invitation(invitee=guest, reply="deputy", deputy_name="Lê Thị Hai", now=NOW)
    own = gone.invitees.select_related("conference").get(unit=cast.own_unit)
    answer_invitation(invitee=own, reply="excused", note="đi học", now=NOW)
    with django_assert_max_num_queries(60):
        merge_conferences(kept=kept, gone=gone, by=cast.compiler, at=NOW)
    guests = kept.invitees.filter(group__kind=CLASS.GUESTS).order_by("position")
    assert [(one.name, one.reply, one.deputy_name, one.reply_outdated) for one in guests] == [
        ("Khách của cả hai", Reply.COMING, "", False),
        ("Lãnh đạo Ban Tuyên giáo", Reply.DEPUTY, "Lê Thị Hai", True),
    ]
    carried = kept.invitees.get(unit=cast.own_unit)
    assert (carried.reply, carried.reply_note, carried.reply_outdated) == (Reply.EXCUSED, "đi học", True)
    assert kept.invitees.filter(unit=cast.other_unit).count() == 1
    assert gone.invitees.count() == 4  # its letters speak of them


def test_answers_to_the_same_hour_stay_answers_after_a_merger(cast):
    kept, gone = fix(cast, call(cast), 22), fix(cast, call(cast), 22)
    answer_invitation(invitee=gone.invitees.select_related("conference").get(unit=cast.own_unit), reply="coming", now=NOW)
    merge_conferences(kept=kept, gone=gone, by=cast.compiler, at=NOW)
    line = kept.invitees.get(unit=cast.own_unit)
    assert (line.reply, line.reply_outdated) == (Reply.COMING, False)


def test_whom_the_office_took_off_the_merged_list_stays_off(cast):
    kept, gone = call(cast, kinds=[CLASS.COUNCIL]), call(cast)
    remove_invitee(invitee=gone.invitees.get(unit=cast.own_unit), by=cast.compiler, at=NOW)
    merge_conferences(kept=kept, gone=gone, by=cast.compiler, at=NOW)
    assert [one.unit for one in kept.invitees.all()] == [cast.other_unit]


def test_a_line_taken_off_by_hand_comes_back_only_by_hand(cast):
    conference = call(cast)
    remove_invitee(invitee=conference.invitees.get(unit=cast.own_unit), by=cast.compiler, at=NOW)

    def refresh(kinds=(CLASS.SECRETARIES,)):
        set_classes(conference=conference, kinds=kinds, by=cast.compiler, at=NOW)
        return {one.unit for one in conference.invitees.all()}

    assert refresh() == {cast.other_unit}
    facts = {"unit": cast.own_unit, "name": "Phó Bí thư", "heads": 1, "by": cast.compiler, "at": NOW}
    line = add_invitee(conference=conference, kind=CLASS.SECRETARIES, **facts)
    assert refresh() == {cast.own_unit, cast.other_unit}
    remove_invitee(invitee=line, by=cast.compiler, at=NOW)
    assert refresh() == {cast.other_unit}
    assert refresh([]) == set()
    assert refresh() == {cast.own_unit, cast.other_unit}  # the class was convened anew


def test_a_class_with_a_line_of_a_person_s_hand_is_not_dropped(cast):
    conference = call(cast)
    guest = written_guest(cast, conference)
    with pytest.raises(ValidationError) as refusal:
        set_classes(conference=conference, kinds=[CLASS.SECRETARIES], by=cast.compiler, at=NOW)
    assert (code_of(refusal), "Lãnh đạo Ban Tuyên giáo" in refusal.value.messages[0]) == ("by_hand", True)
    remove_invitee(invitee=guest, by=cast.compiler, at=NOW)
    line = conference.invitees.get(unit=cast.own_unit)
    facts = {"name": "Phó Bí thư", "office": "Phó Bí thư", "unit": cast.own_unit, "whole": False, "heads": 1}
    revise_invitee(invitee=line, by=cast.compiler, at=NOW, **facts)
    with pytest.raises(ValidationError) as refusal:
        set_classes(conference=conference, kinds=[], by=cast.compiler, at=NOW)
    assert code_of(refusal) == "by_hand"
    line.refresh_from_db()
    assert line.name == "Phó Bí thư"


def test_an_answer_that_came_meanwhile_keeps_the_line(cast):
    conference = fix(cast, call(cast), 22)
    seen = Invitee.objects.select_related("conference__ward", "unit").get(unit=cast.own_unit)
    Invitee.objects.filter(pk=seen.pk).update(reply=Reply.COMING, replied_at=NOW)
    with pytest.raises(ValidationError) as refusal:
        remove_invitee(invitee=seen, by=cast.compiler, at=NOW)
    assert code_of(refusal) == "answered"
    assert conference.invitees.filter(pk=seen.pk).exists()


def change_secretary(cast):
    """The secretary of own_unit hands over to a new one today."""
    Membership.objects.filter(user=cast.secretary, unit=cast.own_unit).update(
        ends_on=factories.TODAY - dt.timedelta(days=1)
    )
    return factories.make_person(cast.own_unit, Role.SECRETARY)


def test_a_new_secretary_takes_the_place_of_the_old_one_on_the_list(cast, sign_in):
    conference = fix(cast, call(cast), 22)
    old = conference.invitees.select_related("conference").get(unit=cast.own_unit)
    token = links.token_of(old, links.REPLY)
    new = change_secretary(cast)
    moved = fix(cast, conference, 23, reason="Trùng họp tỉnh")
    told = Notification.objects.filter(key__startswith=f"conference-{conference.pk}-{moved.moves.first().pk}-")
    assert set(told.values_list("person", flat=True)) == {new.pk, cast.other_secretary.pk}
    client, url = sign_in(cast.compiler), f"/hoi-nghi/{conference.pk}/"
    assert "1 đơn vị đã có bí thư khác" in client.get(url).content.decode()
    client.post(f"{url}thanh-phan/", {"classes": [CLASS.SECRETARIES.value]})
    line = conference.invitees.select_related("conference").get(unit=cast.own_unit)
    assert (line.pk, line.person, line.name) == (old.pk, new, new.full_name)
    assert not links.fits(token, line, links.REPLY)
    assert "đã có bí thư khác" not in client.get(url).content.decode()


def test_a_conference_goes_back_to_its_month_and_everybody_is_told_and_asked_again(cast, sign_in):
    conference = fix(cast, call(cast), 22)
    invitee = conference.invitees.select_related("conference").get(unit=cast.own_unit)
    answer_invitation(invitee=invitee, reply="coming", now=NOW)
    client, url = sign_in(cast.compiler), f"/hoi-nghi/{conference.pk}/"
    assert "Hoãn" in client.get(url).content.decode()
    answer = client.post(f"{url}hoan/", {"version": conference.version, "month_on": "5/2026", "reason": "Bão"})
    assert "Tháng này đã qua" in answer.content.decode()
    client.post(f"{url}hoan/", {"version": conference.version, "month_on": "7/2026", "reason": "Bão"})
    conference.refresh_from_db()
    assert (conference.state, conference.held_on, conference.starts_at, conference.month_on) == (
        ConferenceState.PLANNED, None, None, dt.date(2026, 7, 1),
    )  # fmt: skip
    told = Notification.objects.filter(person=cast.secretary).order_by("-pk").first()
    assert (told.title, "Bão" in told.body) == ("Hội nghị hoãn, chưa định ngày mới", True)
    page = client.get(url).content.decode()
    assert "trả lời trước khi đổi, cần hỏi lại" in page
    assert "Hoãn, chưa định ngày mới" in page
    with pytest.raises(ValidationError) as refusal:
        postpone_conference(
            conference=conference, version=conference.version, month_on=JUNE, reason="Bão", by=cast.compiler, at=NOW
        )
    assert code_of(refusal) == "no_day"
