"""C04: the subject of a cited document is copied word for word every time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, Word, at
from documents.checks.gazetteer import is_place
from documents.checks.mentions import Mention, by_document
from documents.checks.vietnamese import new_style

_AGAIN = 2


def find(text: CheckedText) -> Iterator[Found]:
    """Compare the subjects of all full mentions of each document."""
    words = {id(line): row for line, row in zip(text.lines, text.words, strict=True)}
    for mentions in by_document(text).values():
        subjects = [(mention, _subject(mention, words[id(mention.line)])) for mention in mentions if mention.subject]
        if len(subjects) > 1:
            yield from _differences(subjects, text.context.names)


def _subject(mention: Mention, words: tuple[Word, ...]) -> list[Word]:
    start, end = mention.subject
    first = bisect_left(words, start, key=lambda word: word.start)
    return [word for word in words[first : bisect_left(words, end, key=lambda word: word.start)] if word.end <= end]


def _differences(subjects: list[tuple[Mention, list[Word]]], names: tuple[str, ...]) -> Iterator[Found]:
    usual = Counter(tuple(_plain(words)) for _, words in subjects).most_common(1)[0][0]
    first = next((mention, words) for mention, words in subjects if tuple(_plain(words)) == usual)
    for mention, words in subjects:
        place = _first_difference(list(usual), _plain(words))
        if place is None:
            continue
        if _holds_place(mention, words, place, names):
            # The rare spelling is the right name: the usual one is copied wrongly, and C05 points at it.
            continue
        last = min(place + 1, len(words) - 1)
        span = words[max(0, place - 1)].start, words[last].end
        message = f"Trích yếu của {mention.citation.number_text} khác với dòng {first[0].line.number}."
        yield at("title_differs", mention.line, span, message)


def _holds_place(mention: Mention, words: list[Word], place: int, names: tuple[str, ...]) -> bool:
    text = mention.line.text
    pairs = [(words[i], words[i + 1]) for i in (place - 1, place) if i >= 0 and i + 1 < len(words)]
    return any(is_place(text[one.start : two.end], names) for one, two in pairs)


def _plain(words: list[Word]) -> list[str]:
    return [new_style(word.text.casefold()) for word in words]


def _first_difference(one: list[str], other: list[str]) -> int | None:
    """The place of a changed, lost or added word after which both go on alike; None when one only stops earlier."""
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if place is None:
        return None
    follow, follow_other = one[place + 1 : place + 1 + _AGAIN], other[place + 1 : place + 1 + _AGAIN]
    same = (
        follow == follow_other or follow == other[place : place + _AGAIN] or one[place : place + _AGAIN] == follow_other
    )
    enough = len(one) - place > 1 and len(other) - place > 1
    return place if same and enough else None


CHECK = Check(
    id="C04",
    title="Trích yếu văn bản viện dẫn không khớp",
    variants={"title_differs": "Cùng một văn bản nhưng trích yếu chép khác nhau."},
    find=find,
)
