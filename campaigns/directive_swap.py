"""One directive's facts replaced by another's in running text: number, sign, day, issuer, subject, short forms.

Works on any object with the attributes of campaigns.models.Directive. Texts pass through private characters while
they are changed, so that what was just put in is never replaced again.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from documents import citations, dates

_PRIVATE = 0xE000  # private use area: no text of a person holds these characters (documents.text refuses them)
_MOST = 6000
_ABOUT = re.compile(r"^(?:về việc|về|v/v)\s+", re.IGNORECASE)


@dataclass
class Shelf:
    """Pieces put aside while a text is changed, each behind one private character."""

    pieces: list[str] = field(default_factory=list)

    def put(self, piece: str) -> str:
        """Return the character that stands for `piece`."""
        if len(self.pieces) >= _MOST:
            return piece
        self.pieces.append(piece)
        return chr(_PRIVATE + len(self.pieces) - 1)

    def restore(self, text: str) -> str:
        """Return `text` with every piece back in its place."""
        for place in range(len(self.pieces) - 1, -1, -1):
            text = text.replace(chr(_PRIVATE + place), self.pieces[place])
        return text


@dataclass(frozen=True)
class Swap:
    """An old directive and the one that takes its place; `keep` are names that only look like the issuer."""

    old: object
    new: object
    keep: tuple[str, ...] = ()

    def subjects(self, text: str, shelf: Shelf) -> str:
        """Replace the subject, in any spacing and case, with or without "về"; quotation marks stay."""
        old, new = _bare(self.old.subject), _bare(self.new.subject)
        if not old:
            return text
        pattern = re.compile(rf"(?P<about>(?<!\w)(?:về việc|về|v/v)\s+)?(?P<quote>[“\"])?{_loose(old)}(?!\w)", re.IGNORECASE)

        def put(match):
            return shelf.put(f"{match['about'] or ''}{match['quote'] or ''}{new}")

        return pattern.sub(put, text)

    def identity(self, text: str, shelf: Shelf) -> str:
        """Replace kind with number, number alone, and the day in every written form."""
        number = _number_pattern(self.old)
        kind_old, kind_new = self.old.get_kind_display(), self.new.get_kind_display()
        text = re.sub(
            rf"(?<!\w){_loose(kind_old)}(?P<so>\s+số:?)?\s+{number}",
            lambda match: shelf.put(f"{_cased(kind_new, match[0])}{match['so'] or ''} {self.new.number_text}"),
            text,
            flags=re.IGNORECASE,
        )
        text = re.sub(number, lambda match: shelf.put(self.new.number_text), text, flags=re.IGNORECASE)
        for pattern, written in _DAY_FORMS:
            text = re.sub(pattern(self.old.dated_on), lambda match, form=written: shelf.put(form(self.new.dated_on)), text, flags=re.IGNORECASE)
        return text

    def issuers(self, text: str, shelf: Shelf) -> str:
        """Replace the issuer, but not inside a longer name that is to be kept."""
        if not self.old.issuer.strip():
            return text
        for name in self.keep:
            if name and self.old.issuer.lower() in name.lower():
                text = re.sub(_loose(name), lambda match: shelf.put(match[0]), text, flags=re.IGNORECASE)
        pattern = rf"(?<!\w){_loose(self.old.issuer)}(?!\w)"
        return re.sub(pattern, lambda match: shelf.put(self.new.issuer), text, flags=re.IGNORECASE)

    def kinds(self, text: str, shelf: Shelf) -> str:
        """Replace the kind where it stands alone for the directive ("tinh thần Chỉ thị"), not before another number."""
        old, new = self.old.get_kind_display(), self.new.get_kind_display()
        if old == new:
            return text
        return re.sub(rf"(?<!\w){_loose(old)}(?!\w)(?!\s+(?:số|\d))", lambda match: shelf.put(new), text)


def swap_text(
    text: str, swaps: Sequence[Swap], *, shelf: Shelf | None = None, between: Callable[[str, Shelf], str] | None = None
) -> str:
    """Return `text` with every fact of the old directives replaced; citations of other documents stay as they are.

    `shelf` holds what was put aside before; `between` changes what is left once the directives' own names are out of the way: the deadlines.
    """
    if not text:
        return text
    shelf = shelf or Shelf()
    for swap in swaps:
        text = swap.subjects(text, shelf)
    keys = {citations.key(swap.old.number_text) for swap in swaps}
    for found in reversed(citations.parse(text)):
        if found.key not in keys:
            start, end = found.span
            text = text[:start] + shelf.put(text[start:end]) + text[end:]
    if between:
        text = between(text, shelf)
    for change in ("identity", "issuers", "kinds"):
        for swap in swaps:
            text = getattr(swap, change)(text, shelf)
    return shelf.restore(text)


def old_patterns(directive) -> list[tuple[str, re.Pattern]]:
    """Return (what it is, pattern) for every form in which a fact of the directive may be left in a text."""
    subject = _bare(directive.subject)
    found = [("số, ký hiệu", _number_pattern(directive)), ("ngày ban hành", "|".join(one(directive.dated_on) for one, _ in _DAY_FORMS))]
    if subject:
        found.append(("trích yếu", _loose(subject)))
    if directive.issuer.strip():
        found.append(("cơ quan ban hành", rf"(?<!\w){_loose(directive.issuer)}(?!\w)"))
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in found]


def _number_pattern(directive) -> str:
    kind, _, body = directive.sign.partition("/")
    digits = directive.number.strip().lstrip("0")
    sign = rf"\s?/\s?{re.escape(body)}" if body else ""
    return rf"(?<![\w/])0*{re.escape(digits)}\s?[-–]\s?{re.escape(kind)}{sign}(?!\w)"


def _loose(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _bare(subject: str) -> str:
    return _ABOUT.sub("", subject.strip(' .;,“”"'))


def _cased(kind: str, like: str) -> str:
    return kind if like[:1].isupper() else kind[:1].lower() + kind[1:]


def _short_pattern(day):
    return rf"(?<![\d/])0?{day.day}\s?[/.-]\s?0?{day.month}\s?[/.-]\s?{day.year}(?!\d)"


def _long_pattern(day):
    return rf"(?:(?<!\w)ngày\s+)?(?<!\d)0?{day.day}\s+tháng\s+0?{day.month}\s+năm\s+{day.year}(?!\d)"


_DAY_FORMS = ((_long_pattern, dates.long), (_short_pattern, dates.short))
