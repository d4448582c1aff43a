"""A host of sender processes for the kill tests: forks them, and forks anew what is killed.

    python -m tests.campaigns.senders 2 [--no-claim]

Prints the pid of every sender it starts. Django is loaded once, so a killed sender is back at work within
milliseconds and kills land in the middle of the work instead of in the start.
"""

import datetime as dt
import os
import sys
import time

import django


def main(count: int, *, claims: bool) -> None:
    """Keep `count` senders at work until this process is killed with its group."""
    django.setup()
    import campaigns.services.clock  # noqa: F401, PLC0415 - after django.setup(); read once here and not by every sender
    shorten_leases()
    if not claims:
        without_claims()
    running = {start() for _ in range(count)}
    while True:
        pid, _status = os.wait()
        running.discard(pid)
        running.add(start())


def shorten_leases() -> None:
    """Leases of three seconds, so that the letters of the dead come round within the test."""
    from campaigns.services import deliveries  # noqa: PLC0415 - after django.setup()
    from campaigns.services import delivery_queue as queue  # noqa: PLC0415 - after django.setup()

    queue.LEASE = dt.timedelta(seconds=3)
    deliveries.BATCH = 10  # a killed sender leaves its batch to the end of the lease


def without_claims() -> None:
    """No claims at all: the control."""
    from campaigns.models import Delivery  # noqa: PLC0415 - after django.setup()
    from campaigns.services import delivery_queue as queue  # noqa: PLC0415 - after django.setup()

    def unclaimed(*, pks, now):
        rows = list(Delivery.objects.filter(pk__in=pks).select_related("person"))
        for row in rows:
            row.lease_until = now + queue.LEASE
        return rows

    queue.claim = unclaimed
    queue.mine = lambda delivery: Delivery.objects.filter(pk=delivery.pk)
    queue._FINISH = queue._FINISH.replace("state = 'sending' AND tries = %s", "tries = tries + 0 * %s")


def start() -> int:
    pid = os.fork()
    if pid:
        print(pid, flush=True)
        return pid
    send()
    return 0


def send() -> None:
    from django.utils import timezone  # noqa: PLC0415 - after django.setup()

    from campaigns.services.clock import tick  # noqa: PLC0415 - after django.setup()

    while True:
        tick(now=timezone.now())
        time.sleep(0.05)


if __name__ == "__main__":
    main(int(sys.argv[1]), claims="--no-claim" not in sys.argv)
