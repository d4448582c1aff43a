"""C01: what is said of one document in two ways, and dates that are in no calendar."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from documents import dates
from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.mentions import Mention, by_document
from documents.reading.source import SourceLine

_SIGNS = {
    "chỉ thị": "CT", "nghị quyết": "NQ", "quy định": "QĐ", "quyết định": "QĐ", "kết luận": "KL", "chương trình": "CTr",
    "chương trình hành động": "CTr", "kế hoạch": "KH", "tờ trình": "TTr", "hướng dẫn": "HD", "thông báo": "TB",
    "công văn": "CV", "báo cáo": "BC", "quy chế": "QC",
}  # fmt: skip
_DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4})(?![\d/])")
_LONG_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_FIRST_YEAR = 1930
_OPENING_WORDS = 5


def find(text: CheckedText) -> Iterator[Found]:
    """Compare the mentions of each document with one another."""
    documents = by_document(text)
    for mentions in documents.values():
        yield from _conflicts(mentions)
        yield from _wrong_kinds(mentions)
    yield from _numbers(documents)
    for line in text.lines:
        yield from _impossible(line)


def _conflicts(mentions: list[Mention]) -> Iterator[Found]:
    dated = [mention for mention in mentions if mention.citation.date]
    counts = Counter(mention.citation.date for mention in dated)
    if len(counts) < 2:
        return
    # The date given most often, and first among equals, is taken for the right one.
    firsts: dict[date, Mention] = {}
    for mention in dated:
        firsts.setdefault(mention.citation.date, mention)
    right = max(counts, key=lambda day: (counts[day], -firsts[day].order))
    first = firsts[right]
    for mention in dated:
        if mention.citation.date != right:
            message = (
                f"{mention.citation.number_text} ghi ngày {dates.short(mention.citation.date)}, "
                f"nhưng ở dòng {first.line.number} ghi ngày {dates.short(right)}."
            )
            yield at("conflicting_dates", mention.line, mention.span, message)


def _wrong_kinds(mentions: list[Mention]) -> Iterator[Found]:
    for mention in mentions:
        kind, sign = mention.citation.kind, mention.citation.sign
        expected = _SIGNS.get(kind.lower())
        if expected and "/" in sign and sign.split("/")[0] != expected and sign.split("/")[0] in _SIGNS.values():
            message = f"Tên loại “{kind}” không khớp ký hiệu {sign}; ký hiệu của {kind} là {expected}."
            yield at("kind_and_sign", mention.line, mention.span, message)


def _numbers(documents: dict[str, list[Mention]]) -> Iterator[Found]:
    """Two numbers with one kind, day and subject are one document, typed wrongly once."""
    first: dict[tuple, Mention] = {}
    full = [
        m
        for mentions in documents.values()
        for m in mentions
        if m.citation.date and len(m.subject_words) >= _OPENING_WORDS
    ]
    for mention in sorted(full, key=lambda one: one.order):
        subject = tuple(word.casefold() for word in mention.subject_words[:_OPENING_WORDS])
        known = first.setdefault((mention.citation.sign, mention.citation.date, subject), mention)
        if known.citation.key != mention.citation.key:
            message = (
                f"Cùng ngày, cùng trích yếu nhưng số khác với dòng {known.line.number} ({known.citation.number_text})."
            )
            yield at("conflicting_numbers", mention.line, mention.span, message)


def _impossible(line: SourceLine) -> Iterator[Found]:
    for pattern in (_DAY, _LONG_DAY):
        for match in pattern.finditer(line.text):
            day, month, year = (int(part) for part in match.groups())
            try:
                date(year, month, day)
            except ValueError:
                yield at("impossible_date", line, match.span(), f"“{match[0]}” không có trong lịch.")
                continue
            if year < _FIRST_YEAR:
                yield at("impossible_date", line, match.span(), f"“{match[0]}”: năm không hợp lý.")


CHECK = Check(
    id="C01",
    title="Ngày, số của một văn bản không thống nhất",
    variants={
        "conflicting_dates": "Cùng một văn bản được ghi hai ngày khác nhau.",
        "conflicting_numbers": "Cùng ngày, cùng trích yếu nhưng ghi hai số khác nhau.",
        "kind_and_sign": "Tên loại không khớp ký hiệu, như “Nghị quyết số 05-CT/TU”.",
        "impossible_date": "Ngày không có trong lịch, như 31/4/2026.",
    },
    find=find,
)
