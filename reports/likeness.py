"""Which remarks of units say the same: tone marks, punctuation and a word more or less do not count, a "không" does."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from units.folding import fold

_WORD = re.compile(r"[^\W_]+")
# A word of these, or a number, turns the meaning round: two remarks that differ in one are two remarks.
_TURNING = frozenset(
    {"khong", "chua", "chang", "thieu", "it", "nhieu", "tang", "giam", "tot", "kem", "du", "de", "kho"}
)
_FEWEST = 4  # shorter remarks are the same only word for word
_LIKE = 0.82
_SHARED = 0.7  # of the longer one's words: two remarks that share fewer are not compared at length


def words_of(text):
    """The words of `text` without marks and punctuation, as a tuple that stands for it."""
    return tuple(_WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A remark as it is compared: its words in order, the words it has, and those that turn its meaning."""

    words: tuple[str, ...]
    known: frozenset[str]
    turns: tuple[str, ...]


def _said(words):
    return _Said(words, frozenset(words), tuple(sorted(word for word in words if word in _TURNING or word[0].isdigit())))


def _alike(one, other):
    """Whether two remarks say the same in nearly the same words; the cheap questions come first."""
    if min(len(one.words), len(other.words)) < _FEWEST or one.turns != other.turns:
        return False
    if len(one.known & other.known) < _SHARED * max(len(one.known), len(other.known)):
        return False
    return SequenceMatcher(None, one.words, other.words, autojunk=False).ratio() >= _LIKE


def alike_groups(texts):
    """[[places in `texts`]] of texts that say the same, in the order of the first of each; each joins the first like it."""
    groups, heads = [], []
    known = {}
    for place, text in enumerate(texts):
        words = words_of(text)
        if words not in known:
            said = _said(words)
            found = next((index for index, head in enumerate(heads) if _alike(head, said)), None)
            if found is None:
                found = len(heads)
                heads.append(said)
                groups.append([])
            known[words] = found
        groups[known[words]].append(place)
    return groups
