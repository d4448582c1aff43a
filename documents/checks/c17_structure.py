"""C17: an element of the paper or a label is missing."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, absent, at
from documents.checks.spots import is_plan, opening, place_of
from documents.checks.zones import Zone
from documents.reading.facts import ConferenceFacts, SectionFacts
from documents.reading.source import SourceKind, SourceLine

_BODY = re.compile(r"(?:ĐẢNG BỘ|ĐẢNG [UỦ][YỶ]|TỈNH [UỦ][YỶ]|HUYỆN [UỦ][YỶ]|THỊ [UỦ][YỶ]|THÀNH [UỦ][YỶ]|CHI BỘ|BAN )")
_NUMBER = re.compile(r"(?<!\w)Số\s?:?\s?\d*\s?[-–/]\s?\w+", re.IGNORECASE)
_DATE = re.compile(r"ngày\s?\d{0,2}[\s.…]*tháng\s?\d{0,2}[\s.…]*năm", re.IGNORECASE)
_LABEL = re.compile(r"(?:[-+•] ?|[a-zđ]\) ?|\d{1,2}(?:\.\d{1,2})*[.)] ?)?(?P<label>[^:;.]{2,40}):")
_UNLABELLED = (
    (
        "Thời gian",
        re.compile(r"[-+•] ?(?=dự kiến|trong tháng|trước ngày|hoàn thành|chậm nhất|vào ngày|ngày \d)", re.IGNORECASE),
    ),
    ("Địa điểm", re.compile(r"[-+•] ?(?=(?:tại )?(?:hội trường|nhà văn hóa|phòng họp|trụ sở) )", re.IGNORECASE)),
    ("Báo cáo viên", re.compile(r"[-+•] ?(?=Đồng chí (?:Phó )?(?:Bí thư|Trưởng Ban|Chủ nhiệm)[^,;]{0,60}$)")),
)
_CLOSING = re.compile(
    r"(?:Trên đây là|Căn cứ (?:vào )?Kế hoạch này|Yêu cầu|Đề nghị các|Trong quá trình|Kế hoạch này|Nhận được)",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:ĐỀ CƯƠNG|PHỤ LỤC|Phụ lục)")
_LINKED = re.compile(r"kèm theo", re.IGNORECASE)
_SENT_ALONG = re.compile(
    r"(?:theo )?(?:đề cương|biểu mẫu)[^.;()]{0,30} (?:gửi )?kèm(?: theo)?(?! (?:tại )?phụ lục)", re.IGNORECASE
)
_LONGEST_CONFERENCE = 20
# Above this a numbered line is a paragraph of its own, with its content in it.
_LONGEST_HEADING = 160
_PARTS = {
    "study": (("mục đích", "Mục đích, yêu cầu"), ("nội dung", "Nội dung học tập"), ("thực hiện", "Tổ chức thực hiện")),
    "implementation": (
        ("mục đích|mục tiêu|yêu cầu", "Mục đích, yêu cầu"),
        ("thực hiện|phân công", "Tổ chức thực hiện"),
    ),
    "review": (
        ("mục đích|yêu cầu", "Mục đích, yêu cầu"),
        ("nội dung", "Nội dung sơ kết"),
        ("thực hiện|phân công", "Tổ chức thực hiện"),
    ),
}


def find(text: CheckedText) -> Iterator[Found]:
    """Head, sections, labels of the conferences, ending, annexes."""
    if not is_plan(text):
        return
    yield from _head(text)
    yield from _sections(text)
    yield from _labels(text)
    yield from _ending(text)
    yield from _annexes(text)


def _head(text: CheckedText) -> Iterator[Found]:
    # The head of a draft of ours is printed by the program.
    if text.source.kind is SourceKind.PAPER or not text.lines:
        return
    head = [line.text for line in text.lines_in(Zone.HEAD)]
    top = head + [line.text for line in text.lines[:12]]
    has = {
        "dòng “ĐẢNG CỘNG SẢN VIỆT NAM”": any("ĐẢNG CỘNG SẢN VIỆT NAM" in line for line in top),
        "tên cơ quan ban hành": any(_BODY.match(line) for line in head),
        "số và ký hiệu": bool(text.facts.number or text.facts.sign) or any(_NUMBER.match(line) for line in head),
        "địa danh và ngày tháng": bool(text.facts.issued_on) or any(_DATE.search(line) for line in top),
    }
    missing = [name for name, there in has.items() if not there]
    if len(missing) == len(has):
        yield absent(
            "no_head", "Thiếu toàn bộ phần đầu văn bản: tiêu đề, tên cơ quan, số và ký hiệu, địa danh và ngày tháng."
        )
    elif missing:
        yield absent("head_part_missing", f"Phần đầu văn bản thiếu {', '.join(missing)}.")
    if not text.facts.subject:
        yield absent("no_subject", "Không tìm thấy trích yếu dưới tên loại văn bản.")


def _sections(text: CheckedText) -> Iterator[Found]:
    titles = " ; ".join(one.title.casefold() for one in text.facts.sections)
    if not titles:
        return
    for pattern, name in _PARTS.get(text.facts.plan_type, ()):
        if not re.search(pattern, titles):
            yield absent("section_missing", f"Kế hoạch không có mục “{name}”.")
    headings = _heading_lines(text)
    for section in text.facts.sections:
        yield from _empty(text, section, headings)


def _empty(text: CheckedText, section: SectionFacts, headings: set[int]) -> Iterator[Found]:
    if section.children:
        for child in section.children:
            yield from _empty(text, child, headings)
    elif section.paragraphs or text.source.kind is not SourceKind.TEXT:
        return
    elif line := _bare_heading(text, section.line, headings):
        yield at("empty_section", line, (0, len(line.text)), f"Mục “{section.title}” không có nội dung.")


def _bare_heading(text: CheckedText, number: int, headings: set[int]) -> SourceLine | None:
    """The heading line when the next line is not its content: another heading, or the ending."""
    place = place_of(text, number)
    line = text.lines[place]
    if ":" in line.text or len(line.text) > _LONGEST_HEADING:
        return None
    if place + 1 == len(text.lines):
        return line
    bare = text.lines[place + 1].number in headings or text.zones[place + 1] is not Zone.BODY
    return line if bare else None


def _heading_lines(text: CheckedText) -> set[int]:
    stack, numbers = list(text.facts.sections), set()
    while stack:
        one = stack.pop()
        numbers.add(one.line)
        stack.extend(one.children)
    return numbers


def _labels(text: CheckedText) -> Iterator[Found]:
    if text.facts.plan_type != "study":
        return
    if not text.facts.conferences:
        yield absent("no_conference", "Kế hoạch học tập không nêu hội nghị nào: thời gian, thành phần, báo cáo viên.")
    for place, held in enumerate(text.facts.conferences):
        after = text.facts.conferences[place + 1].line if place + 1 < len(text.facts.conferences) else None
        block = _block(text, held.line, after)
        bare: list[tuple[str, Found]] = []
        if any(_LABEL.match(line.text) for line in block):
            bare = [found for line in block if (found := _unlabelled(line))]
        yield from (found for _, found in bare)
        yield from _conference(text, held, block, {label.casefold() for label, _ in bare})


def _unlabelled(line: SourceLine) -> tuple[str, Found] | None:
    """A bullet that says when, where or who without its label."""
    for label, pattern in _UNLABELLED:
        bare = pattern.match(line.text)
        if bare and not _LABEL.match(line.text[: bare.end() + 24]):
            start, end = opening(line, words=4)
            words = line.text[start:end]
            words = words[:1].lower() + words[1:] if label == "Thời gian" else words
            message = f"Thiếu nhãn “{label}:” ở đầu dòng, trong khi các dòng khác của mục đều có nhãn."
            return label, at("label_missing", line, (start, end), message, f"{label}: {words}")
    return None


def _block(text: CheckedText, start: int, end: int | None) -> list[SourceLine]:
    """The lines of one conference: behind its heading, before the next heading."""
    headings = _heading_lines(text)
    block = []
    first = place_of(text, start + 1)
    for line in text.lines[first : first + _LONGEST_CONFERENCE]:
        if line.number in headings or (end is not None and line.number >= end):
            break
        block.append(line)
    return block


def _conference(
    text: CheckedText, held: ConferenceFacts, block: list[SourceLine], unlabelled: set[str]
) -> Iterator[Found]:
    missing = [
        name
        for name, value in (
            ("thời gian", held.when),
            ("địa điểm", held.place or held.level != "ward"),
            ("thành phần hoặc đối tượng", held.participants),
            ("báo cáo viên", held.speaker),
        )
        if not value
        and name not in unlabelled
        and not any(name.split(" hoặc ")[0] in line.text.casefold() for line in block)
    ]
    heading = next((line for line in text.lines if line.number == held.line), None)
    if missing and heading:
        message = f"Mục này chưa nêu {', '.join(missing)}."
        yield at("conference_part_missing", heading, (0, len(heading.text)), message)


def _ending(text: CheckedText) -> Iterator[Found]:
    if not text.facts.recipients and not text.lines_in(Zone.RECIPIENTS):
        yield absent("no_recipients", "Thiếu phần “Nơi nhận”.")
    if text.facts.signature is None and not text.lines_in(Zone.SIGNATURE):
        yield absent("no_signature", "Thiếu quyền hạn, chức vụ và họ tên người ký.")
    body = text.lines_in(Zone.BODY)
    if body and text.facts.sections and not any(_CLOSING.match(line.text) for line in body[-3:]):
        yield absent("no_closing", "Kế hoạch chưa có câu kết, ví dụ “Trên đây là Kế hoạch ...”.")


def _annexes(text: CheckedText) -> Iterator[Found]:
    lines = text.lines_in(Zone.ANNEX)
    for place, line in enumerate(lines):
        if not _ANNEX.match(line.text):
            continue
        if not any(_LINKED.search(near.text) for near in lines[place : place + 6]):
            message = "Phụ lục chưa ghi “kèm theo Kế hoạch số ..., ngày ...”."
            yield at("annex_not_linked", line, (0, len(line.text)), message)
            for body in text.lines_in(Zone.BODY):
                if match := _SENT_ALONG.search(body.text):
                    said = "Kế hoạch nhắc tài liệu gửi kèm nhưng tài liệu ấy không được gọi là phụ lục và không ghi kèm theo Kế hoạch nào."
                    yield at("annex_not_named", body, match.span(), said)
        return


CHECK = Check(
    id="C17",
    title="Thiếu thành phần hoặc nhãn",
    variants={
        "no_head": "Thiếu toàn bộ phần đầu văn bản.",
        "head_part_missing": "Phần đầu văn bản thiếu một thành phần.",
        "no_subject": "Thiếu trích yếu.",
        "section_missing": "Thiếu một mục bắt buộc của loại kế hoạch.",
        "empty_section": "Một mục không có nội dung.",
        "no_conference": "Kế hoạch học tập không nêu hội nghị.",
        "conference_part_missing": "Hội nghị chưa nêu thời gian, địa điểm, thành phần hoặc báo cáo viên.",
        "label_missing": "Một dòng của hội nghị thiếu nhãn.",
        "no_recipients": "Thiếu Nơi nhận.",
        "no_signature": "Thiếu phần ký.",
        "no_closing": "Thiếu câu kết.",
        "annex_not_linked": "Phụ lục không ghi kèm theo kế hoạch nào.",
        "annex_not_named": "Tài liệu gửi kèm không được gọi đúng là phụ lục.",
    },
    find=find,
)
