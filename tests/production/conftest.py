"""PostgreSQL, Redis and a mailbox for the production proofs.

`make test` starts the servers and names them in the environment; alone, `pytest tests/production -m redis` starts
its own. Each proof gets an empty database of its own on that server: it is filled by other processes, so no
transaction of a test could take it back.
"""

import asyncio
import contextlib
import itertools
import os

import psycopg2
import pytest
from aiosmtpd.controller import Controller
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from scripts.private_servers import free_port, private_postgres, private_redis
from tests.browser import browser, open_page
from tests.processes import prepare_production, production_site

__all__ = ["browser", "open_page"]

names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server():
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL", "")
        yield url if url.startswith("postgres") else stack.enter_context(private_postgres())


@pytest.fixture(scope="session")
def redis_url():
    with contextlib.ExitStack() as stack:
        yield os.environ.get("LANTOA_TEST_REDIS_URL") or stack.enter_context(private_redis())


@pytest.fixture(scope="session")
def prepared(postgres_server, tmp_path_factory):
    """(name of a migrated database to copy, folder of static files): made once, both take their time."""
    folder = tmp_path_factory.mktemp("prepared")
    name = f"proof_{os.getpid()}"
    with administrator(postgres_server) as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    prepare_production(folder, database_url=f"{postgres_server.rsplit('/', 1)[0]}/{name}")
    yield name, folder / "var" / "static"
    with administrator(postgres_server) as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(postgres_server, prepared):
    """The URL of a migrated database of the test alone."""
    name = f"{prepared[0]}_{next(names)}"
    with administrator(postgres_server) as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {prepared[0]}")
    yield f"{postgres_server.rsplit('/', 1)[0]}/{name}"
    with administrator(postgres_server) as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def production(tmp_path, database_url, redis_url, mailbox, prepared):
    """The whole production set, running; its letters arrive in `mailbox`."""
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mailbox.port), "DEFAULT_FROM_EMAIL": "lantoa@example.vn"}
    with production_site(
        tmp_path, database_url=database_url, redis_url=redis_url, static=prepared[1], **mail
    ) as running:
        yield running


@contextlib.contextmanager
def administrator(server_url):
    connection = psycopg2.connect(server_url)
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


class Mailbox:
    """Keeps what an SMTP client hands over."""

    def __init__(self):
        self.letters, self.pause = [], 0  # seconds before a letter is taken

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name aiosmtpd calls
        await asyncio.sleep(self.pause)
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox():
    """A mail server on loopback; `mailbox.letters` holds envelopes, `mailbox.port` where it listens."""
    box = Mailbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()
