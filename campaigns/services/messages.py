"""Sends digests through the gateways of the wards: leased like letters, within the limits of each channel."""

import datetime as dt
import logging
import re
import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.choices import Channel
from campaigns.contact_hours import opening
from campaigns.digest_words import NOTES_URL, digest_with, message_of
from campaigns.models import Delivery, PushBrowser, PushKey, WardChannel
from campaigns.outgoing import push, webhook
from campaigns.outgoing.calls import DEADLINE, Answer
from campaigns.outgoing.locking import unlock
from campaigns.selectors.channels import due_by, room_of, working_channels
from campaigns.selectors.contact import choice_of, stop_link
from campaigns.selectors.push import browsers_of, current_key
from campaigns.selectors.told import Told
from campaigns.services import delivery_queue as queue
from campaigns.services.delivery_queue import BATCH, STATE, SWITCHED_OFF, Watch
from campaigns.services.fresh_look import FreshLook

logger = logging.getLogger(__name__)

BUDGET = 60  # seconds of a tick, letters included; a call ends after 10, and Celery stops a task at 90
TOGETHER = 20  # seconds for all browsers of one person: BUDGET and this end before Celery stops the task
REST = dt.timedelta(minutes=1)  # a gateway that does not answer is left alone so long: its queue keeps its tries
NO_KEY = "Khóa ký không đọc được vì SECRET_KEY đã đổi. Quản trị tạo khóa ký mới ở trang Kênh gửi."
NOT_NEEDED = "Các việc đã xong, thông báo đã được xem hoặc không còn đúng, hoặc người nhận không nhận tin nữa."
NOWHERE = "Người nhận không còn số điện thoại hoặc máy nào để nhận."
SIDE = {"sms": "Cổng", "zalo": "Cổng", "push": "Dịch vụ thông báo"}
BROKEN = "Tin này chưa soạn hoặc gửi được do lỗi của chương trình; chi tiết ở nhật ký máy chủ."
PUT_ASIDE = dt.timedelta(hours=1)
GONE = {404, 410}  # RFC 8030 section 7.3: the subscription has ended
OUR_FAULT = {401, 403, 404, 410}  # about the address or the secret of the channel, not about one message


class KeyLostError(Exception):
    """A stored secret cannot be opened any more."""


def send_messages(*, watch: Watch) -> int:
    """One round through the channels that have something to carry; how many messages were taken."""
    queue.end_waiting(Q(via__is_on=False), problem=SWITCHED_OFF, now=watch.now())
    return sum(_work_off(row, watch=watch) for row in working_channels(watch.now()))


def _work_off(row: WardChannel, *, watch: Watch) -> int:
    """Hand over what the limits leave room for; a gateway that fails as a whole keeps the rest for later."""
    waiting, look, taken = _take(row, now=watch.now()), FreshLook(watch=watch), 0
    while waiting and watch.elapsed() < BUDGET and queue.lasts(waiting[0], now=watch.now()):
        delivery = waiting.pop(0)
        state, goes_on = _send(delivery, look.at(delivery, rest=waiting), watch=watch)
        taken += state == STATE.SENT
        if not goes_on:
            WardChannel.objects.filter(pk=row.pk).update(rests_until=watch.now() + REST)
            break
    queue.put_back(waiting, until=watch.now())
    return taken


@transaction.atomic
def _take(row: WardChannel, *, now: dt.datetime) -> list[Delivery]:
    """Lease what the limits leave room for. Senders count one after another: two at once would each take the whole room."""
    if not WardChannel.objects.select_for_update(no_key=True).filter(pk=row.pk, is_on=True).exists():
        return []
    day_began = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    room = min(BATCH, room_of(row, day_began=day_began, now=now))
    return queue.claim(pks=list(due_by(row, now).values_list("pk", flat=True)[:room]), now=now)


def _send(delivery: Delivery, told: Told, *, watch: Watch) -> tuple[str, bool]:
    """(state it ends in, whether the gateway can be asked for the next one)."""
    now, person = watch.now(), delivery.person
    choice = choice_of(person)
    due = opening(choice.hours_of(delivery.channel), at=now)
    if due > now:
        queue.put_back([delivery], until=due)
        return STATE.WAITING, True
    if told.is_empty or not (delivery.via.is_on and person.is_active and choice.wants(delivery.channel)):
        return queue.finish(delivery, STATE.CANCELLED, now=now, problem=NOT_NEEDED), True
    carry = _push if delivery.channel == Channel.PUSH else _call
    try:
        answer = carry(delivery, told, now=now)
    except ValidationError as refused:
        return queue.finish(delivery, STATE.FAILED, now=watch.now(), problem=refused.messages[0]), False
    except KeyLostError as lost:
        return queue.defer(delivery, problem=str(lost), now=now), False
    except OSError as failure:
        problem = f"{SIDE[delivery.channel]} không trả lời: {failure}"
        return queue.defer(delivery, problem=problem, now=watch.now()), delivery.channel == Channel.PUSH
    except Exception:  # one message that cannot be carried, whatever the fault, must not stop those of every ward behind it
        logger.exception("message %s was not carried", delivery.pk)
        return queue.defer(delivery, problem=BROKEN, now=watch.now(), pause=PUT_ASIDE), True
    if answer is None:
        return queue.finish(delivery, STATE.CANCELLED, now=watch.now(), problem=NOWHERE), True
    return _settle(delivery, answer, now=watch.now())


