"""Units that keep their head-counts to themselves (Công an, Quân sự): no page, paper or file depends on those counts.

The proof is by non-interference: whatever the hidden counts are, everything published is the same to the letter, so no
sum of it can be used to find them. The control shows that the same counts do change everything once they are open.
"""

import json
import re

import pytest
from django.urls import reverse

from documents.paper_json import to_dict
from reports.choices import SubmissionState
from reports.models import CompiledReport, StudySession, Submission
from reports.papers.compiled import compiled_report_paper
from reports.papers.unit_report import unit_report_paper
from reports.services.compiling import draft_report, take_figures
from tests import factories
from units.choices import UnitKind
from units.models import Unit, UnitRevision

pytestmark = pytest.mark.django_db

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[^\'"; ]*|[0-9a-f]{32}')


@pytest.fixture
def barracks(cast):
    """The ward's police cell among its other units, everybody reported and taken in."""
    police = factories.make_unit(cast.ward, kind=UnitKind.POLICE, name="Chi bộ Công an phường", figures_withheld=True)
    UnitRevision.objects.create(
        unit=police, effective_from=factories.SINCE, parent=cast.ward, kind=police.kind, name=police.name,
        short_name=police.short_name, member_count=30, exempt_count=4, recorded_at=factories.NOW, recorded_by=cast.admin,
    )  # fmt: skip
    units = [cast.own_unit, cast.other_unit, police]
    plan = factories.make_issued_plan(cast.ward, units=units)
    factories.pin_rubric(plan)
    for unit in units:
        session = factories.make_session(unit, directives=plan.directives.all(), outside_people=2, speakers=7)
        factories.make_submission(
            unit, plan, sessions=[session], state=SubmissionState.ACCEPTED, self_total=90, self_level="Tốt",
            essays_due=26, essays_done=20,
        )  # fmt: skip
    return police


def set_counts(unit, size):
    """Let the unit count `size` members, of whom all but two came."""
    Unit.objects.filter(pk=unit.pk).update(member_count=size, exempt_count=size // 7)
    UnitRevision.objects.filter(unit=unit).update(member_count=size, exempt_count=size // 7)
    Submission.objects.filter(unit=unit).update(
        members=size, exempt=0, excused=1, unexcused=1, essays_due=size, essays_done=size - 3
    )
    StudySession.objects.filter(unit=unit).update(present=size - 2, speakers=size // 3, outside_people=size // 2)


def published(cast, sign_in):
    """Everything the office, the leader and the level above can read about the plan, as texts by name."""
    submission = Submission.objects.get(unit__name="Chi bộ Công an phường")
    plan, unit = submission.plan, submission.unit
    CompiledReport.objects.all().delete()
    report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=factories.NOW)
    pages = {
        "matrix": (cast.compiler, reverse("reports:matrix")),
        "results": (cast.compiler, reverse("reports:submission-list")),
        "result": (cast.compiler, reverse("reports:submission-detail", args=[submission.pk])),
        "leader": (cast.leader, reverse("reports:leader")),
        "plan": (cast.compiler, reverse("campaigns:plan-detail", args=[plan.pk])),
        "units": (cast.compiler, reverse("units:unit-list")),
        "units-by-person": (cast.compiler, reverse("units:unit-list") + "?nhom=person"),
        "unit": (cast.compiler, reverse("units:unit-detail", args=[unit.pk])),
        "overview": (cast.viewer, reverse("reports:overview")),
    }
    texts = {}
    for name, (person, url) in pages.items():
        page = sign_in(person).get(url)
        assert page.status_code == 200, (name, page.status_code)
        texts[name] = _TOKEN.sub("", page.content.decode())
    texts["snapshot"] = json.dumps(take_figures([plan], counted_at=factories.NOW), sort_keys=True, default=str)
    texts["paper"] = json.dumps(to_dict(compiled_report_paper(report)), default=str)
    texts["own paper"] = json.dumps(to_dict(unit_report_paper(submission)), default=str)
    return texts


def test_nothing_published_depends_on_a_hidden_count(cast, clock, sign_in, barracks):
    set_counts(barracks, 31)
    few = published(cast, sign_in)
    set_counts(barracks, 97)
    many = published(cast, sign_in)
    assert [name for name in few if few[name] != many[name]] == []


def test_the_same_counts_show_once_they_are_open(cast, clock, sign_in, barracks):
    Unit.objects.filter(pk=barracks.pk).update(figures_withheld=False)
    set_counts(barracks, 31)
    few = published(cast, sign_in)
    set_counts(barracks, 97)
    many = published(cast, sign_in)
    changed = {name for name in few if few[name] != many[name]}
    assert changed >= {"results", "result", "leader", "units", "unit", "snapshot", "paper", "own paper"}
