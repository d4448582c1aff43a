"""Score sheets: the default one, pinning at issue, its label."""

import pytest
from django.urls import reverse

from reports.models import Criterion, PinnedRubric, Rubric
from reports.selectors.rubrics import DEFAULT_LABEL, rubric_label
from reports.services.rubrics import load_default_rubric, pin_rubric
from tests import factories

pytestmark = pytest.mark.django_db


def test_default_sheet_is_loaded_once(cast):
    rubric = load_default_rubric()
    assert load_default_rubric() == rubric
    assert Criterion.objects.count() == 14
    assert sum(Criterion.objects.values_list("max_points", flat=True)) == 100
    assert [(one.name, one.from_percent) for one in rubric.levels.all()] == [("Tốt", 90), ("Khá", 70), ("Trung bình", 50), ("Yếu", 0)]


def test_issue_pins_the_version_in_force_and_a_later_sheet_changes_nothing(cast, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    pin = pin_rubric(plan=plan, by=cast.clerk)
    assert pin.rubric == load_default_rubric()
    factories.make_rubric(cast.ward)
    assert pin_rubric(plan=plan, by=cast.clerk).rubric == load_default_rubric()
    later = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    assert pin_rubric(plan=later, by=cast.clerk).rubric.ward == cast.ward


def test_plan_without_scores_pins_nothing(cast, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], scored=False)
    assert pin_rubric(plan=plan, by=cast.clerk) is None
    assert not PinnedRubric.objects.exists()


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "Bộ tiêu chí phường (chưa đối chiếu bản chính)"),
        ({"is_official": True, "basis": "Quy định số 22-QĐ/TU"}, "Bộ tiêu chí phường (chưa đối chiếu bản chính)"),
    ],
)
def test_regulation_is_named_only_when_checked(cast, fields, label):
    rubric = factories.make_rubric(cast.ward, name="Bộ tiêu chí phường", **fields)
    assert rubric_label(rubric) == label
    rubric.is_official, rubric.basis = True, "Quy định số 22-QĐ/TU"
    rubric.checked_at, rubric.checked_by = factories.NOW, cast.admin
    assert rubric_label(rubric) == "theo Quy định số 22-QĐ/TU"


def test_page_shows_the_sheet_with_its_label(cast, sign_in):
    rubric = load_default_rubric()
    page = sign_in(cast.admin).get(reverse("reports:rubric-detail", args=[rubric.pk])).content.decode()
    assert DEFAULT_LABEL in page
    assert "22-QĐ/TU" not in page
    foreign = Rubric.objects.get(pk=factories.make_rubric(cast.foreign_ward).pk)
    assert sign_in(cast.admin).get(reverse("reports:rubric-detail", args=[foreign.pk])).status_code == 404
