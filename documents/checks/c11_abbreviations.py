"""C11: abbreviations that are not introduced, or that may mean several things."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.shipped import shipped
from documents.checks.spans import inside
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_TOKEN = re.compile(r"(?<![\w/.@-])(?:CT - XH|CT-XH|KT-XH|IoT|[A-ZĐ][A-ZĐƯÂÊÔƠ]{1,7})(?![\w/@]|-[A-ZĐ]|\.\w)")
Token = tuple[str, tuple[int, int]]
_ROMAN = re.compile(r"[IVXLC]+")
_DEFINED = re.compile(r"\((?:sau đây )?(?:gọi |viết )?(?:tắt )?(?:là:? )?([A-ZĐ][\w -]{1,10})\)")


def find(text: CheckedText) -> Iterator[Found]:
    """Point at a known abbreviation once, at each line that holds unknown ones."""
    defined = {match[1] for line in text.lines for match in _DEFINED.finditer(line.text)}
    numbers = {id(line): [] for line in text.lines}
    for line, citation in text.citations:
        numbers[id(line)].append(citation.span)
    seen: set[str] = set()
    for line, zone in zip(text.lines, text.zones, strict=True):
        if zone in (Zone.HEAD, Zone.SIGNATURE) or (line.text.isupper() and zone is not Zone.RECIPIENTS):
            continue
        tokens = [
            (token, span)
            for token, span in _tokens(line)
            if token not in defined and not inside(numbers[id(line)], span[0]) and not _is_heading_word(line, span)
        ]
        yield from _known(line, tokens, seen)
        yield from _unknown(line, tokens)


def _tokens(line: SourceLine) -> Iterator[Token]:
    for match in _TOKEN.finditer(line.text):
        if _ROMAN.fullmatch(match[0]) or (len(line.cells) > 1 and match[0] in ("TT", "STT")):
            continue
        yield match[0], match.span()


def _is_heading_word(line: SourceLine, span: tuple[int, int]) -> bool:
    """Whether the word stands in a run of capitals: a title inside the line, not an abbreviation."""
    neighbours = re.findall(r"[^\W\d_]+", line.text[max(0, span[0] - 12) : span[0]])[-1:]
    neighbours += re.findall(r"[^\W\d_]+", line.text[span[1] : span[1] + 12])[:1]
    return any(len(word) > 1 and word.isupper() and not word.isascii() and "Đ" not in word for word in neighbours)


def _known(line: SourceLine, tokens: list[Token], seen: set[str]) -> Iterator[Found]:
    known = shipped("abbreviations")["known"]
    for token, span in tokens:
        if token in known and token not in seen:
            seen.add(token)
            yield at("known", line, span, f"“{token}” chưa được giới thiệu; lần đầu viết đủ “{known[token]}”.")


def _unknown(line: SourceLine, tokens: list[Token]) -> Iterator[Found]:
    """One finding for the line: a person spells them all out at once."""
    lists = shipped("abbreviations")
    unknown = [(token, span) for token, span in tokens if token not in lists["known"] and token not in lists["plain"]]
    if not unknown:
        return
    span = unknown[0][1][0], unknown[-1][1][1]
    names = ", ".join(dict.fromkeys(token for token, _ in unknown))
    if all(token in lists["ambiguous"] for token, _ in unknown):
        yield at("ambiguous", line, span, f"“{names}” có thể hiểu nhiều cách; viết đủ chữ.")
    else:
        yield at("unknown", line, span, f"Chữ viết tắt chưa được giải thích: {names}.")


CHECK = Check(
    id="C11",
    title="Chữ viết tắt chưa giải thích",
    variants={
        "known": "Chữ viết tắt thông dụng (HĐND, UBND, MTTQ) dùng mà chưa viết đủ lần đầu.",
        "ambiguous": "Chữ viết tắt có nhiều nghĩa, như TT.",
        "unknown": "Chữ viết tắt không ai khác hiểu, như ĐBK.",
    },
    find=find,
)
