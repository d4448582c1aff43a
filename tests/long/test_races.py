"""A thousand races of two people on PostgreSQL: two editors of one plan, two phones on one report, sending against closing.

Each has its control, whose defence is switched off and which must lose (that of sending against closing runs in both
orders in tests/reports/test_supplements.py).
"""

from dataclasses import replace

import pytest
from django.db import transaction

from campaigns.models import Plan
from campaigns.selectors.plans import plan_content
from campaigns.services.plan_rows import write_plan
from campaigns.services.plans import PlanConflictError, save_plan_draft
from reports.services import filings
from tests.campaigns.office import START, make_office
from tests.campaigns.test_plans import drafted
from tests.crowd import together
from tests.reports.races import sent_and_closed, two_phones

pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RACES, CONTROLS = 1000, 50


def two_editors(act, races):
    """How many of `races` end with a text that is not a winner's, and how many with two winners."""
    office = make_office()
    plan = drafted(office)
    content, wrong, both = plan_content(plan), 0, 0
    for number in range(races):
        version = Plan.objects.get(pk=plan.pk).version

        def write(text, version=version):
            act(Plan.objects.get(pk=plan.pk), version, replace(content, opening=text), office.clerk)

        said = together(write, [f"Lượt {number}, người {who}" for who in ("một", "hai")])
        assert all(error is None or isinstance(error, PlanConflictError) for error in said.values())
        winners = [text for text, error in said.items() if error is None]
        both += len(winners) == 2
        wrong += Plan.objects.get(pk=plan.pk).opening not in winners
    return wrong, both


@pytest.mark.proves("C-01")
def test_a_thousand_races_of_two_editors_lose_nothing_silently():
    def save(plan, version, content, by):
        save_plan_draft(plan=plan, expected_version=version, content=content, by=by, now=START)

    assert two_editors(save, RACES) == (0, 0)


def test_a_plain_save_lets_both_editors_win_and_one_text_vanish():
    def save(plan, _version, content, by):
        with transaction.atomic():
            write_plan(plan=plan, content=content, by=by, now=START)

    assert two_editors(save, CONTROLS) == (0, CONTROLS)


@pytest.mark.proves("C-01")
def test_a_thousand_races_of_two_phones_keep_both_texts(clock):
    assert two_phones(RACES) == ({(200, 409): RACES}, 0)


def test_without_the_version_each_race_of_two_phones_loses_a_text(clock, monkeypatch):
    monkeypatch.setattr(filings, "follows", lambda *_args, **_kwargs: True)
    assert two_phones(CONTROLS) == ({(200, 200): CONTROLS}, CONTROLS)


@pytest.mark.proves("C-04")
def test_a_thousand_sendings_against_the_closing_are_counted_or_told_that_they_came_late(clock):
    outcomes = sent_and_closed(RACES)
    assert set(outcomes) <= {("arrived", None), ("missing", "locked")}
    assert outcomes.total() == RACES
