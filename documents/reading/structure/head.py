"""The top of a paper: number, place and date, kind, subject, the opening with its issuer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.reading.source import SourceLine
from documents.reading.structure import marks, words
from documents.reading.structure.blocks import Block

_NUMBER = re.compile(
    r"(?<!\w)Số ?[:.]? ?(?P<number>\d{1,4}|[.…_ ]{0,20}) ?[-–—/] ?"
    r"(?P<kind>[A-ZĐ][A-Za-zĐđ]{0,3}) ?[/-] ?(?P<body>[A-ZĐ][A-Za-zĐđ]{0,11})(?!\w)"
)
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,*|]{0,60}?) ?, ?ngày ?(?P<d>\d{1,2}|[.…_ ]{0,12}) ?tháng ?(?P<m>\d{1,2}|[.…_ ]{0,12}) ?"
    r"năm ?(?P<y>\d{4}|[.…_ ]{0,12})",
    re.IGNORECASE,
)
_CONSTANT = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc")
_OPENING = re.compile(
    r"(?:[-–+] ?)?(?:Thực hiện|Căn cứ|Để |Nhằm|Ngày \d|Tiếp tục|Trên cơ sở|Nhân dịp|Triển khai|Kính gửi|Kính trình|Xét|"
    r"Theo |Năm \d|Phát huy|Quán triệt|Được sự|Sau khi|Thi hành)"
)
_SQUEEZED_KINDS = {words.squeezed(name): name for name in words.KIND_NAMES}
# Small letters only: "Ban Xây dựng Đảng" and "Ban Tổ chức" are names.
_ISSUES = re.compile(
    r"(?<!Ban )(?:xây dựng|ban hành|đề ra|lập|triển khai|tổ chức|xin báo cáo|báo cáo|hướng dẫn|thông báo)(?!\w)"
)
_HEAD_LIMIT = 60
_LINE_LIMIT = 400  # characters: both columns of a letterhead on one line are shorter


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of a paper says; ``end`` is the place of the first line behind the subject."""

    kind: str
    number: str
    sign: str
    place: str
    issued_on: date | None
    subject: str
    subject_lines: tuple[SourceLine, ...]
    bodies: tuple[str, ...]
    end: int


def read(lines: Sequence[SourceLine]) -> Head:
    """Return the head of the paper whose lines these are."""
    at, kind, rest = _kind_line(lines)
    number, sign, place, day, bodies = _letterhead(lines[:at] if kind else lines[:12])
    if not kind:
        return Head("", number, sign, place, day, "", (), bodies, _after_letterhead(lines))
    if not number and not sign and (own := _NUMBER.match(rest)):
        number, sign = own["number"].strip(" .…_"), f"{own['kind']}/{own['body']}"
        rest = rest[own.end() :].strip(" -–,")
    subject, taken, end = _subject(lines, at, rest)
    return Head(words.KIND_NAMES[kind], number, sign, place, day, subject, taken, bodies, end)


def _kind_line(lines: Sequence[SourceLine]) -> tuple[int, str, str]:
    """Return where the kind stands in capitals, the kind, and what follows it on its line."""
    for at, line in enumerate(lines[:_HEAD_LIMIT]):
        if marks.read(line.text) or line.cells:
            continue
        exact = _SQUEEZED_KINDS.get(words.squeezed(line.text))
        if exact and line.text == line.text.upper():
            return at, exact, ""
        for name in words.KIND_NAMES:
            if line.text.startswith(name) and not line.text[len(name) : len(name) + 1].isalpha():
                return at, name, line.text[len(name) :].strip(" -–:")
    return 0, "", ""


def _letterhead(lines: Sequence[SourceLine]) -> tuple[str, str, str, date | None, tuple[str, ...]]:
    """Return number, sign, place, day and the names in capitals, whichever way the two columns are mixed."""
    number = sign = place = ""
    day: date | None = None
    bodies: list[str] = []
    for line in lines:
        text = _CONSTANT.sub(" ", line.text[:_LINE_LIMIT]).replace("|", " ")
        if found := _NUMBER.search(text):
            number, sign = found["number"].strip(" .…_"), f"{found['kind']}/{found['body']}"
            text = f"{text[: found.start()]}, {text[found.end() :]}".strip(" ,")
        if dated := _DATE.search(text):
            place, day = _place(dated["place"]), _day(dated)
            text = text[: dated.start()]
        text = text.strip(" *-–_.,")
        if words.is_upper(text):
            bodies.append(text)
    return number, sign, place, day, tuple(bodies)


