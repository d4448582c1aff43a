"""Which element of one list became which of another: by what is known, then by equal words, then by alike words."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

# Two texts that share fewer of their words than this are different texts.
_ALIKE = 0.5
# Pairs of texts that are weighed at most; what is left over counts as removed and added.
_MOST_PAIRS = 20_000

Key = tuple[str, str]  # the sort of the element, its words


@dataclass(frozen=True)
class Matched:
    """Pairs (new place, old place), and the new places whose elements stayed in their order."""

    pairs: tuple[tuple[int, int], ...]
    in_place: frozenset[int]


def match(old: Sequence[Key], new: Sequence[Key], origins: Sequence[int | None] = ()) -> Matched:
    """Return how two lists correspond; `origins` names the old place of a new element where it is known."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for place, origin in enumerate(origins[: len(new)]):
        if origin is not None and 0 <= origin < len(old) and origin not in taken and old[origin][0] == new[place][0]:
            pairs[place] = origin
            taken.add(origin)
    _pair_equal(old, new, pairs, taken)
    _pair_alike(old, new, pairs, taken)
    ordered = sorted(pairs.items())
    return Matched(tuple(ordered), frozenset(_rising(ordered)))


def _pair_equal(old, new, pairs, taken) -> None:
    """Pair elements with the same words, those of the same order first: a chain, then what was moved."""
    waiting: dict[Key, list[int]] = defaultdict(list)
    for index, key in enumerate(old):
        if index not in taken:
            waiting[key].append(index)
    last = -1
    for place, key in enumerate(new):
        if place in pairs:
            last = max(last, pairs[place])
            continue
        places = waiting.get(key, [])
        if not places:
            continue
        at = bisect_left(places, last + 1)
        index = places.pop(at if at < len(places) else 0)
        pairs[place] = index
        taken.add(index)
        last = max(last, index)


def _pair_alike(old, new, pairs, taken) -> None:
    """Pair what is left with what shares most of its words, between the same neighbours if possible."""
    loose = [index for index in range(len(old)) if index not in taken]
    fresh = [place for place in range(len(new)) if place not in pairs]
    if not loose or not fresh or len(loose) * len(fresh) > _MOST_PAIRS:
        return
    words = {index: Counter(old[index][1].lower().split()) for index in loose}
    found = []
    for place in fresh:
        own = Counter(new[place][1].lower().split())
        for index in loose:
            if old[index][0] == new[place][0]:
                found.append((_likeness(words[index], own), -abs(place - index), place, index))
    for likeness, _, place, index in sorted(found, reverse=True):
        if likeness >= _ALIKE and place not in pairs and index not in taken:
            pairs[place] = index
            taken.add(index)


def _likeness(one: Counter, other: Counter) -> float:
    """Return the share of words that both have, 0 to 1."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 1.0


def _rising(pairs: list[tuple[int, int]]) -> list[int]:
    """Return the new places of the longest chain whose old places rise too: what was not moved."""
    tops: list[int] = []
    chain: list[int] = []
    previous: list[int] = []
    for number, (_, index) in enumerate(pairs):
        length = bisect_left(tops, index)
        previous.append(chain[length - 1] if length else -1)
        tops[length : length + 1] = [index]
        chain[length : length + 1] = [number]
    kept, number = [], chain[-1] if chain else -1
    while number >= 0:
        kept.append(pairs[number][0])
        number = previous[number]
    return kept
