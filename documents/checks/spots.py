"""Where in the paper a fact was read, so that a finding can quote it."""

import re
from bisect import bisect_left

from documents.checks.context import CheckedText
from documents.deadlines import Deadline
from documents.reading.source import SourceLine

Spot = tuple[SourceLine, tuple[int, int]]

# A duty broken over a page goes on within this many lines.
_REACH = 6


def is_plan(text: CheckedText) -> bool:
    """Whether the paper is a plan: only a plan assigns tasks, so a report or a letter is not asked for them."""
    return text.facts.kind.casefold() in ("kế hoạch", "")


def spot_of(text: CheckedText, number: int, words: str) -> Spot | None:
    """Return where ``words`` stand at or soon after line ``number``; the whole line when they do not."""
    found = None
    for line in from_line(text, number):
        place = line.text.find(words) if words else -1
        if place >= 0:
            return line, (place, place + len(words))
        found = found or (line, (0, len(line.text)))
    return found


def deadline_spot(text: CheckedText, number: int, deadline: Deadline) -> Spot | None:
    """Return where a deadline read from line ``number`` stands."""
    return spot_of(text, number, deadline.phrase)


def from_line(text: CheckedText, number: int) -> list[SourceLine]:
    """The lines of one number (a page holds many) and the few after it."""
    first = place_of(text, number)
    last = place_of(text, number + 1)
    return list(text.lines[first : last + _REACH])


def place_of(text: CheckedText, number: int) -> int:
    """Return the place in ``text.lines`` of the first line of that number or after it."""
    return bisect_left(text.lines, number, key=lambda line: line.number)


def opening(line: SourceLine, *, words: int = 6) -> tuple[int, int]:
    """Return the span of the first words of a line, behind its bullet."""
    start = re.match(r"(?:[-+•] ?|\(?[\dIVXa-zđ]{1,4}[.)] ?)*", line.text).end()
    match = re.match(rf"(?:\S+ ?){{1,{words}}}", line.text[start:])
    return (start, start + len(match[0].rstrip(" ,;:.")) if match else len(line.text))
