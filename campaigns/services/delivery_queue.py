"""The queue of what leaves the program: rows are leased, sent, and marked; a killed sender loses none (reliability.md 3).

Shared by letters (deliveries.py) and messages (messages.py).
"""

import datetime as dt
import time
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q

from campaigns.choices import DeliveryState
from campaigns.models import Delivery

LEASE = dt.timedelta(minutes=2)  # longer than any one try, so no second sender starts while the first still waits
BACKOFF = (1, 5, 30, 120)  # minutes after the 1st, 2nd... try; the fifth failure is final
BATCH = 50
BUDGET = 40  # seconds of one tick spent on starting letters; Celery stops a task at 90
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


@transaction.atomic
def claim(*, pks: list[int], now: dt.datetime) -> list[Delivery]:
    """Take those of `pks` that are free for two minutes, committed before anything is sent; the rest has another sender."""
    free = Q(state=STATE.WAITING) | Q(state=STATE.SENDING, lease_until__lt=now)
    rows = Delivery.objects.filter(free, pk__in=pks, next_try_at__lte=now).order_by("next_try_at", "pk")
    rows = rows.select_for_update(skip_locked=True, of=("self",)).select_related("person__contact_choice", "via")
    taken, lease = list(rows), now + LEASE
    Delivery.objects.filter(pk__in=[row.pk for row in taken]).update(
        state=STATE.SENDING, tries=F("tries") + 1, lease_until=lease, next_try_at=lease
    )
    for row in taken:
        row.state, row.tries, row.lease_until, row.next_try_at = STATE.SENDING, row.tries + 1, lease, lease
    return taken


def lasts(delivery: Delivery, *, now: dt.datetime) -> bool:
    """Whether enough of the lease is left to begin sending this one."""
    return now < delivery.lease_until - LEASE / 2


def finish(delivery: Delivery, state: str, *, now: dt.datetime, problem: str = "") -> str:
    """The end of a delivery: sent, failed or not needed any more."""
    facts = {"state": state, "lease_until": None, "next_try_at": None, "problem": problem[:300]}
    if state == STATE.SENT:
        facts["sent_at"] = now
    mine(delivery).update(**facts)
    return state


def defer(delivery: Delivery, *, problem: str, now: dt.datetime, pause: dt.timedelta | None = None) -> str:
    """Try again after 1, 5, 30, 120 minutes, or after `pause` when that is longer; the fifth failure is final."""
    if delivery.tries > len(BACKOFF):
        return finish(delivery, STATE.FAILED, now=now, problem=problem)
    usual = dt.timedelta(minutes=BACKOFF[delivery.tries - 1])
    later = now + max(usual, pause or usual)
    mine(delivery).update(state=STATE.WAITING, lease_until=None, next_try_at=later, problem=problem[:300])
    return STATE.WAITING


def put_back(deliveries: Iterable[Delivery], *, until: dt.datetime) -> None:
    """Give up the lease without a try: the mail server is away, the hour is not right, the tick is over."""
    for lease in {row.lease_until for row in deliveries}:
        pks = [row.pk for row in deliveries if row.lease_until == lease]
        held = Delivery.objects.filter(pk__in=pks, state=STATE.SENDING, lease_until=lease)
        held.update(state=STATE.WAITING, tries=F("tries") - 1, lease_until=None, next_try_at=until)


def mine(delivery: Delivery):
    """The row while the lease is still ours: a sender that woke up late must not overwrite its successor."""
    return Delivery.objects.filter(pk=delivery.pk, state=STATE.SENDING, tries=delivery.tries)
