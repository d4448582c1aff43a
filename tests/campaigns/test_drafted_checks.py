"""The ward's wording as it ships passes the checks: a drafted plan of any kind has no error and hardly a warning."""

import datetime as dt

import pytest

from campaigns.paper import plan_paper
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.redrafting import redraft_plan
from documents import checks
from documents.checks.context import CheckContext
from documents.reading.paper_lines import paper_source
from documents.reading.plan import read_plan
from tests import factories
from tests.campaigns.office import START, directive_facts, make_office
from units.workdays import WorkCalendar

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2026, 9, 7, 8, 0, tzinfo=factories.HANOI)
DIRECTIVES = {
    "study": {"superior_due_on": dt.date(2026, 6, 30)},
    "implementation": {"kind": "NQ", "number": "17", "sign": "NQ/TU", "subject": "về phát triển kinh tế số đến năm 2030"},
    "review": {"number": "19", "dated_on": dt.date(2021, 9, 28), "subject": "về phát huy vai trò của đội ngũ trí thức"},
}


def findings(plan, *, now=START):
    source = paper_source(plan_paper(plan, number=12, dated_on=now.date()))
    facts = read_plan(source, today=now.date())
    found = checks.run(source, facts, CheckContext(today=now.date(), calendar=WorkCalendar.load()))
    return [(one.check, one.variant, one.severity, one.quote, one.message) for one in found]


@pytest.mark.parametrize("kind", DIRECTIVES)
def test_a_drafted_plan_passes_the_checks(kind):
    office = make_office()
    directive = register_directive(by=office.clerk, **directive_facts(**DIRECTIVES[kind]))
    plan = draft_plan(ward=office.ward, directives=[directive], kind=kind, by=office.clerk, now=START)
    found = findings(plan)
    assert [one for one in found if one[2] == "error"] == []
    assert len([one for one in found if one[2] == "warning"]) <= 2, "\n".join(map(str, found))


def test_a_plan_from_an_earlier_one_passes_the_checks_as_well():
    office = make_office()
    first = register_directive(by=office.clerk, **directive_facts())
    plan = draft_plan(ward=office.ward, directives=[first], kind="study", by=office.clerk, now=START)
    facts = {"kind": "NQ", "number": "21", "sign": "NQ/TU", "subject": "về chuyển đổi số", "dated_on": dt.date(2026, 8, 20)}
    second = register_directive(by=office.clerk, **directive_facts(**facts))
    new = redraft_plan(plan=plan, directives=[second], by=office.clerk, now=LATER)
    found = findings(new, now=LATER)
    assert [one for one in found if one[2] in {"error", "warning"}] == []
