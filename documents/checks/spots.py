"""Where in the paper a fact was read, so that a finding can quote it."""

import re
from bisect import bisect_left

from documents.checks.context import CheckedText
from documents.checks.zones import Zone
from documents.deadlines import Deadline
from documents.reading.facts import DutyFacts
from documents.reading.source import SourceLine

Spot = tuple[SourceLine, tuple[int, int]]

# A duty broken over a page goes on within this many lines.
_REACH = 6
# Enough of a duty to know its line among those of one page.
_FIRST_WORDS = 32


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


def duty_line(text: CheckedText, duty: DutyFacts) -> SourceLine | None:
    """Return the line in which a duty begins; on the page of a PDF, the one that holds its first words."""
    spot = spot_of(text, duty.line, duty.text[:_FIRST_WORDS])
    return spot[0] if spot else None


def other_lines(text: CheckedText) -> list[SourceLine]:
    """The lines of the body in which no duty begins."""
    taken = {id(duty_line(text, duty)) for duty in text.facts.duties}
    return [line for line in text.lines_in(Zone.BODY) if id(line) not in taken]


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
