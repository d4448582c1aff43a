"""The administrator's pages of channels: nothing half set up can be switched on, no secret is shown twice."""

import datetime as dt

import pytest
from django.core import mail

from campaigns.models import Delivery, Notification, WardChannel
from campaigns.outgoing.locking import lock, unlock
from tests import factories
from tests.campaigns.gateway import gateway
from units.choices import Role
from units.models import AuditEvent

LIST, EDIT = "/thiet-lap/kenh-gui/", "/thiet-lap/kenh-gui/sms/"
TYPED = {"url": "https://cong.example.vn/tin", "per_minute": 30, "per_day": 500}

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def admin(cast, sign_in):
    return sign_in(cast.admin)


def text(answer):
    return answer.content.decode()


def test_everything_that_leaves_needs_somebody_to_switch_it_on(admin):
    page = admin.get(LIST)
    assert {row.channel: row.is_on for row in page.context["channels"]} == {"email": True, "push": False, "sms": False, "zalo": False}
    assert not WardChannel.objects.exists()


def test_a_gateway_without_a_secret_cannot_be_switched_on(admin):
    answer = admin.post(EDIT, TYPED | {"is_on": "on"})
    assert "tạo khóa rồi bật" in text(answer)
    assert TYPED["url"] in text(answer)  # what was typed stays
    assert not WardChannel.objects.exists()


def test_a_secret_is_shown_once_and_stored_locked(admin):
    admin.post(EDIT, TYPED)
    secret = admin.post(f"{EDIT}khoa/").context["secret"]
    row = WardChannel.objects.get()
    assert (unlock(row.locked_secret), secret in row.locked_secret) == (secret, False)
    for page in (LIST, EDIT, f"{EDIT}khoa/", "/nhat-ky/"):
        assert secret not in text(admin.get(page))
    admin.post(EDIT, TYPED | {"is_on": "on"})
    assert WardChannel.objects.get().is_on
    assert list(
        AuditEvent.objects.filter(object_type="campaigns.wardchannel").order_by("pk").values_list("verb", flat=True)
    ) == [
        "channel.save",
        "channel.renew_secret",
        "channel.save",
    ]


@pytest.mark.parametrize("url", ["http://cong.example.vn/", "https://a:b@cong.example.vn/", "javascript:alert(1)"])
def test_an_address_that_is_never_called_is_refused_on_its_field(admin, url):
    answer = admin.post(EDIT, TYPED | {"url": url})
    assert answer.context["form"].errors["url"]
    assert not WardChannel.objects.exists()


@pytest.mark.parametrize(("name", "value"), [("per_minute", 0), ("per_day", 0), ("per_minute", -1)])
def test_a_limit_of_nothing_is_no_limit(admin, name, value):
    admin.post(EDIT, TYPED | {name: value})
    assert not WardChannel.objects.exists()


def test_a_test_letter_goes_to_oneself(admin, cast):
    answer = admin.post(f"{LIST}email/thu/", follow=True)
    assert f"Máy chủ thư đã nhận thư gửi đến {cast.admin.email}." in text(answer)
    assert [message.to for message in mail.outbox] == [[cast.admin.email]]


def test_a_test_call_says_what_the_gateway_said_and_waits_before_the_next(admin, cast, clock, settings):
    cast.admin.phone = "0912 345 678"
    cast.admin.save(update_fields=["phone"])
    with gateway() as server:
        settings.OUTGOING_INSIDE = [f"127.0.0.1:{server.port}"]
        WardChannel.objects.create(
            ward=cast.ward, channel="sms", url=f"http://127.0.0.1:{server.port}/", locked_secret=lock("k")
        )
        assert "Cổng đã nhận tin gửi đến số 0912 345 678." in text(admin.post(f"{EDIT}thu/", follow=True))
        assert "chờ 10 giây" in text(admin.post(f"{EDIT}thu/", follow=True))
        server.moods["0912345678"] = "500"
        clock.shift(60)
        assert "Cổng trả lời mã 500" in text(admin.post(f"{EDIT}thu/", follow=True))
    assert [call.is_signed_with("k") for call in server.calls] == [True, True]
    assert "mã 500" in text(admin.get(LIST))


