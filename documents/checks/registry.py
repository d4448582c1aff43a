"""All checks in the order of their ids; a new check is added here, and its variants in severities.json."""

from documents.checks import c06_repeats
from documents.checks.context import Check

CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (module.CHECK for module in (c06_repeats,)),
        key=lambda check: check.id,
    )
)
BY_ID = {check.id: check for check in CHECKS}
