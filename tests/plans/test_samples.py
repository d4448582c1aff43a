"""What is read and found in the eight sample plans, all together."""

import pytest

from tests.plans.score import SETS, Score, plans, score


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [score(path) for group in SETS for path in plans(group)]


def test_eight_plans_are_there(scores):
    assert len(scores) == 8


@pytest.mark.proves("D-06")
def test_98_percent_of_the_facts_are_read(scores):
    right, facts = sum(one.right for one in scores), sum(one.facts for one in scores)
    assert right >= 0.98 * facts, [(one.name, one.missed) for one in scores if one.missed]


def test_90_percent_of_the_labelled_errors_are_found(scores):
    found, labels = sum(one.found for one in scores), sum(one.labels for one in scores)
    assert found >= 0.9 * labels, [(one.name, one.lost) for one in scores if one.lost]


def test_nothing_false_is_called_an_error(scores):
    assert {one.name: one.alarms for one in scores if one.alarms} == {}


def test_no_plan_has_more_than_14_errors(scores):
    assert max(one.errors for one in scores) <= 14
