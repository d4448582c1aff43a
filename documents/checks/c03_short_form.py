"""C03: one short form per document, with or without "số", but one way only."""

import re
from collections import Counter
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.mentions import Mention, by_document, short_forms
from documents.checks.zones import Zone
from documents.citations import parse

_BARE = r"(?<!\w)(?:{kind})(?! ?(?:số|\d|này|trên|của|nêu|{kind}|hành động))(?=[ ,.;:)])"


def find(text: CheckedText) -> Iterator[Found]:
    """Compare each short mention with the defined form, or with the usual one when none is defined."""
    defined = {}
    for _, _, forms in short_forms(text):
        for citation in parse(forms):
            printed = forms[slice(*citation.span)]
            defined[citation.key] = " số " in f" {printed.casefold()} "
    documents = by_document(text)
    for number, mentions in documents.items():
        yield from _uneven(mentions, defined.get(number))
    yield from _bare_kinds(text, documents)


def _uneven(mentions: list[Mention], defined: bool | None) -> Iterator[Found]:
    short = [
        mention
        for mention in mentions
        if mention.citation.kind and not mention.is_full and "/" in mention.citation.sign
    ]
    counts = Counter(mention.with_word for mention in short)
    if not short or (defined is None and len(counts) < 2):
        return
    right = counts.most_common(1)[0][0] if defined is None else defined
    for mention in short:
        if mention.with_word != right:
            citation = mention.citation
            form = f"{citation.kind} {'số ' if right else ''}{citation.number_text}"
            why = "đã quy ước" if defined is not None else "dùng nhiều nhất trong kế hoạch"
            span = mention.span[0], mention.span[0] + _short_length(mention)
            yield at("uneven", mention.line, span, f"Tên gọi tắt {why} là “{form}”.", form)


def _short_length(mention: Mention) -> int:
    """The mention without an issuer that may follow the number."""
    return mention.text.find(" của ") if " của " in mention.text else len(mention.text)


def _bare_kinds(text: CheckedText, documents: dict[str, list[Mention]]) -> Iterator[Found]:
    kinds = Counter(mentions[0].citation.kind for mentions in documents.values() if mentions[0].zone is Zone.TITLE)
    if len(kinds) != 1 or "" in kinds:
        return
    kind = next(iter(kinds))
    pattern = re.compile(_BARE.format(kind=re.escape(kind)))
    for line in text.lines_in(Zone.BODY):
        for match in pattern.finditer(line.text):
            yield at("bare_kind", line, match.span(), f"“{kind}” viết trơn là tên gọi tắt thứ ba của cùng văn bản.")


CHECK = Check(
    id="C03",
    title="Tên gọi tắt không thống nhất",
    variants={
        "uneven": "Tên gọi tắt lúc có “số”, lúc không, hoặc khác tên đã quy ước.",
        "bare_kind": "Chỉ viết tên loại, không có số, sau khi đã quy ước tên gọi tắt.",
    },
    find=find,
)
