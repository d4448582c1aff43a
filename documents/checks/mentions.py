"""The documents a paper cites, mention by mention, with what each mention says of its document."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from documents.checks.context import CheckedText
from documents.checks.zones import Zone
from documents.citations import Citation
from documents.reading.source import SourceLine

_SUBJECT = re.compile(r" ?(?:[“\"] ?)?(về (?:việc )?)")
_SUBJECT_END = re.compile(r"[“”\"();:]|\. |\.$|, (?=Ban |Đảng ủy|Thị ủy|Huyện ủy|Thành ủy|Tỉnh ủy|yêu cầu|đề nghị)")
_SHORT_FORM = re.compile(r"\((?:sau đây )?(?:được )?(?:viết|gọi) (?:tắt )?là:? ?([^()]{2,300})\)")
_HAS_WORD = re.compile(r"(?<!\w)số:? ?\d")
_LONGEST_SUBJECT = 700
_LONGEST_FORMS = 350


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a document.

    Attributes:
        line, zone, order: where it stands; ``order`` counts all mentions.
        citation: what was read of it.
        subject: place of "về ..." in the line's text, None when the mention stops before it.
        with_word: whether "số" stands before the number.
    """

    line: SourceLine
    zone: Zone
    order: int
    citation: Citation
    subject: tuple[int, int] | None
    with_word: bool

    @property
    def span(self) -> tuple[int, int]:
        """The place of the mention in the line's text."""
        return self.citation.span

    @property
    def text(self) -> str:
        """The mention as printed."""
        return self.line.text[slice(*self.span)]

    @property
    def is_full(self) -> bool:
        """Whether it gives the date or the issuer: a citation and not a short form."""
        return self.citation.date is not None or "ngày" in self.text

    @property
    def subject_words(self) -> list[str]:
        """The words of the subject, without "về"."""
        if self.subject is None:
            return []
        return re.findall(r"\w+", self.line.text[slice(*self.subject)])[1:]


def mentions_of(text: CheckedText) -> list[Mention]:
    """Return the mentions outside the head of the paper, in reading order."""
    if "mentions" not in text.memo:
        text.memo["mentions"] = _mentions(text)
    return text.memo["mentions"]


def _mentions(text: CheckedText) -> list[Mention]:
    found = []
    zones = {id(line): zone for line, zone in zip(text.lines, text.zones, strict=True)}
    starts = defaultdict(list)
    for line, citation in text.citations:
        starts[id(line)].append(citation.span[0])
    for line, citation in text.citations:
        zone = zones[id(line)]
        if zone is not Zone.HEAD:
            after = bisect_right(starts[id(line)], citation.span[0])
            following = starts[id(line)][after] if after < len(starts[id(line)]) else len(line.text)
            words = bool(_HAS_WORD.search(line.text[slice(*citation.span)]))
            found.append(
                Mention(line, zone, len(found), citation, _subject(line.text, citation.span[1], following), words)
            )
    return found


def by_document(text: CheckedText) -> dict[str, list[Mention]]:
    """Return the mentions of each document under its key."""
    if "documents" not in text.memo:
        documents = defaultdict(list)
        for mention in mentions_of(text):
            documents[mention.citation.key].append(mention)
        text.memo["documents"] = dict(documents)
    return text.memo["documents"]


def short_forms(text: CheckedText) -> Iterator[tuple[SourceLine, tuple[int, int], str]]:
    """Give each "(sau đây viết tắt là ...)" with its line, its place and what it defines."""
    for line in text.lines:
        for match in _SHORT_FORM.finditer(line.text):
            yield line, match.span(), match[1]


def is_defining(mention: Mention) -> bool:
    """Whether the mention stands inside "(sau đây viết tắt là ...)"."""
    before = mention.line.text[max(0, mention.span[0] - _LONGEST_FORMS) : mention.span[1] + _LONGEST_FORMS]
    place = min(mention.span[0], _LONGEST_FORMS)
    return any(match.start() < place < match.end() for match in _SHORT_FORM.finditer(before))


def _subject(text: str, start: int, following: int) -> tuple[int, int] | None:
    opening = _SUBJECT.match(text, start)
    if not opening:
        return None
    end = _SUBJECT_END.search(text, opening.end(1), opening.end(1) + _LONGEST_SUBJECT)
    last = min(end.start() if end else opening.end(1) + _LONGEST_SUBJECT, following, len(text))
    return opening.start(1), last
