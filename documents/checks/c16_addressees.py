"""C16: one result, two addressees; or one report, two authors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.families import families
from documents.checks.reporting import via
from documents.checks.spots import duty_line, is_plan, other_lines, spot_of
from documents.reading.facts import DutyFacts
from documents.reading.source import SourceLine

# "báo cáo kết quả ... với Ban Thường vụ Đảng ủy"; the sentence is not left and no second report begins.
_SENT = re.compile(
    r"(?<!\w)(?:báo cáo|gửi (?:kết quả|văn bản)) (?!viên)(?:(?!báo cáo)[^.;]){0,110}?(?:về|với|gửi|cho|lên|đến|tới|trình)? ?"
    r"(?P<to>Thường trực|Ban Thường vụ|Ban Chấp hành)(?P<rest> [A-ZĐ][\wÀ-ỹ]+ [uủ][yỷ])?",
    re.IGNORECASE,
)
_KINDS = {"thường trực": "Thường trực", "ban thường vụ": "Ban Thường vụ", "ban chấp hành": "Ban Chấp hành"}
_UNITS = re.compile(r"(?:chi bộ|đảng bộ cơ sở|cấp [uủ][yỷ] cơ sở|đảng [uủ][yỷ] cơ sở|đơn vị)", re.IGNORECASE)
_DRAFTS = re.compile(r"tham mưu|trình|ký ban hành|dự thảo", re.IGNORECASE)
_AUTHOR = re.compile(
    r"(?:tham mưu[^.;]{0,60}(?:(?<!kết quả )báo cáo kết quả|xây dựng báo cáo|dự thảo báo cáo)|xây dựng (?:dự thảo )?báo cáo(?! (?:của đơn vị|gửi))|dự thảo báo cáo)",
    re.IGNORECASE,
)
_OWN_SHARE = re.compile(r"gửi (?:về|cho|tới)|\(qua ", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!\w)báo cáo (?:được )?gửi (?:về |tới |cho )?(?P<list>[^.]{5,160})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sent:
    sender: str
    to: str
    line: SourceLine
    span: tuple[int, int]


def find(text: CheckedText) -> Iterator[Found]:
    """Compare where each sender reports to, who writes the report, and whether a body reports to itself."""
    if not is_plan(text):
        return
    yield from _two_addressees(text)
    yield from _two_ways(text)
    yield from _two_authors(text)
    yield from _to_itself(text)


def _two_addressees(text: CheckedText) -> Iterator[Found]:
    by_sender: dict[str, list[_Sent]] = {}
    for sent in (*_by_duty(text), *_elsewhere(text)):
        by_sender.setdefault(sent.sender, []).append(sent)
    for sent in by_sender.values():
        sent.sort(key=lambda one: (one.line.number, one.span))
        first = sent[0]
        other = next((one for one in sent if one.to != first.to), None)
        if other is None:
            continue
        message = (
            f"Cùng một kết quả mà nơi này báo cáo {first.to}, nơi kia báo cáo {other.to} (dòng {other.line.number}); cần thống nhất một nơi nhận báo cáo."
            if first.line.number != other.line.number
            else f"Cùng một kết quả mà vừa báo cáo {first.to}, vừa báo cáo {other.to}; cần thống nhất một nơi nhận báo cáo."
        )
        yield at("two_addressees", first.line, first.span, message)
        if other.line.number != first.line.number:
            said = f"Cùng một kết quả mà nơi này báo cáo {other.to}, nơi kia báo cáo {first.to} (dòng {first.line.number})."
            yield at("other_addressee", other.line, other.span, said)


def _two_ways(text: CheckedText) -> Iterator[Found]:
    """The units send one result through two boards: "(qua Ban Xây dựng Đảng)" here, "(qua Văn phòng)" there."""
    ways: dict[str, tuple[SourceLine, tuple[int, int]]] = {}
    for duty in text.facts.duties:
        body = via(duty.text) if _UNITS.search(duty.assignee) else ""
        for family in sorted(families(body)):
            if spot := spot_of(text, duty.line, body):
                ways.setdefault(family, spot)
    if len(ways) > 1:
        (first, _), (second, _) = list(ways.values())[:2]
        message = f"Cùng một kết quả mà gửi qua hai cơ quan (dòng {first.number} và dòng {second.number}); cần thống nhất một đầu mối."
        for line, span in list(ways.values())[:2]:
            yield at("two_ways" if line is first else "other_way", line, span, message)


def _by_duty(text: CheckedText) -> Iterator[_Sent]:
    for duty in text.facts.duties:
        line = duty_line(text, duty)
        if line is None or not _UNITS.search(duty.assignee):
            continue
        for match in _SENT.finditer(line.text):
            if _is_own(text, match) and not _DRAFTS.search(match[0]):
                yield _Sent("units", _KINDS[match["to"].casefold()], line, match.span())


def _elsewhere(text: CheckedText) -> Iterator[_Sent]:
    for line in other_lines(text):
        for match in _SENT.finditer(line.text):
            sentence = re.split(r"[.;](?= )", line.text[: match.start()])[-1]
            if _UNITS.search(sentence) and _is_own(text, match) and not _DRAFTS.search(sentence + match[0]):
                yield _Sent("units", _KINDS[match["to"].casefold()], line, match.span())


def _is_own(text: CheckedText, match: re.Match) -> bool:
    """Whether the addressee belongs to the committee that issues the plan, not to the level above."""
    rest = (match["rest"] or "").strip().casefold()
    return not rest or rest in text.facts.issuer.casefold()


def _two_authors(text: CheckedText) -> Iterator[Found]:
    authors: list[tuple[DutyFacts, re.Match]] = []
    for duty in text.facts.duties:
        match = _AUTHOR.search(duty.text)
        if match and not _OWN_SHARE.search(duty.text):
            authors.append((duty, match))
    if len({duty.assignee for duty, _ in authors}) < 2:
        return
    names = list(dict.fromkeys(duty.assignee for duty, _ in authors))
    message = f"{' và '.join(names)} cùng được giao xây dựng báo cáo; cần ghi rõ cơ quan nào chủ trì."
    for duty, match in authors:
        if spot := spot_of(text, duty.line, match[0]):
            yield at("two_authors", *spot, message)


def _to_itself(text: CheckedText) -> Iterator[Found]:
    for duty in text.facts.duties:
        match = _ADDRESS.search(duty.text)
        own = families(duty.assignee)
        if not match or not own:
            continue
        listed = re.sub(r"\([^)]*\)", "", match["list"])
        if own & families(listed) and (spot := spot_of(text, duty.line, match[0])):
            message = f"{duty.assignee} gửi báo cáo cho chính mình; cần ghi lại nơi nhận báo cáo."
            yield at("to_itself", *spot, message)


CHECK = Check(
    id="C16",
    title="Nơi nhận báo cáo mâu thuẫn",
    variants={
        "two_addressees": "Cùng một kết quả phải báo cáo hai nơi khác nhau.",
        "other_addressee": "Chỗ thứ hai của mâu thuẫn về nơi nhận báo cáo.",
        "two_ways": "Cùng một kết quả gửi qua hai đầu mối khác nhau.",
        "other_way": "Chỗ thứ hai của mâu thuẫn về đầu mối nhận báo cáo.",
        "two_authors": "Hai cơ quan cùng được giao xây dựng một báo cáo.",
        "to_itself": "Một cơ quan gửi báo cáo cho chính mình.",
    },
    find=find,
)
