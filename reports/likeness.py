"""Which remarks of units say the same: tone marks, punctuation and a word more or less do not count, a "không" does."""

import re
from difflib import SequenceMatcher

from units.folding import fold

_WORD = re.compile(r"[^\W_]+")
# A word of these, or a number, turns the meaning round: two remarks that differ in one are two remarks.
_TURNING = frozenset(
    {"khong", "chua", "chang", "thieu", "it", "nhieu", "tang", "giam", "tot", "kem", "du", "de", "kho"}
)
_FEWEST = 4  # shorter remarks are the same only word for word
_LIKE = 0.82
_SHARED = 0.6  # words two remarks must share before they are compared at length


def words_of(text):
    """The words of `text` without marks and punctuation, as a tuple that stands for it."""
    return tuple(_WORD.findall(fold(text)))


def alike(one, other):
    """Whether two word tuples say the same in nearly the same words."""
    if one == other:
        return True
    if min(len(one), len(other)) < _FEWEST or _turns(one) != _turns(other):
        return False
    first, second = set(one), set(other)
    if len(first & second) < _SHARED * len(first | second):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE


def _turns(words):
    return sorted(word for word in words if word in _TURNING or word[0].isdigit())


def alike_groups(texts):
    """[[places in `texts`]] of texts that say the same, in the order of the first of each; each joins the first like it."""
    groups, heads = [], []
    known = {}
    for place, text in enumerate(texts):
        words = words_of(text)
        if words not in known:
            found = next((index for index, head in enumerate(heads) if alike(head, words)), None)
            if found is None:
                found = len(heads)
                heads.append(words)
                groups.append([])
            known[words] = found
        groups[known[words]].append(place)
    return groups
