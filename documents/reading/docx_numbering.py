"""The numbers that a word processor prints before paragraphs without writing them into the text."""

import re
from xml.etree.ElementTree import Element

from documents.reading.docx_xml import attribute, child, children, descend, number_of

LEVELS = 9
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HIGHEST = 5_000  # a counter beyond it prints as a plain figure


class Level:
    """One level of a list: how its counter looks and what stands around it."""

    def __init__(self, element: Element):
        self.start = number_of(child(element, "start"), 1)
        self.form = attribute(child(element, "numFmt"), "val") or "decimal"
        self.text = attribute(child(element, "lvlText"), "val") or ""
        self.legal = child(element, "isLgl") is not None


class Numbering:
    """Counts as the file is read from its first paragraph to its last."""

    def __init__(self, root: Element | None):
        abstract = {attribute(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._restart: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int]] = {}
        for number in children(root, "num"):
            key = attribute(number, "numId")
            base = attribute(child(number, "abstractNumId"), "val")
            levels = _levels(abstract.get(base))
            starts: dict[int, int] = {}
            for override in children(number, "lvlOverride"):
                place = number_of(override, 0, name="ilvl")
                if (own := child(override, "lvl")) is not None:
                    levels[place] = Level(own)
                if (start := child(override, "startOverride")) is not None:
                    starts[place] = number_of(start, 1)
            self._lists[key] = (base, levels)
            self._restart[key] = starts

    def marker(self, number_id: str, place: int) -> str:
        """Return what is printed before the next paragraph of a list at a level (0 the highest), "" for no list."""
        base, levels = self._lists.get(number_id, ("", {}))
        level = levels.get(place)
        if level is None or not 0 <= place < LEVELS:
            return ""
        counts = self._counts.setdefault(base, [-1] * LEVELS)
        starts = self._restart.get(number_id, {})
        if place in starts:  # "begin anew" holds for the first paragraph of this list
            counts[place] = starts.pop(place) - 1
        elif counts[place] < 0:
            counts[place] = level.start - 1
        counts[place] += 1
        for deeper in range(place + 1, LEVELS):
            counts[deeper] = -1
        return _printed(level, place, levels, counts)


def _levels(element: Element | None) -> dict[int, Level]:
    return {number_of(one, 0, name="ilvl"): Level(one) for one in children(element, "lvl")}


def _printed(level: Level, place: int, levels: dict[int, Level], counts: list[int]) -> str:
    if level.form == "none":
        return ""
    if level.form == "bullet":
        return _bullet(level.text, place)

    def counter(match: re.Match) -> str:
        at = int(match[1]) - 1
        own = levels.get(at)
        if own is None:
            return ""
        count = counts[at] if counts[at] >= 0 else own.start
        return _counted(count, "decimal" if level.legal else own.form)

    return _PLACE.sub(counter, level.text).strip()


def _bullet(sign: str, place: int) -> str:
    """Return "-" or "+" as Party papers print them; round and square signs stand for one of the two."""
    if sign.strip() in {"-", "–", "—", "\u2212", "\uf02d"}:
        return "-"
    return "+" if sign.strip() in {"+", "\uf02b"} or place > 0 else "-"


def _counted(count: int, form: str) -> str:
    if not 0 < count < _HIGHEST:
        return str(count)
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    signs = []
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        signs.append(sign * times)
    return "".join(signs)


def number_of_style(style: Element | None) -> tuple[str, int]:
    """Return the list and the level that a paragraph or a style names, ("", 0) without one."""
    properties = descend(style, "numPr")
    return attribute(child(properties, "numId"), "val"), number_of(child(properties, "ilvl"), 0)
