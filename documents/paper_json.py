"""A :class:`~documents.content.Paper` as JSON and back, for the frozen copy of an issued paper.

Format, version 1: an object ``{"schema": 1, "paper": {...}}``. Every dataclass is
an object of its fields; each block also names its type under ``"block"``
("heading", "paragraph", "item", "table"). Dates are ISO, kinds are the values of
``PaperKind`` ("KH", "BC"). Fields that came later have defaults, so an older text is still read. Keys are sorted and nothing is escaped, so that equal papers give
equal bytes and the stored text can be read and searched.
"""

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from documents import content

SCHEMA = 1
_BLOCKS = {
    "heading": content.Heading,
    "paragraph": content.Paragraph,
    "item": content.Item,
    "table": content.Table,
}
_BLOCK_NAMES = {block: name for name, block in _BLOCKS.items()}


def to_json(paper: content.Paper) -> str:
    """Return the paper as canonical JSON text."""
    return json.dumps(to_dict(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> content.Paper:
    """Return the paper of a text written by :func:`to_json`.

    Raises:
        ValueError: the text is not such a paper: unknown version, key or type.
    """
    return from_dict(json.loads(text))


def to_dict(paper: content.Paper) -> dict[str, Any]:
    """Return the paper as plain lists and dictionaries, for a JSON column."""
    return {"schema": SCHEMA, "paper": _pack(paper)}


def from_dict(document: dict[str, Any]) -> content.Paper:
    """Return the paper of what :func:`to_dict` made; raises ValueError like :func:`from_json`."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ValueError("Not a paper of a known version.")
    return _unpack(content.Paper, document["paper"])


def _pack(value: Any) -> Any:
    if is_dataclass(value):
        packed = {field.name: _pack(getattr(value, field.name)) for field in fields(value)}
        if type(value) in _BLOCK_NAMES:
            packed["block"] = _BLOCK_NAMES[type(value)]
        return packed
    if isinstance(value, tuple):
        return [_pack(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _unpack(expected: Any, value: Any) -> Any:
    if expected == content.Block:
        return _unpack_block(value)
    if isinstance(expected, UnionType):
        return _unpack_optional(expected, value)
    if get_origin(expected) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"Expected a list, not {type(value).__name__}.")
        return tuple(_unpack(get_args(expected)[0], one) for one in value)
    if is_dataclass(expected):
        return _unpack_dataclass(expected, value)
    if isinstance(expected, type) and issubclass(expected, Enum):
        return expected(value)
    if expected is date:
        return date.fromisoformat(value)
    return _plain_value(expected, value)


def _unpack_block(value: Any) -> content.Block:
    if not isinstance(value, dict) or value.get("block") not in _BLOCKS:
        raise ValueError("Unknown kind of block.")
    rest = {key: one for key, one in value.items() if key != "block"}
    return _unpack_dataclass(_BLOCKS[value["block"]], rest)


def _unpack_optional(expected: UnionType, value: Any) -> Any:
    if value is None:
        return None
    return _unpack(next(one for one in get_args(expected) if one is not NoneType), value)


def _unpack_dataclass(expected: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"Expected an object for {expected.__name__}.")
    known = {field.name: field for field in fields(expected)}
    if unknown := value.keys() - known.keys():
        raise ValueError(f"Unknown keys in {expected.__name__}: {sorted(unknown)}.")
    missing = {
        name
        for name, field in known.items()
        if name not in value and field.default is MISSING and field.default_factory is MISSING
    }
    if missing:
        raise ValueError(f"Missing keys in {expected.__name__}: {sorted(missing)}.")
    hints = get_type_hints(expected)
    return expected(**{name: _unpack(hints[name], one) for name, one in value.items()})


def _plain_value(expected: type, value: Any) -> Any:
    allowed = (int, float) if expected is float else (expected,)
    if not isinstance(value, allowed) or (expected is not bool and isinstance(value, bool)):
        raise ValueError(f"Expected {expected.__name__}, not {type(value).__name__}.")
    return value
