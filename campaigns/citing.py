"""How a plan names a directive: in full at the first mention, by its short form afterwards (format.md 7)."""

from collections.abc import Iterable

from campaigns.models import Directive
from documents import dates


def full_citation(directive: Directive) -> str:
    """Return "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về ...", without a full stop."""
    subject = directive.subject.strip().rstrip(".")
    return f"{directive.short_form}, ngày {dates.short(directive.dated_on)} của {directive.issuer} {subject}".strip()


def first_mention(directive: Directive) -> str:
    """Return the full citation with the clause that allows the short form from then on."""
    return f"{full_citation(directive)} (sau đây viết tắt là {directive.short_form})"


def joined(parts: Iterable[str]) -> str:
    """Return "a", "a và b" or "a, b và c"."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def joined_long(parts: Iterable[str]) -> str:
    """Return long parts, which hold commas themselves, set apart by semicolons."""
    return "; ".join(part for part in parts if part)


def kind_words(directives: Iterable[Directive]) -> str:
    """Return what later sentences call the directives: "Chỉ thị", "các Nghị quyết", "Chỉ thị và Nghị quyết"."""
    counts: dict[str, int] = {}
    for directive in directives:
        label = directive.get_kind_display()
        counts[label] = counts.get(label, 0) + 1
    return joined(f"các {label}" if count > 1 else label for label, count in counts.items())
