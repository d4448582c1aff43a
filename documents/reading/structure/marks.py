"""What a line opens with: "I.", "1-", "1.1.", "a)", "Phần thứ nhất", a dash; nothing for running text."""

import re
from dataclasses import dataclass

from documents.reading.structure import words

PART, ALPHA, ROMAN, ARABIC, DOTTED, LETTER, PLAIN = "part", "alpha", "roman", "arabic", "dotted", "letter", "plain"
_ORDINAL = r"(?:thứ \w{2,5}|[IVX]{1,5}|\d{1,2}|một|hai|ba|bốn|năm|nhất)"
_PATTERNS = (
    (PART, re.compile(rf"(?P<m>(?:Phần|Chương|Mục) {_ORDINAL})(?!\w) ?[.:–—-]? ?", re.IGNORECASE)),
    (ROMAN, re.compile(r"(?P<m>[IVX]{1,5}) ?[.:)/–—-]{1,2} ?(?=[^\W\d]|“|\()")),
    (DOTTED, re.compile(r"(?P<m>(?:\d{1,2}|[IVX]{1,4})(?:\.\d{1,2}){1,3}) ?[.:)–—-]? ?(?=[^\W\d_]|“|\()")),
    (ARABIC, re.compile(r"\(?(?P<m>\d{1,2}) ?[.:)/–—-]{1,2} ?(?=[^\W\d_]|“|\(|[\"'])")),
    (LETTER, re.compile(r"\(?(?P<m>[a-zđ]) ?[.)/–—-] ?(?=[^\W_]|“|\()")),
    (ALPHA, re.compile(rf"(?P<m>[A-HĐ]) ?[.)/–—-]{{1,2}} ?(?=[{words.UPPER}]{{2}})")),
)
# Most lines open with none of these: one look instead of six.
_MAYBE = re.compile(r"\(?(?:\d|[IVX]{1,5} ?[.:)/–—-]|[a-zđA-HĐ] ?[.)/–—-])|(?:Phần|Chương|Mục) ", re.IGNORECASE)
# A line broken before "20/5/2026" or "05-CT/TU" opens with no mark.
_DATE_LIKE = re.compile(
    r"\d{1,2} ?(?:/ ?\d|[.-] ?\d{1,2} ?[./-] ?\d{4}|[-–] ?\d)|\d{1,4} ?[-–/] ?[A-ZĐ][A-Za-zĐđ]{0,3} ?[/-] ?[A-ZĐ]"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a line: its style, the mark without its full stop, and where the words begin."""

    style: str
    marker: str
    end: int


def read(text: str) -> Mark | None:
    """Return the mark with which ``text`` opens, None for running text and dashes."""
    if not _MAYBE.match(text) or _DATE_LIKE.match(text):
        return None
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match and match.end() < len(text) or match and style == PART:
            return Mark(style, match["m"], match.end())
    return None


def opens(text: str) -> bool:
    """Return whether ``text`` opens a new paragraph by its look alone."""
    note = text.startswith("(") and not text[1:2].islower()
    return bool(words.bullet(text)) or note or read(text) is not None


def lead(text: str) -> str:
    """Return the mark or dash with its space, or ""."""
    mark = read(text)
    return text[: mark.end] if mark else words.bullet(text)
