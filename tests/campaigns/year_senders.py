"""The two kinds of senders of a simulated year: cut short in this process, or real processes under SIGKILL.

    python -m tests.campaigns.year_senders SEED KILL_RATE AT_ONCE [--no-claim]

is the host of the second kind: it reads one instant a line, lets AT_ONCE senders work at it at the same time, kills some of
them in the middle, sends others in their place until one came through alive, and answers with the number of kills so far.
"""

import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
POINTS = ("add_to_digest", "open_deliveries", "_settle")  # of services/digests.py; the letter is cut before and after
LONGEST_LIFE = 0.12  # seconds after which a sender that is to die is killed at the latest
GAVE_UP = 3  # the exit code of a sender that waited too long for a lock
MOST_ATTEMPTS = 30


class KilledError(BaseException):
    """Nothing in a sender may catch it, as nothing catches SIGKILL; what was not committed is gone."""


class CutSenders:
    """One sender in this process, which dies at random right before or right after a step of its work."""

    def __init__(self, monkeypatch, *, seed=2027, kill_rate=0.0):
        from django.core.mail.backends.locmem import EmailBackend  # noqa: PLC0415 - the host has no settings yet

        from campaigns.outgoing import push, webhook  # noqa: PLC0415 - the host has no settings yet
        from campaigns.services import digests  # noqa: PLC0415 - the host has no settings yet

        self.chance, self.kill_rate, self.kills = random.Random(seed), kill_rate, 0
        for name in POINTS:
            self._cut(monkeypatch, digests, name)
        for place, name in ((EmailBackend, "send_messages"), (webhook, "send"), (push, "send")):
            self._cut(monkeypatch, place, name)

    def tick(self, now):
        from campaigns.services.clock import tick  # noqa: PLC0415 - the host has no settings yet

        for attempt in range(30):
            try:
                tick(now=now + dt.timedelta(seconds=attempt))
            except KilledError:
                continue
            return

    def calm(self):
        """Nobody dies any more."""
        self.kill_rate = 0.0

    def message_ids(self):
        """The Message-ID of every letter that arrived."""
        from django.core import mail  # noqa: PLC0415 - the host has no settings yet

        return [letter.extra_headers["Message-ID"] for letter in mail.outbox]

    def _cut(self, monkeypatch, place, name):
        real = getattr(place, name)

        def step(*args, **rest):
            self._perhaps_die()
            done = real(*args, **rest)
            self._perhaps_die()
            return done

        monkeypatch.setattr(place, name, step)

    def _perhaps_die(self):
        if self.chance.random() < self.kill_rate:
            self.kills += 1
            raise KilledError


class ForkedSenders:
    """Several processes at a time on the test's own database, SIGKILLed at random."""

    def __init__(self, host, server):
        self.host, self.server, self.kills, self.alive = host, server, 0, False

    def tick(self, now):
        word = "calm" if self.alive else "kill"
        self.host.stdin.write(f"{word} {now.isoformat()}\n")
        self.host.stdin.flush()
        answer = self.host.stdout.readline()
        assert answer, "the host of the senders is gone"
        self.kills = int(answer)

    def calm(self):
        """Nobody dies any more."""
        self.alive = True

    def message_ids(self):
        """The Message-ID of every letter that arrived."""
        return [message_id for _to, message_id, _text in self.server.letters]


@contextlib.contextmanager
def forked_senders(url, server, *, seed=1, kill_rate=0.0, at_once=2, claims=True, **more):
    """The host on the database at `url`, its letters going to `server` (tests/campaigns/smtp.py).

    `claims` switches off the lease of letters, for the control; `more`: settings of the senders, lists among them.
    """
    more = {name: ",".join(value) if isinstance(value, list) else value for name, value in more.items()}
    from tests.processes import sender_environment  # noqa: PLC0415 - the host needs none of it

    environment = sender_environment(url, server.port, **more)
    command = [sys.executable, "-m", "tests.campaigns.year_senders", str(seed), str(kill_rate), str(at_once)]
    command += [] if claims else ["--no-claim"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    host = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, start_new_session=True, **pipes)
    try:
        yield ForkedSenders(host, server)
    finally:
        os.killpg(host.pid, signal.SIGKILL)
        host.wait()
        host.stdin.close()
        host.stdout.close()


def main(seed: int, kill_rate: float, at_once: int, *, claims: bool) -> None:
    """Work off one line after the other until the pipe closes."""
    django.setup()
    if not claims:
        from tests.campaigns.senders import without_claims  # noqa: PLC0415 - after django.setup()

        without_claims()
    chance, kills = random.Random(seed), 0
    for line in sys.stdin:
        word, instant = line.split()
        rate = kill_rate if word == "kill" else 0.0
        kills += work(dt.datetime.fromisoformat(instant), chance=chance, rate=rate, at_once=at_once)
        print(kills, flush=True)


def work(now: dt.datetime, *, chance: random.Random, rate: float, at_once: int) -> int:
    """`at_once` senders at `now`, and others in the place of the killed; the number of kills that met a living sender."""
    kills, attempt = 0, 0
    while True:
        pids = [fork_sender(now + dt.timedelta(seconds=attempt)) for _ in range(at_once)]
        doomed = [pid for pid in pids if attempt < 5 and chance.random() < rate]
        for pid in doomed:
            time.sleep(chance.uniform(0, LONGEST_LIFE / 2))
            os.kill(pid, signal.SIGKILL)
        ends = [os.waitpid(pid, 0)[1] for pid in pids]
        codes = [os.WEXITSTATUS(end) for end in ends if os.WIFEXITED(end)]
        if not set(codes) <= {0, GAVE_UP}:
            raise RuntimeError(f"a sender ended with {codes}")
        kills += len(ends) - len(codes)
        attempt += 1
        if 0 in codes:
            return kills
        if attempt > MOST_ATTEMPTS:
            raise RuntimeError(f"no sender came through at {now} in {attempt} attempts")


def fork_sender(now: dt.datetime) -> int:
    """Start a sender; one that did not get a lock within the limit of the database gives up, the next takes over."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        code = send(now)
    finally:
        if code == 1:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(code)


def send(now: dt.datetime) -> int:
    from django.db import OperationalError  # noqa: PLC0415 - after django.setup()

    from campaigns.services.clock import tick  # noqa: PLC0415 - after django.setup()

    try:
        tick(now=now)
    except OperationalError:
        return GAVE_UP
    return 0


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), claims="--no-claim" not in sys.argv)
