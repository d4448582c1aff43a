"""What changed between two versions of a plan, place by place and word by word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaigns.plan_content import LABELS, LIST_FIELDS, PLAIN_FIELDS, PlanContent
from documents.word_diff import word_diff

EDITED, ADDED, REMOVED = "edited", "added", "removed"


@dataclass(frozen=True)
class Change:
    """One place that differs: what it is called, how it changed, and the words ("same", "added", "removed")."""

    label: str
    kind: str
    words: list[tuple[str, str]]


def plan_changes(old: PlanContent, new: PlanContent, in_words: Callable[[object, str], str]) -> list[Change]:
    """Return the changes in the order of the plan; `in_words(value, name)` writes a value as a person reads it."""
    found = []
    for name in PLAIN_FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found.append(Change(LABELS[name], EDITED, word_diff(in_words(before, name), in_words(after, name))))
    for name in LIST_FIELDS:
        rows = [[in_words(one, name) for one in getattr(content, name) or ()] for content in (old, new)]
        found.extend(_rows(LABELS[name], *rows))
    return found


def _rows(label: str, before: list[str], after: list[str]) -> Iterator[Change]:
    """Rows that stayed are passed over; a row in the place of another is that row edited."""
    for step, first, last, other, other_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        pairs = min(last - first, other_last - other)
        for offset in range(pairs):
            words = word_diff(before[first + offset], after[other + offset])
            yield Change(f"{label}, dòng {other + offset + 1}", EDITED, words)
        for row in range(first + pairs, last):
            yield Change(f"{label}, dòng {row + 1} cũ", REMOVED, [("removed", before[row])])
        for row in range(other + pairs, other_last):
            yield Change(f"{label}, dòng {row + 1}", ADDED, [("added", after[row])])
