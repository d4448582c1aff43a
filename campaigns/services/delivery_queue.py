"""The queue of what leaves the program: rows are leased, sent, and marked; a killed sender loses none (reliability.md 3).

Shared by letters (deliveries.py) and messages (messages.py).
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Count, F, Min, Q, QuerySet

from campaigns.choices import Channel, DeliveryState
from campaigns.digest_words import FOLDED_INTO
from campaigns.models import Delivery
from documents.dates import short

LEASE = dt.timedelta(minutes=2)  # longer than any one try, so no second sender starts while the first still waits
BACKOFF = (1, 5, 30, 120)  # minutes after the 1st, 2nd... try; the fifth failure is final
BATCH = 50
BUDGET = 40  # seconds of one tick spent on starting letters; Celery stops a task at 90
STATE = DeliveryState
SWITCHED_OFF = "Kênh đã được tắt."
_FINISH = (
    "UPDATE campaigns_delivery SET state = %s, lease_until = NULL, next_try_at = NULL, problem = %s,"
    " sent_at = COALESCE(%s, sent_at) WHERE id = %s AND state = 'sending' AND tries = %s"
)


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


def fold_waiting(*, now: dt.datetime) -> int:
    """Give what waits for one person on one channel to the newest of it; how many rows were folded.

    After a day without mail a person finds one letter and not one a day. What was tried already stays apart, as the other
    side may have it: only its own Message-ID tells it from a new letter. A row whose newest is being sent stays too.
    """
    waiting = Delivery.objects.filter(state=STATE.WAITING, tries=0, channel__in=Channel.OUTSIDE)
    groups = waiting.order_by().values("person", "channel", "via").annotate(rows=Count("pk"), due=Min("next_try_at"))
    people = sorted({group["person"] for group in groups.filter(rows__gt=1, due__lte=now)})
    return sum(_fold(waiting.filter(person__in=people[at : at + BATCH])) for at in range(0, len(people), BATCH))


@transaction.atomic
def _fold(waiting: QuerySet) -> int:
    groups, touched, into = defaultdict(list), [], {}
    for row in waiting.order_by("day", "pk").select_for_update(skip_locked=True, of=("self",)):
        groups[row.person_id, row.channel, row.via_id].append(row)
    for *older, newest in groups.values():
        if older:
            newest.next_try_at = min(row.next_try_at for row in [*older, newest])
            touched.append(newest)
            into |= {row.pk: newest for row in older}
    folded = [row for rows in groups.values() for row in rows if row.pk in into]
    folded += Delivery.objects.filter(folded_into__in=list(into))
    for row in folded:
        newest = into.get(row.pk) or into[row.folded_into_id]
        row.state, row.folded_into, row.next_try_at = STATE.FOLDED, newest, None
        row.problem = FOLDED_INTO.format(day=short(newest.day))
    Delivery.objects.bulk_update(touched, ["next_try_at"])
    Delivery.objects.bulk_update(folded, ["state", "folded_into", "next_try_at", "problem"])
    return len(into)


@transaction.atomic
def claim(*, pks: list[int], now: dt.datetime) -> list[Delivery]:
    """Take those of `pks` that are free for two minutes, committed before anything is sent; the rest has another sender."""
    rows = Delivery.objects.filter(_free(now), pk__in=pks, next_try_at__lte=now).order_by("next_try_at", "pk")
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
    """The end of a delivery: sent, failed or not needed any more.

    One statement a letter, noted before the text of the next leaves: whatever dies, one letter at most is sent twice.
    Written out, with the condition of `mine`: the ORM takes longer to put it into words than all else about a letter.
    """
    sent_at = connection.ops.adapt_datetimefield_value(now) if state == STATE.SENT else None
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, [str(state), problem[:300], sent_at, delivery.pk, delivery.tries])
    return state


def defer(delivery: Delivery, *, problem: str, now: dt.datetime, pause: dt.timedelta | None = None) -> str:
    """Try again after 1, 5, 30, 120 minutes, or after `pause` when that is longer; the fifth failure is final."""
    if delivery.tries > len(BACKOFF):
        return finish(delivery, STATE.FAILED, now=now, problem=problem)
    usual = dt.timedelta(minutes=BACKOFF[delivery.tries - 1])
    later = now + max(usual, pause or usual)
    mine(delivery).update(state=STATE.WAITING, lease_until=None, next_try_at=later, problem=problem[:300])
    return STATE.WAITING


def put_back(deliveries: Iterable[Delivery], *, until: dt.datetime, problem: str = "") -> None:
    """Give up the lease without a try: the mail server is away, the hour is not right, the tick is over."""
    why = {"problem": problem[:300]} if problem else {}
    for lease in {row.lease_until for row in deliveries}:
        pks = [row.pk for row in deliveries if row.lease_until == lease]
        held = Delivery.objects.filter(pk__in=pks, state=STATE.SENDING, lease_until=lease)
        held.update(state=STATE.WAITING, tries=F("tries") - 1, lease_until=None, next_try_at=until, **why)


def end_waiting(which: Q, *, problem: str, now: dt.datetime) -> int:
    """End what waits among `which`, and what a dead sender left: news of another day is not told when a way opens again."""
    rows = Delivery.objects.filter(_free(now), which)
    return rows.update(state=STATE.CANCELLED, lease_until=None, next_try_at=None, problem=problem[:300])


def _free(now: dt.datetime) -> Q:
    """What no sender holds: waiting, or the lease of its sender is over."""
    return Q(state=STATE.WAITING) | Q(state=STATE.SENDING, lease_until__lt=now)


def mine(delivery: Delivery):
    """The row while the lease is still ours: a sender that woke up late must not overwrite its successor."""
    return Delivery.objects.filter(pk=delivery.pk, state=STATE.SENDING, tries=delivery.tries)
