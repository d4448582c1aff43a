"""The minute before a deadline at full size: gunicorn and PostgreSQL on one machine, secretaries sending full reports for a minute.

The rate and the slowest twentieth are printed, never asserted: they are the machine's. What is asserted is that every
receipt given is kept, once, and that the figures of the dashboards equal a recount.
"""

import contextlib
import socket

import pytest

from scripts.private_servers import free_port, private_postgres
from tests.long.sending import prepare, recount, send_all
from tests.processes import Site, clean_environment, start, stop_all, wait_until

pytestmark = [pytest.mark.long, pytest.mark.postgres]

WARDS, UNITS = 120, 60
AT_ONCE = 12
SECONDS = 60


@contextlib.contextmanager
def served(folder, database_url):
    """gunicorn as in production, two workers for two cores, over plain HTTP on loopback."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = clean_environment(
        LANTOA_ENV="demo", LANTOA_VAR_DIR=str(folder / "var"), DATABASE_URL=database_url, SITE_URL=url
    )
    site = Site(url, environment, folder)
    with contextlib.ExitStack() as stack:
        stack.callback(stop_all, site)
        site.manage("migrate", "-v", "0", "--noinput")
        site.manage("collectstatic", "-v", "0", "--noinput")
        start(
            site,
            "web",
            "-m",
            "gunicorn",
            "config.wsgi:application",
            "--config",
            "python:config.gunicorn",
            "-b",
            f"127.0.0.1:{port}",
            "-k",
            "gthread",
            "-w",
            "2",
            "--threads",
            "6",
        )
        wait_until(lambda: answers(port), site, seconds=90)
        yield site


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_minute_of_sendings_loses_nothing(tmp_path):
    with private_postgres() as url, served(tmp_path, url) as site:
        prepared = prepare(site, wards=WARDS, units=UNITS)
        outcome = send_all(site.url, prepared, at_once=AT_ONCE, lasting=SECONDS)
        print(
            f"{len(outcome.taken)} sent, {outcome.rate:.1f}/s, p95 {outcome.p95:.3f} s, told to come again {outcome.again}"
        )
        kept = recount(site)
    assert outcome.refused == []
    assert outcome.taken
    assert kept == {
        "sent": outcome.taken,
        "submissions": len(outcome.taken),
        "sessions": len(outcome.taken),
        "revisions": len(outcome.taken),
        "scores": len(outcome.taken) * kept["lines_of_the_sheet"],
        "lines_of_the_sheet": kept["lines_of_the_sheet"],
        "receipts_once": True,
        "counters_hold": True,
    }
