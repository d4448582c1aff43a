"""Proper names of places: those that ship, those of the ward, and how near a written name is to one of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from documents.checks.shipped import shipped
from documents.checks.vietnamese import new_style, toneless

_NAME = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹđ']*")
_SHORTEST = 2
_LONGEST = 4


@dataclass(frozen=True)
class Names:
    """Names by their spelling, and by what is left of them when a letter or a tone goes astray."""

    exact: frozenset[str]
    by_trace: dict[str, list[str]]

    def near(self, written: str) -> str | None:
        """Return the name that ``written`` misses by its tones or by one letter, None when it is a name itself."""
        written = new_style(written)
        if written in self.exact:
            return None
        plain = toneless(written)
        found = {name for trace in _traces(plain) for name in self.by_trace.get(trace, ())}
        near = [
            name for name in found if name.count(" ") == written.count(" ") and _distance_one(plain, toneless(name))
        ]
        return min(near, key=lambda name: (toneless(name) != plain, name)) if near else None


def provinces() -> Names:
    """Return the provinces and cities of before and after 1/7/2025."""
    return _provinces()


@cache
def _provinces() -> Names:
    lists = shipped("places")
    return _index(
        lists["provinces"] + lists["former_provinces"], accepted=lists["accepted_spellings"] + lists["others"]
    )


@lru_cache(maxsize=8)
def ward_names(names: tuple[str, ...]) -> Names:
    """Return the place names inside what the ward calls its units: "phường Nông Tiến" -> "Nông Tiến"."""
    found = {run for name in names for run in _runs(name)}
    lists = shipped("places")
    return _index(sorted(found), accepted=lists["provinces"] + lists["former_provinces"] + lists["others"])


def is_place(written: str, names: tuple[str, ...]) -> bool:
    """Whether the words are exactly a known place."""
    written = new_style(written)
    return written in _provinces().exact or written in ward_names(names).exact


def _runs(name: str) -> Iterator[str]:
    """The capitalised words at the end of a name: its own part."""
    words: list[str] = []
    for word in reversed(name.rstrip(" 0123456789").split()):
        if not _NAME.fullmatch(word):
            break
        words.insert(0, word)
    if _SHORTEST <= len(words) <= _LONGEST:
        yield " ".join(words)


def _index(names: list[str], *, accepted: list[str]) -> Names:
    by_trace = defaultdict(list)
    names = [new_style(name) for name in names]
    for name in names:
        for trace in _traces(toneless(name)):
            by_trace[trace].append(name)
    return Names(frozenset([*names, *map(new_style, accepted)]), by_trace)


def _traces(plain: str) -> set[str]:
    return {plain, *(plain[:place] + plain[place + 1 :] for place in range(len(plain)))}


def _distance_one(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
