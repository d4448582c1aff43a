"""The clock beside the web process: reminders every minute, long work every few seconds."""

import logging
import signal
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from campaigns.services.clock import tick
from units.services.heartbeat import beat
from units.services.jobs import run_due_jobs

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is due, again and again, until stopped (SIGTERM, Ctrl-C); with --once only one round."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args, **options):
        self.stopping = threading.Event()
        if options["once"]:
            self._round(_tick)
            self._round(_jobs)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        self._loop()

    def _loop(self) -> None:
        """Each part has its own next moment on a clock that cannot be set back; a slow part does not pile up rounds."""
        parts = {_tick: settings.CLOCK_TICK_SECONDS, _jobs: settings.CLOCK_JOB_SECONDS}
        due = dict.fromkeys(parts, time.monotonic())
        logger.info("the clock runs: %s", {part.__name__: seconds for part, seconds in parts.items()})
        while not self.stopping.is_set():
            for part, seconds in parts.items():
                if time.monotonic() >= due[part] and not self.stopping.is_set():
                    close_old_connections()
                    self._round(part)
                    due[part] = time.monotonic() + seconds
            self.stopping.wait(max(0, min(due.values()) - time.monotonic()))
        connection.close()
        logger.info("the clock has stopped")

    def _round(self, part: Callable[[], None]) -> None:
        """One round of one part. Whatever fails is in the log and is tried again in the next round."""
        try:
            part()
        except (DatabaseError, InterfaceError) as failure:
            logger.warning("the database did not answer the clock: %s", failure)
            connection.close()
        except Exception:  # one round that fails, whatever the fault, must not stop the clock
            logger.exception("a round of the clock failed")


def _tick() -> None:
    tick(now=timezone.now())


def _jobs() -> None:
    run_due_jobs(now=timezone.now())
    beat(name="jobs", at=timezone.now())
