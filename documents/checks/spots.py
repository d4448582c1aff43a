"""Where in the paper a fact was read, so that a finding can quote it."""

import re

from documents.checks.context import CheckedText
from documents.deadlines import Deadline
from documents.reading.source import SourceLine

Spot = tuple[SourceLine, tuple[int, int]]

# A duty broken over a page goes on within this many lines.
_REACH = 6


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
    first = next((place for place, line in enumerate(text.lines) if line.number >= number), None)
    if first is None:
        return []
    last = first
    while last < len(text.lines) and text.lines[last].number == number:
        last += 1
    return list(text.lines[first : last + _REACH])


def opening(line: SourceLine, *, words: int = 6) -> tuple[int, int]:
    """Return the span of the first words of a line, behind its bullet."""
    start = re.match(r"(?:[-+•] ?|\(?[\dIVXa-zđ]{1,4}[.)] ?)*", line.text).end()
    match = re.match(rf"(?:\S+ ?){{1,{words}}}", line.text[start:])
    return (start, start + len(match[0].rstrip(" ,;:.")) if match else len(line.text))
