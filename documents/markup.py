"""Emphasis inside a line of an official paper: ``**bold**`` and ``*italic*``.

The only place where these marks are read. A mark that opens nothing or closes
nothing is printed as the asterisk it is; ``\\*`` always prints an asterisk.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(r"(\\\*|\*\*|\*)")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text printed in one style."""

    text: str
    bold: bool = False
    italic: bool = False


def parse(text: str) -> tuple[Run, ...]:
    """Return the runs of a marked-up text; linear in its length."""
    parts = _TOKEN.split(text)
    effective = _effective_marks(parts)
    runs: list[Run] = []
    bold = italic = False
    for index, part in enumerate(parts):
        if index in effective:
            bold, italic = bold ^ (part == "**"), italic ^ (part == "*")
        elif part:
            _append(runs, Run("*" if part == r"\*" else part, bold, italic))
    return tuple(runs)


def plain(text: str) -> str:
    """Return the text without its emphasis marks."""
    return "".join(run.text for run in parse(text))


def escape(text: str) -> str:
    """Return a text that prints exactly as given, asterisks included."""
    return text.replace("*", r"\*")


def bold(text: str) -> str:
    """Return the text marked as bold; an empty text stays empty."""
    return f"**{escape(text)}**" if text.strip() else text


def italic(text: str) -> str:
    """Return the text marked as italic; an empty text stays empty."""
    return f"*{escape(text)}*" if text.strip() else text


def joined(runs: Iterable[Run]) -> str:
    """Return the marked-up text of runs: what :func:`parse` reads back, spaces at the edge of an emphasis left plain."""
    runs = list(runs)
    text = "".join(run.text for run in runs)
    marks = [(_trimmed(text, [run.bold for run in runs for _ in run.text]), "**")]
    marks.append((_trimmed(text, [run.italic for run in runs for _ in run.text]), "*"))
    pieces: list[str] = []
    for place in range(len(text) + 1):
        for on, mark in marks:
            if (place < len(text) and on[place]) != (place > 0 and on[place - 1]):
                pieces.append(mark)
        if place < len(text):
            pieces.append(r"\*" if text[place] == "*" else text[place])
    return "".join(pieces)


def _trimmed(text: str, on: list[bool]) -> list[bool]:
    """Return the flags without those of spaces at either end of a stretch."""
    for places in (range(len(text)), range(len(text) - 1, -1, -1)):
        before = False
        for place in places:
            on[place] = on[place] and (before or not text[place].isspace())
            before = on[place]
    return on


def _effective_marks(parts: list[str]) -> set[int]:
    """Return the indexes of the marks that have a partner."""
    effective: set[int] = set()
    opened: dict[str, int] = {}
    for index in range(1, len(parts), 2):
        mark = parts[index]
        if mark == r"\*":
            continue
        before, after = _neighbours(parts, index)
        if mark in opened and not before.isspace():
            effective.update((opened.pop(mark), index))
        elif mark not in opened and after and not after.isspace():
            opened[mark] = index
    return effective


def _neighbours(parts: list[str], index: int) -> tuple[str, str]:
    before = parts[index - 1][-1:] or (parts[index - 2][-1:] if index > 1 else "")
    after = parts[index + 1][:1] or (parts[index + 2][:1] if index + 2 < len(parts) else "")
    return before or " ", after


def _append(runs: list[Run], run: Run) -> None:
    if runs and (runs[-1].bold, runs[-1].italic) == (run.bold, run.italic):
        runs[-1] = Run(runs[-1].text + run.text, run.bold, run.italic)
    else:
        runs.append(run)
