"""Lines joined into paragraphs again, where an extraction or a page end has broken them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.source import SourceLine
from documents.reading.structure import bodies, marks, words

_ENDS = ".:;!?…”"
_WIDE = 45
_BROKEN = re.compile(r"\w/$|\d-$")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table row.

    Attributes:
        text: the words, lines joined by a space.
        line: number of its first line.
        starts: for each joined line where it begins in ``text``, with its number.
        bold: how many characters from the beginning are bold without a gap.
        heading: level of a heading style or 0.
        cells: the cells of a table row.
    """

    text: str
    line: int
    starts: tuple[tuple[int, int], ...]
    bold: int = 0
    heading: int = 0
    cells: tuple[str, ...] = ()

    def line_at(self, place: int) -> int:
        """Return the number of the line on which the character at ``place`` stands."""
        index = bisect_right(self.starts, (place, 1 << 30)) - 1
        return self.starts[max(index, 0)][1]

    @property
    def all_bold(self) -> bool:
        """Return whether every word is bold."""
        return self.bold >= len(self.text.rstrip(" .:;"))


def paragraphs(lines: Sequence[SourceLine]) -> list[Block]:
    """Return the lines as paragraphs; linear."""
    width = _wrap_width(lines)
    blocks: list[list[SourceLine]] = []
    for line in lines:
        if blocks and _goes_on(blocks[-1][-1], line, width):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [_joined(group) for group in blocks]


def _goes_on(before: SourceLine, line: SourceLine, width: int) -> bool:
    """Return whether ``line`` belongs to the paragraph of ``before``."""
    if before.cells or line.cells or line.heading or words.RULE_LINE.fullmatch(line.text):
        return False
    if words.RULE_LINE.fullmatch(before.text) or before.text[-1] in ".!?…" or marks.opens(line.text):
        return False
    if line.text.startswith(("(kèm theo", "(Kèm theo")):
        return False  # the line that ties an annex to its plan stands by itself
    adjacent = line.number - before.number <= 1
    # A line was broken because the next word had no room on it.
    filled = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) if width and adjacent else 0
    if line.text[0].isupper():
        joins = filled >= 0.93 * width > 0 and before.text[-1] not in _ENDS and not before.heading
        joins = joins and not (bodies.begins_act(line.text) and _names_body(before.text))
    else:
        wrapped = filled >= 0.8 * width > 0
        wrapped = wrapped or adjacent and bool(_BROKEN.search(before.text))
        joins = wrapped or before.text[-1] not in ";:" and (len(before.text) >= _WIDE or before.text[-1] == ",")
    return joins and words.is_upper(before.text) == words.is_upper(line.text)


def _names_body(text: str) -> bool:
    """Return whether a numbered line is a body's name and nothing else."""
    mark = marks.read(text)
    return mark is not None and bodies.is_body(text[mark.end :])


def _wrap_width(lines: Sequence[SourceLine]) -> int:
    """Return the width at which a text was broken into lines, 0 when every line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30 and not line.cells)
    if len(lengths) < 8:
        return 0
    usual = lengths[int(len(lengths) * 0.75)]
    near = sum(0.8 * usual <= length <= 1.2 * usual for length in lengths)
    return usual if 45 <= usual <= 125 and near >= 0.55 * len(lengths) and lengths[-1] <= 1.6 * usual else 0


def _joined(group: Sequence[SourceLine]) -> Block:
    if len(group) == 1:
        line = group[0]
        return Block(line.text, line.number, ((0, line.number),), _bold_prefix(line), line.heading, line.cells)
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for line in group:
        # "quý II/" and "2026" were one word before the line was broken.
        space = " " if parts and not (_BROKEN.search(parts[-1]) and line.text[0].isalnum()) else ""
        starts.append((length + len(space), line.number))
        parts.append(space + line.text)
        length += len(parts[-1])
    first = group[0]
    bold = _bold_prefix(first)
    if len(group) > 1 and bold >= len(first.text):
        bold = length if all(_bold_prefix(line) >= len(line.text) for line in group) else bold
    return Block("".join(parts), first.number, tuple(starts), bold, first.heading, first.cells)


def _bold_prefix(line: SourceLine) -> int:
    """Return how far bold reaches from the start; a bullet or number before it may be plain."""
    if not line.bold:
        return 0
    skip = len(marks.lead(line.text))
    end = 0
    for start, stop in line.bold:
        if start <= max(end + 1, skip):
            end = stop
    return end
