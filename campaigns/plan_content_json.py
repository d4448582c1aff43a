"""The content of a plan as plain JSON and back: how its versions are kept.

The shape follows the dataclasses themselves, so a field that plans get later is kept as well, and a version that was
saved before the field existed reads with the field's default.
"""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from campaigns.plan_content import PlanContent


def to_json(value: Any) -> Any:
    """Return `value` (a content or a part of one) as lists, dicts, texts, numbers; a date as "2026-06-05"."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(data: dict) -> PlanContent:
    """Return the content that `data` was made of; names that plans no longer have are passed over."""
    return _read(PlanContent, data)


def _read(kind, value):
    if value is None:
        return None
    if is_dataclass(kind):
        hints = _hints(kind)
        required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}
        found = {name: _read(hint, value[name]) for name, hint in hints.items() if name in value}
        return kind(**dict.fromkeys(required - found.keys(), ""), **found)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if get_origin(kind) is UnionType:
        return _read(next(one for one in get_args(kind) if one is not type(None)), value)
    return date.fromisoformat(value) if kind is date else value


@cache
def _hints(kind):
    return get_type_hints(kind)
