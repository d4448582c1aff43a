"""C31: a task that is given to nobody."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.spots import from_line, is_plan, opening
from documents.checks.zones import Zone
from documents.reading.facts import SectionFacts
from documents.reading.source import SourceLine

_TASKS = re.compile(r"nhiệm vụ|giải pháp|nội dung thực hiện|nội dung công việc|nội dung triển khai", re.IGNORECASE)
_ASSIGNED = re.compile(r"tổ chức thực hiện|phân công|tiến độ|trách nhiệm", re.IGNORECASE)
_VERB = re.compile(
    r"(?:tăng cường|đẩy mạnh|phát huy|nâng cao|xây dựng|tổ chức|triển khai|thực hiện|phối hợp|rà soát|bồi dưỡng|huy động|củng cố|tiếp tục|đổi mới|thúc đẩy|phát triển|hoàn thiện|tập trung|chú trọng|quan tâm|kịp thời|tuyên truyền|vận động|tiếp nhận|biên soạn|duy trì|khảo sát|kiểm tra)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:[-+•] ?|\d{1,2}(?:\.\d{1,2})*[.)-] ?)?(?:Các |Giao |Đề nghị |Mỗi |Từng |Cấp [uủ][yỷ]|Chi bộ|Đảng [uủ][yỷ]|Ban |Ủy ban|UBND|MTTQ|Mặt trận|Văn phòng|Đồng chí|Người đứng đầu|Phòng |Trung tâm |Công an|Đoàn )"
)
_ORGAN = re.compile(
    r"(?:Thường trực|Ban Thường vụ|Ban Chấp hành|Lãnh đạo|Đảng [uủ][yỷ])(?![^;,]*đồng chí)", re.IGNORECASE
)


def find(text: CheckedText) -> Iterator[Found]:
    """Tasks of an implementation plan outside the part that assigns them; organs named as speakers."""
    if not is_plan(text):
        return
    if text.facts.plan_type == "implementation":
        for section in text.facts.sections:
            if _TASKS.search(section.title) and not _ASSIGNED.search(section.title):
                yield from _section(text, section)
    yield from _speakers(text)


def _section(text: CheckedText, section: SectionFacts) -> Iterator[Found]:
    """Items without a body where others have one; the section as a whole, at its first item, when none has."""
    after = [one.line for one in text.facts.sections if one.line > section.line]
    end = min(after, default=None)
    headings = set(_headings(section))
    items = [
        line
        for line in text.lines_in(Zone.BODY)
        if line.number > section.line
        and (end is None or line.number < end)
        and line.number not in headings
        and not line.cells
    ]
    orphans = [line for line in items if _is_orphan(line)]
    message = "Việc này không ghi cơ quan nào làm, trong khi các việc cùng mục có ghi."
    if not any(_SUBJECT.match(line.text) for line in items):
        orphans = orphans[:1]
        message = f"Mục “{section.title}” nêu các việc phải làm nhưng không giao cho cơ quan nào."
    for line in orphans:
        yield at("no_owner", line, opening(line, words=8), message)


def _headings(section: SectionFacts) -> Iterator[int]:
    """Lines of headings inside a section; a numbered paragraph that stands alone is a task, not a heading."""
    for child in section.children:
        if child.paragraphs or child.children:
            yield child.line
        yield from _headings(child)


def _is_orphan(line: SourceLine) -> bool:
    start = opening(line)[0]
    # A body behind the verb is an object: "Phát huy vai trò của các đoàn thể".
    return not _SUBJECT.match(line.text) and bool(_VERB.match(line.text, start))


def _speakers(text: CheckedText) -> Iterator[Found]:
    for held in text.facts.conferences:
        if held.speaker and _ORGAN.match(held.speaker):
            for line in from_line(text, held.line):
                place = line.text.find(held.speaker)
                if place >= 0:
                    message = f"“{held.speaker}” là một cơ quan; báo cáo viên cần ghi chức danh cụ thể."
                    yield at("organ_speaks", line, (place, place + len(held.speaker)), message)
                    break


CHECK = Check(
    id="C31",
    title="Nhiệm vụ không giao cho ai",
    variants={
        "no_owner": "Việc phải làm không ghi cơ quan thực hiện.",
        "organ_speaks": "Báo cáo viên là một cơ quan, không phải một người.",
    },
    find=find,
)
