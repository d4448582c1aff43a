"""The second factor of the office: set up before anything else, asked at log-in, its seed not readable in the table."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from campaigns.models import Notification
from tests.units.people import PASSWORD, make_cast, make_person
from units.choices import Role
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
PAGE = "/nguoi-dung/"
SET_UP = "/xac-thuc-hai-lop/bat/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


def _log_in(client, username="quantri"):
    return client.post("/dang-nhap/", {"login": username, "password": PASSWORD})


def _code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _set_up(client):
    """Log in and enrol; returns the seed."""
    _log_in(client)
    page = client.get(SET_UP).content.decode()
    secret = re.search(r"<code[^>]*>(\w+)</code>", page)[1]
    answer = client.post(SET_UP, {"code": _code(secret)})
    assert answer["Location"] == "/xac-thuc-hai-lop/ma-du-phong/"
    return secret


def test_office_sets_it_up_before_anything_else(client):
    make_cast()
    _log_in(client)
    assert [client.get(path)["Location"] for path in ("/", PAGE, "/xac-thuc-hai-lop/")] == [SET_UP] * 3
    assert client.post(PAGE)["Location"] == SET_UP
    assert client.post("/dang-xuat/").status_code == 302


def test_once_set_up_the_pages_open_and_the_seed_is_encrypted(client):
    make_cast()
    secret = _set_up(client)
    assert client.get(PAGE).status_code == 200
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)
    codes = client.get("/xac-thuc-hai-lop/ma-du-phong/")
    assert len(codes.context["unused_codes"]) == 10
    assert "Mã dự phòng" in codes.content.decode()


def test_log_in_takes_two_steps(client):
    make_cast()
    secret = _set_up(client)
    cache.clear()  # a code is good once
    second = Client()
    assert _log_in(second)["Location"] == "/dang-nhap/ma-xac-thuc/"
    assert second.get(PAGE)["Location"].startswith("/dang-nhap/")
    wrong = second.post("/dang-nhap/ma-xac-thuc/", {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    assert second.post("/dang-nhap/ma-xac-thuc/", {"code": _code(secret)})["Location"] == "/"
    assert second.get(PAGE).status_code == 200


def test_recovery_code_works_once(client):
    make_cast()
    _set_up(client)
    code = client.get("/xac-thuc-hai-lop/ma-du-phong/").context["unused_codes"][0]
    answers = []
    for _ in range(2):
        other = Client()
        _log_in(other)
        answers.append(other.post("/dang-nhap/ma-xac-thuc/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_recovery_codes_are_shown_once_and_made_anew(client):
    make_cast()
    _set_up(client)
    page = "/xac-thuc-hai-lop/ma-du-phong/"
    first = client.get(page)
    codes = first.context["unused_codes"]
    again = client.get(page)
    assert "Bộ mã này chỉ hiện một lần" in first.content.decode()
    assert "không xem lại được" in again.content.decode()
    assert not any(code in again.content.decode() for code in codes)
    assert client.post(f"{page}tao-lai/", {})["Location"] == page
    renewed = client.get(page).context["unused_codes"]
    assert len(renewed) == 10
    assert not set(renewed) & set(codes)
    other = Client()
    _log_in(other)
    assert other.post("/dang-nhap/ma-xac-thuc/", {"code": codes[0]}).status_code == 200
    assert other.post("/dang-nhap/ma-xac-thuc/", {"code": renewed[0]}).status_code == 302


def test_lost_factor_is_reset_with_a_reason_and_the_person_is_told(client):
    _ward, _cells, admin, clerk, *_rest = make_cast()
    _set_up(client)
    lost = Client()
    _log_in(lost, "vanthu")
    secret = re.search(r"<code[^>]*>(\w+)</code>", lost.get(SET_UP).content.decode())[1]
    lost.post(SET_UP, {"code": _code(secret)})
    address = f"{PAGE}{clerk.user_id}/xac-thuc/"
    silent = client.post(address, {"reason": " "})
    assert silent.status_code == 200
    assert list(silent.context["form"].errors) == ["reason"]
    assert Authenticator.objects.filter(user=clerk.user).exists()
    client.post(address, {"reason": "mất điện thoại, đã gặp trực tiếp"})
    assert not Authenticator.objects.filter(user=clerk.user).exists()
    assert lost.get("/")["Location"].startswith("/dang-nhap/")
    event = AuditEvent.objects.get(verb="second_factor.reset")
    assert (event.actor_id, event.details) == (admin.user_id, {"reason": "mất điện thoại, đã gặp trực tiếp"})
    told = Notification.objects.get(person=clerk.user)
    assert "Lý do: mất điện thoại, đã gặp trực tiếp." in told.body
    assert _log_in(Client(), "vanthu")["Location"] == "/"


def test_it_cannot_be_switched_off_where_required(client):
    make_cast()
    _set_up(client)
    answer = client.post("/xac-thuc-hai-lop/tat/", {})
    assert answer.status_code == 200
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_guesses_of_a_code_are_limited(client):
    make_cast()
    secret = _set_up(client)
    cache.clear()
    other = Client()
    _log_in(other)
    for _ in range(12):
        answer = other.post("/dang-nhap/ma-xac-thuc/", {"code": "000000"})
    assert "Đã nhập sai nhiều lần" in answer.content.decode()
    assert other.post("/dang-nhap/ma-xac-thuc/", {"code": _code(secret)}).status_code == 200


def test_a_body_contact_needs_none(client):
    ward, *_rest = make_cast()
    make_person(ward, Role.CONTACT, "daumoi")
    _log_in(client, "daumoi")
    assert client.get(PAGE).status_code == 403


def test_not_asked_in_the_demonstration(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    make_cast()
    _log_in(client)
    assert client.get(PAGE).status_code == 200
