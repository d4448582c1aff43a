"""How much of the sample plans is read and found: ``python tests/plans/score.py [dev|heldout] [-q]``.

A fact is one leaf of the JSON of ``read_plan``, compared after NFC and space folding.
Items of a list are matched by what names them, so that one missed duty costs one duty.
A label is found when a finding has the same check and line and the quotes overlap.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETS = ("dev", "heldout")
TODAY = date(2026, 7, 1)

_BULLET = re.compile(r"^(?:[-+•]|[a-zđ]\)) *")
_QUOTES = re.compile('[“”"]')


@dataclass
class Score:
    """The figures of one plan.

    Attributes:
        right, facts: leaves read as expected, leaves expected.
        missed: (path, expected, read) of the others.
        extra: leaves read that nobody expected.
        found, labels: labels found, labels planted.
        lost: the labels not found.
        errors: findings of level error.
        alarms: those that no label names.
    """

    name: str
    right: int = 0
    facts: int = 0
    missed: list[tuple[str, Any, Any]] = field(default_factory=list)
    extra: list[tuple[str, Any]] = field(default_factory=list)
    found: int = 0
    labels: int = 0
    lost: list[dict] = field(default_factory=list)
    errors: int = 0
    alarms: list[dict] = field(default_factory=list)


def plans(group: str) -> list[Path]:
    """Return the texts of one set."""
    return sorted((HERE / group).glob("*.txt"))


def score(path: Path) -> Score:
    """Read and check one plan and compare with what stands beside it."""
    # Here, because a script finds the project only after main() has named it.
    from documents.checks import CheckContext, run  # noqa: PLC0415
    from documents.reading.files import read_source  # noqa: PLC0415
    from documents.reading.plan import read_plan  # noqa: PLC0415
    from documents.reading.plan_json import to_json  # noqa: PLC0415

    source = read_source(path.name, path.read_bytes())
    facts = read_plan(source, today=TODAY)
    result = Score(path.stem)
    read = json.loads(json.dumps(to_json(facts), default=str))
    compare_facts(result, _without_recurring(_load(path, "expected")), _without_recurring(read))
    found = [
        {"check": f.check, "severity": str(f.severity), "line": f.line, "quote": f.quote, "message": f.message}
        for f in run(source, facts, CheckContext(today=TODAY))
    ]
    compare_findings(result, _load(path, "findings"), found)
    return result


def compare_facts(result: Score, expected: dict, read: dict) -> None:
    """Count the leaves of ``expected`` that ``read`` has."""
    wanted, got = dict(_leaves(expected, read, ours=True)), dict(_leaves(read, expected, ours=False))
    for path, value in wanted.items():
        result.facts += 1
        if path in got and _fold(path, got[path]) == _fold(path, value):
            result.right += 1
        else:
            result.missed.append((path, value, got.get(path)))
    result.extra += [(path, value) for path, value in got.items() if path not in wanted and value not in (None, [], "")]


def compare_findings(result: Score, labels: list[dict], found: list[dict]) -> None:
    """Count the labels found, and the errors that no label names."""
    used = set()
    result.errors = sum(finding["severity"] == "error" for finding in found)
    for label in labels:
        result.labels += 1
        hits = [number for number, finding in enumerate(found) if _hits(label, finding)]
        used.update(hits)
        if hits:
            result.found += 1
        else:
            result.lost.append(label)
    result.alarms += [
        finding for number, finding in enumerate(found) if finding["severity"] == "error" and number not in used
    ]


def _hits(label: dict, finding: dict) -> bool:
    if label["check"] != finding["check"]:
        return False
    if label["line"] is None:
        return finding["line"] is None
    if finding["line"] == label["line"]:
        return not finding["quote"] or _overlap(label["quote"], finding["quote"])
    return finding["line"] in label.get("also", ())


def _overlap(one: str, other: str) -> bool:
    one, other = _plain(one), _plain(other)
    if one in other or other in one:
        return True
    size = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return size >= min(len(one) / 2, len(other) / 2, 15)


def _leaves(item: Any, other: Any, *, ours: bool, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, leaf); list items are numbered by their place in the expected list."""
    if isinstance(item, dict):
        for key, value in item.items():
            beside = other.get(key) if isinstance(other, dict) else None
            yield from _leaves(value, beside, ours=ours, path=f"{path}.{key}" if path else key)
    elif isinstance(item, list):
        if not item:
            yield path, None
            return
        beside = other if isinstance(other, list) else []
        pairs = {} if ours else _pairs(beside, item)
        back = _pairs(item, beside) if ours else {}
        for number, value in enumerate(item):
            index = number if ours else pairs.get(number, f"+{number}")
            mate = next((beside[theirs] for theirs, mine in back.items() if mine == number), None) if ours else None
            if not ours and number in pairs:
                mate = beside[pairs[number]]
            yield from _leaves(value, mate, ours=ours, path=f"{path}[{index}]")
    else:
        yield path, item


