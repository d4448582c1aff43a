"""The life of a card: made, used first, months on a phone, cancelled, handed over."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.units.people import make_cast, make_person
from units.choices import Role
from units.models import AccessCard, AuditEvent, KnownDevice, Membership, WardSettings
from units.selectors.cards import card_of_secret
from units.services.cards import cancel_card, make_card
from units.services.people import hand_over
from units.services.pins import set_pin

pytestmark = pytest.mark.django_db
PIN = "739154"


@pytest.fixture
def cast():
    return make_cast()


def _made(membership, admin):
    return make_card(membership=membership, by=admin.user)


def _first_use(client, made, *, pin=PIN, again=None, code=None):
    return client.post(
        f"/the/{made.secret}/", {"code": code or made.code, "pin": pin, "pin_again": again or pin}
    )


def _who(client):
    return client.session.get("_auth_user_id")


def test_looking_at_a_card_changes_nothing_and_tells_no_other_site(client, cast):
    admin, first = cast[2], cast[4]
    made = _made(first, admin)
    before = list(AccessCard.objects.values())
    answer = client.get(f"/the/{made.secret}/")
    assert answer.status_code == 200
    assert "Dùng thẻ lần đầu" in answer.content.decode()
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("strict-origin", "noindex")
    assert "no-store" in answer["Cache-Control"]
    assert made.secret not in answer.content.decode()
    assert list(AccessCard.objects.values()) == before
    assert _who(client) is None


def test_code_and_own_pin_open_the_card_and_the_phone_stays_known(client, cast):
    admin, first = cast[2], cast[4]
    made = _made(first, admin)
    answer = _first_use(client, made)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert _who(client) == str(first.user_id)
    assert client.session.get_expiry_age() > 170 * 86400
    phone = client.cookies["lantoa-phone"]
    assert (phone["httponly"], phone["samesite"], phone["max-age"]) == (True, "Lax", 180 * 86400)
    device = KnownDevice.objects.get()
    assert device.card == made.card
    assert device.token_hash not in phone.value
    client.post("/dang-xuat/")
    assert _who(client) is None
    assert client.get("/dang-nhap/?next=/lich/")["Location"] == "/ma-pin/?next=%2Flich%2F"
    page = client.get("/ma-pin/?next=/lich/")
    assert first.user.full_name in page.content.decode()
    answer = client.post("/ma-pin/", {"pin": PIN, "next": "/lich/"})
    assert answer["Location"] == "/lich/"
    assert _who(client) == str(first.user_id)


def test_pin_page_leads_to_our_own_pages_only(client, cast):
    _first_use(client, _made(cast[4], cast[2]))
    assert client.post("/ma-pin/", {"pin": PIN, "next": "//evil.example"})["Location"] == "/"


def test_wrong_code_keeps_what_was_typed(client, cast):
    made = _made(cast[4], cast[2])
    answer = _first_use(client, made, code="0000" if made.code != "0000" else "1111")
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"code": ["Mã 4 số chưa đúng. Đồng chí kiểm tra và nhập lại."]}
    assert f'value="{PIN}"' in answer.content.decode()
    assert AccessCard.objects.get().pin_mac == ""


def test_weak_or_differing_pins_cost_no_try(client, cast):
    made = _made(cast[4], cast[2])
    weak = _first_use(client, made, pin="123456")
    differing = _first_use(client, made, again="739155")
    assert list(weak.context["form"].errors) == ["pin"]
    assert differing.context["form"].errors == {"pin_again": ["Hai lần nhập mã PIN chưa giống nhau."]}
    assert AccessCard.objects.get().wrong_tries == 0


def test_second_phone_needs_the_card_and_the_pin(client, cast):
    made = _made(cast[4], cast[2])
    _first_use(client, made)
    second = Client()
    assert "Mở thẻ trên điện thoại này" in second.get(f"/the/{made.secret}/").content.decode()
    assert second.post(f"/the/{made.secret}/", {"pin": "402918"}).status_code == 200
    assert second.post(f"/the/{made.secret}/", {"pin": PIN}).status_code == 302
    assert KnownDevice.objects.count() == 2


def test_pin_page_is_for_known_phones(client, cast):
    assert client.get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"
    _first_use(client, _made(cast[4], cast[2]))
    client.cookies["lantoa-phone"] = client.cookies["lantoa-phone"].value + "x"
    assert client.get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"


def test_whoever_is_not_let_in_is_told_whom_to_ring(client, cast):
    ward, admin, first = cast[0], cast[2], cast[4]
    made = _made(first, admin)
    _first_use(client, made)
    assert "gọi văn phòng để được cấp thẻ mới" in client.get("/ma-pin/").content.decode()
    WardSettings.objects.create(ward=ward, office_phone="0207 000 100", term_starts_on=dt.date(2025, 7, 1))
    for address in ("/ma-pin/", f"/the/{made.secret}/"):
        page = client.get(address).content.decode()
        assert 'gọi văn phòng <a class="nowrap" href="tel:0207000100">0207 000 100</a> để được cấp thẻ mới' in page


@pytest.mark.proves("A-07")
def test_five_wrong_pins_rest_the_card_but_no_other_phone_of_the_same_address(cast):
    _ward, _cells, admin, _clerk, first, second = cast
    one, other = Client(), Client()
    _first_use(one, _made(first, admin))
    _first_use(other, _made(second, admin))
    for _ in range(5):
        answer = one.post("/ma-pin/", {"pin": "402918"})
    assert "tạm nghỉ đến" in answer.content.decode()
    assert one.post("/ma-pin/", {"pin": PIN}).status_code == 200
    assert other.post("/ma-pin/", {"pin": PIN}).status_code == 302


def test_cancelling_ends_phones_and_open_pages_at_once(client, cast):
    admin, first = cast[2], cast[4]
    made = _made(first, admin)
    _first_use(client, made)
    office = Client()
    office.force_login(admin.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert office.post(f"/the-truy-cap/{made.card.pk}/huy/").status_code == 302
    assert client.get("/nguoi-dung/")["Location"] == "/dang-nhap/?next=/nguoi-dung/"
    assert client.get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"
    assert client.get(f"/the/{made.secret}/").status_code == 404
    assert KnownDevice.objects.get().forgotten_at is not None
    with pytest.raises(ValidationError):
        cancel_card(card=made.card, by=admin.user)


def test_unknown_and_cancelled_cards_read_the_same(client, cast):
    admin, first = cast[2], cast[4]
    made = _made(first, admin)
    cancel_card(card=made.card, by=admin.user)
    cancelled, unknown = client.get(f"/the/{made.secret}/"), client.get("/the/AAAAAAAAAAAAAAAAAAAAAA/")
    assert cancelled.status_code == unknown.status_code == 404
    assert cancelled.content == unknown.content


def test_unused_card_expires_after_14_days_a_used_one_does_not(cast):
    _ward, _cells, admin, _clerk, first, second = cast
    now = timezone.now()
    unused, used = _made(first, admin), _made(second, admin)
    set_pin(card=used.card, secret=used.secret, code=used.code, pin=PIN, now=now)
    later = now + dt.timedelta(days=15)
    assert card_of_secret(unused.secret, now=now) == unused.card
    assert card_of_secret(unused.secret, now=later) is None
    assert card_of_secret(used.secret, now=later) == used.card


def test_new_card_replaces_the_persons_old_one(cast):
    admin, first = cast[2], cast[4]
    old, new = _made(first, admin), _made(first, admin)
    assert card_of_secret(old.secret, now=timezone.now()) is None
    assert card_of_secret(new.secret, now=timezone.now()) == new.card


def test_unit_has_two_cards_at_most(cast):
    _ward, cells, admin, _clerk, first, _second = cast
    _made(first, admin)
    _made(make_person(cells[0], Role.HELPER, "nhapgiup1"), admin)
    with pytest.raises(ValidationError) as refused:
        _made(make_person(cells[0], Role.HELPER, "nhapgiup2"), admin)
    assert refused.value.code == "two_cards"


def test_office_roles_get_no_card(cast):
    with pytest.raises(ValidationError) as refused:
        _made(cast[3], cast[2])
    assert refused.value.code == "role"


def test_hand_over_ends_the_old_and_starts_the_new_in_one_act(client, cast):
    admin, first = cast[2], cast[4]
    made = _made(first, admin)
    _first_use(client, made)
    today = timezone.localdate()
    successor = hand_over(membership=first, full_name="Trần Thị Bí Thư", phone="0912", on=today, by=admin.user)
    old = Membership.objects.get(pk=first.pk)
    assert (old.ends_on, old.user) == (today - dt.timedelta(days=1), first.user)
    assert (successor.unit, successor.role, successor.starts_on, successor.user.full_name) == (
        first.unit,
        Role.SECRETARY,
        today,
        "Trần Thị Bí Thư",
    )
    assert card_of_secret(made.secret, now=timezone.now()) is None
    assert client.get("/nguoi-dung/").status_code == 302
    assert _made(successor, admin).card.membership == successor
    assert AuditEvent.objects.filter(verb="role.hand_over").get().details == {
        "from": first.user.full_name,
        "to": "Trần Thị Bí Thư",
    }


def test_hand_over_that_fails_leaves_all_as_it_was(cast):
    admin, first = cast[2], cast[4]
    made = _made(first, admin)
    with pytest.raises(ValidationError):
        hand_over(membership=first, full_name="", phone="", on=timezone.localdate(), by=admin.user)
    assert Membership.objects.get(pk=first.pk).ends_on is None
    assert card_of_secret(made.secret, now=timezone.now()) == made.card


def test_not_me_forgets_the_phone(client, cast):
    _first_use(client, _made(cast[4], cast[2]))
    client.post("/dang-xuat/")
    assert client.get("/ma-pin/quen/").status_code == 405
    assert client.post("/ma-pin/quen/")["Location"] == "/dang-nhap/?mat-khau"
    assert KnownDevice.objects.get().forgotten_at is not None
    assert client.get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"


def test_card_session_does_not_idle(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    _first_use(client, _made(cast[4], cast[2]))
    session = client.session
    session["seen"] = session["began"] = 1
    session.save()
    assert client.get("/nguoi-dung/").status_code == 403
