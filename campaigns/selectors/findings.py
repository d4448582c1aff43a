"""Which findings of a plan were let stand, and which of the others stop it (decisions 14)."""

from collections.abc import Collection, Iterable

from campaigns.models import DismissedFinding, Plan
from documents.checks import Finding
from documents.checks.severity import Severity

FindingKey = tuple[str, str, str]

# Only errors of form and fact stop a plan; what takes judgement never does.
BLOCKING_CHECKS = frozenset({"C01", "C05", "C06", "C07", "C17"})
_QUOTE_LENGTH = 300


def key_of(finding: Finding) -> FindingKey:
    """Return what stays the same of a finding from one run to the next: check, variant and the bare words."""
    return finding.check, finding.variant, " ".join(finding.quote.replace("*", "").split())[:_QUOTE_LENGTH]


def dismissed_of(plan: Plan) -> dict[FindingKey, DismissedFinding]:
    """Return the dismissals of a plan by the key of their finding, with who, when and why; one query."""
    rows = DismissedFinding.objects.filter(plan=plan).select_related("dismissed_by")
    return {(row.check_id, row.variant, row.quote): row for row in rows}


def blocking(findings: Iterable[Finding], *, dismissed: Collection[FindingKey] = ()) -> list[Finding]:
    """Return the findings that stop a plan from being submitted, approved or issued."""
    return [
        one
        for one in findings
        if one.severity == Severity.ERROR and one.check in BLOCKING_CHECKS and key_of(one) not in dismissed
    ]
