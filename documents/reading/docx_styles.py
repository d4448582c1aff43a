"""How a paragraph or a run of a .docx looks, from its own properties and those of the styles it rests on."""

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from documents.reading.docx_numbering import number_of_style
from documents.reading.docx_xml import attribute, child, children, descend, is_on, number_of

_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề) ?([1-9])$", re.IGNORECASE)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What of a run's look bears meaning."""

    bold: bool = False
    italic: bool = False
    capitals: bool = False
    hidden: bool = False


class Styles:
    """The styles of one file."""

    def __init__(self, root: Element | None):
        self._styles = {attribute(one, "styleId"): one for one in children(root, "style")}
        self._looks: dict[str, Look] = {}
        default = child(child(root, "docDefaults"), "rPrDefault")
        self._default = _changed(child(default, "rPr"), Look())
        standard = (one for one in children(root, "style") if attribute(one, "default") == "1")
        self._standard = next((attribute(one, "styleId") for one in standard if attribute(one, "type") == "paragraph"), "")

    def look(self, style: str) -> Look:
        """Return the look of a paragraph of that style, of the standard style when it names none."""
        style = style or self._standard
        if style not in self._looks:
            look = self._default
            for element in reversed(self._chain(style)):
                look = _changed(child(element, "rPr"), look)
            self._looks[style] = look
        return self._looks[style]

    def run_look(self, run: Element, base: Look) -> Look:
        """Return the look of a run in a paragraph that looks like ``base``."""
        properties = child(run, "rPr")
        if properties is None:
            return base
        for element in reversed(self._chain(attribute(child(properties, "rStyle"), "val"))):
            base = _changed(child(element, "rPr"), base)
        return _changed(properties, base)

    def heading(self, style: str, properties: Element | None) -> int:
        """Return the level of a heading, 0 for running text."""
        own = child(properties, "outlineLvl")
        if own is not None and (level := number_of(own, 9)) < 9:
            return level + 1
        for element in self._chain(style):
            if found := _HEADING.search(attribute(child(element, "name"), "val")):
                return int(found[1])
            if (level := number_of(descend(element, "outlineLvl"), 9)) < 9:
                return level + 1
        return 0

    def numbering(self, style: str) -> tuple[str, int]:
        """Return the list and level that a style puts its paragraphs into."""
        for element in self._chain(style):
            number_id, place = number_of_style(element)
            if number_id:
                return number_id, place
        return "", 0

    def _chain(self, style: str) -> list[Element]:
        """Return the style and those it rests on, nearest first; a ring of styles ends somewhere."""
        chain: list[Element] = []
        while style in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = attribute(child(chain[-1], "basedOn"), "val")
        return chain


def _changed(properties: Element | None, look: Look) -> Look:
    if properties is None:
        return look
    for field, name in (("bold", "b"), ("italic", "i"), ("capitals", "caps"), ("hidden", "vanish")):
        if (on := is_on(child(properties, name))) is not None:
            look = replace(look, **{field: on})
    return look
