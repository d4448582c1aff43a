"""A plain text, as a person or an extraction left it, as lines without the traces of markdown."""

import re
from bisect import bisect_right

from django.core.exceptions import ValidationError

from documents.flat_text import flatten
from documents.reading.source import Source, SourceKind, SourceLine
from documents.text import PAPER_LIMIT

Span = tuple[int, int]
_LINE_END = re.compile(r"\r\n|\r|\n")
_TAG = r"</?(?:b|i|u|s|p|em|br|strong|sup|sub|font|span|div|center)(?:\s[^<>\n]{0,80})?\s?/?>"
_TRACE = re.compile(rf"\*{{1,3}}|__(?=\S)|(?<=\S)__|{_TAG}|&nbsp;|\\(?=[\\*_.#|()\[\]+>-])", re.IGNORECASE)
_PLAIN = re.compile(r"[^*_<&\\#>|`~\t]*$")
_HEADING = re.compile(r"\s*(#{1,6})\s+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?){1,3}")
_STAR_BULLET = re.compile(r"\s{0,12}\*\s+(?=\S)(?![^*]*\*\s*$)")
_TABLE_RULE = re.compile(r"[|\s:-]*-[|\s:-]*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BARE_MARK = re.compile(r"\s*(?:[-–+•]|\(?[\dIVXivxa-zđ]{1,5}[.)/-]?|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s*")


def text_source(text: str, *, name: str = "") -> Source:
    """Return the lines of ``text`` with their numbers, bold and italic words and table cells.

    Args:
        text: a whole paper; line numbers count its line ends.
        name: of the file, for messages.

    Raises:
        ValidationError: ``too_long``, above the size that any paper may have (P-05).
    """
    if len(text) > PAPER_LIMIT:
        raise ValidationError(
            "Văn bản dài hơn %(limit)s ký tự nên không đọc được trong một lần. "
            "Đồng chí vui lòng tách phần phụ lục dài ra tệp riêng.",
            code="too_long",
            params={"limit": f"{PAPER_LIMIT:,}".replace(",", ".")},
        )
    reader = _Reader()
    lines = [reader.line(number, raw) for number, raw in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1)]
    return Source(tuple(line for line in lines if line), SourceKind.TEXT, name)


class _Reader:
    """Reads line after line; bold that is not closed goes on until the next empty line."""

    def __init__(self) -> None:
        self.bold = self.italic = False

    def line(self, number: int, raw: str) -> SourceLine | None:
        if not raw.strip():
            self.bold = self.italic = False
            return None
        if _PLAIN.match(raw) and not (self.bold or self.italic):
            return self._plain(number, raw)
        if _TABLE_RULE.match(raw) and "|" in raw or _FENCE.match(raw):
            return None
        start, level = 0, 0
        if quote := _QUOTE.match(raw):
            start = quote.end()
        if heading := _HEADING.match(raw, start):
            start, level = heading.end(), len(heading[1])
        kept, places, bold, italic = self._visible(raw, start)
        cells = _cells(kept)
        flat = flatten(kept.replace("\t", " ").replace("|", " ") if cells else kept)
        left = len(flat.text) - len(flat.text.lstrip())
        right = len(flat.text.rstrip())
        if right <= left:
            return None
        chosen = flat.places[left:right]
        return SourceLine(
            number=number,
            text=flat.text[left:right],
            raw=raw,
            places=tuple(places[place] for place in chosen),
            bold=_spans(bold, chosen),
            italic=_spans(italic, chosen),
            heading=level,
            cells=cells,
        )

    @staticmethod
    def _plain(number: int, raw: str) -> SourceLine | None:
        """Return a line without any trace, as most lines are."""
        flat = flatten(raw)
        left = len(flat.text) - len(flat.text.lstrip())
        right = len(flat.text.rstrip())
        if right <= left:
            return None
        return SourceLine(number=number, text=flat.text[left:right], raw=raw, places=flat.places[left:right])

    def _visible(self, raw: str, start: int) -> tuple[str, list[int], list[Span], list[Span]]:
        """Return the characters without traces, their places in ``raw``, and the spans of emphasis in them."""
        bullet = _STAR_BULLET.match(raw, start)
        parts: list[str] = []
        places: list[int] = []
        changes: list[tuple[int, bool, bool]] = [(0, self.bold, self.italic)]
        if bullet:
            parts.append("- ")
            places += [bullet.end() - 2, bullet.end() - 1]
            start = bullet.end()
        for trace in _TRACE.finditer(raw, start):
            parts.append(raw[start : trace.start()])
            places += range(start, trace.start())
            start = trace.end()
            if trace[0].lower() in ("&nbsp;", "<br>", "<br/>", "<br />"):
                parts.append(" ")
                places.append(trace.start())
            self._switch(trace[0].lower())
            changes.append((len(places), self.bold, self.italic))
        parts.append(raw[start:])
        places += range(start, len(raw))
        changes.append((len(places), False, False))
        ends = [change[0] for change in changes[1:]]
        bold = [(change[0], end) for change, end in zip(changes, ends, strict=False) if change[1] and end > change[0]]
        italic = [(change[0], end) for change, end in zip(changes, ends, strict=False) if change[2] and end > change[0]]
        return "".join(parts), places, bold, italic

    def _switch(self, trace: str) -> None:
        name = trace.strip("</> ").split(" ")[0]
        if trace in ("**", "__", "***"):
            self.bold = not self.bold
        if trace in ("*", "***"):
            self.italic = not self.italic
        if trace.startswith("<") and name in ("b", "strong"):
            self.bold = not trace.startswith("</")
        if trace.startswith("<") and name in ("i", "em"):
            self.italic = not trace.startswith("</")


def _cells(text: str) -> tuple[str, ...]:
    """Return the cells of a row of a markdown table or of a row parted by tabs; () for running text."""
    stripped = text.strip(" \u00a0")
    if stripped.startswith("|") and stripped.count("|") > 1:
        return tuple(_folded(cell) for cell in stripped.strip("|").split("|"))
    if "\t" not in text:
        return ()
    cells = tuple(_folded(cell) for cell in text.split("\t"))
    filled = [place for place, cell in enumerate(cells) if cell]
    if not filled or len(cells) < 2:
        return ()
    only_indented = filled == [len(cells) - 1]
    if only_indented or (len(filled) == 2 and filled[1] == len(cells) - 1 and _BARE_MARK.fullmatch(cells[filled[0]])):
        # "1.<tab>Mục đích" and an indented line are no rows, but a form's "1<tab>..<tab>" is.
        return () if only_indented or len(cells) == 2 else cells
    if len(filled) == 1 and len(cells) == 2:
        return ()
    return cells


def _folded(cell: str) -> str:
    return flatten(cell).text.strip()


def _spans(spans: list[Span], chosen: tuple[int, ...]) -> tuple[Span, ...]:
    """Return spans of the visible characters as spans of the trimmed text, without spaces at their ends."""
    found = []
    for start, end in spans:
        first, last = bisect_right(chosen, start - 1), bisect_right(chosen, end - 1)
        if last > first:
            found.append((first, last))
    return tuple(found)
