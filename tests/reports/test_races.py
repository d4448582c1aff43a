"""Races of two people on PostgreSQL; tests/long/test_races.py runs a thousand of each."""

import pytest

from reports.services import filings
from tests.reports.races import sent_and_closed, two_phones

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RACES = 20


@pytest.mark.proves("C-01")
def test_two_phones_at_one_moment_keep_both_texts_and_one_is_told(clock):
    assert two_phones(RACES) == ({(200, 409): RACES}, 0)


def test_without_the_version_one_of_two_texts_vanishes_and_nobody_is_told(clock, monkeypatch):
    """Control of the test above."""
    monkeypatch.setattr(filings, "follows", lambda *_args, **_kwargs: True)
    assert two_phones(RACES) == ({(200, 200): RACES}, RACES)


@pytest.mark.proves("C-04")
def test_what_is_sent_while_the_office_closes_is_counted_or_told_that_it_came_late(clock):
    """The control, in both orders: tests/reports/test_supplements.py."""
    outcomes = sent_and_closed(RACES)
    assert set(outcomes) <= {("arrived", None), ("missing", "locked")}
    assert outcomes.total() == RACES