def _pairs(expected: list, read: list) -> dict[int, int]:
    """Match items by what names them, in order: place read -> place expected."""
    matcher = SequenceMatcher(None, [_name(i) for i in expected], [_name(i) for i in read], autojunk=False)
    pairs: dict[int, int] = {}
    for tag, low, high, their_low, their_high in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and high - low == their_high - their_low):
            pairs.update(zip(range(their_low, their_high), range(low, high), strict=True))
    return pairs


def _name(item: Any) -> str:
    if not isinstance(item, dict):
        return _plain(_BULLET.sub("", str(item)))
    keys = ("number", "sign") if "sign" in item else ("line",) if "line" in item else ("level", "name", "title")
    return "|".join(_plain(str(item.get(key))) for key in keys)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("*", "")).strip()


def _fold(path: str, value: Any) -> Any:
    """Return a leaf in the form in which it is compared (tests/plans/README.md)."""
    if path.endswith(("deadline.last_day", "when.last_day")):
        return value
    if value in ("", [], None):
        return None
    if not isinstance(value, str):
        return value
    value = _plain(value)
    if "paragraphs" in path or path.endswith(".text"):
        value = _BULLET.sub("", value)
    if path.endswith("assignee"):
        value = value[:1].upper() + value[1:]
    if path.startswith("directives"):
        value = _QUOTES.sub("", value)
    return value


def _load(path: Path, what: str) -> Any:
    return json.loads(path.with_name(f"{path.stem}.{what}.json").read_text(encoding="utf-8"))


def _without_recurring(data: Any) -> Any:
    """Drop what depends on the day of reading: the next turn of a recurring deadline."""
    if isinstance(data, dict):
        skip = {"last_day"} if data.get("rule") == "recurring" else set()
        return {key: _without_recurring(value) for key, value in data.items() if key not in skip}
    return [_without_recurring(item) for item in data] if isinstance(data, list) else data


def show(result: Score, *, quiet: bool) -> None:
    """Print the figures of one plan, and what differs unless ``quiet``."""
    print(
        f"{result.name:20} facts {result.right}/{result.facts} = {result.right / result.facts:.1%}, "
        f"extra {len(result.extra)}; labels {result.found}/{result.labels}; errors {result.errors}, false {len(result.alarms)}"
    )
    if quiet:
        return
    for path, value, got in result.missed:
        print(f"    {path}\n        expected {value!r}\n        read     {got!r}")
    for path, value in result.extra:
        print(f"    + {path} = {value!r}")
    for label in result.lost:
        print(f"    not found: {label['check']} line {label['line']} {label['quote']!r}")
    for alarm in result.alarms:
        print(f"    false: {alarm['check']} line {alarm['line']} {alarm['quote']!r} {alarm['message']}")


def main(arguments: list[str]) -> None:
    """Print the figures of the sets named, of both without a name; ``-q`` hides what differs."""
    quiet = "-q" in arguments
    results = []
    for group in [a for a in arguments if a in SETS] or SETS:
        print(group)
        for path in plans(group):
            results.append(score(path))
            show(results[-1], quiet=quiet)
    facts, labels = sum(r.facts for r in results), sum(r.labels for r in results)
    print(
        f"all: facts {sum(r.right for r in results) / facts:.2%} of {facts}, "
        f"labels {sum(r.found for r in results)}/{labels}, false errors {sum(len(r.alarms) for r in results)}"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    main(sys.argv[1:])
