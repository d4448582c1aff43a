"""Senders killed in the middle of the work; the full size is in tests/long."""

import pytest

from tests.campaigns.kill_points import MAY_REPEAT, POINTS, kill_at
from tests.campaigns.kills import run


@pytest.mark.proves("R-01")
@pytest.mark.django_db(transaction=True)
def test_200_reminders_survive_4_kills_of_2_senders(tmp_path):
    outcome = run(tmp_path, people=100, duties=2, least_kills=4, delay=0.03)
    assert (outcome.lost, outcome.lines, outcome.letters_lost) == (0, outcome.reminders, 0)
    assert outcome.letters_doubled <= outcome.kills
    assert {len(ids) for ids in outcome.message_ids.values()} == {1}


@pytest.mark.proves("R-01")
@pytest.mark.django_db(transaction=True)
def test_the_control_without_claims_sends_twice(tmp_path):
    outcome = run(tmp_path, people=40, duties=1, delay=0.03, claims=False)
    assert (outcome.kills, outcome.letters_doubled > 0) == (0, True)


@pytest.mark.proves("R-05")
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_at_a_point_loses_no_letter(tmp_path, point):
    ends = kill_at(point, tmp_path, runs=3)
    assert (ends.killed, ends.lost, ends.unsent) == (3, 0, 0)
    assert ends.repeated == (3 if point in MAY_REPEAT else 0)


@pytest.mark.proves("R-05")
@pytest.mark.django_db(transaction=True)
def test_the_control_that_marks_before_it_sends_loses_letters(tmp_path):
    ends = kill_at("before SMTP", tmp_path, runs=3, marked_first=True)
    assert (ends.killed, ends.lost) == (3, 6)  # the one in hand and those after it
