"""A year over Tết 2027 with a frozen clock: senders die at random throughout, and every reminder is told once."""

import datetime as dt

import pytest

from tests.campaigns.chase_year import Year, check

pytestmark = [pytest.mark.long, pytest.mark.django_db]


@pytest.mark.proves("R-01", "R-05", "R-07", "R-08")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_of_chasing(monkeypatch, seed):
    year = Year(monkeypatch, units=5, every=18, seed=seed, kill_rate=0.04)
    year.live(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    print(f"plans {len(year.plans)}, kills {year.kills}")
    assert year.kills >= 30
    check(year)
