"""How grave each kind of finding is for one ward."""

from dataclasses import dataclass

from documents.checks.context import Check
from documents.checks.registry import CHECKS
from documents.checks.severity import default_severities
from documents.choices import FindingSeverity
from documents.models import WardCheckSeverity
from units.models import Unit


@dataclass(frozen=True)
class SeverityRow:
    """One kind of finding on the settings page.

    Attributes:
        name: "C07.preferred".
        finds: one sentence on what it is.
        default: the program's severity.
        own: the ward's, "" when the program's holds.
    """

    name: str
    finds: str
    default: FindingSeverity
    own: str


def ward_severities(ward: Unit) -> dict[str, str]:
    """Return what the ward changed, for `CheckContext.severities`."""
    return dict(WardCheckSeverity.objects.filter(ward=ward).order_by().values_list("name", "severity"))


def severity_rows(ward: Unit) -> list[tuple[Check, list[SeverityRow]]]:
    """Return every check with its kinds of findings, in the order of the ids."""
    own = ward_severities(ward)
    defaults = default_severities()
    return [
        (
            check,
            [
                SeverityRow(name, finds, FindingSeverity(defaults[name]), own.get(name, ""))
                for variant, finds in check.variants.items()
                for name in [f"{check.id}.{variant}"]
            ],
        )
        for check in CHECKS
    ]
