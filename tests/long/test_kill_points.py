"""R-05 at full size: 50 kills at each of the four points of sending a letter."""

import pytest

from tests.campaigns.kill_points import MAY_REPEAT, POINTS, kill_at

RUNS = 50
pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("R-05"),
    pytest.mark.parametrize("point", POINTS),
]


def check(ends, point):
    print(f"{point}: killed {ends.killed}, lost {ends.lost}, sent again {ends.repeated}")
    assert (ends.killed, ends.lost, ends.unsent) == (RUNS, 0, 0)
    assert ends.repeated == (RUNS if point in MAY_REPEAT else 0)


def test_fifty_kills_on_sqlite(tmp_path, point):
    check(kill_at(point, tmp_path, runs=RUNS), point)


@pytest.mark.postgres
def test_fifty_kills_on_postgresql(tmp_path, point):
    check(kill_at(point, tmp_path, runs=RUNS), point)
