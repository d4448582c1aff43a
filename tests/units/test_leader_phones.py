"""A leader's phone: remembered after a full log-in, opened with a PIN, forgotten by every change of the account."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.units.people import PASSWORD, make_cast, make_person
from units.choices import Role
from units.models import AuditEvent, LeaderPhone, OpenSession
from units.pins import TRIES
from units.services.leader_phones import remember_leader_phone
from units.services.open_sessions import end_all_sessions
from units.services.passwords import reset_password
from units.services.people import disable_person, end_role, give_role

pytestmark = pytest.mark.django_db
PIN = "739154"
REMEMBER = "/tai-khoan/dien-thoai/ghi-nho/"
OPEN = "/dien-thoai/"


@pytest.fixture
def people():
    ward, _cells, admin, clerk, *_rest = make_cast()
    return ward, admin, make_person(ward, Role.LEADER, "lanhdao"), clerk


def _log_in(username="lanhdao"):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/604")
    client.post("/dang-nhap/", {"login": username, "password": PASSWORD})
    return client


def _remembered():
    """A phone that is known and logged out."""
    phone = _log_in()
    assert phone.post(REMEMBER, {"pin": PIN, "pin_again": PIN})["Location"] == "/tai-khoan/"
    phone.post("/dang-xuat/")
    return phone


def test_the_phone_asks_for_the_pin_alone(people):
    phone = _remembered()
    cookie = phone.cookies["lantoa-leader"]
    assert (cookie["httponly"], cookie["max-age"]) == (True, 180 * 86400)
    assert phone.get("/dang-nhap/?next=/tien-do/")["Location"] == "/dien-thoai/?next=%2Ftien-do%2F"
    assert "Đồng chí lanhdao" in phone.get(OPEN).content.decode()
    assert phone.post(OPEN, {"pin": PIN, "next": "/tien-do/"})["Location"] == "/tien-do/"
    assert phone.get("/tai-khoan/").status_code == 200
    assert OpenSession.objects.latest("pk").way == "phone"
    stored = LeaderPhone.objects.values_list("token_hash", "pin_mac", "label").get()
    assert PIN not in "".join(stored)
    assert cookie.value.split(".")[0] not in stored


def test_it_opens_the_leaders_office_and_no_other(people, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    ward, admin, leader, _clerk = people
    give_role(person=leader.user, unit=ward, role=Role.ADMIN, starts_on=leader.starts_on, by=admin.user)
    settings.SECOND_FACTOR_REQUIRED = False
    phone = _remembered()
    assert _log_in().get("/nguoi-dung/").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    phone.post(OPEN, {"pin": PIN})
    assert phone.get("/nguoi-dung/").status_code == 403
    assert phone.get("/lanh-dao/").status_code == 200
    assert phone.get(REMEMBER).status_code == 403


def test_others_have_no_phone_remembered(people):
    clerk = people[3]
    assert _log_in("vanthu").get(REMEMBER).status_code == 403
    with pytest.raises(ValidationError) as refused:
        remember_leader_phone(person=clerk.user, pin=PIN, label="", now=timezone.now())
    assert refused.value.code == "role"


def test_weak_pin_is_refused(people):
    answer = _log_in().post(REMEMBER, {"pin": "123456", "pin_again": "123456"})
    assert list(answer.context["form"].errors) == ["pin"]
    assert not LeaderPhone.objects.exists()


@pytest.mark.proves("A-07")
def test_five_wrong_pins_rest_this_phone_alone(people):
    one, two = _remembered(), _remembered()
    answers = [one.post(OPEN, {"pin": "402918"}) for _ in range(TRIES)]
    assert "tạm nghỉ đến" in answers[-1].content.decode()
    assert one.post(OPEN, {"pin": PIN}).status_code == 200
    assert two.post(OPEN, {"pin": PIN}).status_code == 302
    assert AuditEvent.objects.filter(verb="phone.rest").count() == 1


@pytest.mark.proves("A-04")
@pytest.mark.parametrize("act", ["disable", "end role", "other role", "reset password", "end all", "control"])
def test_every_change_of_the_account_forgets_the_phone(people, act):
    ward, admin, leader, _clerk = people
    phone = _remembered()
    person, today = leader.user, timezone.localdate()
    acts = {
        "disable": lambda: disable_person(person=person, by=admin.user),
        "end role": lambda: end_role(membership=leader, on=today, by=admin.user),
        "other role": lambda: give_role(person=person, unit=ward, role=Role.CLERK, starts_on=today, by=admin.user),
        "reset password": lambda: reset_password(person=person, by=admin.user),
        "end all": lambda: end_all_sessions(person=person, by=admin.user, now=timezone.now()),
        "control": lambda: None,
    }
    acts[act]()
    assert phone.post(OPEN, {"pin": PIN})["Location"] == ("/" if act == "control" else "/dang-nhap/?mat-khau")


def test_own_phone_is_forgotten_from_another_machine_or_by_whoever_holds_it(people):
    one, two = _remembered(), _remembered()
    desk = _log_in()
    first, second = LeaderPhone.objects.order_by("pk")
    page = desk.get("/tai-khoan/")
    assert list(page.context["leader_phones"]) == [second, first]
    desk.post(f"/tai-khoan/dien-thoai-lanh-dao/{first.pk}/quen/")
    assert one.get(OPEN)["Location"] == "/dang-nhap/?mat-khau"
    assert two.post("/dien-thoai/quen/")["Location"] == "/dang-nhap/?mat-khau"
    assert two.get(OPEN)["Location"] == "/dang-nhap/?mat-khau"
    assert AuditEvent.objects.filter(verb="phone.forget").count() == 2
