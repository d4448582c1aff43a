"""Sends the digests of people who want them by e-mail: a lease, a fixed Message-ID, at least once (reliability.md 3)."""

import datetime as dt
import logging
import smtplib
import time

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from campaigns.choices import AssignmentState, Channel, DeliveryState, PlanState, ReminderState
from campaigns.contact_hours import opening
from campaigns.digest_words import digest_of, letter_of
from campaigns.mail import stop_headers
from campaigns.models import Delivery, Reminder
from campaigns.selectors.contact import choice_of, stop_token
from campaigns.selectors.reminders import due_letters

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=2)  # longer than EMAIL_TIMEOUT, so no second sender starts while the first still waits
BACKOFF = (1, 5, 30, 120)  # minutes after the 1st, 2nd... try; the fifth failure is final
BATCH = 50
BUDGET = 40  # seconds of one tick spent on starting letters; Celery stops a task at 90
POISON_PAUSE = dt.timedelta(hours=1)
STATE = DeliveryState


class Watch:
    """The tick's clock: starts at `now` and moves with the time that passes, whatever the wall clock does."""

    def __init__(self, now: dt.datetime):
        self.started_at = now
        self._started = time.monotonic()

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def now(self) -> dt.datetime:
        return self.started_at + dt.timedelta(seconds=self.elapsed())


def send_letters(*, watch: Watch) -> int:
    """Send what is due, over one connection; returns how many went out.

    When the mail server cannot be reached at all, the rest of the queue keeps its tries and waits for the next tick.
    """
    sent = 0
    connection = get_connection(fail_silently=False)
    try:
        while (pks := due_letters(watch.now(), limit=BATCH)) and watch.elapsed() < BUDGET:
            for pk in pks:
                if watch.elapsed() >= BUDGET:
                    return sent
                outcome = send_letter(pk=pk, watch=watch, connection=connection)
                sent += outcome == STATE.SENT
                if outcome is None:
                    return sent
    finally:
        _close(connection)
    return sent


def send_letter(*, pk: int, watch: Watch, connection) -> str | None:
    """Send one letter if it can be claimed; the state it ends in, or None when the mail server is out of reach."""
    delivery = claim(pk=pk, now=watch.now())
    if delivery is None:
        return STATE.WAITING
    due = opening(choice_of(delivery.person).hours_of(Channel.EMAIL), at=watch.now())
    if due > watch.now():
        return _postpone(delivery, due)
    try:
        message = _letter(delivery, now=watch.now(), connection=connection)
    except Exception as failure:  # one letter that cannot be written must not stop the others
        logger.exception("delivery %s cannot be worded", pk)
        return _defer(delivery, problem=str(failure), now=watch.now(), pause=POISON_PAUSE)
    if message is None:
        return _finish(delivery, STATE.CANCELLED, now=watch.now(), problem="Các việc đã xong hoặc người nhận không nhận thư nữa.")
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as failure:
        _close(connection)
        _defer(delivery, problem=f"Không kết nối được máy chủ thư: {failure}", now=watch.now())
        return None
    return _hand_over(delivery, message, watch=watch, connection=connection)


def claim(*, pk: int, now: dt.datetime) -> Delivery | None:
    """Take the letter for two minutes, committed before anything is sent; None when another sender has it."""
    free = Q(state=STATE.WAITING) | Q(state=STATE.SENDING, lease_until__lt=now)
    lease = now + LEASE
    taken = Delivery.objects.filter(free, pk=pk, next_try_at__lte=now).update(
        state=STATE.SENDING, tries=F("tries") + 1, lease_until=lease, next_try_at=lease
    )
    return Delivery.objects.select_related("person__contact_choice").get(pk=pk) if taken else None


def _hand_over(delivery: Delivery, message: EmailMessage, *, watch: Watch, connection) -> str:
    try:
        connection.send_messages([message])
    except (OSError, smtplib.SMTPException) as failure:
        _close(connection)
        if _is_final(failure):
            return _finish(delivery, STATE.FAILED, now=watch.now(), problem=f"Máy chủ thư từ chối: {failure}")
        return _defer(delivery, problem=f"Chưa gửi được: {failure}", now=watch.now())
    return _finish(delivery, STATE.SENT, now=watch.now())


def _letter(delivery: Delivery, *, now: dt.datetime, connection) -> EmailMessage | None:
    """The letter as things stand now; None when nothing is left to say."""
    person = delivery.person
    if not (person.is_active and person.email and choice_of(person).wants(Channel.EMAIL)):
        return None
    told = list(
        Reminder.objects.filter(
            person=person,
            delivery_day=delivery.day,
            state=ReminderState.SENT,
            assignment__state__in=AssignmentState.OPEN,
            assignment__plan__state=PlanState.ISSUED,
            due_version=F("assignment__due_version"),
        )
        .select_related("assignment__duty", "assignment__unit", "assignment__plan__paper")
        .prefetch_related("assignment__plan__directive_links__directive")
        .order_by("assignment__due_on", "assignment_id", "pk")
    )
    if not told:
        return None
    digest = digest_of(told, on=timezone.localdate(now))
    stop = settings.SITE_URL + reverse("campaigns:sending-stop", args=[stop_token(person_id=person.pk, channel=Channel.EMAIL)])
    body = letter_of(digest, name=person.full_name, site=settings.SITE_URL, folded=_is_folded(delivery), stop=stop)
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated", **stop_headers(stop)}
    return EmailMessage(digest.title, body, to=[person.email], headers=headers, connection=connection)


def _is_folded(delivery: Delivery) -> bool:
    """Whether the digest of that day gathers reminders that came more than a day late."""
    rows = Reminder.objects.filter(person=delivery.person, delivery_day=delivery.day)
    return any(handled - due > dt.timedelta(hours=24) for due, handled in rows.values_list("remind_at", "handled_at"))


def _is_final(failure: Exception) -> bool:
    """A 5xx about this letter or its recipient; a 535 is about our own log-in and may be set right."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failure.recipients.values())
    if isinstance(failure, smtplib.SMTPAuthenticationError) or not isinstance(failure, smtplib.SMTPResponseException):
        return False
    return failure.smtp_code >= 500


def _finish(delivery: Delivery, state: str, *, now: dt.datetime, problem: str = "") -> str:
    facts = {"state": state, "lease_until": None, "next_try_at": None, "problem": problem[:300]}
    if state == STATE.SENT:
        facts["sent_at"] = now
    _mine(delivery).update(**facts)
    return state


def _defer(delivery: Delivery, *, problem: str, now: dt.datetime, pause: dt.timedelta | None = None) -> str:
    if delivery.tries > len(BACKOFF):
        return _finish(delivery, STATE.FAILED, now=now, problem=problem)
    pause = pause or dt.timedelta(minutes=BACKOFF[delivery.tries - 1])
    _mine(delivery).update(state=STATE.WAITING, lease_until=None, next_try_at=now + pause, problem=problem[:300])
    return STATE.WAITING


def _postpone(delivery: Delivery, until: dt.datetime) -> str:
    """Outside the hours the person chose: no try was made."""
    _mine(delivery).update(state=STATE.WAITING, tries=F("tries") - 1, lease_until=None, next_try_at=until)
    return STATE.WAITING


def _mine(delivery: Delivery):
    """The row while the lease is still ours: a sender that woke up late must not overwrite its successor."""
    return Delivery.objects.filter(pk=delivery.pk, state=STATE.SENDING, tries=delivery.tries)


def _close(connection) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.warning("the mail connection did not close cleanly")
