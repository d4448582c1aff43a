"""Which words of a text were added, removed or kept: for a version beside an earlier one, and for an edited Word file.

Words that stand once in both texts are the anchors; what lies between two anchors is compared word by word, but only
while that stays small. A stretch without anchors that is too long for that counts as rewritten, so the work grows with
the length of the texts and not with its square, whatever the texts are.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

SAME, ADDED, REMOVED = "same", "added", "removed"
# Cells of the table for one stretch between anchors: the shorter side is then at most 200 words.
_TABLE_LIMIT = 40_000
_DEPTH = 8
_PIECE = re.compile(r"\s+|\S+")
_OPENING, _CLOSING = "([“\"'", ".,;:!?)]”\"'…"


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Return ("same" | "added" | "removed", text) from the beginning to the end.

    The texts of "same" and "removed" joined are `old`, those of "same" and "added" are `new`, to the last space.
    Within one place what was removed comes before what was added.
    """
    before, after = _words(old), _words(new)
    return _joined(_steps(before, after), before, after)


def _words(text: str) -> list[str]:
    """Split into words, the punctuation around them and the spaces between; nothing is lost."""
    words: list[str] = []
    for piece in _PIECE.findall(text):
        opened = len(piece) - len(piece.lstrip(_OPENING))
        core = piece[opened:].rstrip(_CLOSING)
        words += [part for part in (piece[:opened], core, piece[opened + len(core) :]) if part]
    return words


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of equal words that are kept, both numbers rising."""
    start = 0
    end = min(len(before), len(after))
    while start < end and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < end - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    yield from ((place, place) for place in range(start))
    yield from _matched(before, after, (start, len(before) - tail, start, len(after) - tail), _DEPTH)
    yield from ((len(before) - back, len(after) - back) for back in range(tail, 0, -1))


def _matched(before, after, stretch, depth) -> Iterator[tuple[int, int]]:
    first, last, other_first, other_last = stretch
    if first >= last or other_first >= other_last:
        return
    if (last - first) * (other_last - other_first) <= _TABLE_LIMIT:
        yield from _longest_common(before, after, stretch)
        return
    anchors = _anchors(before, after, stretch) if depth else []
    if not anchors:
        return
    for place, other in anchors:
        yield from _matched(before, after, (first, place, other_first, other), depth - 1)
        yield place, other
        first, other_first = place + 1, other + 1
    yield from _matched(before, after, (first, last, other_first, other_last), depth - 1)


def _anchors(before, after, stretch) -> list[tuple[int, int]]:
    """Return the longest rising chain of words that stand exactly once on both sides of the stretch."""
    first, last, other_first, other_last = stretch
    counted, other_counted = Counter(before[first:last]), Counter(after[other_first:other_last])
    places = {after[at]: at for at in range(other_first, other_last) if other_counted[after[at]] == 1}
    pairs = [(at, places[before[at]]) for at in range(first, last) if counted[before[at]] == 1 and before[at] in places]
    tops: list[int] = []  # the smallest last place of a chain of each length
    chain: list[int] = []  # which pair that is
    previous: list[int] = []
    for number, (_, other) in enumerate(pairs):
        length = bisect_left(tops, other)
        previous.append(chain[length - 1] if length else -1)
        tops[length : length + 1] = [other]
        chain[length : length + 1] = [number]
    found, number = [], chain[-1] if chain else -1
    while number >= 0:
        found.append(pairs[number])
        number = previous[number]
    return found[::-1]


def _longest_common(before, after, stretch) -> Iterator[tuple[int, int]]:
    """Yield the longest common subsequence of a small stretch; words weigh more than the spaces between them."""
    first, last, other_first, other_last = stretch
    width = other_last - other_first
    lengths = [[0] * (width + 1)]
    for place in range(last - 1, first - 1, -1):
        word, below, row = before[place], lengths[-1], [0] * (width + 1)
        weight = 1 if word.isspace() else 3
        for at in range(width - 1, -1, -1):
            row[at] = below[at + 1] + weight if word == after[other_first + at] else max(below[at], row[at + 1])
        lengths.append(row)
    lengths.reverse()
    place, at = first, 0
    while place < last and at < width:
        row, below = lengths[place - first], lengths[place - first + 1]
        if before[place] == after[other_first + at]:
            yield place, other_first + at
            place, at = place + 1, at + 1
        elif below[at] >= row[at + 1]:
            place += 1
        else:
            at += 1


def _joined(steps, before, after) -> list[tuple[str, str]]:
    """Join the words into stretches; spaces alone between two changes belong to the changes."""
    pieces: list[list[str]] = []  # [same, removed, added] by turns
    place = other = 0
    for kept, other_kept in [*steps, (len(before), len(after))]:
        removed, added = "".join(before[place:kept]), "".join(after[other:other_kept])
        place, other = kept + 1, other_kept + 1
        if removed or added or not pieces:
            pieces.append([removed, added, ""])
        if kept < len(before):
            pieces[-1][2] += before[kept]
    merged: list[list[str]] = []
    for removed, added, same in pieces:
        if merged and merged[-1][2].isspace() and (merged[-1][0] or merged[-1][1]):
            gap = merged[-1][2]
            merged[-1] = [merged[-1][0] + gap + removed, merged[-1][1] + gap + added, same]
        else:
            merged.append([removed, added, same])
    named = [(op, text) for removed, added, same in merged for op, text in ((REMOVED, removed), (ADDED, added), (SAME, same))]
    return [(op, text) for op, text in named if text]
