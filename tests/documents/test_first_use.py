"""First use: one page, one transaction, and gone once anybody has an account."""

import pytest
from django.core.exceptions import ValidationError

from documents.forms.first_use import NUMBERED_KINDS, USUAL_BODIES
from documents.models import NumberBook
from units.choices import UnitKind
from units.models import AuditEvent, Membership, Signer, Unit, User, Venue, WardSettings
from units.services.people import create_person

pytestmark = pytest.mark.django_db
PAGE = "/bat-dau/"
PASSWORD = "bông lúa vàng tháng mười"


def typed(**changes):
    data = {
        "a-full_name": "Nguyễn Văn Quản", "a-username": "quantri", "a-password": PASSWORD, "a-password_again": PASSWORD,
        "w-ward_name": "Đảng bộ phường Nông Tiến", "w-superior_name": "Đảng bộ tỉnh Tuyên Quang",
        "w-superior_heading": "ĐẢNG BỘ TỈNH TUYÊN QUANG", "w-committee_heading": "ĐẢNG ỦY PHƯỜNG NÔNG TIẾN",
        "w-place_name": "Nông Tiến", "w-sign_code": "ĐU", "w-term_name": "2025 - 2030", "w-term_starts_on": "05/6/2025",
        "w-office_phone": "0207 3822 000",
        "b-bodies": ["Văn phòng Đảng ủy", "UBND"], "b-other_bodies": "Trạm Y tế\n\n  Trạm   Y tế \nCông an phường",
        "b-venue_name": "Hội trường tầng 2", "b-venue_address": "", "b-venue_capacity": "200",
        "s-TOTAL_FORMS": "3", "s-INITIAL_FORMS": "0",
        "s-0-name": "Trần Văn Ký", "s-0-authority": "T/M BAN THƯỜNG VỤ", "s-0-position": "BÍ THƯ",
        "s-1-name": "", "s-1-authority": "T/M BAN THƯỜNG VỤ", "s-1-position": "BÍ THƯ",
        "s-2-name": "", "s-2-authority": "T/M BAN THƯỜNG VỤ", "s-2-position": "BÍ THƯ",
    } | {f"n-{kind.sign}": "1" for kind in NUMBERED_KINDS}  # fmt: skip
    return data | {"n-KH": "13"} | changes


def test_every_page_leads_there_while_there_is_nobody(client):
    assert [client.get(path)["Location"] for path in ("/", "/dang-nhap/", "/nguoi-dung/", "/khong-co/")] == [PAGE] * 4
    page = client.get(PAGE)
    assert page.status_code == 200
    assert [short for short, _full in USUAL_BODIES if short not in page.content.decode()] == []
    assert client.get("/healthz").status_code in {200, 503}


def test_one_page_sets_the_ward_up_and_signs_in(client):
    answer = client.post(PAGE, typed())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    admin = User.objects.get()
    ward = Unit.objects.get(kind=UnitKind.WARD)
    assert client.session["_auth_user_id"] == str(admin.pk)
    assert (ward.name, ward.short_name) == ("Đảng bộ phường Nông Tiến", "Phường Nông Tiến")
    assert (ward.parent.name, ward.parent.short_name) == ("Đảng bộ tỉnh Tuyên Quang", "Tỉnh Tuyên Quang")
    assert list(Unit.objects.bodies_of(ward).order_by("pk").values_list("short_name", flat=True)) == [
        "Văn phòng Đảng ủy", "UBND", "Trạm Y tế", "Công an phường",
    ]  # fmt: skip
    assert [(m.role, m.unit) for m in Membership.objects.all()] == [("admin", ward)]
    settings = WardSettings.objects.get()
    assert (settings.place_name, settings.term_name, settings.is_demonstration) == ("Nông Tiến", "2025 - 2030", False)
    assert [(s.name, s.position) for s in Signer.objects.all()] == [("Trần Văn Ký", "BÍ THƯ")]
    assert [(v.name, v.capacity, v.is_default) for v in Venue.objects.all()] == [("Hội trường tầng 2", 200, True)]
    books = dict(NumberBook.objects.values_list("kind_sign", "first_number"))
    assert books == {kind.sign: 1 for kind in NUMBERED_KINDS} | {"KH": 13}
    assert AuditEvent.objects.filter(verb="ward.set_up").count() == 1


def test_administrator_may_work_in_the_office_too(client):
    client.post(PAGE, typed(**{"a-works_in_office": "on"}))
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == {"admin", "drafter", "reviewer", "clerk", "compiler"}


def test_page_is_dead_once_anybody_has_an_account(client):
    create_person(full_name="Ai đó", username="aido", by=None)
    missing = client.get("/khong-co/")
    for answer in (client.get(PAGE), client.post(PAGE, typed())):
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert User.objects.count() == 1


def test_second_of_two_at_once_writes_nothing(client, monkeypatch):
    """The page was open on two machines: the check at the door passed for both."""
    create_person(full_name="Ai đó", username="aido", by=None)
    monkeypatch.setattr("documents.views.first_use.User", _NobodyYet)
    answer = client.post(PAGE, typed())
    assert answer.status_code == 404
    assert (User.objects.count(), Unit.objects.count(), NumberBook.objects.count()) == (1, 0, 0)


class _NobodyYet:
    class objects:  # noqa: N801 -- stands in for the manager
        @staticmethod
        def exists():
            return False


@pytest.mark.parametrize(
    ("change", "form", "field"),
    [
        ({"a-password": "danguy2026", "a-password_again": "danguy2026"}, "administrator", "password"),
        ({"a-password_again": "khác"}, "administrator", "password_again"),
        ({"a-username": "Quản Trị"}, "administrator", "username"),
        ({"w-ward_name": ""}, "ward", "ward_name"),
        ({"w-term_starts_on": "31/02/2025"}, "ward", "term_starts_on"),
        ({"w-term_ends_on": "01/01/2020"}, "ward", "term_ends_on"),
        ({"n-KH": "0"}, "numbers", "KH"),
        ({"b-venue_capacity": "-1"}, "bodies", "venue_capacity"),
    ],
)
def test_bad_input_writes_nothing_and_keeps_what_was_typed(client, change, form, field):
    answer = client.post(PAGE, typed(**change))
    assert answer.status_code == 200
    assert list(answer.context[form].errors) == [field]
    assert "Trần Văn Ký" in answer.content.decode()
    assert (User.objects.count(), Unit.objects.count()) == (0, 0)


def test_a_book_that_fails_takes_everything_back(client, monkeypatch):
    def fail(**_facts):
        raise ValidationError("Sổ không mở được.")

    monkeypatch.setattr("documents.services.first_use.open_book", fail)
    answer = client.post(PAGE, typed())
    assert "Sổ không mở được." in answer.content.decode()
    assert (User.objects.count(), Unit.objects.count()) == (0, 0)
