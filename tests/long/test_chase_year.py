"""A year over Tết 2027 with a frozen clock: senders die at random throughout, and everything is told once on every channel."""

import datetime as dt
import os

import pytest

from tests.campaigns.chase_year import Year, check
from tests.campaigns.kills import shared_database
from tests.campaigns.smtp import mail_server
from tests.campaigns.year_senders import CutSenders, forked_senders
from tests.campaigns.year_ways import year_ways

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
TICKS = (dt.time(7, 30), dt.time(7, 40), dt.time(22, 0))
SEEDS = range(1, 1 + int(os.environ.get("LANTOA_LONG_SEEDS", "1")))  # more of them for a night's run
pytestmark = pytest.mark.long


@pytest.mark.proves("R-01", "R-05", "R-07", "R-08")
@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_of_chasing(monkeypatch, settings, tmp_path, seed):
    with year_ways(tmp_path) as ways:
        ways.tell(settings)
        year = Year(CutSenders(monkeypatch, seed=seed, kill_rate=0.04), units=5, every=18, seed=seed, ways=ways)
        year.live(FIRST, LAST)
    print(f"plans {len(year.plans)}, kills {year.kills}")
    assert year.kills >= 30
    check(year)


@pytest.mark.postgres
@pytest.mark.proves("R-01", "R-05", "R-07", "R-08")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_of_two_senders_under_sigkill(settings, tmp_path, seed):
    """Two processes at every tick, each of them killed in the middle of one tick in ten."""
    with (
        mail_server() as server,
        year_ways(tmp_path) as ways,
        shared_database(tmp_path) as (url, _ask),
        forked_senders(url, server, seed=seed, kill_rate=0.1, **ways.settings) as senders,
    ):
        ways.tell(settings)
        year = Year(senders, units=5, every=18, seed=seed, ticks=TICKS, ways=ways)
        year.live(FIRST, LAST)
        print(f"plans {len(year.plans)}, kills {year.kills}")
        assert year.kills >= 100
        check(year)
