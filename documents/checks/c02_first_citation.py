"""C02: the first mention of a document says its day, its issuer and its short form."""

import re
from collections.abc import Iterator
from itertools import islice

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.mentions import Mention, by_document, is_defining, mentions_of, short_forms
from documents.checks.zones import Zone
from documents.citations import key, parse

_FORMS = 20  # more short forms than any plan has: hostile text costs no more
_TAKEN_FOR_ISSUER = re.compile(r"Thị ủy|Huyện ủy|Thành ủy|Đảng ủy|Tỉnh ủy|Trung ương|Bộ Chính trị|Ban Bí thư")


def find(text: CheckedText) -> Iterator[Found]:
    """Look at the first mention in the body of each Party document, at short forms and at issuers."""
    own = key(f"{text.facts.number}-{text.facts.sign}") if text.facts.number else ""
    for number, mentions in by_document(text).items():
        if number != own:
            yield from _first(mentions)
            yield from _issuers(mentions)
    yield from _no_short_form(text)


def _first(mentions: list[Mention]) -> Iterator[Found]:
    title = [mention for mention in mentions if mention.zone is Zone.TITLE]
    rest = [mention for mention in mentions if mention.zone in (Zone.BODY, Zone.ANNEX) and not is_defining(mention)]
    first = next(iter(rest or title), None)
    if first is None or "/" not in first.citation.sign:
        return
    complete = [mention for mention in (first, *title) if mention.citation.date and mention.citation.issuer]
    if complete:
        return
    known = first.citation.date or any(mention.citation.date for mention in title)
    if not known and not first.is_full:
        later = any(mention.citation.date for mention in mentions)
        missing = "ngày ban hành" if first.citation.issuer else "ngày ban hành và cơ quan ban hành"
        message = f"Lần đầu nêu {first.citation.number_text} chưa ghi {missing}."
        yield at("late_date" if later else "no_date", first.line, first.span, message)
    elif known and not any(mention.citation.issuer for mention in (first, *title)):
        yield at(
            "no_issuer", first.line, first.span, f"Lần đầu nêu {first.citation.number_text} chưa ghi cơ quan ban hành."
        )


def _issuers(mentions: list[Mention]) -> Iterator[Found]:
    issuers = [mention for mention in mentions if mention.citation.issuer]
    if len(issuers) < 2:
        return
    right = issuers[0].citation.issuer
    for mention in issuers[1:]:
        issuer = mention.citation.issuer
        if not _agree(issuer, right) and _TAKEN_FOR_ISSUER.search(issuer):
            message = f"Đọc như thể {mention.citation.number_text} là của {issuer}; ở dòng {issuers[0].line.number} là của {right}."
            yield at("other_issuer", mention.line, mention.span, message)


def _agree(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


def _no_short_form(text: CheckedText) -> Iterator[Found]:
    mentions = mentions_of(text)
    # Two directives learnt together each have a bracket of their own.
    named = {citation.key for _, _, defined in short_forms(text) for citation in parse(defined)}
    for line, span, defined in islice(short_forms(text), _FORMS):
        keys = {citation.key for citation in parse(defined)}
        before = [
            mention for mention in mentions if mention.line is line and mention.span[1] <= span[0] and mention.is_full
        ]
        if not keys or not before:
            continue
        first = before[0]
        used_later = any(m.citation.key == first.citation.key and m.order > before[-1].order for m in mentions)
        if first.citation.key not in named and used_later:
            message = f"Có đặt tên gọi tắt nhưng thiếu {first.citation.number_text}, là văn bản được thực hiện và còn nhắc lại ở sau."
            yield at("no_short_form", line, span, message)


CHECK = Check(
    id="C02",
    title="Viện dẫn lần đầu chưa đầy đủ",
    variants={
        "no_date": "Văn bản được nêu mà cả kế hoạch không ghi ngày ban hành.",
        "late_date": "Lần đầu nêu chưa ghi ngày ban hành, các lần sau mới ghi.",
        "no_issuer": "Lần đầu nêu chưa ghi cơ quan ban hành.",
        "other_issuer": "Câu viết khiến văn bản như là của cơ quan khác.",
        "no_short_form": "Văn bản chính không có tên gọi tắt trong khi văn bản khác có.",
    },
    find=find,
)