def _place(text: str) -> str:
    """Return the place name without what the other column put before it."""
    names = re.split(r"[*;:]", text)[-1].strip(" -–.,").split()
    while len(names) > 1 and names[0].isupper() and names[0] != "TP." and not names[-1].isupper():
        del names[0]
    return " ".join(names)


def _day(match: re.Match) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _subject(lines: Sequence[SourceLine], at: int, rest: str) -> tuple[str, tuple[SourceLine, ...], int]:
    """Return the trích yếu, its lines, and the place of the line behind it."""
    parts = [rest] if rest else []
    taken = [lines[at]] if rest else []
    end = at + 1
    for place in range(at + 1, min(at + 15, len(lines))):
        line, end = lines[place], place
        if words.RULE_LINE.fullmatch(line.text):
            end = place + 1
            break
        if marks.read(line.text) and not line.text[0].islower() or not _is_subject(line, taken, lines, place):
            break
        parts.append(line.text)
        taken.append(line)
        end = place + 1
    return " ".join(parts).strip(), tuple(taken), end


def _is_subject(line: SourceLine, taken: Sequence[SourceLine], lines: Sequence[SourceLine], place: int) -> bool:
    if not taken:
        return "như sau" not in line.text[-40:] and not line.text.startswith(("- Căn cứ", "Kính gửi", "Kính trình"))
    before = taken[-1]
    rule_ahead = any(words.RULE_LINE.fullmatch(one.text) for one in lines[place : place + 4])
    if _OPENING.match(line.text) and not (rule_ahead and line.bold):
        return False
    if line.text[0].islower() or before.text[-1] in ",–-" or rule_ahead:
        return True
    if bool(before.bold) != bool(line.bold) or before.text[-1] in ".":
        return False
    return bool(line.bold) or line.number - before.number == 1


def _after_letterhead(lines: Sequence[SourceLine]) -> int:
    """Return the place of the first line that is no part of a letterhead, for a paper without a kind."""
    for at, line in enumerate(lines[:12]):
        text = line.text[:_LINE_LIMIT]
        if len(text) > 3 and not (words.is_upper(text) or _NUMBER.search(text) or _DATE.search(text)):
            return at
    return 0


def issuer(opening: Sequence[Block]) -> str:
    """Return the body that issues the paper, from the clause "..., Ban Thường vụ Đảng ủy ban hành Kế hoạch ..."."""
    for block in reversed(opening):
        clauses = list(_clauses(block.text))
        for clause in reversed(clauses):
            if name := _issuer_of(clause):
                return name
    return ""


def _clauses(text: str):
    depth, start = 0, 0
    for place, char in enumerate(text):
        depth += (char in "(“") - (char in ")”")
        depth = max(depth, 0)
        if (char in ",;)”" or char == "." and text[place + 1 : place + 2] in (" ", "")) and depth == 0:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def _issuer_of(clause: str) -> str:
    """Return the body before the verb of an issuing clause, "" when the clause issues nothing."""
    for verb in _ISSUES.finditer(clause):
        name = clause[: verb.start()].strip()
        after = clause[verb.end() :].lower()
        if not name or not (start := _last_body(name)) or "số " in name[-60:] and "của" in name:
            continue
        if "kế hoạch" in after or "như sau" in after or "chương trình" in after or "thực hiện" in after or not after:
            return start
    return ""


def _last_body(name: str) -> str:
    """Return the name of the body that ends the clause, without the words before it."""
    toned = words.toned(name)
    match = words.BODY_START.match(toned)
    if match and name[0].isupper() and len(name) <= 120:
        return name
    found = [match.start() for match in words.BODY_START.finditer(toned) if name[match.start()].isupper()]
    outer = [start for start in found if not re.search(r"(?:của|bởi|về) $", name[:start])]
    tops = [
        start
        for start in outer
        if re.match(r"Ban Thường vụ|Ban Chấp hành|Thường trực|Đảng ủy|Huyện ủy|Thị ủy|Chi bộ|Đảng bộ", toned[start:])
    ]
    if not tops:
        return ""
    first = tops[-1]
    for start in reversed(tops[:-1]):
        if re.match(r"(?:Ban Thường vụ|Ban Chấp hành|Thường trực) $", name[start:first]):
            first = start
    return name[first:]
