"""All checks in the order of their ids; a new check is added here, and its variants in severities.json."""

from documents.checks import (
    c01_dates,
    c02_first_citation,
    c03_short_form,
    c04_titles,
    c05_names,
    c06_repeats,
    c07_spelling,
)
from documents.checks.context import Check
from documents.checks.structural import STRUCTURAL

_MODULES = (
    c01_dates,
    c02_first_citation,
    c03_short_form,
    c04_titles,
    c05_names,
    c06_repeats,
    c07_spelling,
)
CHECKS: tuple[Check, ...] = tuple(
    sorted((*(module.CHECK for module in _MODULES), *STRUCTURAL), key=lambda check: check.id)
)
BY_ID = {check.id: check for check in CHECKS}