def test_a_gateway_in_the_office_network_is_not_called_by_a_test_either(admin, cast):
    cast.admin.phone = "0912345678"
    cast.admin.save(update_fields=["phone"])
    WardChannel.objects.create(ward=cast.ward, channel="sms", url="https://127.0.0.1/", locked_secret=lock("k"))
    assert "mạng nội bộ" in text(admin.post(f"{EDIT}thu/", follow=True))


@pytest.mark.parametrize("path", [EDIT.replace("sms", "in_app"), EDIT.replace("sms", "telex"), f"{LIST}email/khoa/"])
def test_what_is_no_channel_has_no_page(admin, path):
    assert admin.get(path).status_code == 404


def test_the_log_shows_the_ward_alone_and_narrows(admin, cast):
    now = factories.NOW
    for person, channel, state in [
        (cast.secretary, "email", "sent"),
        (cast.secretary, "sms", "failed"),
        (cast.foreign_clerk, "email", "sent"),
    ]:
        Delivery.objects.create(
            person=person, day=now.date(), channel=channel, state=state, created_at=now, problem="số sai"
        )
    page = admin.get(f"{LIST}nhat-ky/")
    assert {(row.person, row.channel) for row in page.context["page_obj"]} == {
        (cast.secretary, "email"),
        (cast.secretary, "sms"),
    }
    page = admin.get(f"{LIST}nhat-ky/?kenh=sms&trang_thai=failed")
    assert ([row.channel for row in page.context["page_obj"]], "số sai" in text(page)) == (["sms"], True)
    assert admin.get(f"{LIST}nhat-ky/?kenh=khong-co").status_code == 200


def test_the_log_names_the_notices_of_the_ward_alone(admin, cast):
    """The secretary works for two wards: what the other one told, and what is older than the ward of a row, has no title."""
    factories.make_membership(cast.secretary, cast.foreign_unit, Role.HELPER)
    now = factories.NOW
    for place, (ward, title) in enumerate([(cast.ward, "Gia hạn"), (cast.foreign_ward, "Việc phường khác"), (None, "Từ trước")]):
        notice = Notification.objects.create(person=cast.secretary, key=f"{place}", title=title, ward=ward, created_at=now)
        Delivery.objects.create(
            person=cast.secretary, day=now.date(), channel="email", notice=notice, ward=ward, state="sent", created_at=now
        )
    page = admin.get(f"{LIST}nhat-ky/")
    assert {row.notice.title for row in page.context["page_obj"]} == {"Gia hạn", "Từ trước"}
    shown = text(page)
    assert ["Gia hạn" in shown, "Việc phường khác" in shown, "Từ trước" in shown] == [True, False, False]


def test_the_log_leaves_out_what_somebody_got_after_leaving_the_ward(admin, cast):
    now = factories.NOW
    cast.secretary.memberships.update(ends_on=now.date() - dt.timedelta(days=1))
    Delivery.objects.create(person=cast.secretary, day=now.date(), channel="email", state="sent", created_at=now)
    assert not admin.get(f"{LIST}nhat-ky/").context["page_obj"].object_list


def test_the_personal_page_offers_what_the_ward_uses(cast, sign_in):
    WardChannel.objects.create(ward=cast.ward, channel="sms", is_on=True, url=TYPED["url"], locked_secret=lock("k"))
    WardChannel.objects.create(ward=cast.ward, channel="email", is_on=False)
    form = sign_in(cast.secretary).get("/tai-khoan/cach-nhan/").context["form"]
    assert list(form.fields) == ["sms", "opens_at", "closes_at"]
