"""A sender of letters under SIGKILL at one chosen point, again and again (R-05).

    python -m tests.campaigns.kill_points [--marked-first]

is the host: it reads "POINT INSTANT" a line, lets a sender work at that instant that kills itself at the point (at none:
"alive"), and answers how it ended. `--marked-first` notes a letter as sent before it is handed over: the control.
"""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
POINTS = ("after the lease", "before SMTP", "after SMTP 250", "before the commit")
MAY_REPEAT = frozenset(POINTS[2:])
ALIVE = "alive"
LETTERS = 3  # due at the same moment; which of them is in hand at the kill changes from run to run
HOUR = dt.timedelta(hours=1)


@dataclass
class Ends:
    """What `runs` kills at one point came to."""

    runs: int
    killed: int
    unsent: int
    letters: Counter  # by Message-ID

    @property
    def lost(self):
        return self.runs * LETTERS - len(self.letters)

    @property
    def repeated(self):
        return sum(self.letters.values()) - len(self.letters)


def kill_at(point, folder, *, runs, marked_first=False) -> Ends:
    """`runs` times: letters fall due, their sender dies at `point`, another comes when the lease is over."""
    from tests.campaigns.kills import shared_database  # noqa: PLC0415 - the host has no settings yet
    from tests.campaigns.owed import at  # noqa: PLC0415 - the host has no settings yet
    from tests.campaigns.smtp import mail_server  # noqa: PLC0415 - the host has no settings yet

    begin, killed = at(dt.date(2026, 6, 3)), 0
    make_letters(begin, runs=runs)
    with (
        mail_server() as server,
        shared_database(folder) as (url, ask),
        host(url, server, marked_first=marked_first) as say,
    ):
        for run in range(runs):
            now = begin + run * HOUR
            killed += say(f"{point}/{run % LETTERS}", now) == -signal.SIGKILL
            assert say(ALIVE, now + dt.timedelta(minutes=1)) == 0  # the lease still runs: nothing to do
            assert say(ALIVE, now + dt.timedelta(minutes=3)) == 0
        unsent = ask("SELECT count(*) FROM campaigns_delivery WHERE state <> 'sent'")[0][0]
        return Ends(runs, killed, unsent, Counter(message_id for _, message_id, _ in server.letters))


def make_letters(begin, *, runs):
    """LETTERS notices every hour from `begin`, each to be told by a letter."""
    from campaigns.models import Delivery, Notification  # noqa: PLC0415 - the host has no settings yet
    from tests import factories  # noqa: PLC0415 - the host has no settings yet

    ward = factories.make_ward()
    people = [factories.make_person(factories.make_unit(ward), "secretary", password="x") for _ in range(LETTERS)]
    due = [(begin + run * HOUR, person) for run in range(runs) for person in people]
    notices = Notification.objects.bulk_create(
        Notification(person=person, key=f"letter-{number}", title="Hạn mới", created_at=begin, ward=ward)
        for number, (_, person) in enumerate(due)
    )
    Delivery.objects.bulk_create(
        Delivery(
            person=person, day=begin.date(), channel="email", notice=notice, ward=ward, message_id=f"<{notice.pk}@thu>",
            created_at=begin, next_try_at=when,
        )
        for notice, (when, person) in zip(notices, due, strict=True)
    )  # fmt: skip


@contextlib.contextmanager
def host(url, server, *, marked_first):
    """A function that sends one sender to work: say(point, instant) -> how it ended."""
    from tests.processes import sender_environment  # noqa: PLC0415 - the host needs none of it

    environment = sender_environment(url, server.port)
    command = [sys.executable, "-m", "tests.campaigns.kill_points", *(["--marked-first"] if marked_first else [])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, start_new_session=True, **pipes)

    def say(point, now):
        process.stdin.write(f"{point} {now.isoformat()}\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, "the host of the senders is gone"
        return int(answer)

    try:
        yield say
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()


def main(*, marked_first: bool) -> None:
    """Work off one line after the other until the pipe closes."""
    django.setup()
    if marked_first:
        mark_first()
    for line in sys.stdin:
        point, instant = line.rsplit(maxsplit=1)
        pid = os.fork()
        if not pid:
            code = 1
            try:
                code = send(point, dt.datetime.fromisoformat(instant))
            finally:
                os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def send(point: str, now: dt.datetime) -> int:
    from campaigns.services.deliveries import send_letters  # noqa: PLC0415 - after django.setup()
    from campaigns.services.delivery_queue import Watch  # noqa: PLC0415 - after django.setup()

    if point != ALIVE:
        name, _, number = point.rpartition("/")
        die_at(name, after=int(number))
    send_letters(watch=Watch(now))
    return 0


def die_at(point: str, *, after: int) -> None:
    """SIGKILL to this very process when it comes to `point` with the letter number `after`; all share one lease."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup()

    from campaigns.services import deliveries  # noqa: PLC0415 - after django.setup()
    from campaigns.services import delivery_queue as queue  # noqa: PLC0415 - after django.setup()

    place, name = {
        POINTS[0]: (queue, "claim"),
        POINTS[1]: (deliveries, "_hand_over"),
        POINTS[2]: (queue, "finish"),
        POINTS[3]: (queue, "finish"),
    }[point]
    real, left = getattr(place, name), [after]

    def step(*args, **kwargs):
        left[0] -= 1
        if left[0] >= 0 and point != POINTS[0]:
            return real(*args, **kwargs)
        if point == POINTS[0]:
            real(*args, **kwargs)
        if point == POINTS[3]:
            with transaction.atomic():  # written, and never committed
                real(*args, **kwargs)
                os.kill(os.getpid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")

    setattr(place, name, step)


def mark_first() -> None:
    """The control: sent is noted with the claim, as who wants each letter at most once would do."""
    from campaigns.models import Delivery  # noqa: PLC0415 - after django.setup()
    from campaigns.services import delivery_queue as queue  # noqa: PLC0415 - after django.setup()

    claim = queue.claim

    def claim_and_mark(*, pks, now):
        taken = claim(pks=pks, now=now)
        Delivery.objects.filter(pk__in=[row.pk for row in taken]).update(state="sent", sent_at=now, next_try_at=None)
        return taken

    queue.claim = claim_and_mark


if __name__ == "__main__":
    main(marked_first="--marked-first" in sys.argv)
