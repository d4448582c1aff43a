"""C15: who has to act or to come but does not receive the plan."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.families import covered, families, same_own_name
from documents.checks.spots import is_plan, place_of, spot_of
from documents.checks.zones import Zone
from documents.reading.facts import Cited, DutyFacts
from documents.reading.source import SourceLine

_OWN = re.compile(r"(?<!\w)(?:Phòng|Trung tâm|Hội|Đài|Trạm) (?=[A-ZĐÀ-Ỹ])", re.IGNORECASE)
_BETWEEN = re.compile(
    r"; |, (?=(?:Phòng|Trung tâm|Ban|Ủy ban|UBND|HĐND|MTTQ|Hội|Văn phòng|Công an|Đoàn|Các) )", re.IGNORECASE
)
_LED = re.compile(
    r"(?:[Cc]hỉ đạo|[Gg]iao) ([Pp]hòng [A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?: (?!chủ|phối|tham|rà|xây)[\wÀ-ỹ]+)?)(?: chủ trì)?"
)
# The heading of a body stands within this many lines above its last duty.
_ABOVE = 40
_LEVELS = {"TU": r"(?:tỉnh|thành) [uủ][yỷ]", "HU": r"huyện [uủ][yỷ]", "ĐU": r"đảng [uủ][yỷ]"}
_ATTENDING = {
    "firms": "doanh nghiệp",
    "schools": "trường học",
    "quarters": "tổ trưởng tổ dân phố, trưởng thôn",
    "government": "Ủy ban nhân dân",
    "council": "Hội đồng nhân dân",
    "front": "Ủy ban Mặt trận Tổ quốc",
}
_WITHOUT_TASK = {"front": "Mặt trận Tổ quốc", "unions": "các tổ chức chính trị - xã hội"}


def find(text: CheckedText) -> Iterator[Found]:
    """Compare the lines of Nơi nhận with the tasks, the guests and the body above."""
    if not text.facts.recipients or not is_plan(text):
        return
    yield from _tasked(text)
    yield from _invited(text)
    yield from _above(text)
    yield from _idle(text)


def _reached(text: CheckedText) -> frozenset[str]:
    return frozenset().union(*(covered(one.name) for one in text.facts.recipients))


def _tasked(text: CheckedText) -> Iterator[Found]:
    reached, told = _reached(text), set()
    own_body = families(text.facts.issuer)
    for duty in text.facts.duties:
        for name in _bodies(duty):
            if name.casefold() in told or _gets_it(text, name, reached | own_body):
                continue
            told.add(name.casefold())
            if spot := _assigned_at(text, duty, name):
                message = f"{name[:1].upper()}{name[1:]} được giao nhiệm vụ nhưng không có trong Nơi nhận."
                yield at("tasked_not_listed", *spot, message)


def _bodies(duty: DutyFacts) -> list[str]:
    """The bodies a duty is given to: those of its heading, and the phòng that is told to lead inside it."""
    names = [part.strip() for part in _BETWEEN.split(duty.assignee) if part.strip()]
    names += [match[1].strip(" ,") for match in _LED.finditer(duty.text)]
    return names


def _gets_it(text: CheckedText, name: str, reached: frozenset[str]) -> bool:
    wanted = families(name)
    if _OWN.match(name):
        recipients = [one.name for one in text.facts.recipients]
        return "rooms" in reached or any(same_own_name(name, one) for one in recipients) or bool(wanted & reached)
    # A name of no known family is not judged: it may be called something else in Nơi nhận.
    return not wanted or bool(wanted & reached)


def _assigned_at(text: CheckedText, duty: DutyFacts, name: str):
    """Where the body is named: in its heading just above the duty, else in the duty's own line."""
    last = place_of(text, duty.line + 1)
    above = reversed(text.lines[max(0, last - _ABOVE) : last])
    heading = next((line for line in above if name in line.text), None)
    if heading is None:
        return spot_of(text, duty.line, name)
    start = heading.text.find(name)
    return heading, (start, start + len(name))


