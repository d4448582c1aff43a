"""How grave each variant of a check is: data that ships with the program, which a ward may change."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path


class Severity(StrEnum):
    """Error: wrong in form or fact. Warning: worth a look. Info: a matter of style. Off: the ward does not want it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@cache
def default_severities() -> Mapping[str, str]:
    """Return the shipped table, "C01.conflicting_dates" -> "error"."""
    return json.loads((Path(__file__).parent / "severities.json").read_text(encoding="utf-8"))


def severity_of(check: str, variant: str, changed: Mapping[str, str]) -> str:
    """Return the severity of a variant: the ward's when it set one ("C01.conflicting_dates" or all of "C01")."""
    name = f"{check}.{variant}"
    return changed.get(name) or changed.get(check) or default_severities()[name]
