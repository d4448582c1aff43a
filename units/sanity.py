"""Whether what is kept still agrees with itself: checks registered by each app in `<app>/sanity.py`.

A check yields faults; none on healthy data. `manage.py sanity` prints them and tells their weight by its exit code.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from django.apps import apps


@dataclass(frozen=True)
class Fault:
    """One fault: which check, how grave ("error": data is lost or wrong; "warning": to be looked at), a sentence."""

    check: str
    weight: Literal["error", "warning"]
    sentence: str


SanityCheck = Callable[[], Iterable[Fault]]
_CHECKS: dict[str, SanityCheck] = {}


def sanity_check(name: str) -> Callable[[SanityCheck], SanityCheck]:
    """Register a check, a function without arguments that yields faults."""

    def register(check: SanityCheck) -> SanityCheck:
        _CHECKS[name] = check
        return check

    return register


def find_faults() -> list[Fault]:
    """Run every check of every app, errors first."""
    import_module("units.sanity_checks")
    for config in apps.get_app_configs():
        name = f"{config.name}.sanity"
        if config.name == "units":
            continue
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    faults = [fault for check in _CHECKS.values() for fault in check()]
    return sorted(faults, key=lambda fault: fault.weight != "error")
