"""Taking the roll: by hand, from a machine that was away, by QR; the numbers always add up."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from campaigns.choices import Attendance, ConferenceState
from campaigns.conference_links import CHECK_IN, REPLY, token_of
from campaigns.models import Conference, Invitee
from campaigns.selectors.conferences import all_totals, roll_groups
from campaigns.services.conference_replies import renew_links
from campaigns.services.roll_call import Mark, take_marks
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee

pytestmark = pytest.mark.usefixtures("clock")
NOW = factories.NOW
PRESENT, EXCUSED, ABSENT = Attendance.PRESENT.value, Attendance.EXCUSED.value, Attendance.ABSENT.value


@pytest.fixture
def conference(cast):
    return make_conference(cast.ward, held_on=factories.TODAY)


def mark(invitee, attendance=PRESENT, *, key="khoa-0001", minutes=0, **facts):
    return Mark(invitee.pk, attendance, key, NOW + dt.timedelta(minutes=minutes), **facts)


def take(cast, conference, *marks, at=NOW + dt.timedelta(hours=1)):
    return take_marks(conference=conference, marks=marks, by=cast.compiler, at=at)


def stands(invitee):
    row = Invitee.objects.get(pk=invitee.pk)
    return row.attendance, row.present, row.excused, row.absent


def test_a_person_a_unit_and_a_unit_without_figures(cast, conference):
    person = make_invitee(conference, cast.own_unit)
    whole = make_invitee(conference, cast.other_unit, kind="party", heads=16, whole=True)
    hidden = make_invitee(conference, kind="military", name="Quân sự", heads=None, whole=True)
    refused = take(
        cast,
        conference,
        mark(person, EXCUSED, note="Ốm"),
        mark(whole, key="khoa-0002", present=13, excused=2),
        mark(hidden, key="khoa-0003"),
    )
    assert refused == {}
    assert (stands(person), stands(whole), stands(hidden)) == (
        (EXCUSED, 0, 1, 0), (PRESENT, 13, 2, 1), (PRESENT, None, None, None),
    )  # fmt: skip
    totals = all_totals(roll_groups(conference))
    assert (totals.convened, totals.present, totals.excused, totals.absent, totals.waiting) == (17, 13, 3, 1, 0)


def test_more_came_than_were_called_is_refused_and_the_rest_is_kept(cast, conference):
    person = make_invitee(conference, cast.own_unit)
    whole = make_invitee(conference, cast.other_unit, kind="party", heads=16)
    refused = take(cast, conference, mark(whole, key="qua-nhieu", present=16, excused=1), mark(person))
    assert list(refused) == ["qua-nhieu"]
    assert (stands(whole)[0], stands(person)[0]) == (Attendance.NONE, PRESENT)


def test_the_same_mark_counts_once_and_the_later_hand_wins_in_any_order(cast, conference):
    person = make_invitee(conference, cast.own_unit)
    early, late = mark(person, ABSENT), mark(person, PRESENT, key="khoa-0002", minutes=5)
    for batch in ((late,), (early,), (late, early), (early,)):
        take(cast, conference, *batch)
    assert stands(person) == (PRESENT, 1, 0, 0)
    assert Invitee.objects.get(pk=person.pk).mark_key == "khoa-0002"


def test_a_clock_that_runs_ahead_does_not_outrank_later_hands(cast, conference):
    person = make_invitee(conference, cast.own_unit)
    take(cast, conference, mark(person, ABSENT, minutes=60 * 24 * 30))
    take(cast, conference, mark(person, PRESENT, key="khoa-0002", minutes=90), at=NOW + dt.timedelta(hours=2))
    assert stands(person)[0] == PRESENT


def test_a_cleared_line_is_uncalled_again(cast, conference):
    person = make_invitee(conference, cast.own_unit)
    take(cast, conference, mark(person))
    take(cast, conference, mark(person, Attendance.NONE.value, key="khoa-0002", minutes=1))
    assert stands(person) == (Attendance.NONE, None, None, None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"held_on": factories.TODAY + dt.timedelta(days=1)}, "not_yet"),
        ({"state": ConferenceState.HELD}, "closed"),
        ({"state": ConferenceState.CANCELLED}, "closed"),
    ],
)
def test_no_roll_before_the_day_or_after_it_was_closed(cast, fields, code):
    conference = make_conference(cast.ward, **{"held_on": factories.TODAY} | fields)
    with pytest.raises(ValidationError) as refusal:
        take(cast, conference, mark(make_invitee(conference, cast.own_unit)))
    assert refusal.value.code == code


def test_a_mark_that_waited_for_the_closing_is_refused(cast, conference):
    stale = Conference.objects.get(pk=conference.pk)
    Conference.objects.filter(pk=conference.pk).update(state=ConferenceState.HELD)
    line = make_invitee(conference, cast.own_unit)
    with pytest.raises(ValidationError) as refusal:
        take(cast, stale, mark(line))
    line.refresh_from_db()
    assert (refusal.value.code, line.attendance) == ("closed", "none")


def test_a_line_of_another_conference_is_not_touched(cast, conference):
    other = make_invitee(make_conference(cast.ward, held_on=factories.TODAY), cast.own_unit)
    assert list(take(cast, conference, mark(other))) == ["khoa-0001"]
    assert stands(other)[0] == Attendance.NONE


def test_the_plain_form_writes_what_changed(cast, conference, sign_in, clock):
    person, whole = (
        make_invitee(conference, cast.own_unit),
        make_invitee(conference, cast.other_unit, kind="party", heads=16),
    )
    client, url = sign_in(cast.compiler), f"/hoi-nghi/{conference.pk}/diem-danh/"
    typed = {
        f"d{person.pk}-attendance": ABSENT,
        f"d{whole.pk}-attendance": PRESENT,
        f"d{whole.pk}-present": "14",
        f"d{whole.pk}-excused": "2",
    }
    assert client.post(url, typed).status_code == 302
    assert (stands(person), stands(whole)) == ((ABSENT, 0, 0, 1), (PRESENT, 14, 2, 0))
    marked_at = Invitee.objects.get(pk=person.pk).marked_at
    client.post(url, typed)
    assert Invitee.objects.get(pk=person.pk).marked_at == marked_at
    clock.shift(60)
    assert "nhiều hơn 16" in client.post(url, typed | {f"d{whole.pk}-present": "17"}, follow=True).content.decode()


def test_a_page_opened_long_ago_does_not_wipe_out_other_hands(cast, conference, sign_in):
    mine, theirs, cut = (make_invitee(conference, unit) for unit in (cast.own_unit, cast.other_unit, cast.own_unit))
    take(cast, conference, mark(theirs, PRESENT), mark(cut, PRESENT, key="khoa-0002"))
    typed = {f"d{mine.pk}-attendance": ABSENT, f"d{mine.pk}-seen": ""}
    typed |= {f"d{theirs.pk}-attendance": "none", f"d{theirs.pk}-seen": ""}
    page = sign_in(cast.compiler).post(f"/hoi-nghi/{conference.pk}/diem-danh/", typed, follow=True).content.decode()
    assert [stands(one)[0] for one in (mine, theirs, cut)] == [ABSENT, PRESENT, PRESENT]
    assert "người khác vừa điểm danh dòng này" in page


def test_a_machine_whose_clock_runs_behind_is_told(cast, conference):
    person = make_invitee(conference, cast.own_unit)
    take(cast, conference, mark(person, PRESENT, minutes=10))
    refused = take(cast, conference, mark(person, ABSENT, key="khoa-0002", minutes=5))
    assert (stands(person)[0], list(refused)) == (PRESENT, ["khoa-0002"])


def test_the_queue_of_a_machine_is_taken_once(cast, conference, sign_in):
    person = make_invitee(conference, cast.own_unit)
    client, url = sign_in(cast.compiler), f"/hoi-nghi/{conference.pk}/diem-danh/gui/"
    row = {"invitee": person.pk, "attendance": PRESENT, "key": "may-1-000001", "at": NOW.isoformat(), "note": ""}
    for _ in range(2):
        answer = client.post(url, json.dumps({"marks": [row]}), content_type="application/json")
        assert (answer.status_code, answer.json()["keys"]) == (200, ["may-1-000001"])
    assert "1/1 dòng: 1 có mặt" in answer.json()["status"]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"marks": 3}', b'{"marks": [{}]}', b'{"marks": [{"invitee": "x", "attendance": "present", "key": "12345678", "at": "2026-06-03T08:00:00Z"}]}',
     b'{"marks": [{"invitee": 1, "attendance": "present", "key": "12345678", "at": "2026-06-03T08:00:00"}]}', b"[" * 100_000, b"\xff"],
)  # fmt: skip
def test_a_broken_queue_is_refused_whole(cast, conference, sign_in, body):
    answer = sign_in(cast.compiler).post(
        f"/hoi-nghi/{conference.pk}/diem-danh/gui/", body, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["state"]) == (422, "unreadable")


def test_a_code_marks_only_through_a_person_of_the_office_and_dies_when_revoked(cast, conference, sign_in):
    person = make_invitee(conference, cast.own_unit)
    person.conference = conference
    url = f"/hoi-nghi/quet/{token_of(person, CHECK_IN)}/"
    assert sign_in(cast.compiler).get(url).status_code == 200
    assert stands(person)[0] == Attendance.NONE
    statuses = {
        name: sign_in(getattr(cast, name)).post(url).status_code for name in ("secretary", "drafter", "foreign_clerk")
    }
    assert statuses == {"secretary": 404, "drafter": 403, "foreign_clerk": 404}
    compiler = sign_in(cast.compiler)
    assert compiler.get(f"/hoi-nghi/quet/{token_of(person, REPLY)}/").status_code == 404
    assert compiler.post(url).status_code == 302
    assert stands(person) == (PRESENT, 1, 0, 0)
    renew_links(conference=conference, by=cast.compiler, now=NOW)
    assert compiler.get(url).status_code == 404


def test_the_paper_roll_and_the_codes_show_every_line_at_one_price(
    cast, conference, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.compiler)
    make_invitee(conference, cast.own_unit)
    prices = {}
    for page in ("danh-sach", "ma-qr", "diem-danh"):
        with django_assert_max_num_queries(30) as price:
            client.get(f"/hoi-nghi/{conference.pk}/{page}/")
        prices[page] = len(price)
    for number in range(40):
        make_invitee(conference, factories.make_unit(cast.ward, short_name=f"Chi bộ số {number}"))
    for page, price in prices.items():
        with django_assert_max_num_queries(price):
            assert "Chi bộ số 39" in client.get(f"/hoi-nghi/{conference.pk}/{page}/").content.decode()
