"""The administrator's pages of people."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.units.people import START, make_cast, make_person
from units.choices import Role, UnitKind
from units.models import AuditEvent, Membership, User
from units.permissions import ROLE_DESCRIPTIONS
from units.services.people import create_person, disable_person, end_role, give_role
from units.services.units import create_unit

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(membership):
    client = Client()
    client.force_login(membership.user, backend=BACKEND)
    return client


def test_list_finds_without_tone_marks_and_by_role():
    ward, _cells, admin, *_rest = make_cast()
    create = create_person(full_name="Đặng Thị Tuyết", username="tuyet", by=None)
    give_role(person=create, unit=ward, role=Role.CLERK, starts_on=START, by=None)
    client = sign_in(admin)

    def names(query):
        return [person.username for person in client.get(f"/nguoi-dung/?{query}").context["page_obj"]]

    assert names("q=dang tuyet") == ["tuyet"]
    assert names("vai_tro=clerk") == ["tuyet", "vanthu"]
    assert names("q=khong co ai") == []


def test_list_costs_the_same_for_many_people():
    ward, _cells, admin, *_rest = make_cast()
    client = sign_in(admin)
    client.get("/nguoi-dung/")
    with CaptureQueriesContext(connection) as few:
        client.get("/nguoi-dung/")
    for number in range(10):
        make_person(ward, Role.DRAFTER, f"soanthao{number}", password=None)
    with CaptureQueriesContext(connection) as many:
        client.get("/nguoi-dung/")
    assert len(many) == len(few)


def test_new_secretary_gets_a_role_and_no_password():
    _ward, cells, admin, *_rest = make_cast()
    client = sign_in(admin)
    answer = client.post(
        "/nguoi-dung/moi/",
        {"full_name": "Hoàng Văn Ba", "unit": cells[1].pk, "role": "secretary", "starts_on": "05/6/2026", "position": ""},
    )
    person = User.objects.get(username="hoangvanba")
    assert answer["Location"] == f"/nguoi-dung/{person.pk}/"
    assert not person.has_usable_password()
    membership = Membership.objects.get(user=person)
    assert (membership.unit, membership.role, membership.starts_on) == (cells[1], "secretary", dt.date(2026, 6, 5))


def test_new_office_person_gets_a_temporary_password_shown_once():
    ward, _cells, admin, *_rest = make_cast()
    client = sign_in(admin)
    answer = client.post(
        "/nguoi-dung/moi/",
        {"full_name": "Lê Thị Tư", "unit": ward.pk, "role": "clerk", "starts_on": "01/6/2026", "username": "letu"},
    )
    person = User.objects.get(username="letu")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert person.check_password(answer.context["password"])
    assert person.must_change_password
    assert answer.context["password"] not in client.get(f"/nguoi-dung/{person.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "clerk"}, "role"),
        ({"full_name": " "}, "full_name"),
        ({"username": "vanthu"}, "username"),
        ({"username": "Văn Thư"}, "username"),
        ({"starts_on": "31/02/2026"}, "starts_on"),
        ({"unit": "999999"}, "unit"),
    ],
)
def test_bad_new_person_comes_back_with_what_was_typed(change, field):
    _ward, cells, admin, *_rest = make_cast()
    before = User.objects.count()
    typed = {"full_name": "Hoàng Văn Ba", "unit": cells[1].pk, "role": "secretary", "starts_on": "05/6/2026", "phone": "0912 345 678"}
    answer = sign_in(admin).post("/nguoi-dung/moi/", typed | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert 'value="0912 345 678"' in answer.content.decode()
    assert User.objects.count() == before


def test_administrator_gives_no_role_outside_the_own_ward():
    ward, _cells, admin, *_rest = make_cast()
    other = create_unit(
        parent=ward.parent, kind=UnitKind.WARD, code="MX", name="Đảng bộ phường Minh Xuân", short_name="Minh Xuân",
        active_from=START, by=admin.user,
    )  # fmt: skip
    foreign = make_person(other, Role.CLERK, "vanthu2")
    client = sign_in(admin)
    for unit in (other, ward.parent):
        answer = client.post(
            f"/nguoi-dung/{admin.user_id}/vai-tro/", {"unit": unit.pk, "role": "admin", "starts_on": "05/6/2026"}
        )
        assert list(answer.context["form"].errors) == ["unit"]
    missing = client.get("/nguoi-dung/999999/")
    for path in (f"/nguoi-dung/{foreign.user_id}/", f"/vai-tro/{foreign.pk}/ket-thuc/", f"/vai-tro/{foreign.pk}/ban-giao/"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert client.post(f"/nguoi-dung/{foreign.user_id}/khoa/").status_code == 404
    assert User.objects.get(username="vanthu2").is_active


def test_others_of_the_office_may_not():
    *_rest, clerk, first, _second = make_cast()
    for membership in (clerk, first):
        assert sign_in(membership).get("/nguoi-dung/").status_code == 403
    assert Client().get("/nguoi-dung/").status_code == 302


def test_role_ends_today_and_history_stays():
    _ward, _cells, admin, clerk, *_rest = make_cast()
    today = timezone.localdate()
    answer = sign_in(admin).post(f"/vai-tro/{clerk.pk}/ket-thuc/", {"from_day": today.strftime("%d/%m/%Y")})
    assert answer.status_code == 302
    assert Membership.objects.get(pk=clerk.pk).ends_on == today - dt.timedelta(days=1)
    again = sign_in(admin).post(f"/vai-tro/{clerk.pk}/ket-thuc/", {"from_day": today.strftime("%d/%m/%Y")})
    assert "đã được kết thúc" in again.content.decode()


def test_page_of_giving_a_role_says_what_each_role_may_do():
    _ward, _cells, admin, *_rest = make_cast()
    page = sign_in(admin).get(reverse("units:role-give", args=[admin.user_id])).content.decode()
    assert [words for words in ROLE_DESCRIPTIONS.values() if words not in page] == []


def test_role_given_by_mistake_and_ended_the_same_day_holds_no_longer():
    ward, _cells, admin, clerk, *_rest = make_cast()
    today = timezone.localdate()
    mistaken = give_role(person=clerk.user, unit=ward, role=Role.ADMIN, starts_on=today, by=admin.user)
    end_role(membership=mistaken, on=today - dt.timedelta(days=1), by=admin.user)
    assert not Membership.objects.current(on=today).filter(pk=mistaken.pk).exists()


def test_administrator_keeps_the_own_page_after_giving_oneself_a_role():
    ward, _cells, admin, *_rest = make_cast()
    client = sign_in(admin)
    client.post(f"/nguoi-dung/{admin.user_id}/vai-tro/", {"unit": ward.pk, "role": "drafter", "starts_on": "05/6/2026"})
    assert client.get("/nguoi-dung/").status_code == 200


def test_disable_asks_first_and_not_oneself():
    _ward, _cells, admin, clerk, *_rest = make_cast()
    client = sign_in(admin)
    assert "Khóa tài khoản" in client.get(f"/nguoi-dung/{clerk.user_id}/khoa/").content.decode()
    assert User.objects.get(pk=clerk.user_id).is_active
    client.post(f"/nguoi-dung/{clerk.user_id}/khoa/")
    client.post(f"/nguoi-dung/{admin.user_id}/khoa/")
    assert [User.objects.get(pk=m.user_id).is_active for m in (clerk, admin)] == [False, True]
    with pytest.raises(ValidationError):
        disable_person(person=clerk.user, by=admin.user)
    client.post(f"/nguoi-dung/{clerk.user_id}/mo/")
    assert User.objects.get(pk=clerk.user_id).is_active


def test_every_act_is_in_the_trail_without_passwords():
    _ward, _cells, admin, clerk, *_rest = make_cast()
    client = sign_in(admin)
    AuditEvent.objects.all().delete()
    password = client.post(f"/nguoi-dung/{clerk.user_id}/mat-khau/").context["password"]
    client.post(f"/nguoi-dung/{clerk.user_id}/mo-khoa/")
    client.post(f"/nguoi-dung/{clerk.user_id}/sua/", {"full_name": "Văn Thư Mới", "phone": "", "email": ""})
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "password.reset",
        "person.unlock",
        "person.revise",
    ]
    assert password not in str(list(AuditEvent.objects.values()))


def test_pages_of_cards_and_one_person_show():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    client = sign_in(admin)
    assert first.user.full_name in client.get("/the-truy-cap/").content.decode()
    assert "Chưa có thẻ" in client.get("/the-truy-cap/").content.decode()
    page = client.get(f"/nguoi-dung/{first.user_id}/").content.decode()
    assert "Làm và in thẻ mới" in page
    assert "Bàn giao" in page
