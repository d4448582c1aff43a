"""Who may read which file: rules added by the apps above, which know what a file is attached to.

Put rules in `<app>/file_rules.py`, which is loaded by itself: `@file_rule` on a function (access) -> Q over StoredFile.
"""

from collections.abc import Callable
from importlib import import_module

from django.apps import apps
from django.db.models import Q

from units.selectors.access import Access

Rule = Callable[[Access], Q]

_RULES: list[Rule] = []


def file_rule(rule: Rule) -> Rule:
    """Register a rule; a file is visible when any rule lets it be."""
    _RULES.append(rule)
    return rule


def file_rules() -> list[Rule]:
    """All rules of all apps."""
    for config in apps.get_app_configs():
        name = f"{config.name}.file_rules"
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    return _RULES
