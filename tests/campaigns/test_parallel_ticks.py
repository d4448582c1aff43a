"""Several clocks at once in small; 30 minutes of them are in tests/long."""

import pytest

from tests.campaigns.parallel_ticks import DUTIES, ring

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.proves("R-04")
def test_two_beats_and_a_timer_at_the_same_moment_tell_once(tmp_path):
    told = ring(tmp_path, minutes=5, people=15)
    assert (told.untold, told.lines) == (0, [DUTIES] * told.people)
    assert (len(told.letters), told.letters_doubled) == (told.people, 0)


@pytest.mark.proves("R-04")
def test_the_control_without_claims_writes_twice(tmp_path):
    told = ring(tmp_path, minutes=2, people=12, claims=False)
    assert told.letters_doubled > 0
