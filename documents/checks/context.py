"""What a check is given and what it gives back."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from documents import citations
from documents.checks.zones import Zone, zones_of
from documents.citations import Citation
from documents.reading.facts import PlanFacts
from documents.reading.source import Source, SourceLine

_WORD = re.compile(r"[^\W_]+")


class Calendar(Protocol):
    """The working days of the office."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on ``day``."""

    def previous_working_day(self, day: date) -> date:
        """``day`` itself when it is worked, else the last working day before it."""

    def next_working_day(self, day: date) -> date:
        """``day`` itself when it is worked, else the first working day after it."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the checks know besides the paper itself, so that they need no database.

    Attributes:
        today: the day of the check.
        names: proper names of the ward, its quarters, units and people, rightly spelt.
        calendar: the working days, None when only weekends are known.
        severities: what the ward changed, "C07.spelling" or "C07" -> "error", "warning", "info".
        siblings: other plans of the ward to compare with, each its lines and its facts.
    """

    today: date
    names: tuple[str, ...] = ()
    calendar: Calendar | None = None
    severities: Mapping[str, str] = field(default_factory=dict)
    siblings: tuple[tuple[Source, PlanFacts], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What one check saw; the check's id and the severity are added by `run`."""

    variant: str
    line: int | None
    quote: str
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a paper.

    Attributes:
        check, variant, severity: "C06", "doubled_word", "error".
        line: line of the source, None for something absent.
        quote: exactly what stands in the source line, "" for something absent.
        message: one Vietnamese sentence.
        suggestion: what to write instead of the quote, None when a person has to decide.
    """

    check: str
    variant: str
    severity: str
    line: int | None
    quote: str
    message: str
    suggestion: str | None = None

    def as_dict(self) -> dict:
        """Return the finding as the JSON contract names it."""
        names = ("check", "variant", "severity", "line", "quote", "message", "suggestion")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Word:
    """One run of letters and digits of a line."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class CheckedText:
    """The paper under check: its lines, its facts, and what several checks want to know about both."""

    source: Source
    facts: PlanFacts
    context: CheckContext
    memo: dict = field(default_factory=dict, compare=False, repr=False)  # what checks share: worked out once a paper

    @property
    def lines(self) -> tuple[SourceLine, ...]:
        """All lines with text."""
        return self.source.lines

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """For each line the part of the paper it belongs to."""
        return zones_of(self.source)

    def lines_in(self, *zones: Zone) -> list[SourceLine]:
        """The lines of some parts of the paper."""
        return [line for line, zone in zip(self.lines, self.zones, strict=True) if zone in zones]

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each line."""
        return tuple(tuple(Word(one[0], *one.span()) for one in _WORD.finditer(line.text)) for line in self.lines)

    @cached_property
    def citations(self) -> tuple[tuple[SourceLine, Citation], ...]:
        """Every mention of a document with its line, in reading order; spans are places in ``line.text``."""
        return tuple((line, one) for line in self.lines for one in citations.parse(line.text))


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        id: "C06".
        title: Vietnamese name, shown to the office.
        variants: each kind of finding with one Vietnamese sentence on what it is; severities are in severities.json.
        find: gives what it found in a text.
    """

    id: str
    title: str
    variants: Mapping[str, str]
    find: Callable[[CheckedText], Iterable[Found]]


def at(variant: str, line: SourceLine, span: tuple[int, int], message: str, suggestion: str | None = None) -> Found:
    """Return what was found at a span of ``line.text``, quoted as the source has it."""
    return Found(variant, line.number, line.quote(*span), message, suggestion)


def absent(variant: str, message: str, suggestion: str | None = None) -> Found:
    """Return that something is missing from the paper as a whole."""
    return Found(variant, None, "", message, suggestion)
