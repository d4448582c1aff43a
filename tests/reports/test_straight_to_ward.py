"""A cell below a đảng bộ cơ sở that reports straight to the ward: its own duty and screen, counted once."""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.choices import ParticipantClass
from campaigns.forms.unit_names import UnitNames
from campaigns.models import Assignment
from campaigns.services.assignments import expand_duties
from campaigns.services.conference_lists import set_classes
from campaigns.services.redrafting import redrafted
from documents.selectors.checking import check_context
from documents.services.addressees import WardRoll
from reports.models import Submission
from reports.selectors.branches import cells_in
from reports.services.compiling import take_figures
from reports.services.submissions import accept_submission
from tests import factories
from tests.campaigns.conferences import make_conference
from tests.reports import steps
from tests.reports.test_branches import give, start
from units.choices import Role, UnitKind
from units.services.units import set_unit_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast, clock):
    """A đảng bộ of 46 members: two cells of 16, the first of which reports to the ward, and 14 of its own."""
    parent = factories.make_unit(
        cast.ward, kind=UnitKind.GRASSROOTS_COMMITTEE, name="Đảng bộ Trường nghề", member_count=46, exempt_count=3
    )
    cells = [
        factories.make_unit(
            parent, kind=UnitKind.SUBORDINATE_CELL, name=f"Chi bộ Khoa {n}", member_count=16, exempt_count=1
        )
        for n in (1, 2)
    ]
    people = {
        "parent": factories.make_person(parent, Role.SECRETARY, username="dang-bo"),
        "straight": factories.make_person(cells[0], Role.SECRETARY, username="khoa-1"),
        "below": factories.make_person(cells[1], Role.SECRETARY, username="khoa-2"),
    }
    set_unit_facts(unit=cells[0], by=cast.admin, reports_to_ward=True)
    plan = factories.make_issued_plan(cast.ward, units=[parent, cells[0]])
    factories.pin_rubric(plan, steps.load_default_rubric())
    return parent, cells, people, plan


def test_the_issue_of_a_plan_asks_it_as_it_asks_every_unit_of_the_ward(cast, family):
    parent, cells, _people, _plan = family
    plan = factories.make_plan(cast.ward)
    factories.make_duty(plan)
    expand_duties(plan=plan, by=cast.clerk, at=factories.NOW)
    asked = set(Assignment.objects.filter(plan=plan).values_list("unit", flat=True))
    assert {parent.pk, cells[0].pk} <= asked
    assert cells[1].pk not in asked
    assert cells[0] in WardRoll.on(cast.ward, factories.TODAY).reporting()
    assert cells[1] not in WardRoll.on(cast.ward, factories.TODAY).reporting()


def test_its_secretary_is_convened_and_its_name_is_known_where_plans_are_written(cast, family):
    _parent, cells, people, plan = family
    conference = make_conference(cast.ward, plans=[plan])
    set_classes(conference=conference, kinds=[ParticipantClass.SECRETARIES], by=cast.compiler, at=factories.NOW)
    convened = conference.invitees.filter(unit__in=cells).values_list("unit", "person")
    assert list(convened) == [(cells[0].pk, people["straight"].pk)]
    names = UnitNames.of_ward(cast.ward, on=factories.TODAY)
    assert (names.find(cells[0].name), names.find(cells[1].name)) == (cells[0], None)
    known = check_context(cast.ward, today=factories.TODAY).names
    assert (cells[0].name in known, cells[1].name in known) == (True, False)


def test_it_keeps_its_duty_in_a_plan_written_after_an_earlier_one(cast, family):
    _parent, cells, _people, plan = family
    for cell in cells:
        factories.make_duty(plan, lead=cell)
    text = factories.make_directive()
    content = redrafted(plan=plan, directives=[text], today=factories.TODAY).content
    leads = {duty.lead_id for duty in content.duties}
    assert cells[0].pk in leads
    assert cells[1].pk not in leads


def test_it_has_a_screen_of_its_own_and_the_committee_does_not_wait_for_it(family, sign_in):
    parent, cells, people, _plan = family
    client = sign_in(people["straight"])
    page = client.get(reverse("home")).content.decode()
    assert reverse("reports:session-create", args=[cells[0].pk]) in page
    assert client.get(reverse("reports:session-open", args=[cells[0].pk])).status_code == 200
    below = sign_in(people["below"]).get(reverse("reports:session-open", args=[cells[1].pk]))
    assert below["Location"] == reverse("reports:branch-edit", args=[cells[1].pk])
    page = sign_in(people["parent"]).get(reverse("reports:branch-list", args=[parent.pk]))
    assert [one.unit for one in page.context["family"].branches] == [cells[1]]
    refused = sign_in(people["straight"]).get(reverse("reports:branch-edit", args=[cells[0].pk]))
    assert refused.status_code == 302


def test_every_member_is_counted_once(cast, family, sign_in):
    parent, cells, people, plan = family
    steps.report(sign_in(people["straight"]), cells[0], counts=_counts(16, 1, 15))
    secretary = sign_in(people["parent"])
    give(secretary, cells[1], [plan], members="16", exempt="1", away="0", present="15", excused="0", unexcused="0")
    filing = start(secretary, parent)
    # 46 of the whole đảng bộ less 16 of the cell below and 16 of the one that reports itself
    assert filing.content["counts"]["members"] == "14"
    assert filing.content["counts"]["exempt"] == "1"
    steps.fill(secretary, filing, counts=_counts(14, 1, 13))
    steps.send(secretary, filing)
    for submission in Submission.objects.all():
        accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)
    totals = take_figures([plan], counted_at=factories.NOW + dt.timedelta(days=1))["plans"][0]["totals"]
    assert (totals["asked"], totals["accepted"]) == (2, 2)
    assert (totals["counts"]["required"], totals["counts"]["present"]) == (43, 43)
    assert cells_in(Submission.objects.get(unit=parent), on=factories.TODAY) == 1


def test_the_setting_is_offered_where_there_is_a_choice(cast, family, sign_in):
    parent, cells, _people, _plan = family
    client = sign_in(cast.admin)
    assert "reports_to_ward" in client.get(reverse("units:unit-edit", args=[cells[1].pk])).context["form"].fields
    assert "reports_to_ward" not in client.get(reverse("units:unit-edit", args=[parent.pk])).context["form"].fields
    assert "thẳng với phường" in client.get(reverse("units:unit-detail", args=[cells[0].pk])).content.decode()


def _counts(members, exempt, present):
    return {"members": str(members), "exempt": str(exempt), "present": str(present), "excused": "0", "speakers": "5"}


def test_heads_a_cell_keeps_to_itself_are_not_told_by_subtraction(family, sign_in):
    parent, cells, people, _plan = family
    cells[0].figures_withheld = True
    cells[0].save(update_fields=["figures_withheld"])
    assert start(sign_in(people["parent"]), parent).content["counts"]["members"] == ""
