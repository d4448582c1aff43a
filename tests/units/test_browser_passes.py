"""From Zalo's browser to Chrome: nothing typed is lost, and the way is good once, for minutes, with the PIN."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.units.people import make_cast
from units.models import AuditEvent, BrowserPass, KnownDevice
from units.services.browser_passes import LASTS
from units.services.cards import cancel_card, make_card

pytestmark = pytest.mark.django_db
PIN = "739154"
ANDROID = "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537"
TYPED = {"present": ["23"], "outside_people": ["4"], "directives": ["7", "9"]}


@pytest.fixture
def made():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    return make_card(membership=first, by=admin.user)


@pytest.fixture
def zalo(made):
    client = Client(HTTP_USER_AGENT=f"{ANDROID} Zalo android/24")
    client.post(f"/the/{made.secret}/", {"code": made.code, "pin": PIN, "pin_again": PIN})
    return client


def _ask(zalo, *, wanted="/buoi-hoc/", fields=None):
    """The address of the pass."""
    sent = {"next": wanted, "fields": json.dumps(TYPED if fields is None else fields)}
    return zalo.post("/chuyen-trinh-duyet/", sent)["Location"]


def _chrome():
    return Client(HTTP_USER_AGENT=ANDROID)


def test_hint_stands_on_every_page_in_zalo_and_nowhere_else(zalo, made):
    page = zalo.get("/tai-khoan/").content.decode()
    assert "data-zalo-hint>" in page
    assert "data-zalo-carry" in page
    chrome = _chrome()
    chrome.post(f"/the/{made.secret}/", {"pin": PIN})
    assert "data-zalo-hint hidden>" in chrome.get("/tai-khoan/").content.decode()
    assert "data-zalo-hint>" in Client(HTTP_USER_AGENT="Zalo iOS").get(f"/the/{made.secret}/").content.decode()


def test_zalo_shows_the_way_and_chrome_goes_on_with_what_was_typed(zalo):
    address = _ask(zalo)
    leave = zalo.get(address)
    assert f"intent://testserver{address}#Intent;scheme=http;package=com.android.chrome;" in leave.content.decode()
    assert leave["Referrer-Policy"] == "strict-origin"
    chrome = _chrome()
    assert "Mở tiếp trên trình duyệt này" in chrome.get(address).content.decode()
    arrived = chrome.post(address, {"pin": PIN})
    assert arrived.context["path"] == "/buoi-hoc/"
    assert json.loads(arrived.context["fields"]) == TYPED
    assert chrome.get("/tai-khoan/").status_code == 200
    assert KnownDevice.objects.count() == 2
    assert AuditEvent.objects.filter(verb="card.change_browser").count() == 1
    chrome.post("/dang-xuat/")
    assert chrome.post("/ma-pin/", {"pin": PIN}).status_code == 302


def test_without_typed_words_chrome_opens_the_page_itself(zalo):
    assert _chrome().post(_ask(zalo, fields={}), {"pin": PIN})["Location"] == "/buoi-hoc/"


def test_looking_spends_nothing_and_a_pass_is_good_once(zalo):
    address = _ask(zalo)
    chrome = _chrome()
    assert [chrome.get(address).status_code for _ in range(3)] == [200] * 3
    assert chrome.post(address, {"pin": PIN}).status_code == 200
    assert BrowserPass.objects.get().box == ""
    assert [_chrome().get(address).status_code, _chrome().post(address, {"pin": PIN}).status_code] == [404, 404]


def test_without_the_pin_a_forwarded_address_opens_nothing(zalo):
    address = _ask(zalo)
    thief = _chrome()
    assert thief.post(address, {"pin": "402918"}).status_code == 200
    assert "_auth_user_id" not in thief.session
    assert BrowserPass.objects.get().used_at is None


def test_pass_ends_after_ten_minutes_and_with_the_card(zalo, made):
    late, dead = _ask(zalo), _ask(zalo)
    first = BrowserPass.objects.order_by("pk").first()
    BrowserPass.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    assert first.expires_at - first.made_at == LASTS
    assert _chrome().get(late).status_code == 404
    assert _chrome().get(dead).status_code == 200
    cancel_card(card=made.card, by=made.card.made_by)
    assert _chrome().get(dead).status_code == 404


@pytest.mark.parametrize("typed", ["", "[1]", "nope", '{"a": 1}', '{"a": [1]}', "x" * 30_000])
def test_forged_words_are_left_behind(zalo, typed):
    address = zalo.post("/chuyen-trinh-duyet/", {"next": "//evil.example", "fields": typed})["Location"]
    assert BrowserPass.objects.get().fields == {}
    assert _chrome().post(address, {"pin": PIN})["Location"] == "/"


def test_stored_pass_tells_no_secret(zalo, made):
    address = _ask(zalo)
    row = json.dumps(BrowserPass.objects.values("token_hash", "box", "next_path").get())
    assert made.secret not in row
    assert address.split("/")[-2] not in row
