"""A text made simple for reading signs and deadlines out of it, with the way back to the original places.

White space is collapsed first and emphasis marks are left out, so that every
pattern over the result can bound its repetitions and stays linear (N-05, D-05).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_DROPPED = frozenset({"Cf", "Cc"})
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d\u00ad")
_SLASHES = frozenset("/\u2044\u2215\u29f8\uff0f")
# Cyrillic and Greek letters that print like Latin ones, and the two false Đ.
_LOOKALIKES = dict(
    zip("АВСЕНІКМОРЅТХУасеорхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧοÐƉðɖ", "ABCEHIKMOPSTXYaceopxyABEZHIKMNOPTYXoĐĐđđ", strict=True)
)
# Composed letters and signs that stay as they are, also in document numbers: most lines hold nothing else.
_SETTLED = re.compile(r"(?:[!-)+-~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’…]| (?! ))*")


@dataclass(frozen=True, slots=True)
class Flat:
    """The simple text and, for each of its characters, the place in the original."""

    text: str
    places: Sequence[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of a span of the simple text."""
        last = self.places[end - 1] + 1 if end > start else self.places[start]
        return self.places[start], last


def flatten(text: str, *, signs: bool = False) -> Flat:
    """Return ``text`` in NFC with single spaces, without ``*`` and invisible characters.

    Args:
        text: any text.
        signs: also turn look-alike letters, dashes and slashes into those of
            document numbers; only for reading, never for what is shown.
    """
    if _SETTLED.fullmatch(text):
        return Flat(text, range(len(text)), len(text))
    chars: list[str] = []
    places: list[int] = []
    shown = _shown_in_signs if signs else _shown
    for place, original in enumerate(text):
        char = shown(original)
        if char == " ":
            if chars and chars[-1] == " ":
                continue
        elif not char:
            continue
        elif char > "\u02ff" and unicodedata.combining(char) and chars:
            joined = unicodedata.normalize("NFC", chars[-1] + char)
            if len(joined) == 1:
                chars[-1] = joined
                continue
        chars.append(char)
        places.append(place)
    return Flat("".join(chars), tuple(places), len(text))


@lru_cache(maxsize=8_192)
def _shown(char: str) -> str:
    """Return what a character becomes: a plain space, nothing, or itself."""
    if char.isspace():
        return " "
    return "" if char == "*" or unicodedata.category(char) in _DROPPED else char


@lru_cache(maxsize=8_192)
def _shown_in_signs(char: str) -> str:
    """Return the same, with the letters, dashes and slashes of document numbers."""
    return _simple(_shown(char))


def is_simple(text: str) -> bool:
    """Return whether a document number holds nothing but the characters it should."""
    return all(char.isspace() or (_simple(char) == char and unicodedata.category(char) != "Cf") for char in text)


def _simple(char: str) -> str:
    if char.isascii():  # the empty string too
        return char
    if char in _SLASHES:
        return "/"
    if char in _HYPHENS:
        return "-"
    wide = unicodedata.normalize("NFKC", char)
    wide = wide if len(wide) == 1 else char
    return _LOOKALIKES.get(wide, wide)
