"""What most tests of plans begin with: an office at work, a drafted plan, a drafter at the keyboard."""

import pytest

from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from tests import factories
from tests.campaigns.office import directive_facts, make_office
from units.choices import Role

PHRASES = DraftPhrases(
    study="Hoàn thành trong tháng 6/2026", report="trước ngày 10/7/2026", compiled="Hoàn thành trước ngày 15/7/2026"
)


@pytest.fixture
def office(db, clock):
    return make_office()


@pytest.fixture
def plan(office):
    directive = register_directive(by=office.clerk, **directive_facts())
    return draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=factories.NOW, phrases=PHRASES)


@pytest.fixture
def drafter(office, client):
    client.force_login(factories.make_person(office.ward, Role.DRAFTER))
    return client