def _call(delivery: Delivery, told: Told, *, now: dt.datetime) -> Answer | None:
    """Through the ward's gateway; None when the person has no number."""
    if not delivery.person.phone:
        return None
    secret = unlock(delivery.via.locked_secret)
    if secret is None:
        raise KeyLostError(NO_KEY)
    message = _message(delivery, told, now=now)
    return webhook.send(url=delivery.via.url, secret=secret, message=message, at=int(now.timestamp()))


def _push(delivery: Delivery, told: Told, *, now: dt.datetime) -> Answer | None:
    """To every browser of the person: taken when one took it; None when none is left. One that is gone is forgotten."""
    key = current_key()
    browsers = list(browsers_of(delivery.person).filter(key=key)) if key else []
    text = _notice(told, now=now)
    answers, failure, ends = [], None, time.monotonic() + TOGETHER
    for left, browser in zip(range(len(browsers), 0, -1), browsers, strict=True):
        # what a silent one may take is shared out: the last still gets its turn before the tick must end
        seconds = min(DEADLINE, (ends - time.monotonic()) / left)
        try:
            answer = push_to(browser, text, key=key, now=now, seconds=seconds)
        except OSError as away:
            failure = away
            continue
        answers += [answer] if answer else []
    taken = next((answer for answer in answers if answer.taken), None)
    if failure and not taken:
        raise failure
    return taken or next(iter(answers), None)


def push_to(
    browser: PushBrowser, text: dict[str, str], *, key: PushKey, now: dt.datetime, seconds: float = DEADLINE
) -> Answer | None:
    """One notice to one browser; None when its push service says it is gone, and then it is forgotten.

    `seconds`: the longest that may take.
    """
    pair = (unlock(key.locked_private), key.public)
    facts = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    answer = push.send(**facts, text=text, topic=text["tag"], key=pair, at=int(now.timestamp()), seconds=seconds)
    if answer.status in GONE:
        browser.delete()
        return None
    if answer.taken:
        PushBrowser.objects.filter(pk=browser.pk).update(sent_at=now)
    return answer


def _notice(told: Told, *, now: dt.datetime) -> dict[str, str]:
    """What a locked screen may show: the count, no unit and no plan."""
    on = timezone.localdate(now)
    digest = digest_with(told.notices, told.rows, on=on)
    return {
        "title": digest.brief or digest.title,
        "body": "Đồng chí bấm để xem.",
        "url": digest.url or NOTES_URL,
        # a later notice must not take the place of one not yet fetched; a later digest says what the earlier said
        "tag": f"thong-bao-{told.notices[-1].pk}" if told.notices else f"nhac-viec-{on:%Y%m%d}",
    }


def _settle(delivery: Delivery, answer: Answer, *, now: dt.datetime) -> tuple[str, bool]:
    if answer.taken:
        return queue.finish(delivery, STATE.SENT, now=now), True
    problem = f"{SIDE[delivery.channel]} trả lời mã {answer.status}."
    if answer.passing or answer.status in OUR_FAULT:
        pause = dt.timedelta(seconds=answer.pause)
        # browsers have services of their own: one that fails, or one address made up, says nothing about the next
        return queue.defer(delivery, problem=problem, now=now, pause=pause), delivery.channel == Channel.PUSH
    return queue.finish(delivery, STATE.FAILED, now=now, problem=problem), True


def _message(delivery: Delivery, told: Told, *, now: dt.datetime) -> dict[str, str]:
    person, channel = delivery.person, delivery.channel
    digest = digest_with(told.notices, told.rows, on=timezone.localdate(now))
    text = message_of(digest, site=settings.SITE_URL, without_marks=channel == Channel.SMS)
    return {
        "id": delivery.message_id,
        "channel": channel,
        "to": digits(person.phone),
        "text": text,
        "stop_url": stop_link(person_id=person.pk, channel=channel),
    }


def digits(phone: str) -> str:
    """The number as a gateway dials it: digits and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", phone.strip())
