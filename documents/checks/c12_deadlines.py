"""C12: a task without a deadline, or with one that cannot be measured."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.reporting import inside, reports
from documents.checks.spots import duty_line, is_plan, opening, other_lines
from documents.checks.zones import Zone
from documents.deadlines import parse
from documents.reading.facts import DutyFacts
from documents.reading.source import SourceLine

_REPORT = r"(?:báo cáo(?! viên)|phản ánh|tổng hợp|gửi kết quả|thông báo kết quả)"
_VAGUE = r"(?:kịp thời|thường xuyên|sớm nhất|khẩn trương|định kỳ)"
_LOOSE_REPORT = re.compile(
    rf"(?<!\w)(?:{_REPORT}[^.;,:]{{0,24}} {_VAGUE}|{_VAGUE}(?: [^.;:]{{0,40}})? {_REPORT})(?!\w)",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"(?:hằng|hàng|mỗi|theo) (?:ngày|tuần|tháng|quý|năm)|\d+ tháng", re.IGNORECASE)
# The time stands in another part of the plan, and the duty says so.
_ELSEWHERE = re.compile(
    r"(?:thời gian|thời hạn|tiến độ)[^.;]{0,40} (?:mục|phần|điểm|khoản|phụ lục) [IVX\d]", re.IGNORECASE
)
# How a report already asked for is sent; it shares the deadline of the paragraph before.
_CONTINUES = re.compile(r"(?:Báo cáo (?:gửi|được gửi|lập)|Hồ sơ gửi|Nội dung báo cáo|Văn bản gửi)")


def find(text: CheckedText) -> Iterator[Found]:
    """Look at each duty, then at vague words about reports elsewhere."""
    if not is_plan(text):
        return
    duties = text.facts.duties
    if duties and all(duty.deadline is None for duty in duties) and _no_deadline(text):
        yield from _nowhere(text, duties)
    else:
        earlier = None
        for duty in duties:
            if duty.deadline is None and not _goes_on(duty, earlier) and not _ELSEWHERE.search(duty.text):
                yield from _bare(text, duty)
            earlier = duty
    yield from _vague(text)


def _no_deadline(text: CheckedText) -> bool:
    return not any(one.when for one in text.facts.conferences) and not any(
        parse(line.text, today=text.context.today) for line in text.lines_in(Zone.BODY)
    )


def _nowhere(text: CheckedText, duties: tuple[DutyFacts, ...]) -> Iterator[Found]:
    """One error for the plan, at its first task; the other tasks are warned about."""
    line = duty_line(text, duties[0])
    if line:
        message = "Kế hoạch không có thời hạn nào; không nhiệm vụ nào theo dõi được tiến độ."
        yield at("no_deadline_at_all", line, _words(line, duties[0]), message)
    for duty in duties[1:]:
        yield from _bare(text, duty)


def _bare(text: CheckedText, duty: DutyFacts) -> Iterator[Found]:
    line = duty_line(text, duty)
    if line is None:
        return
    vague = _LOOSE_REPORT.search(line.text)
    if vague and not _PERIOD.search(line.text):
        message = f"“{vague[0]}” không đo được; cần ghi ngày hoặc kỳ báo cáo."
        yield at("vague_deadline", line, vague.span(), message)
        return
    body = f" của {inside(duty.assignee)}" if duty.assignee else ""
    message = f"Nhiệm vụ này{body} chưa có thời hạn."
    yield at("no_deadline", line, _words(line, duty), message)


def _words(line: SourceLine, duty: DutyFacts) -> tuple[int, int]:
    """The first words of the duty itself, behind the name of its body on the same line."""
    start = line.text.find(duty.text[:24])
    if start <= 0:
        return opening(line)
    end = line.text.find(" ", min(len(line.text), start + 28))
    return start, end if end > 0 else len(line.text)


def _goes_on(duty: DutyFacts, earlier: DutyFacts | None) -> bool:
    return bool(
        earlier
        and earlier.assignee == duty.assignee
        and earlier.deadline
        and _CONTINUES.match(duty.text)
        and reports(earlier.text)
    )


def _vague(text: CheckedText) -> Iterator[Found]:
    for line in other_lines(text):
        for match in _LOOSE_REPORT.finditer(line.text):
            clause = line.text[max(0, match.start() - 40) : match.end() + 60].split(".")[0]
            if not _PERIOD.search(clause) and not parse(line.text[match.start() :][:160], today=text.context.today):
                message = f"“{match[0]}” không đo được; cần ghi ngày hoặc kỳ báo cáo."
                yield at("vague_deadline", line, match.span(), message)


CHECK = Check(
    id="C12",
    title="Nhiệm vụ không có thời hạn hoặc thời hạn không đo được",
    variants={
        "no_deadline_at_all": "Cả Kế hoạch không có thời hạn nào.",
        "no_deadline": "Một nhiệm vụ không có thời hạn.",
        "vague_deadline": "Việc báo cáo chỉ ghi “kịp thời”, “thường xuyên”, “định kỳ”.",
    },
    find=find,
)
