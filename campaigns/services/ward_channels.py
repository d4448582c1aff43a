"""The administrator switches channels on and off, gives a gateway its secret, and sends a test message."""

import datetime as dt
import secrets
import smtplib

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q

from campaigns.choices import Channel
from campaigns.mail import mail_is_set_up
from campaigns.models import WardChannel
from campaigns.outgoing import webhook
from campaigns.outgoing.addresses import check_url
from campaigns.outgoing.locking import lock, unlock
from campaigns.selectors.push import browsers_of, current_key
from campaigns.services.delivery_queue import SWITCHED_OFF, end_waiting
from campaigns.services.messages import NO_KEY, digits, push_to
from campaigns.services.push_browsers import ensure_key
from units.models import User
from units.services.audit import record_event

TEST_PAUSE = dt.timedelta(seconds=10)  # between two test messages: the button must not become a way to flood somebody
TEST_TEXT = "Tin gửi thử từ chương trình Lan Tỏa. Nhận được tin này nghĩa là kênh đã thông."

_TYPED = ("is_on", "url", "per_minute", "per_day", "changed_at", "changed_by", "rests_until")


@transaction.atomic
def save_channel(*, row: WardChannel, by: User, at: dt.datetime) -> WardChannel:
    """Keep what was typed. Switching off, and on again, ends what still waits on the channel; the list in the program has it anyway.

    Raises ValidationError "url" (never to be called) and "not_ready" (switched on without address or secret).
    """
    if row.has_gateway and row.url:
        check_url(row.url)
    if row.is_on and not row.is_ready:
        raise ValidationError(
            "Cần có địa chỉ cổng và khóa ký trước khi bật kênh này. Đồng chí lưu địa chỉ, tạo khóa rồi bật.",
            code="not_ready",
        )
    if row.is_on and row.channel == Channel.PUSH:
        ensure_key(at=at)
    # letters are on before anybody touches their row
    was_on = WardChannel.objects.filter(pk=row.pk, is_on=True).exists() if row.pk else row.channel == Channel.EMAIL
    row.changed_at, row.changed_by, row.rests_until = at, by, None
    # what was typed and no more: a secret renewed while the page was open is not put back
    row.save(update_fields=_TYPED if row.pk else None)
    if not (row.is_on and was_on):
        # letters have no gateway; one about several wards is looked at again as it leaves (services/deliveries.py)
        its = Q(channel=Channel.EMAIL, ward=row.ward) if row.channel == Channel.EMAIL else Q(via=row)
        end_waiting(its, problem=SWITCHED_OFF, now=at)
    details = {"on": row.is_on, "per_minute": row.per_minute, "per_day": row.per_day}
    record_event(by=by, verb="channel.save", target=row, ward=row.ward, details=details, at=at)
    return row


@transaction.atomic
def renew_secret(*, row: WardChannel, by: User, at: dt.datetime) -> str:
    """A new secret of the gateway: returned once, to be shown once; stored locked. The old one stops at once."""
    secret = secrets.token_urlsafe(32)
    row.locked_secret, row.changed_at, row.changed_by = lock(secret), at, by
    row.save(update_fields=("locked_secret", "changed_at", "changed_by") if row.pk else None)
    record_event(by=by, verb="channel.renew_secret", target=row, ward=row.ward, at=at)
    return secret


def send_test(*, row: WardChannel, by: User, at: dt.datetime) -> str:
    """Send one message to the administrator's own address, now; the sentence that says what came of it.

    No transaction is open while the other side is waited for. Raises ValidationError "too_soon" or "not_ready".
    """
    if not row.is_ready or (row.channel == Channel.EMAIL and not mail_is_set_up()):
        raise ValidationError("Kênh này chưa đủ thiết lập để gửi thử.", code="not_ready")
    if row.pk is None:
        row = WardChannel.objects.create(ward=row.ward, channel=row.channel, is_on=row.is_on)
    earlier = WardChannel.objects.filter(pk=row.pk).exclude(tested_at__gt=at - TEST_PAUSE)
    if not earlier.update(tested_at=at, tested_by=by, test_result="Đang gửi thử."):
        raise ValidationError("Vừa gửi thử xong. Đồng chí chờ 10 giây rồi thử lại.", code="too_soon")
    if row.channel == Channel.EMAIL:
        result = _test_letter(by)
    else:
        result = _test_notice(by, at=at) if row.channel == Channel.PUSH else _test_call(row, by, at=at)
    with transaction.atomic():
        WardChannel.objects.filter(pk=row.pk).update(test_result=result[:300])
        record_event(by=by, verb="channel.test", target=row, ward=row.ward, details={"result": result[:300]}, at=at)
    return result


def _test_letter(to: User) -> str:
    if not to.email:
        return "Chưa gửi: tài khoản của đồng chí chưa ghi địa chỉ thư."
    try:
        connection = get_connection(fail_silently=False, timeout=10)
        EmailMessage("Thư gửi thử", TEST_TEXT, to=[to.email], connection=connection).send()
    except (OSError, smtplib.SMTPException) as failure:
        return f"Chưa gửi được: {failure}"
    return f"Máy chủ thư đã nhận thư gửi đến {to.email}."


def _test_notice(to: User, *, at: dt.datetime) -> str:
    key = current_key()
    browsers = list(browsers_of(to).filter(key=key)) if key else []
    if not browsers:
        return "Chưa gửi: đồng chí chưa bật thông báo trên máy nào ở trang Cách nhận nhắc việc."
    text = {"title": "Thông báo gửi thử", "body": TEST_TEXT, "url": "/thong-bao/", "tag": "thu"}
    try:
        answers = [push_to(browser, text, key=key, now=at) for browser in browsers[:1]]
    except ValidationError as refused:
        return refused.messages[0]
    except OSError as failure:
        return f"Dịch vụ thông báo không trả lời: {failure}"
    if answers[0] is None:
        return f"Máy “{browsers[0]}” không còn nhận thông báo nên đã được bỏ. Đồng chí bật lại trên máy đó."
    return f"Dịch vụ thông báo trả lời mã {answers[0].status}" + (
        ", đã nhận thông báo." if answers[0].taken else ", chưa nhận."
    )


def _test_call(row: WardChannel, to: User, *, at: dt.datetime) -> str:
    if not to.phone:
        return "Chưa gửi: tài khoản của đồng chí chưa ghi số điện thoại."
    secret = unlock(row.locked_secret)
    if secret is None:
        return NO_KEY
    message = {
        "id": f"thu.{row.pk}.{at:%Y%m%d%H%M%S}",
        "channel": row.channel,
        "to": digits(to.phone),
        "text": TEST_TEXT,
        "stop_url": "",
    }
    try:
        answer = webhook.send(url=row.url, secret=secret, message=message, at=int(at.timestamp()))
    except ValidationError as refused:
        return refused.messages[0]
    except OSError as failure:
        return f"Cổng không trả lời: {failure}"
    if answer.taken:
        return f"Cổng đã nhận tin gửi đến số {to.phone}."
    return f"Cổng trả lời mã {answer.status}, chưa nhận tin."
