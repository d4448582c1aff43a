"""Cleaning of text that a person typed or pasted, before it is stored or printed.

What is shown must equal what is stored and what is printed, so characters that
no paper can show (controls, direction marks, zero-width signs, emoji) are taken
out here, once, by every form. Source: reliability tests P-05 and P-06.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

LINE_LIMIT = 500
FIELD_LIMIT = 20_000
PAPER_LIMIT = 200_000
TABLE_ROW_LIMIT = 500
COMBINING_LIMIT = 3

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Tags, selectors, bidi and zero-width characters are category Cf; soft hyphen too.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_DROPPED_CHARACTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\ufffd")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_AROUND_LINE_ENDS = re.compile(r" ?\n ?")


def normalise(value: str) -> str:
    """Return the text in NFC with unprintable characters removed.

    White space becomes plain spaces and line feeds; nothing is shortened and
    nothing is refused, so this is also safe for search terms.
    """
    value = _LINE_ENDS.sub("\n", str(value))
    kept = [char for char in value if char in "\n\t" or not _is_dropped(char)]
    return unicodedata.normalize("NFC", "".join(kept)).replace("\t", " ")


def clean_text(value: str, *, limit: int = FIELD_LIMIT, multiline: bool = False, name: str = "Nội dung") -> str:
    """Return what may be stored of a typed text.

    Args:
        value: the text as it came from the browser, a file or a message.
        limit: the largest number of characters, counted after cleaning.
        multiline: keep line feeds (at most one blank line in a row); otherwise
            every run of white space becomes one space.
        name: what the field is called in the sentence shown to the person.

    Raises:
        ValidationError: ``too_long`` or ``too_many_marks``, with a Vietnamese
            sentence; the text is never cut.
    """
    raw = str(value or "")
    # A raw text far above the limit is refused before any work is done on it.
    if len(raw) > 2 * limit + 1000:
        raise _too_long(name, len(raw), limit)
    text = _collapse(normalise(raw), multiline=multiline)
    if len(text) > limit:
        raise _too_long(name, len(text), limit)
    if _longest_mark_run(text) > COMBINING_LIMIT:
        raise ValidationError(
            "%(name)s có ký tự mang quá nhiều dấu chồng lên nhau. "
            "Đồng chí vui lòng gõ lại đoạn đó bằng bàn phím tiếng Việt thông thường.",
            code="too_many_marks",
            params={"name": name},
        )
    return text


def clean_line(value: str, *, limit: int = LINE_LIMIT, name: str = "Nội dung") -> str:
    """Return a one-line text (a name, a subject); see :func:`clean_text`."""
    return clean_text(value, limit=limit, multiline=False, name=name)


def _collapse(text: str, *, multiline: bool) -> str:
    if not multiline:
        return " ".join(text.split())
    text = _AROUND_LINE_ENDS.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _is_dropped(char: str) -> bool:
    if char in _DROPPED_CHARACTERS or ord(char) > 0xFFFF:
        # Beyond the basic plane lie emoji and rare scripts: the official font has none of them.
        return True
    if "\ufe00" <= char <= "\ufe0f":
        return True
    return unicodedata.category(char) in _DROPPED_CATEGORIES


def _longest_mark_run(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    return longest


def _too_long(name: str, length: int, limit: int) -> ValidationError:
    return ValidationError(
        "%(name)s dài %(length)s ký tự, vượt quá giới hạn %(limit)s ký tự. "
        "Chưa có gì được lưu; đồng chí vui lòng rút ngắn rồi gửi lại.",
        code="too_long",
        params={"name": name, "length": _grouped(length), "limit": _grouped(limit)},
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
