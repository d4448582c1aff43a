"""The wording that ships with the program: one JSON file for each kind of plan, read by services/snippets.py."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def shipped_snippets() -> tuple[dict, ...]:
    """Return the shipped snippets as dictionaries of plan_kind, slot, position, title, text."""
    rows = []
    for file in sorted(FOLDER.glob("*.json")):
        for position, row in enumerate(json.loads(file.read_text("utf-8"))):
            rows.append({"plan_kind": file.stem, "position": position, **row})
    return tuple(rows)
