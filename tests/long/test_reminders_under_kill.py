"""R-01 at full size: 1,500 due reminders, two senders, at least 14 SIGKILLs."""

import pytest

from tests.campaigns.kills import run

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def check(outcome):
    print(f"kills {outcome.kills}, letters twice {outcome.letters_doubled}")
    assert (outcome.lost, outcome.lines, outcome.letters_lost) == (0, 1500, 0)
    assert outcome.letters_doubled <= outcome.kills
    assert {len(ids) for ids in outcome.message_ids.values()} == {1}


@pytest.mark.proves("R-01")
def test_1500_reminders_on_sqlite(tmp_path):
    check(run(tmp_path, people=500, duties=3, least_kills=14, delay=0.02))


@pytest.mark.postgres
@pytest.mark.proves("R-01")
def test_1500_reminders_on_postgresql(tmp_path):
    check(run(tmp_path, people=500, duties=3, least_kills=14, delay=0.02))
