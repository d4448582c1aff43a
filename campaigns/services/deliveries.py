"""Sends the digests of people who want them by e-mail: a lease, a fixed Message-ID, at least once (reliability.md 3)."""

import datetime as dt
import logging
import smtplib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from campaigns.choices import Channel
from campaigns.contact_hours import opening
from campaigns.digest_words import digest_with, letter_of
from campaigns.mail import Wire, stop_headers, wire_of
from campaigns.models import Delivery
from campaigns.outgoing.smtp import Line
from campaigns.selectors.contact import choice_of, stop_link
from campaigns.selectors.reminders import due_letters
from campaigns.selectors.told import Told
from campaigns.services import delivery_queue as queue
from campaigns.services.delivery_queue import BUDGET, STATE, SWITCHED_OFF, Watch
from campaigns.services.fresh_look import FreshLook

logger = logging.getLogger(__name__)

# Claimed and read at once: what is read of a hundred costs hardly more than of fifty, and those that a slow server leaves
# no time for are given back within the lease.
BATCH = 100
POISON_PAUSE = dt.timedelta(hours=1)
NOT_NEEDED = "Các việc đã xong, thông báo đã được xem hoặc không còn đúng, hoặc người nhận không nhận thư nữa."
LONG = 5  # seconds after which a letter worded ahead is looked at once more
AWAY = dt.timedelta(minutes=1)  # a mail server that cannot be reached is asked again so much later


def send_letters(*, watch: Watch) -> int:
    """Send what is due, over one connection; returns how many went out.

    When the mail server cannot be reached at all, the whole queue keeps its tries and waits.
    """
    sent, line = 0, Line(get_connection(fail_silently=False))
    try:
        while watch.elapsed() < BUDGET and (pks := due_letters(watch.now(), limit=BATCH)):
            round_ = _Round(deque(queue.claim(pks=pks, now=watch.now())), watch=watch, line=line)
            sent += round_.send()
            if round_.is_cut_off:
                return sent
    finally:
        _close(line)
    return sent


@dataclass(frozen=True)
class _Worded:
    """One letter ready for the line; `at`: seconds of the tick when it was worded."""

    delivery: Delivery
    message: EmailMessage
    wire: Wire
    at: float


class _Round:
    """One claimed batch of letters; read together, sent and marked one by one.

    While the server reads one letter the next is put into words, while it looks at the next envelope the one before is
    marked: waiting is what a letter costs most.
    """

    def __init__(self, waiting: deque[Delivery], *, watch: Watch, line: Line):
        self.waiting, self.watch, self.line = waiting, watch, line
        self.is_cut_off = False
        self.look = FreshLook(watch=watch)

    def send(self) -> int:
        """How many went out; what was not begun is given back."""
        sent, letter = 0, self._next()
        while letter and self._is_open(letter):
            problem = self._try(lambda one=letter: _hand_over(one, line=self.line))
            following = self._next()
            problem = problem or self._try(self.line.taken)
            if following and not problem:
                self._try(lambda one=following: self.line.announce(one.wire))
            sent += self._mark(letter.delivery, problem) == STATE.SENT
            letter = self._still_right(following)
        queue.put_back(self.waiting, until=self.watch.now())
        return sent

    def _next(self) -> _Worded | None:
        """The next letter in words; those that need not or cannot go now are settled on the way."""
        while self.waiting and self.watch.elapsed() < BUDGET:
            if not queue.lasts(self.waiting[0], now=self.watch.now()):
                return None
            delivery = self.waiting.popleft()
            worded = self._word(delivery, self.look.at(delivery, rest=self.waiting), now=self.watch.now())
            if worded:
                return worded
        return None

    def _word(self, delivery: Delivery, told: Told, *, now: dt.datetime) -> _Worded | None:
        due = opening(choice_of(delivery.person).hours_of(Channel.EMAIL), at=now)
        if due > now:
            queue.put_back([delivery], until=due)
            return None
        if not (told.is_empty or self.look.may_write(told)):
            queue.finish(delivery, STATE.CANCELLED, now=now, problem=SWITCHED_OFF)
            return None
        try:
            message = _letter(delivery, told, now=now)
            if message:
                return _Worded(delivery, message, wire_of(message), self.watch.elapsed())
        except Exception as failure:  # one letter that cannot be written must not stop the others
            logger.exception("delivery %s cannot be worded", delivery.pk)
            queue.defer(delivery, problem=str(failure), now=now, pause=POISON_PAUSE)
            return None
        queue.finish(delivery, STATE.CANCELLED, now=now, problem=NOT_NEEDED)
        return None

    def _still_right(self, letter: _Worded | None) -> _Worded | None:
        """`letter`, or the next one worded anew when the server took so long that it may not be true any more."""
        if letter is None or self.watch.elapsed() - letter.at <= LONG:
            return letter
        _close(self.line)
        self.waiting.appendleft(letter.delivery)
        return self._next()

    def _is_open(self, letter: _Worded) -> bool:
        failure = self._try(self.line.open)
        if failure is None:
            return True
        self.is_cut_off = True
        # nothing was tried about any letter: none comes nearer to its last try, however long the server is away
        problem = f"Không kết nối được máy chủ thư: {failure}"
        queue.put_back([letter.delivery, *self.waiting], until=self.watch.now() + AWAY, problem=problem)
        self.waiting.clear()
        return False

    def _try(self, act: Callable[[], None]) -> Exception | None:
        """What went wrong on the line, which is then ended; None when nothing did."""
        try:
            act()
        except (OSError, smtplib.SMTPException) as failure:
            _close(self.line)
            return failure
        return None

    def _mark(self, delivery: Delivery, problem: Exception | None) -> str:
        now = self.watch.now()
        if problem is None:
            return queue.finish(delivery, STATE.SENT, now=now)
        if _is_final(problem):
            return queue.finish(delivery, STATE.FAILED, now=now, problem=f"Máy chủ thư từ chối: {problem}")
        return queue.defer(delivery, problem=f"Chưa gửi được: {problem}", now=now)


def _hand_over(letter: _Worded, *, line: Line) -> None:
    line.give(letter.wire, letter.message)


def _letter(delivery: Delivery, told: Told, *, now: dt.datetime) -> EmailMessage | None:
    """The letter as things stand now; None when nothing is left to say."""
    person, on = delivery.person, timezone.localdate(now)
    if told.is_empty or not (person.is_active and person.email and choice_of(person).wants(Channel.EMAIL)):
        return None
    digest = digest_with(told.notices, told.rows, on=on)
    stop = stop_link(person_id=person.pk, channel=Channel.EMAIL)
    body = letter_of(digest, name=person.full_name, site=settings.SITE_URL, folded=told.folded, stop=stop)
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated", **stop_headers(stop)}
    return EmailMessage(digest.title, body, to=[person.email], headers=headers)


def _is_final(failure: Exception) -> bool:
    """A 5xx about this letter or its recipient; a 535 is about our own log-in and may be set right."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failure.recipients.values())
    if isinstance(failure, smtplib.SMTPAuthenticationError) or not isinstance(failure, smtplib.SMTPResponseException):
        return False
    return failure.smtp_code >= 500


def _close(line: Line) -> None:
    try:
        line.hang_up()
    except (OSError, smtplib.SMTPException):
        logger.warning("the mail connection did not close cleanly")
