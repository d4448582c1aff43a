"""Lines of a Word file: a paragraph with its style, its stretches and the bookmark that names its block."""

import re
from itertools import count
from xml.sax.saxutils import escape

from documents import markup
from documents.writing.docx_styles import Style
from documents.writing.kept import KEPT_TOGETHER, OPENS_A_DATE

_BROKEN = re.compile(r"\s+")
NBSP = "\u00a0"


class Bookmarks:
    """Numbers the bookmarks of one file."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def around(self, name: str, content: str) -> str:
        """Return `content` inside the bookmark `name`; without a name, as it is."""
        if not name:
            return content
        number = next(self._numbers)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(style: Style, content: str = "", *, keep: bool = False, align: str = "") -> str:
    """Return a paragraph of ready stretches; `keep` binds it to the next one, `align` overrides the style."""
    more = "<w:keepNext/>" if keep else ""
    more += f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style.key}"/>{more}</w:pPr>{content}</w:p>'


def line(style: Style, text: str, *, keep: bool = False) -> str:
    """Return a paragraph of plain text, printed to the last space."""
    return paragraph(style, stretch(text), keep=keep)


def stretch(text: str, *, style: str = "", bold: bool = False, italic: bool = False) -> str:
    """Return one run of plain text whose no-break spaces and hyphens are already in place."""
    if not text:
        return ""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += "<w:b/>" if bold else ""
    look += "<w:i/>" if italic else ""
    pieces = "<w:noBreakHyphen/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\u2011")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{pieces}</w:r>"


def marked_up(text: str) -> str:
    """Return the runs of a text with emphasis marks, its signs and dates unbreakable."""
    runs = markup.parse(_BROKEN.sub(" ", text))
    pieces = []
    for number, run in enumerate(runs):
        words = unbroken(run.text)
        if number + 1 < len(runs) and OPENS_A_DATE.search(run.text) and runs[number + 1].text[:1].isalnum():
            # "ngày **05/6/2026**": the word and the emphasised date belong together.
            words = words[:-1] + NBSP
        pieces.append(stretch(words, bold=run.bold, italic=run.italic))
    return "".join(pieces)


def unbroken(text: str) -> str:
    """Return the text with no-break spaces and hyphens (U+2011) inside its signs and dates."""
    return KEPT_TOGETHER.sub(lambda match: tied(match[0]).replace("-", "\u2011"), text)


def tied(text: str) -> str:
    """Return the text as one piece that no line end may split at a space."""
    return text.replace(" ", NBSP)


def last_words_tied(text: str, count: int = 3, longest: int = 30) -> str:
    """Return a title whose last words share a line, so that no word stands alone under it."""
    words = unbroken(text).split(" ")
    tail = " ".join(words[-count:])
    if len(words) <= 2 * count or len(tail) > longest:
        return " ".join(words)
    return " ".join([*words[:-count], tied(tail)])


def balanced(name: str, fits: int = 24) -> str:
    """Return a name that breaks near its middle when it is longer than a line of `fits` characters."""
    middle = name.find(" ", len(name) // 2)
    if len(name) <= fits or middle < 0:
        return name
    if len(name) > 2 * fits:
        return last_words_tied(name)
    return f"{name[:middle]} {tied(name[middle + 1 :])}"
