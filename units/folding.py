"""How Vietnamese names are searched and sorted: without tone marks, and in the order of the Vietnamese alphabet.

Both results hold plain ASCII for letters, so SQLite and every collation of PostgreSQL agree on them.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# "z" is no letter of Vietnamese, so a letter with its own place in the alphabet sorts after every use of the plain one.
_LETTERS = {"ă": "az", "â": "azz", "đ": "dz", "ê": "ez", "ô": "oz", "ơ": "ozz", "ư": "uz"}


def fold(text: str) -> str:
    """Lower case without any mark, "đ" as "d", runs of white space as one space: what a search compares."""
    flat = unicodedata.normalize("NFD", str(text or "").lower().replace("đ", "d"))
    flat = "".join(char for char in flat if unicodedata.category(char) not in {"Mn", "Cf"})
    return _SPACES.sub(" ", flat).strip()


def natural_sort_key(text: str) -> str:
    """A key whose byte order is the order of a Vietnamese list: a ă â b ... d đ, tones syllable by syllable, 2 < 10.

    Tones: ngang, huyền, hỏi, ngã, sắc, nặng. Punctuation does not count.
    """
    lowered = unicodedata.normalize("NFC", str(text or "").lower())
    return "".join(_number_key(one) if one[0].isdecimal() else _word_key(one) for one in _TOKENS.findall(lowered))


def _number_key(digits: str) -> str:
    plain = digits.lstrip("0") or "0"
    return f"{min(len(plain), 99):02d}{plain}"


def _word_key(word: str) -> str:
    letters, tone = [], "0"
    for char in word:
        kept = []
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            else:
                kept.append(part)
        letter = unicodedata.normalize("NFC", "".join(kept))
        letters.append(_LETTERS.get(letter) or fold(letter))
    return "".join(letters) + tone
