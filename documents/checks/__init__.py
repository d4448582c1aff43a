"""The checks a plan goes through before a leader sees it (format rules, section 11): text and facts in, findings out."""

from documents.checks.context import Check, CheckContext, CheckedText, Finding, Found
from documents.checks.registry import BY_ID, CHECKS
from documents.checks.severity import severity_of
from documents.reading.facts import PlanFacts
from documents.reading.source import Source

__all__ = ["Check", "CheckContext", "CheckedText", "Finding", "Found", "run"]


def run(source: Source, facts: PlanFacts, context: CheckContext) -> list[Finding]:
    """Return what all checks find in one paper: by line, what is absent first, each thing said once.

    Args:
        source: the lines of the paper.
        facts: what `documents.reading.plan.read_plan` read from them.
        context: the day, the ward's names, calendar, severities and the plans to compare with.
    """
    text = CheckedText(source, facts, context)
    findings = {}
    for check in CHECKS:
        for found in check.find(text):
            severity = severity_of(check.id, found.variant, context.severities)
            key = (check.id, found.variant, found.line, found.quote)
            findings.setdefault(
                key,
                Finding(check.id, found.variant, severity, found.line, found.quote, found.message, found.suggestion),
            )
    return sorted(findings.values(), key=_place)


def title_of(check: str) -> str:
    """Return the Vietnamese title of a check id."""
    return BY_ID[check].title


def _place(finding: Finding) -> tuple[int, str]:
    return (-1 if finding.line is None else finding.line, finding.check)
