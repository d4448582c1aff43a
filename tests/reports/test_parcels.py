"""Photos, minutes and further sessions that a phone kept without network: each taken once, none lost, none overwritten."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import StoredFile
from reports.models import Evidence, Filing, Parcel
from reports.services import parcels
from tests.reports import steps
from tests.reports.test_evidence import kept_files, photo, upload
from tests.reports.test_session_offline import post_whole, whole
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
PHONE, OTHER_PHONE = "a" * 24, "b" * 24
KEY, OTHER_KEY = "1" * 32, "2" * 32
EXTRA = {"kind": "make_up", "held_on": "02/6/2026", "present": "2", "form": "cell_meeting", "way": "in_person"}


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def secretary(cast, clock):
    steps.asked(cast)
    return client_of(cast.secretary)


@pytest.fixture
def filing(cast, secretary):
    return steps.start(secretary, cast.own_unit)


def post(client, filing, name, data):
    answer = client.post(reverse(f"reports:{name}", args=[filing.pk]), data)
    return answer.status_code, json.loads(answer.content)


def give(client, filing, key=KEY, file=None, **data):
    data = {"key": key, "kind": "photo", "declared": "on", "file": file or upload()} | data
    return post(client, filing, "session-file-take", data)


def add(client, filing, key=KEY, device=PHONE, **data):
    return post(client, filing, "session-extra-take", EXTRA | {"key": key, "device": device} | data)


def extras(filing):
    filing.refresh_from_db()
    return [(one["kind"], one["present"]) for one in filing.content["extra"]]


@pytest.mark.proves("C-02")
def test_a_photo_sent_five_times_is_kept_once(secretary, filing):
    assert [give(secretary, filing) for _ in range(5)] == [(200, {"state": "taken"})] * 5
    assert (Evidence.objects.count(), kept_files().count(), Parcel.objects.count()) == (1, 1, 1)
    assert AuditEvent.objects.filter(verb="evidence.add").count() == 1


def test_a_photo_taken_out_again_does_not_come_back_with_a_late_sending(secretary, filing):
    give(secretary, filing)
    secretary.post(reverse("reports:session-file-remove", args=[filing.pk, Evidence.objects.get().pk]))
    assert give(secretary, filing) == (200, {"state": "taken"})
    assert Evidence.objects.count() == 0
    give(secretary, filing, key=OTHER_KEY)  # given anew it is kept: the control
    assert Evidence.objects.count() == 1


def test_two_phones_give_one_photo_each(cast, secretary, filing):
    give(secretary, filing)
    blue = upload(photo(colour=(0, 0, 200)))
    assert give(client_of(cast.helper), filing, key=OTHER_KEY, file=blue)[0] == 200
    assert {one.added_by for one in Evidence.objects.all()} == {cast.secretary, cast.helper}


def test_a_photo_arrives_after_its_report_was_sent(cast, secretary, filing):
    steps.fill(secretary, filing)
    steps.post(secretary, filing, "tu-cham", **steps.points(filing))
    assert Filing.objects.get().sent_at
    assert give(secretary, filing) == (200, {"state": "taken"})
    assert Evidence.objects.get().filing == filing


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"file": SimpleUploadedFile("anh.jpg", b"<html>")}, "chỉ nhận tệp"),
        ({"file": SimpleUploadedFile("anh.jpg", b"")}, "Tệp này trống"),
        ({"declared": ""}, "không thuộc bí mật nhà nước"),
        ({"kind": "video"}, "Máy gửi thiếu mã"),
        ({"key": "x"}, "Máy gửi thiếu mã"),
    ],
)
def test_a_file_that_is_refused_is_said_in_a_sentence_and_may_be_sent_again(secretary, filing, data, words):
    status, said = give(secretary, filing, **data)
    assert (status, said["state"], words in said["words"]) == (422, "refused", True)
    assert (Evidence.objects.count(), Parcel.objects.count(), kept_files().count()) == (0, 0, 0)
    assert give(secretary, filing)[0] == 200


def test_the_daily_limit_is_said_and_the_key_is_not_used_up(cast, secretary, filing, monkeypatch):
    monkeypatch.setattr("documents.services.files.DAILY_QUOTA_BYTES", 10)
    status, said = give(secretary, filing)
    assert (status, said["state"]) == (422, "refused")
    assert "200 MB" in said["words"]
    monkeypatch.undo()
    assert give(secretary, filing)[0] == 200


def test_nothing_is_left_of_a_file_whose_keeping_breaks_off(secretary, filing, monkeypatch):
    def breaks(**_):
        raise RuntimeError

    monkeypatch.setattr("reports.services.evidence.record_event", breaks)
    with pytest.raises(RuntimeError):
        give(secretary, filing)
    assert (
        Parcel.objects.count(),
        Evidence.objects.count(),
        StoredFile.objects.filter(purpose="evidence").count(),
    ) == (0, 0, 0)


@pytest.mark.proves("C-02")
def test_a_further_session_sent_five_times_stands_once(secretary, filing):
    assert [add(secretary, filing) for _ in range(5)] == [(200, {"state": "taken"})] * 5
    assert extras(filing) == [("make_up", "2")]


@pytest.mark.proves("C-01")
def test_two_phones_add_a_session_each_and_both_stand(cast, secretary, filing):
    helper = client_of(cast.helper)
    assert add(secretary, filing)[0] == 200
    assert add(helper, filing, key=OTHER_KEY, device=OTHER_PHONE, kind="shift", present="3")[0] == 200
    assert extras(filing) == [("make_up", "2"), ("shift", "3")]


def test_a_session_added_by_this_phone_is_no_conflict_for_its_report_one_of_another_phone_is(cast, secretary, filing):
    data = whole(filing, present="22")
    add(secretary, filing)
    assert post_whole(secretary, filing, data | {"device": OTHER_PHONE})[0] == 409
    assert post_whole(secretary, filing, data)[1]["state"] == "sent"
    assert sorted(Filing.objects.get().submissions.get().sessions.values_list("kind", "present")) == [
        ("main", 22),
        ("make_up", 2),
    ]


def test_a_session_that_is_not_right_or_comes_too_late_is_refused_in_a_sentence(cast, secretary, filing):
    status, said = add(secretary, filing, held_on="03/7/2026")
    assert (status, said["state"], "chưa đến" in said["words"]) == (422, "refused", True)
    steps.fill(secretary, filing)
    steps.post(secretary, filing, "tu-cham", **steps.points(filing))
    status, said = add(secretary, filing)
    assert (status, f"đồng chí {cast.secretary} gửi nên buổi thêm chưa được ghi" in said["words"]) == (422, True)
    assert (extras(filing), Parcel.objects.count()) == ([], 0)


def test_the_page_of_a_further_session_pressed_twice_adds_it_once(secretary, filing):
    url = reverse("reports:session-extra", args=[filing.pk])
    key = secretary.get(url).context["key"]
    assert [secretary.post(url, EXTRA | {"key": key}).status_code for _ in range(2)] == [302, 302]
    assert extras(filing) == [("make_up", "2")]
    secretary.post(url, EXTRA | {"key": secretary.get(url).context["key"]})
    assert len(extras(filing)) == 2


def test_no_more_sessions_than_a_report_holds(cast, secretary, filing, monkeypatch):
    monkeypatch.setattr(parcels, "MOST_EXTRA", 1)
    add(secretary, filing)
    status, said = add(secretary, filing, key=OTHER_KEY)
    assert (status, "nhiều nhất 1 buổi thêm" in said["words"]) == (422, True)


def test_what_one_person_gave_is_not_sent_under_the_name_of_the_next(cast, secretary, filing):
    mine, other = str(cast.secretary.pk), str(cast.helper.pk)
    helper = client_of(cast.helper)
    login = (409, {"state": "login"})
    assert give(helper, filing, owner=mine) == login
    assert add(helper, filing, owner=mine) == login
    assert (Evidence.objects.count(), extras(filing)) == (0, [])
    assert give(helper, filing, owner=other)[0] == 200


@pytest.mark.proves("C-02")
def test_what_waits_for_a_person_of_another_unit_is_not_taken_for_gone(cast, secretary, filing):
    """A phone forgets what is answered 404; a phone that changed hands is told to wait for who wrote it."""
    mine, login = str(cast.secretary.pk), (409, {"state": "login"})
    stranger = client_of(cast.other_secretary)
    data = whole(filing)
    assert give(stranger, filing, owner=mine) == login
    assert add(stranger, filing, owner=mine) == login
    assert post_whole(stranger, filing, data | {"owner": mine}) == login
    assert (Evidence.objects.count(), extras(filing), Filing.objects.get().sent_at) == (0, [], None)
    assert give(secretary, filing, owner=mine)[0] == 200
    assert post_whole(secretary, filing, data | {"owner": mine})[1]["state"] == "sent"


def test_a_strangers_report_is_not_found(cast, secretary, filing):
    stranger = client_of(cast.other_secretary)
    for name in ("session-file-take", "session-extra-take"):
        assert stranger.post(reverse(f"reports:{name}", args=[filing.pk]), {"key": KEY}).status_code == 404
