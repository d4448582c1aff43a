"""The texts of filled outlines as a compiled report shows them: plan by plan, heading by heading, units side by side."""

from dataclasses import dataclass

from campaigns.models import Plan
from reports.models import CompiledReport, ReportOutlineText
from reports.outline import HeadingPart, SectionPart
from reports.selectors.outline import parts_of


@dataclass(frozen=True)
class HeadingTexts:
    """One heading with what was written under it, in the ward's order of units."""

    section: SectionPart
    heading: HeadingPart
    texts: list[ReportOutlineText]


@dataclass(frozen=True)
class PlanTexts:
    """The outline of one plan of the report."""

    plan: Plan
    headings: list[HeadingTexts]


def outline_of(report: CompiledReport, *, included: bool = False) -> list[PlanTexts]:
    """Headings under which something was written, with `included` only what is ticked; empty without outlines."""
    rows = report.outline_texts.select_related("submission__unit", "submission__plan__paper")
    if included:
        rows = rows.filter(included=True)
    by_heading: dict[int, list[ReportOutlineText]] = {}
    plans: dict[int, Plan] = {}
    for one in rows.order_by("submission__plan_id", "submission__unit__sort_key", "pk"):
        by_heading.setdefault(one.heading_id, []).append(one)
        plans[one.submission.plan_id] = one.submission.plan
    return [PlanTexts(plan, _headings(plan, by_heading)) for plan in plans.values()]


def _headings(plan, by_heading):
    sections = [one for one in parts_of(plan) if isinstance(one, SectionPart)]
    return [
        HeadingTexts(section, heading, by_heading[heading.pk])
        for section in sections
        for heading in section.headings
        if heading.pk in by_heading
    ]
