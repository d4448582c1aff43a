"""Each defence of the entrance, switched off: the attack that its test describes then succeeds (A-04, A-06, A-07)."""

import unicodedata

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.units.people import PASSWORD, make_cast
from units.choices import Role
from units.models import User
from units.services.cards import make_card
from units.services.people import give_role
from units.services.pins import open_with_pin, set_pin

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN, PAGE, PIN = "/dang-nhap/", "/nguoi-dung/", "739154"


def _log_in(username="quantri", password=PASSWORD):
    client = Client()
    return client, client.post(LOGIN, {"login": username, "password": password}).status_code


@pytest.mark.proves("A-04")
def test_without_the_epoch_in_the_hash_an_old_cookie_outlives_a_change_of_role(monkeypatch):
    ward, _cells, admin, clerk, *_rest = make_cast()
    monkeypatch.setattr(User, "get_session_auth_hash", AbstractBaseUser.get_session_auth_hash)
    old, _code = _log_in()
    give_role(person=admin.user, unit=ward, role=Role.CLERK, starts_on=timezone.localdate(), by=clerk.user)
    assert old.get(PAGE).status_code == 200


@pytest.mark.proves("A-04")
def test_without_a_new_key_a_planted_session_becomes_the_victims(monkeypatch):
    make_cast()
    planted = Client()
    planted.get(LOGIN)
    session = planted.session
    session["planted"] = "1"
    session.save()
    planted.cookies["lantoa"] = session.session_key
    monkeypatch.setattr("django.contrib.sessions.backends.base.SessionBase.cycle_key", lambda self: None)
    planted.post(LOGIN, {"login": "quantri", "password": PASSWORD})
    thief = Client()
    thief.cookies["lantoa"] = session.session_key
    assert thief.get(PAGE).status_code == 200


@pytest.mark.proves("A-06")
def test_without_one_spelling_a_password_typed_on_another_machine_fails(monkeypatch):
    make_cast()
    monkeypatch.setattr("units.models.people.normalise", lambda raw: raw)
    assert _log_in(password=unicodedata.normalize("NFD", PASSWORD))[1] == 200
    assert _log_in()[1] == 302


@pytest.mark.proves("A-07")
def test_without_the_count_guesses_never_end(settings):
    settings.AXES_ENABLED = False
    make_cast()
    assert {_log_in("vanthu", f"đoán lần {guess}")[1] for guess in range(20)} == {200}


@pytest.mark.proves("A-07")
def test_locked_by_address_alone_one_persons_guesses_lock_the_office_out(settings):
    settings.AXES_LOCKOUT_PARAMETERS = ["ip_address"]
    make_cast()
    for guess in range(5):
        _log_in("vanthu", f"đoán lần {guess}")
    assert _log_in("quantri")[1] == 429


@pytest.mark.proves("A-07")
def test_without_rests_a_pin_is_found_in_the_end(monkeypatch):
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    made = make_card(membership=first, by=admin.user)
    now = timezone.now()
    set_pin(card=made.card, secret=made.secret, code=made.code, pin=PIN, now=now)
    monkeypatch.setattr("units.services.tries.rest_after", lambda tries: None)
    codes = set()
    for guess in range(40):
        try:
            open_with_pin(card=made.card, secret=made.secret, pin=f"{guess:06d}", now=now)
        except ValidationError as refused:
            codes.add(refused.code)
    assert codes == {"wrong"}
    assert open_with_pin(card=made.card, secret=made.secret, pin=PIN, now=now) == made.card
