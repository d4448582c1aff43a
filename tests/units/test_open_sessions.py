"""Machines that are open: seen, ended one by one, all at once, by their owner or the administrator (A-04)."""

from unittest.mock import Mock

import pytest
from django.test import Client

from campaigns.models import Notification
from tests.units.people import PASSWORD, make_cast
from units.models import AuditEvent, KnownDevice, OpenSession, User
from units.services.cards import make_card

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/"
CHROME = "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537"
ZALO = "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Zalo/24"
PIN = "739154"


def _log_in(username="quantri", agent=CHROME):
    client = Client(HTTP_USER_AGENT=agent)
    client.post("/dang-nhap/", {"login": username, "password": PASSWORD})
    return client


def _phone(made, agent=ZALO):
    client = Client(HTTP_USER_AGENT=agent)
    client.post(f"/the/{made.secret}/", {"code": made.code, "pin": PIN, "pin_again": PIN})
    return client


def _is_open(client):
    return client.get(PAGE).status_code == 200


def test_page_lists_the_machines_and_marks_the_one_in_hand():
    make_cast()
    one, two = _log_in(), _log_in(agent="curl")
    page = one.get(PAGE)
    assert [line.label for line in page.context["sessions"]] == ["Thiết bị", "Máy Windows, Chrome"]
    assert page.context["own_pk"] == OpenSession.objects.get(label="Máy Windows, Chrome").pk
    text = page.content.decode()
    assert text.count("máy này</span>") == 1
    assert text.count("Dừng máy này") == 1
    two.post("/dang-xuat/")
    assert [line.label for line in one.get(PAGE).context["sessions"]] == ["Máy Windows, Chrome"]


@pytest.mark.proves("A-04")
def test_one_machine_is_ended_and_the_others_stay():
    make_cast()
    one, two, three = _log_in(), _log_in(), _log_in()
    pk = two.get(PAGE).context["own_pk"]
    assert one.post(f"/tai-khoan/may/{pk}/dung/")["Location"] == PAGE
    assert [_is_open(client) for client in (one, two, three)] == [True, False, True]
    assert one.post(f"/tai-khoan/may/{pk}/dung/").status_code == 404
    event = AuditEvent.objects.get(verb="session.end")
    assert event.object_label == "Máy Windows, Chrome, mật khẩu"


def test_ending_the_machine_in_hand_is_a_log_out():
    make_cast()
    one = _log_in()
    pk = one.get(PAGE).context["own_pk"]
    assert one.post(f"/tai-khoan/may/{pk}/dung/")["Location"] == "/dang-nhap/"
    assert not _is_open(one)


@pytest.mark.proves("A-04")
def test_all_other_machines_are_ended_at_once():
    make_cast()
    one, two, three = _log_in(), _log_in(), _log_in()
    stranger = _log_in("vanthu")
    one.post("/tai-khoan/may/dung-het/")
    assert [_is_open(client) for client in (one, two, three, stranger)] == [True, False, False, True]


def test_somebody_elses_machine_does_not_exist():
    make_cast()
    one, two = _log_in(), _log_in("vanthu")
    pk = two.get(PAGE).context["own_pk"]
    assert one.post(f"/tai-khoan/may/{pk}/dung/").status_code == 404
    assert _is_open(two)


def test_machines_that_a_new_password_ended_are_not_listed():
    make_cast()
    one, two = _log_in(), _log_in()
    new = "con đường làng rợp bóng tre"
    one.post("/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    page = one.get(PAGE)
    assert len(page.context["sessions"]) == 1
    assert page.context["sessions"][0].pk == page.context["own_pk"]
    assert not _is_open(two)


@pytest.mark.proves("A-04")
def test_administrator_ends_every_machine_and_phone_of_a_person():
    _ward, _cells, admin, _clerk, first, second = make_cast()
    phones = [_phone(make_card(membership=one, by=admin.user)) for one in (first, second)]
    one = _log_in()
    assert one.get(f"/nguoi-dung/{first.user_id}/may/").status_code == 200
    assert all(map(_is_open, phones))
    one.post(f"/nguoi-dung/{first.user_id}/may/")
    assert [_is_open(client) for client in phones] == [False, True]
    assert phones[0].get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"
    event = AuditEvent.objects.get(verb="session.end_all")
    assert (event.actor_id, event.details) == (admin.user_id, {"count": 1, "phones": 1})


def test_secretary_forgets_a_lost_phone_from_another():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    made = make_card(membership=first, by=admin.user)
    lost = _phone(made)
    kept = Client(HTTP_USER_AGENT=ZALO)
    kept.post(f"/the/{made.secret}/", {"pin": PIN})
    page = kept.get(PAGE)
    assert page.context["base"] == "base_phone.html"
    assert len(page.context["phones"]) == 2
    pk = KnownDevice.objects.order_by("pk").first().pk
    kept.post(f"/tai-khoan/dien-thoai/{pk}/quen/")
    assert lost.get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"
    assert kept.get("/ma-pin/").status_code == 200


def test_time_of_last_use_moves_and_is_not_written_at_every_request():
    make_cast()
    one = _log_in()
    before = OpenSession.objects.get().seen_at
    one.get(PAGE)
    assert OpenSession.objects.get().seen_at == before
    session = one.session
    session["booked"] = session["booked"] | {"seen": session["booked"]["seen"] - 601}
    session.save()
    one.get(PAGE)
    assert OpenSession.objects.get().seen_at > before


@pytest.mark.proves("A-04")
def test_control_a_line_struck_from_the_list_alone_leaves_the_cookie_alive(monkeypatch):
    make_cast()
    one, two = _log_in(), _log_in()
    monkeypatch.setattr("units.services.open_sessions.Session", Mock())
    one.post("/tai-khoan/may/dung-het/")
    assert OpenSession.objects.filter(ended_at__isnull=False).count() == 1
    assert _is_open(two)


@pytest.mark.proves("A-06")
def test_reset_password_is_told_and_lasts_an_hour():
    _ward, _cells, admin, clerk, *_rest = make_cast()
    one = _log_in()
    page = one.post(f"/nguoi-dung/{clerk.user_id}/mat-khau/")
    password = page.context["password"]
    told = Notification.objects.get(person=clerk.user)
    assert told.title == "Mật khẩu của đồng chí vừa được cấp lại"
    assert told.body.startswith(f"Người thực hiện: {admin.user.full_name}.")
    person = User.objects.get(pk=clerk.user_id)
    event = AuditEvent.objects.get(verb="password.reset")
    assert (person.temporary_until - event.at).total_seconds() == 3600
    User.objects.filter(pk=person.pk).update(temporary_until=event.at)
    late = Client().post("/dang-nhap/", {"login": "vanthu", "password": password}, follow=True)
    assert "Mật khẩu tạm đã hết giá trị" in late.content.decode()
    assert not late.context["user"].is_authenticated
