"""A draft as the checks see it: its paper, the printed lines, and what they find."""

import datetime as dt
from dataclasses import dataclass

from campaigns.models import Plan
from campaigns.paper import plan_paper
from campaigns.plan_content import PlanContent
from documents.checks import Finding, run
from documents.content import Paper
from documents.limits import check_size
from documents.reading.paper_lines import paper_source
from documents.reading.plan import read_plan
from documents.reading.source import Source
from documents.selectors.checking import check_context


@dataclass(frozen=True)
class CheckedPlan:
    """The paper of a plan with its lines and all that was found in them, dismissed or not."""

    paper: Paper
    source: Source
    findings: list[Finding]


def checked_plan(plan: Plan, *, today: dt.date, content: PlanContent | None = None) -> CheckedPlan:
    """Run every check over the plan as stored, or over `content` that is being typed.

    Raises ValidationError of documents.limits for a text that no paper could hold.
    """
    paper = plan_paper(plan, content=content)
    check_size(paper)
    source = paper_source(paper)
    findings = run(source, read_plan(source, today=today), check_context(plan.ward, today=today))
    return CheckedPlan(paper, source, findings)
