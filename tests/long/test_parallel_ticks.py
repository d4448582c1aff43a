"""R-04 at full size: two beats and a timer together for 30 simulated minutes."""

import pytest

from tests.campaigns.parallel_ticks import DUTIES, ring

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True), pytest.mark.proves("R-04")]


def check(told):
    assert (told.untold, told.lines) == (0, [DUTIES] * told.people)
    assert (len(told.letters), told.letters_doubled) == (told.people, 0)


def test_thirty_minutes_on_sqlite(tmp_path):
    check(ring(tmp_path, minutes=30, people=150))


@pytest.mark.postgres
def test_thirty_minutes_on_postgresql(tmp_path):
    check(ring(tmp_path, minutes=30, people=150))