def _invited(text: CheckedText) -> Iterator[Found]:
    reached = _reached(text)
    for held in text.facts.conferences:
        if held.level != "ward":
            continue
        told = set()
        for guest in held.participants:
            missing = (families(guest) & set(_ATTENDING)) - reached - told
            if not missing or "cells" in families(guest) or "đảng viên" in guest.casefold():
                continue
            told |= missing
            name = _ATTENDING[sorted(missing)[0]]
            if spot := _guest_spot(text, held.line, guest):
                yield at("guest_not_listed", *spot, f"Thành phần dự có {name} nhưng Nơi nhận không có.")


def _guest_spot(text: CheckedText, number: int, guest: str):
    first = place_of(text, number)
    for line in text.lines[first : first + _ABOVE]:
        if (place := line.text.find(guest)) >= 0:
            return line, (place, place + len(guest))
    return None


def _above(text: CheckedText) -> Iterator[Found]:
    names = " ; ".join(one.name.casefold() for one in text.facts.recipients if not one.name.startswith("Lưu"))
    first = _first_line(text)
    if first is None:
        return
    subject = next((one for one in text.facts.directives if one.role == "subject"), None)
    if (
        subject
        and (level := _level(subject))
        and not re.search(rf"(?:ban thường vụ|btv|thường trực|tt|ban chấp hành|bch) ?{level}|(?:^|; ){level}", names)
    ):
        study = text.facts.plan_type == "study"
        who = subject.issuer or "cơ quan ban hành"
        message = f"{who} đã ban hành {subject.kind} số {subject.number}-{subject.sign} nhưng không có trong Nơi nhận."
        yield at(
            "superior_not_listed" if study else "superior_not_listed_elsewhere", first, (0, len(first.text)), message
        )
    for one in text.facts.directives:
        asks = one.role == "basis" and one.kind in {"Kế hoạch", "Công văn", "Hướng dẫn"} and "BTG" in one.sign
        if asks and not re.search(r"tuyên giáo[^;]{0,24}(?:tỉnh|thành) [uủ][yỷ]|btgtu|btgdvtu", names):
            message = f"{one.issuer or 'Ban Tuyên giáo cấp trên'} yêu cầu báo cáo tại {one.kind} số {one.number}-{one.sign} nhưng không có trong Nơi nhận."
            yield at("asker_not_listed", first, (0, len(first.text)), message)


def _level(one: Cited) -> str:
    return next((pattern for sign, pattern in _LEVELS.items() if one.sign.endswith(f"/{sign}")), "")


def _first_line(text: CheckedText) -> SourceLine | None:
    lines = text.lines_in(Zone.RECIPIENTS)
    return lines[0] if lines else None


def _idle(text: CheckedText) -> Iterator[Found]:
    """The Front and the mass organisations receive the plan, every other body has a task, they have none."""
    tasked = frozenset().union(*(families(duty.assignee) for duty in text.facts.duties)) if text.facts.duties else None
    if not tasked or len(tasked) < 3 or tasked & set(_WITHOUT_TASK):
        return
    for one in text.facts.recipients:
        idle = [name for key, name in _WITHOUT_TASK.items() if key in families(one.name)]
        if idle and not one.note:
            spot = spot_of(text, one.line, one.name)
            if spot:
                message = f"{idle[0][:1].upper()}{idle[0][1:]} nhận Kế hoạch nhưng không được giao nhiệm vụ nào."
                yield at("listed_without_task", *spot, message)
            return


CHECK = Check(
    id="C15",
    title="Nơi nhận không khớp với cơ quan được giao việc, người được mời",
    variants={
        "tasked_not_listed": "Cơ quan được giao nhiệm vụ không có trong Nơi nhận.",
        "guest_not_listed": "Thành phần dự hội nghị không có trong Nơi nhận.",
        "superior_not_listed": "Cơ quan ban hành văn bản được học không có trong Nơi nhận.",
        "superior_not_listed_elsewhere": "Cơ quan ban hành văn bản được triển khai, sơ kết không có trong Nơi nhận.",
        "asker_not_listed": "Cơ quan yêu cầu báo cáo không có trong Nơi nhận.",
        "listed_without_task": "Nhận Kế hoạch nhưng không có nhiệm vụ.",
    },
    find=find,
)
