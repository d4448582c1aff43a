"""The end of a paper: Nơi nhận with its notes, who signs, and where the annexes begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.facts import RecipientFacts, SignatureFacts
from documents.reading.source import SourceLine
from documents.reading.structure import marks, words

_RECIPIENTS = re.compile(r"N[oơớờôồố]i\s?nh[aâấầậăắ]n ?:?(?!\w) ?", re.IGNORECASE)
_ANNEX = re.compile(
    r"(?:ĐỀ CƯƠNG|PHỤ LỤC|Phụ lục|Đề cương|BIỂU|Biểu|MẪU|Mẫu|DANH MỤC|DANH SÁCH|BẢNG|Bảng|TIẾN ĐỘ|LỊCH|KHUNG)"
    r"(?!\w)(?! gửi kèm| kèm theo Kế hoạch này)"
)
_NOTE = re.compile(r"(?P<name>.*\S) ?\((?P<note>[^()]{1,120})\)$")
_SIGNED = re.compile(r"\(?\[?(?:đã ký|ký tên|ký, |đã kí|chữ ký|ký số)[^)\]]*\)?\]?", re.IGNORECASE)
_TITLES = re.compile(rf"(?:(?:Đồng chí|Đ/c|GS|PGS|TS|ThS|BS|LS)[. ]{{1,2}})+(?=[{words.UPPER}])")
_MAYBE = re.compile(rf"[Nn][ƠơOoờôỜ]i|N[ƠOÔ]I|{words.AUTHORITY.pattern}|{words.POSITION.pattern}")
_GAP = 3
_MIXED_LIMIT = 250  # two columns of a signing are never wider


@dataclass(frozen=True, slots=True)
class Ending:
    """Recipients and signature, and the lines behind them."""

    recipients: tuple[RecipientFacts, ...]
    signature: SignatureFacts | None
    annexes: tuple[SourceLine, ...]


def start(lines: Sequence[SourceLine], begin: int) -> int:
    """Return the place of the first line of the ending, ``len(lines)`` when there is none."""
    fallback = len(lines)
    for at in range(begin, len(lines)):
        if fallback == len(lines) and not _MAYBE.search(lines[at].text):
            continue
        parts = columns(lines[at])
        if any(_RECIPIENTS.match(part) or _is_authority(part) for part in parts):
            return min(at, fallback) if at - fallback > 8 else min(at, fallback)
        if fallback == len(lines) and _is_position(parts[-1]):
            fallback = at
        if fallback < len(lines) and at - fallback > 3:
            # A position in capitals without recipients or authority soon after it is the signature itself.
            return fallback
    return fallback


def columns(line: SourceLine) -> list[str]:
    """Return the columns that stand side by side on a line: cells, or texts parted by a wide gap."""
    if line.cells:
        return [cell for cell in line.cells if cell] or [line.text]
    parts, begin = [], 0
    places = line.places
    if places:
        for at, char in enumerate(line.text):
            if char == " " and 0 < at < len(line.text) - 1 and places[at + 1] - places[at - 1] > _GAP:
                gap = line.raw[places[at - 1] + 1 : places[at + 1]]
                if sum(one.isspace() for one in gap) >= _GAP:
                    parts.append(line.text[begin:at])
                    begin = at + 1
    parts.append(line.text[begin:])
    return [piece for part in parts for piece in _unmixed(part.strip()) if piece]


def _unmixed(text: str) -> list[str]:
    """Part "Nơi nhận: T/M BAN THƯỜNG VỤ" and "- Như trên, PHÓ BÍ THƯ", where the gap was lost."""
    if len(text) > _MIXED_LIMIT:
        return [text]
    for pattern in (words.AUTHORITY, words.POSITION):
        for match in pattern.finditer(text):
            if not words.is_upper(text[match.start() :]):
                continue
            if match.start() == 0:
                return [text] if pattern is words.POSITION else _authority_and_position(text)
            if not words.is_upper(text[: match.start()]) and text[match.start() - 1] == " ":
                return [text[: match.start()].strip(), *_unmixed(text[match.start() :])]
    return [text]


def _authority_and_position(text: str) -> list[str]:
    """Part "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ"; "K/T TRƯỞNG BAN" is an authority alone."""
    body = words.AUTHORITY.match(text)
    for match in words.POSITION.finditer(text):
        if body and match.start() > body.end() + 1 and match.end() == len(text):
            return [text[: match.start()].strip(), match[0]]
    if body and (match := words.POSITION.match(text, body.end())) and " PHÓ " in text[body.end() + 4 :]:
        deputy = text.index(" PHÓ ", body.end() + 4)
        return [text[:deputy], text[deputy + 1 :]]
    return [text]


def _is_authority(text: str) -> bool:
    match = words.AUTHORITY.match(text)
    return bool(match) and match.end() < len(text) and words.is_upper(text[match.end() :])


def _is_position(text: str) -> bool:
    return bool(words.POSITION.fullmatch(text)) and words.is_upper(text)


def read(lines: Sequence[SourceLine]) -> Ending:
    """Return what the ending says; ``lines`` begin with it."""
    left: list[tuple[str, int]] = []
    right: list[tuple[str, int]] = []
    listing = False
    cut = len(lines)
    for at, line in enumerate(lines):
        if at and _opens_annex(line):
            cut = at
            break
        for part in columns(line):
            if match := _RECIPIENTS.match(part):
                listing = True
                part = part[match.end() :].strip()
            if not part or words.RULE_LINE.fullmatch(part):
                continue
            listing = _sort(part, line.number, left, right, listing=listing)
    return Ending(_recipients(left), _signature(right), tuple(lines[cut:]))


def _opens_annex(line: SourceLine) -> bool:
    if words.bullet(line.text):
        return False
    mark = marks.read(line.text)
    return bool(_ANNEX.match(line.text)) or bool(mark and mark.style in (marks.ROMAN, marks.PART))


def _sort(part: str, number: int, left: list, right: list, *, listing: bool) -> bool:
    """Put a piece of the ending to the recipients or to the signature; return whether the list goes on."""
    if words.bullet(part):
        name, tail = _name_behind(part)
        left.append((name, number))
        if tail:
            right.append((tail, number))
        return True
    if _is_authority(part) or _is_position(part) or _SIGNED.fullmatch(part):
        right.append((part, number))
        return listing and not right
    if right and (words.is_person(_TITLES.sub("", part)) or words.is_upper(part)):
        right.append((part, number))
        return listing
    if listing and left and not _finished(left[-1][0]):
        left[-1] = (f"{left[-1][0]} {part}", left[-1][1])
    elif listing:
        left.append((part, number))
    elif right:
        right.append((part, number))
    return listing


def _name_behind(part: str) -> tuple[str, str]:
    """Part "- Lưu Văn phòng Đảng ủy. Nguyễn Văn A", where the columns were mixed."""
    match = re.search(r"(?<=[.;,]) (?=\S+(?: \S+){1,4}$)", part)
    if match and words.is_person(part[match.end() :]) and re.match(r"[-–] ?Lưu", part):
        return part[: match.start()], part[match.end() :]
    return part, ""


def _finished(text: str) -> bool:
    return text[-1] in ",;."


def _recipients(lines: Sequence[tuple[str, int]]) -> tuple[RecipientFacts, ...]:
    found = []
    for text, number in lines:
        for part in re.split(r"[;,.] ?(?=[-–+] ?[^\W\d_])", text):
            name = part[len(words.bullet(part)) :].strip()
            name = name.rstrip(" ,;.:/")
            noted = _NOTE.match(name)
            if noted and not noted["note"].isupper():
                name, note = noted["name"].rstrip(" ,;:"), noted["note"].strip()
            else:
                note = ""
            if name:
                found.append(RecipientFacts(name, note, number))
    return tuple(found)


def _signature(lines: Sequence[tuple[str, int]]) -> SignatureFacts | None:
    """Return the signer; of two signers the first who signs for a collective, else the first."""
    authority = position = name = ""
    for text, _ in lines:
        text = _SIGNED.sub("", text).strip()
        if _is_authority(text):
            authority = authority or text
        elif _is_position(text):
            position = position or text
        elif words.is_person(_TITLES.sub("", text)) and (authority or position):
            name = name or _TITLES.sub("", text)
        elif words.is_upper(text) and authority and not position:
            position = text
    if not (authority or position):
        return None
    return SignatureFacts(authority, position, name, lines[0][1])
