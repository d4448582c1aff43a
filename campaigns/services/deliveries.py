"""Sends the digests of people who want them by e-mail: a lease, a fixed Message-ID, at least once (reliability.md 3)."""

import datetime as dt
import logging
import smtplib
from collections import deque

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from campaigns.choices import Channel
from campaigns.contact_hours import opening
from campaigns.digest_words import digest_of, letter_of
from campaigns.mail import stop_headers
from campaigns.models import Delivery
from campaigns.selectors.contact import choice_of, stop_link
from campaigns.selectors.reminders import due_letters
from campaigns.selectors.told import Told
from campaigns.services import delivery_queue as queue
from campaigns.services.delivery_queue import BATCH, BUDGET, STATE, Watch
from campaigns.services.fresh_look import FreshLook

logger = logging.getLogger(__name__)

POISON_PAUSE = dt.timedelta(hours=1)
AWAY = dt.timedelta(minutes=1)  # a mail server that cannot be reached is asked again so much later


def send_letters(*, watch: Watch) -> int:
    """Send what is due, over one connection; returns how many went out.

    When the mail server cannot be reached at all, the whole queue keeps its tries and waits.
    """
    sent = 0
    connection = get_connection(fail_silently=False)
    try:
        while watch.elapsed() < BUDGET and (pks := due_letters(watch.now(), limit=BATCH)):
            round_ = _Round(deque(queue.claim(pks=pks, now=watch.now())), watch=watch, connection=connection)
            sent += round_.send()
            if round_.is_cut_off:
                return sent
    finally:
        _close(connection)
    return sent


class _Round:
    """One claimed batch of letters; read together, sent and marked one by one."""

    def __init__(self, waiting: deque[Delivery], *, watch: Watch, connection):
        self.waiting, self.watch, self.connection = waiting, watch, connection
        self.is_cut_off = False
        self.look = FreshLook(watch=watch)

    def send(self) -> int:
        """How many went out; what was not begun is given back."""
        sent = 0
        while self.waiting and not self.is_cut_off:
            if self.watch.elapsed() >= BUDGET or not queue.lasts(self.waiting[0], now=self.watch.now()):
                break
            sent += self._next() == STATE.SENT
        queue.put_back(self.waiting, until=self.watch.now())
        return sent

    def _next(self) -> str:
        delivery = self.waiting.popleft()
        told = self.look.at(delivery, rest=self.waiting)
        now = self.watch.now()
        due = opening(choice_of(delivery.person).hours_of(Channel.EMAIL), at=now)
        if due > now:
            queue.put_back([delivery], until=due)
            return STATE.WAITING
        try:
            message = _letter(delivery, told, now=now, connection=self.connection)
        except Exception as failure:  # one letter that cannot be written must not stop the others
            logger.exception("delivery %s cannot be worded", delivery.pk)
            return queue.defer(delivery, problem=str(failure), now=now, pause=POISON_PAUSE)
        if message is None:
            return queue.finish(
                delivery, STATE.CANCELLED, now=now, problem="Các việc đã xong hoặc người nhận không nhận thư nữa."
            )
        return self._carry(delivery, message)

    def _carry(self, delivery: Delivery, message: EmailMessage) -> str:
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as failure:
            _close(self.connection)
            self.is_cut_off = True
            # nothing was tried about any letter: none comes nearer to its last try, however long the server is away
            problem = f"Không kết nối được máy chủ thư: {failure}"
            queue.put_back([delivery, *self.waiting], until=self.watch.now() + AWAY, problem=problem)
            self.waiting.clear()
            return STATE.WAITING
        return _hand_over(delivery, message, watch=self.watch, connection=self.connection)


def _hand_over(delivery: Delivery, message: EmailMessage, *, watch: Watch, connection) -> str:
    try:
        connection.send_messages([message])
    except (OSError, smtplib.SMTPException) as failure:
        _close(connection)
        if _is_final(failure):
            return queue.finish(delivery, STATE.FAILED, now=watch.now(), problem=f"Máy chủ thư từ chối: {failure}")
        return queue.defer(delivery, problem=f"Chưa gửi được: {failure}", now=watch.now())
    return queue.finish(delivery, STATE.SENT, now=watch.now())


def _letter(delivery: Delivery, told: Told, *, now: dt.datetime, connection) -> EmailMessage | None:
    """The letter as things stand now; None when nothing is left to say."""
    person, on = delivery.person, timezone.localdate(now)
    if not (told.rows and person.is_active and person.email and choice_of(person).wants(Channel.EMAIL)):
        return None
    digest = digest_of(told.rows, on=on)
    stop = stop_link(person_id=person.pk, channel=Channel.EMAIL)
    body = letter_of(digest, name=person.full_name, site=settings.SITE_URL, folded=told.folded, stop=stop)
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated", **stop_headers(stop)}
    return EmailMessage(digest.title, body, to=[person.email], headers=headers, connection=connection)


def _is_final(failure: Exception) -> bool:
    """A 5xx about this letter or its recipient; a 535 is about our own log-in and may be set right."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failure.recipients.values())
    if isinstance(failure, smtplib.SMTPAuthenticationError) or not isinstance(failure, smtplib.SMTPResponseException):
        return False
    return failure.smtp_code >= 500


def _close(connection) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.warning("the mail connection did not close cleanly")
