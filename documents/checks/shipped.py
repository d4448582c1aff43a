"""The word lists that ship with the checks; they are data, so that a word can be added without a change of program."""

import json
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@cache
def shipped(name: str):
    """Return the content of ``data/<name>.json``."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def shipped_lines(name: str) -> tuple[str, ...]:
    """Return the lines of ``data/<name>.txt``."""
    return tuple((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1])
