"""What the health page asks: checks registered by the app that knows, each answering in one sentence.

Put checks in `<app>/health.py`, which is loaded by itself. A check that raises is shown as broken, not as a broken page.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Literal

from django.apps import apps

logger = logging.getLogger(__name__)

Level = Literal["ok", "warn", "bad"]
# (label, level, sentence); the moment of asking is the argument
Check = Callable[[datetime], tuple[str, Level, str]]

_CHECKS: dict[str, Check] = {}


@dataclass(frozen=True)
class Finding:
    """One line of the health page."""

    key: str
    label: str
    level: Level
    sentence: str


def health_check(key: str) -> Callable[[Check], Check]:
    """Register a function (now) -> (label, "ok" | "warn" | "bad", sentence) under a key of its own."""

    def register(check: Check) -> Check:
        _CHECKS[key] = check
        return check

    return register


def run_checks(*, now: datetime) -> list[Finding]:
    """Ask every check, the worst answers first."""
    _load()
    findings = [_ask(key, check, now) for key, check in _CHECKS.items()]
    return sorted(findings, key=lambda finding: ("bad", "warn", "ok").index(finding.level))


def _ask(key: str, check: Check, now: datetime) -> Finding:
    try:
        return Finding(key, *check(now))
    except Exception:
        logger.exception("health check %s failed", key)
        return Finding(key, key, "bad", "Không kiểm tra được bộ phận này; chi tiết ở nhật ký của máy chủ.")


def _load() -> None:
    import_module("units.health_checks")
    for config in apps.get_app_configs():
        name = f"{config.name}.health"
        if config.name == "units":
            continue
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
