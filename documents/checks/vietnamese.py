"""Vietnamese syllables: which exist, where their tone stands, which known word a written pair is one slip away from."""

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from documents.checks.shipped import shipped, shipped_lines

_OLD = shipped("vietnamese")["old_rhymes"]
_NEW = shipped("vietnamese")["new_rhymes"]
_TO_NEW = dict(zip(_OLD, _NEW, strict=True))
_TO_OLD = shipped("vietnamese")["old_rhymes"]
_OLD_RHYME = re.compile(rf"(?<![qQ])({'|'.join(_OLD)})(?!\w)", re.IGNORECASE)
_NEW_RHYME = re.compile(rf"(?<![qQ])({'|'.join(_NEW)})(?!\w)", re.IGNORECASE)
LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# Sounds that one dialect or another does not tell apart are one letter of the skeleton.
_SAME_SOUND = (("tr", "ch"), ("gi", "d"), ("r", "d"), ("x", "s"))
_LOOSE = frozenset(shipped("vietnamese")["loose_words"])


def new_style(text: str) -> str:
    """Return ``text`` with the tone on the first vowel of open oa, oe, uy: "uỷ" -> "ủy"."""
    return _OLD_RHYME.sub(lambda match: _cased(_TO_NEW[match[1].lower()], match[1]), text)


def old_style(text: str) -> str:
    """Return ``text`` with the tone on the second vowel: "ủy" -> "uỷ"."""
    return _NEW_RHYME.sub(lambda match: _cased(_TO_OLD[match[1].lower()], match[1]), text)


def styles(text: str) -> tuple[list[re.Match], list[re.Match]]:
    """Return the places of the old and of the new tone style."""
    return list(_OLD_RHYME.finditer(text)), list(_NEW_RHYME.finditer(text))


@lru_cache(maxsize=20_000)
def toneless(word: str) -> str:
    """Return ``word`` in lower case without its tone, vowels kept: "Tuyền" -> "tuyên"."""
    parts = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Return ``word`` in lower case without any mark: "Tuyền" -> "tuyen", "đảng" -> "dang"."""
    parts = unicodedata.normalize("NFD", word.lower()).replace("đ", "d")
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Return what is equal for a word and its common slips: marks, s/x, tr/ch, d/gi/r, i/y."""
    plain = bare(word)
    for sound, same in _SAME_SOUND:
        if plain.startswith(sound) and plain != sound:
            plain = same + plain[len(sound) :]
            break
    return plain[:-1] + "i" if plain.endswith("y") else plain


@cache
def syllables() -> frozenset[str]:
    """Return every syllable of the language, in lower case and new style."""
    return frozenset(shipped_lines("syllables"))


@cache
def known_pairs() -> frozenset[tuple[str, str]]:
    """Return the pairs of syllables that stand side by side in some word."""
    return frozenset(tuple(line.split()) for line in shipped_lines("words"))


def is_syllable(word: str) -> bool:
    """Return whether a word is one Vietnamese syllable."""
    return new_style(word.lower()) in syllables()


def intended(before: str, first: str, second: str, after: str) -> str | None:
    """Return the everyday word that a pair of syllables was meant to be, None when the pair may stand.

    "nguyên nhận" between "hạn chế," and "chủ quan" gives "nguyên nhân". The neighbours matter: in
    "tổ chức năng động" no part of a longer word is taken for a slip. Arguments are lower case and new style,
    "" at the edge of a clause.
    """
    pairs = known_pairs()
    if (first, second) in pairs or first in _LOOSE or second in _LOOSE:
        return None
    meant = _meant(first, second)
    if meant is None or (before, first) in pairs or (second, after) in pairs:
        return None
    return meant


@lru_cache(maxsize=20_000)
def _meant(first: str, second: str) -> str | None:
    candidates = [
        pair
        for pair in _common().get((skeleton(first), skeleton(second)), ())
        if (pair[0] == first) != (pair[1] == second)
    ]
    if not candidates and len(first) > 2 and len(second) > 2:
        candidates = [(first, one) for one in _common_after().get(first, ()) if _one_letter(one, second)]
        candidates += [(one, second) for one in _common_before().get(second, ()) if _one_letter(one, first)]
    if not candidates or any(_same_but_i(pair, (first, second)) for pair in candidates):
        return None
    return " ".join(
        min(candidates, key=lambda pair: sum(a != b for a, b in zip(" ".join(pair), f"{first} {second}", strict=False)))
    )


def _same_but_i(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether only i and y differ: "xử lí" is a choice of style, not a slip."""
    return all(a.translate(_I_FOR_Y) == b.translate(_I_FOR_Y) for a, b in zip(one, other, strict=True))


_I_FOR_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def _one_letter(right: str, written: str) -> bool:
    """Whether one letter was left out, put in twice over, or two were swapped."""
    if len(right) == len(written):
        differing = [place for place, (a, b) in enumerate(zip(right, written, strict=True)) if a != b]
        if len(differing) != 2 or differing[1] != differing[0] + 1:
            return False
        one, two = differing
        return right[one] == written[two] and right[two] == written[one]
    longer, shorter = sorted((right, written), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


@cache
def _common() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found = defaultdict(list)
    for first, second in (line.split() for line in shipped_lines("common_words")):
        found[skeleton(first), skeleton(second)].append((first, second))
    return found


@cache
def _common_after() -> dict[str, list[str]]:
    found = defaultdict(list)
    for first, second in (line.split() for line in shipped_lines("common_words")):
        found[first].append(second)
    return found


@cache
def _common_before() -> dict[str, list[str]]:
    found = defaultdict(list)
    for first, second in (line.split() for line in shipped_lines("common_words")):
        found[second].append(first)
    return found


def _cased(rhyme: str, like: str) -> str:
    if like.isupper():
        return rhyme.upper()
    return rhyme.capitalize() if like[0].isupper() else rhyme
