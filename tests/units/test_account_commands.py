"""The commands for the day nobody can log in; each leaves its line in the trail."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client

from tests.units.people import make_cast
from units.models import AuditEvent, Membership, User

pytestmark = pytest.mark.django_db


def run(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_administrator_made_on_the_server_changes_the_password_first():
    ward, *_rest = make_cast()
    printed = run("tao_quan_tri", "quantri2", "Nguyễn Văn Hai")
    password = printed.rpartition("Mật khẩu tạm: ")[2].strip()
    person = User.objects.get(username="quantri2")
    assert person.check_password(password)
    assert person.must_change_password
    assert [(m.unit, m.role) for m in Membership.objects.filter(user=person)] == [(ward, "admin")]
    verbs = set(AuditEvent.objects.filter(actor_label="Chương trình").values_list("verb", flat=True))
    assert {"person.create", "role.give", "password.reset"} <= verbs
    assert password not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize(
    "words",
    [
        ("tao_quan_tri", "vanthu", "Trùng Tên"),
        ("tao_quan_tri", "Văn Thư", "Tên sai"),
        ("mo_khoa", "khongcoai"),
        ("dat_lai_ma", "khongcoai"),
        ("dat_lai_ma", "vanthu"),
    ],
)
def test_refusals_are_one_sentence(words):
    make_cast()
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError) as refused:
        run(*words)
    assert str(refused.value).endswith(".")
    assert AuditEvent.objects.count() == before


def test_no_ward_no_administrator():
    with pytest.raises(CommandError, match="/bat-dau/"):
        run("tao_quan_tri", "quantri", "Nguyễn Văn Hai")


def test_unlock_forgets_the_wrong_tries():
    make_cast()
    for _ in range(6):
        Client().post("/dang-nhap/", {"login": "vanthu", "password": "sai mật khẩu rồi"})
    assert AccessAttempt.objects.count() == 1
    assert "mở khóa" in run("mo_khoa", "VANTHU")
    assert AccessAttempt.objects.count() == 0
    assert AuditEvent.objects.filter(verb="person.unlock").count() == 1


def test_reset_of_a_second_factor_removes_it_and_ends_cookies():
    _ward, _cells, _admin, clerk, *_rest = make_cast()
    Authenticator.objects.create(user=clerk.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    before = User.objects.get(pk=clerk.user_id).session_epoch
    run("dat_lai_ma", "vanthu")
    assert not Authenticator.objects.exists()
    assert User.objects.get(pk=clerk.user_id).session_epoch == before + 1
    assert AuditEvent.objects.filter(verb="second_factor.reset").count() == 1
