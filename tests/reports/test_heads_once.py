"""Nobody is counted twice and nobody is lost: members away, received, exempt, over all units of a ward."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reports.choices import SubmissionState
from reports.forms.counts import CountsStepForm
from reports.selectors.leader import attendance_of
from reports.services.compiling import take_figures
from reports.services.sessions import record_session
from tests import factories
from tests.reports import steps
from units.choices import UnitKind

pytestmark = pytest.mark.django_db

COUNTS = {"present": "0", "excused": "0", "unexcused": "0"}


def moved_about(chance, sizes):
    """Heads per unit after some members went to sit with another cell of the ward for a time: (away, received) lists."""
    away, received = [0] * len(sizes), [0] * len(sizes)
    for home, size in enumerate(sizes):
        for _ in range(chance.randrange(size // 2)):
            host = chance.choice([one for one in range(len(sizes)) if one != home])
            away[home] += 1
            received[host] += 1
    return away, received


@pytest.mark.parametrize("seed", range(5))
def test_a_member_received_elsewhere_is_counted_once(cast, seed):
    chance = random.Random(seed)
    sizes = [chance.randrange(4, 40) for _ in range(6)]
    away, received = moved_about(chance, sizes)
    units = [factories.make_unit(cast.ward) for _ in sizes]
    plan = factories.make_issued_plan(cast.ward, units=units)
    for unit, size, gone, guests in zip(units, sizes, away, received, strict=True):
        there = size - gone + guests
        session = factories.make_session(unit, directives=plan.directives.all(), present=there)
        factories.make_submission(
            unit, plan, sessions=[session], state=SubmissionState.ACCEPTED,
            members=size, exempt=0, away=gone, received=guests, excused=0, unexcused=0,
        )  # fmt: skip
    [figures] = take_figures([plan], counted_at=factories.NOW)["plans"]
    counts = figures["totals"]["counts"]
    assert (counts["required"], counts["present"]) == (sum(sizes), sum(sizes))
    live = attendance_of(plan.pk)
    assert (live.required, live.present) == (sum(sizes), sum(sizes))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"members": "10", "exempt": "2", "away": "3", "received": "4", "present": "9"}, {}),
        # 12 taken off 10 members: that 5 guests came does not make it right
        ({"members": "10", "exempt": "6", "away": "6", "received": "5", "present": "3"}, {"exempt": ["exempt"]}),
        ({"members": "10", "exempt": "10", "away": "0", "received": "2", "present": "2"}, {}),
        ({"members": "10", "received": "2", "present": "10"}, {"excused": ["sum"]}),
    ],
)
def test_guests_are_required_and_never_hide_a_mistake(typed, wrong):
    form = CountsStepForm(COUNTS | typed)
    assert {name: [one.code for one in found] for name, found in form.errors.as_data().items()} == wrong


def forms_offered(client, unit):
    """The ways of holding a session that the form of `unit` offers, and the one it starts with."""
    filing = steps.start(client, unit)
    form = client.get(reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])).context["form"]
    return {value for value, _ in form.fields["form"].choices}, form["form"].value()


@pytest.mark.parametrize(
    ("kind", "chosen", "counted"),
    [
        (UnitKind.PEOPLE_COMMITTEE, {}, True),
        (UnitKind.RESIDENTIAL, {}, False),
        (UnitKind.PEOPLE_COMMITTEE, {"counts_at_conference": False}, False),
        (UnitKind.RESIDENTIAL, {"conference_kinds": ["tdp"]}, True),
    ],
)
def test_a_unit_is_counted_at_the_conference_or_at_home_as_the_ward_says(cast, clock, sign_in, kind, chosen, counted):
    steps.asked(cast)
    for name, value in chosen.items():
        setattr(cast.ward.ward_settings, name, value)
    cast.ward.ward_settings.save()
    cast.own_unit.kind = kind
    cast.own_unit.save()
    offered, first = forms_offered(sign_in(cast.secretary), cast.own_unit)
    assert ("ward_conference" in offered, first == "ward_conference") == (counted, counted)
    directive = factories.make_directive()
    facts = {"held_on": factories.TODAY, "form": "ward_conference", "present": 5}
    record = {"unit": cast.own_unit, "directives": [directive], "by": cast.secretary, "at": factories.NOW}
    if counted:
        assert record_session(**record, **facts).present == 5
    else:
        with pytest.raises(ValidationError) as refused:
            record_session(**record, **facts)
        assert refused.value.error_dict["form"][0].code == "counted_here"
