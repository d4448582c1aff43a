"""Findings as plain Vietnamese text: errors first, each with its line, its words and what to write instead."""

from documents.checks.context import Finding
from documents.checks.registry import BY_ID
from documents.checks.severity import Severity

HEADINGS = {Severity.ERROR: "LỖI", Severity.WARNING: "CẦN XEM LẠI", Severity.INFO: "LƯU Ý"}
_LONGEST_QUOTE = 90


def findings_text(name: str, findings: list[Finding]) -> str:
    """Return the findings of one file, grouped by severity."""
    groups = {severity: [one for one in findings if one.severity == severity] for severity in HEADINGS}
    if not findings:
        return f"{name}: không phát hiện lỗi nào."
    errors, warnings, infos = (len(group) for group in groups.values())
    parts = [f"{name}: {errors} lỗi, {warnings} chỗ cần xem lại, {infos} lưu ý."]
    for severity, group in groups.items():
        if group:
            parts += ["", HEADINGS[severity], *(_row(one) for one in group)]
    return "\n".join(parts)


def _row(finding: Finding) -> str:
    place = "toàn văn" if finding.line is None else f"dòng {finding.line}"
    quote = " ".join(finding.quote.split())
    if len(quote) > _LONGEST_QUOTE:
        quote = f"{quote[:_LONGEST_QUOTE].rstrip()}…"
    words = f" “{quote}”" if quote else ""
    instead = f" → “{finding.suggestion}”" if finding.suggestion else ""
    return (
        f"  {place:>9}  {finding.check} {BY_ID[finding.check].title}:{words}{instead}\n             {finding.message}"
    )
