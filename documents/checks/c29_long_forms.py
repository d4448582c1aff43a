"""C29: the full name and subject of a document again, after its short form was defined."""

from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.mentions import mentions_of, short_forms
from documents.checks.zones import Zone
from documents.citations import parse

_LONG = 25
_SOME = 8


def find(text: CheckedText) -> Iterator[Found]:
    """Full mentions in the body after the line that defines short forms; one finding a line."""
    defined: dict[str, int] = {}
    places = {id(line): place for place, line in enumerate(text.lines)}
    for line, _, forms in short_forms(text):
        for citation in parse(forms):
            defined.setdefault(citation.key, places[id(line)])
    seen: set[int] = set()
    for mention in mentions_of(text):
        place = places[id(mention.line)]
        since = defined.get(mention.citation.key)
        if since is None or place <= since or mention.zone is not Zone.BODY or not mention.is_full or place in seen:
            continue
        words = len(mention.subject_words)
        if words >= _SOME:
            seen.add(place)
            span = mention.span[0], mention.subject[1]
            message = f"Đã có tên gọi tắt của {mention.citation.number_text}; không cần nhắc lại cả trích yếu."
            yield at("long_again" if words >= _LONG else "again", mention.line, span, message)


CHECK = Check(
    id="C29",
    title="Nhắc lại tên đầy đủ sau khi đã gọi tắt",
    variants={
        "again": "Trích yếu được nhắc lại sau khi đã có tên gọi tắt.",
        "long_again": "Trích yếu rất dài được nhắc lại sau khi đã có tên gọi tắt.",
    },
    find=find,
)
