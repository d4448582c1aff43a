"""The makers write rows that the models themselves accept."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from campaigns.models import StateCounter
from reports.choices import SubmissionState
from tests import factories


@pytest.fixture
def everything(cast):
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], by=cast.clerk
    )
    directives = list(plan.directives.all())
    session = factories.make_session(cast.own_unit, directives=directives)
    factories.make_submission(cast.own_unit, plan, sessions=[session], state=SubmissionState.SUBMITTED)
    factories.make_filing(cast.own_unit, plans=[plan])
    factories.make_report(cast.ward, plans=[plan])
    factories.pin_rubric(plan)
    factories.make_entry(factories.make_book(cast.ward))
    factories.make_dispatch(plan.paper, cast.own_unit)
    factories.make_plan(cast.ward)
    return plan


def test_made_rows_are_valid(everything):
    problems = []
    for app in ("units", "documents", "campaigns", "reports"):
        for model in apps.get_app_config(app).get_models():
            for row in model.objects.all():
                try:
                    row.full_clean()
                except ValidationError as error:
                    problems.append((model.__name__, error.message_dict))
    assert problems == []


def test_issued_plan_is_counted(everything):
    counters = StateCounter.objects.filter(plan=everything).order_by("product")
    assert list(counters.values_list("product", "state", "count")) == [
        ("action", "todo", 1),
        ("report", "todo", 2),
        ("study", "todo", 2),
    ]
