"""A directive read from its own file: what the register keeps of it, and its headings to choose contents from."""

import re
from dataclasses import dataclass
from datetime import date

from documents.reading.facts import OutlineHeading
from documents.reading.plan import Parts, take_apart
from documents.reading.source import Source
from documents.reading.structure import words
from documents.reading.structure.sections import Node

_NAMED = re.compile(r"của (?P<issuer>[^,.;:]{3,90}?) (?=về(?!\w)|“)", re.IGNORECASE)
_KINDS = {
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "QĐ": "Quyết định",
    "HD": "Hướng dẫn",
    "CV": "Công văn",
    "KH": "Kế hoạch",
    "CTr": "Chương trình",
    "TB": "Thông báo",
    "BC": "Báo cáo",
}
_OF = re.compile(r"^(?:ĐẢNG BỘ|ĐẢNG CỘNG SẢN|\*)")


@dataclass(frozen=True, slots=True)
class DirectiveFacts:
    """What a directive says of itself; a part it does not say is empty or None.

    Attributes:
        kind, number, sign: "Chỉ thị", "05", "CT/TU".
        date: the day of issue.
        issuer: "Ban Thường vụ Tỉnh ủy".
        subject: the trích yếu.
        headings: its first two levels of headings, to choose the "nội dung cốt lõi" from.
    """

    kind: str
    number: str
    sign: str
    date: date | None
    issuer: str
    subject: str
    headings: tuple[OutlineHeading, ...] = ()


def read_directive(source: Source, *, today: date) -> DirectiveFacts:
    """Return what a directive's own text says; never raises. ``today`` is kept for a date without a year."""
    parts = take_apart(source)
    top = parts.head
    kind = top.kind or _KINDS.get(top.sign.split("/")[0], "")
    named = _NAMED.match(top.subject)
    issuer = _named_issuer(named["issuer"].strip()) if named else _issuer(parts)
    subject = top.subject[named.end() :].strip() if named else top.subject
    return DirectiveFacts(kind, top.number, top.sign, top.issued_on, issuer, subject, _two_levels(parts.roots))


def _named_issuer(name: str) -> str:
    return _title_case(name) if words.is_upper(name) else name


def _issuer(parts: Parts) -> str:
    """Return the collective that signs, with the committee of the letterhead: "Ban Thường vụ" of "TỈNH ỦY TUYÊN QUANG"."""
    signed = parts.ending.signature.authority if parts.ending.signature else ""
    collective = re.sub(r"^(?:T/M|TM\.?|T/L|TL\.?|K/T|KT\.?) ?", "", signed).strip()
    committee = next((name for name in reversed(parts.head.bodies) if not _OF.match(name)), "")
    if "BỘ CHÍNH TRỊ" in collective or "BAN BÍ THƯ" in collective or "TRUNG ƯƠNG" in collective:
        return _title_case(collective)
    if collective.startswith(("BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "THƯỜNG TRỰC")) and committee:
        joined = collective if committee in collective else f"{collective} {committee}"
        return _title_case(joined)
    return _title_case(collective or committee)


_COMMON = {
    "ỦY": "ủy",
    "UỶ": "uỷ",
    "BỘ": "bộ",
    "VỤ": "vụ",
    "HÀNH": "hành",
    "TRỰC": "trực",
    "THƯ": "thư",
    "ƯƠNG": "ương",
    "TRA": "tra",
}
_LEVELS = {"TỈNH", "THÀNH", "PHƯỜNG", "XÃ", "HUYỆN", "THỊ", "PHỐ", "KHU", "ĐẶC"}


def _title_case(name: str) -> str:
    """Return a name in capitals as it is written in running text: "BAN THƯỜNG VỤ TỈNH ỦY" gives "Ban Thường vụ Tỉnh ủy"."""
    shown: list[str] = []
    for place, word in enumerate(name.split()):
        following = name.split()[place + 1] if place + 1 < len(name.split()) else ""
        if word in _COMMON and place:
            shown.append(_COMMON[word])
        elif word in _LEVELS and following not in ("ỦY", "UỶ") and place:
            shown.append(word.lower())
        elif word == "TRỊ":
            shown.append("trị")
        else:
            shown.append(word.capitalize())
    return " ".join(shown)


def _two_levels(roots: tuple[Node, ...]) -> tuple[OutlineHeading, ...]:
    return tuple(
        OutlineHeading(
            root.marker,
            root.title,
            root.line,
            tuple(OutlineHeading(child.marker, child.title, child.line) for child in root.children),
        )
        for root in roots
    )
