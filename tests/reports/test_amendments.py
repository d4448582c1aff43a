"""The form of a returned report, filled with what was sent."""

from decimal import Decimal

import pytest

from reports.models import Score
from reports.selectors.filings import content_from
from reports.services.rubrics import load_default_rubric
from tests import factories


@pytest.mark.django_db
def test_points_without_a_reason_follow_the_suggestion_again(cast):
    """Reported with other plans, a line may have been suggested fewer points than this plan alone would give."""
    submission = factories.make_submission(cast.own_unit, factories.make_issued_plan(cast.ward, units=[cast.own_unit]))
    rubric = load_default_rubric()
    first, second = rubric.groups.first().criteria.all()[:2]
    for criterion, note in ((first, ""), (second, "Học bù cho hai đồng chí đi xa.")):
        points = {"suggested": Decimal(6), "self_points": Decimal(3), "self_note": note}
        Score.objects.create(submission=submission, criterion=criterion, **points)
    assert content_from(submission)["scores"] == {
        f"points_{first.pk}": "3",
        f"note_{first.pk}": "",
        f"suggested_{first.pk}": "3",
        f"points_{second.pk}": "3",
        f"note_{second.pk}": "Học bù cho hai đồng chí đi xa.",
        f"suggested_{second.pk}": "6",
    }
