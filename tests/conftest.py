"""What every test has: its own media folder, a clock that can be stopped, the cast; and what each test proves."""

import pytest
import time_machine as machine
from django.db import connection
from hypothesis import HealthCheck, settings

from reports.selectors.ground import forget_sheets
from tests import factories

# No example is judged by the clock: a machine that is busy for two seconds is no fault of what is tested.
settings.register_profile("gate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gate")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Uploaded files go to a folder of the test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def own_sheets():
    """The score sheets that the program keeps in its memory are those of this test's database."""
    forget_sheets()


@pytest.fixture
def clock():
    """Time stands still on Wednesday 03/6/2026, 08:00 in Hà Nội; `clock.move_to(moment)`, `clock.shift(delta)`."""
    with machine.travel(factories.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db):
    """The named people of two wards (tests/factories.py: Cast)."""
    return factories.make_cast()


@pytest.fixture
def sign_in(client):
    """`sign_in(cast.clerk)` returns the test client signed in as that person."""

    def sign(user):
        client.force_login(user)
        return client

    return sign


def pytest_runtest_setup(item):
    """Leave out what only PostgreSQL can show when tests are run by hand on SQLite; a whole run skips nothing (scripts/test.py)."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL can show this; make test runs it there.")


def pytest_collection_modifyitems(items):
    """Carry the ids of `@pytest.mark.proves(...)` into the report, from which scripts/test.py lists them."""
    for item in items:
        if runs_nowhere({mark.name for mark in item.iter_markers()}):
            raise pytest.UsageError(f"No phase of scripts/test.py would run {item.nodeid}: its marks exclude each other.")
        for mark in item.iter_markers("proves"):
            item.user_properties += [("proves", name) for name in mark.args]


def runs_nowhere(marks):
    """Whether a test of the gate asks for PostgreSQL or Redis and says at once that it is not to be repeated there."""
    return not marks & {"e2e", "long"} and bool(marks & {"postgres", "redis"}) and bool(marks & {"pdf", "once"})
