"""The administrator's page of cards: a lost one cancelled in one click, an office handed over in one round."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.units.people import PASSWORD, make_cast
from units.models import AccessCard, Membership
from units.services.cards import make_card

pytestmark = pytest.mark.django_db
LIST = "/the-truy-cap/"
PIN = "739154"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def office(cast):
    client = Client()
    client.post("/dang-nhap/", {"login": "quantri", "password": PASSWORD})
    return client


def _phone(made):
    client = Client()
    client.post(f"/the/{made.secret}/", {"code": made.code, "pin": PIN, "pin_again": PIN})
    return client


def test_lost_card_is_cancelled_in_one_click_of_the_list(cast, office):
    admin, first = cast[2], cast[4]
    made = make_card(membership=first, by=admin.user)
    phone = _phone(made)
    page = office.get(LIST).content.decode()
    assert f'formaction="{LIST}{made.card.pk}/huy/"' in page
    assert office.post(f"{LIST}{made.card.pk}/huy/", {"ve": "the", "memberships": first.pk})["Location"] == LIST
    assert [row["state"] for row in office.get(LIST).context["rows"]] == ["Chưa có thẻ"] * 2
    assert phone.get("/tai-khoan/").status_code == 302
    assert phone.get("/ma-pin/")["Location"] == "/dang-nhap/?mat-khau"


def test_hand_over_ends_the_old_phones_and_prints_the_new_card_from_one_page(cast, office):
    admin, first = cast[2], cast[4]
    phone = _phone(make_card(membership=first, by=admin.user))
    today = timezone.localdate()
    typed = {"full_name": "Trần Thị Bí Thư", "phone": "0912", "from_day": f"{today:%d/%m/%Y}"}
    answer = office.post(f"/vai-tro/{first.pk}/ban-giao/", typed, follow=True)
    successor = Membership.objects.get(user__full_name="Trần Thị Bí Thư")
    assert answer.redirect_chain == [(f"/vai-tro/{successor.pk}/da-ban-giao/", 302)]
    assert (answer.context["former"], answer.context["begun"]) == (Membership.objects.get(pk=first.pk), True)
    assert phone.get("/tai-khoan/").status_code == 302
    pdf = office.post("/the-in/", {"memberships": successor.pk})
    assert pdf["Content-Type"] == "application/pdf"
    assert AccessCard.objects.get(cancelled_at__isnull=True).membership == successor


def test_hand_over_from_a_later_day_says_when_the_new_card_can_be_printed(cast, office):
    first = cast[4]
    later = timezone.localdate() + dt.timedelta(days=3)
    typed = {"full_name": "Trần Thị Bí Thư", "phone": "", "from_day": f"{later:%d/%m/%Y}"}
    page = office.post(f"/vai-tro/{first.pk}/ban-giao/", typed, follow=True)
    assert page.context["begun"] is False
    assert "Thẻ mới in được từ" in page.content.decode()
    assert "/the-in/" not in page.content.decode()
