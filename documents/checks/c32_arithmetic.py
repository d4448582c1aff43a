"""C32: spans of years, terms, weekdays and counts that do not add up."""

import re
from collections.abc import Iterator
from datetime import date

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.mentions import mentions_of
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_REVIEWED = re.compile(r"(?:sơ kết|tổng kết) (\d{1,2}) năm", re.IGNORECASE)
_YEARS = re.compile(r"từ năm ((?:19|20)\d\d) (?:đến|-) (?:hết |nay |năm |cuối )*((?:19|20)\d\d)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\d/-])((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)(?![\d/-])")
_SPAN = re.compile(r"(?<!\w)(\d{1,2}) năm \(?(?:giai đoạn )?\(?((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)\)?")
_TERM = re.compile(r"nhiệm kỳ ((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)", re.IGNORECASE)
_DAYS = re.compile(
    r"từ (?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4}) (?:đến|-) (?:hết )?(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE
)
_DAY = r"(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})"
_WEEKDAY = re.compile(rf"(?<!\w)(thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? ?\(?{_DAY}", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(rf"{_DAY},? ?\((thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\)", re.IGNORECASE)
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_LISTED = re.compile(
    r"(?<!\w)(hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) (?:nhóm |nội dung|nhiệm vụ|giải pháp|mục tiêu|tiêu chí|vấn đề)[^:.;]{0,60}: ?(?=\(?1[.)])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![\w/])\(?(\d{1,2})\)")
_PARTS = re.compile(
    r"(?<![\w./])(\d{1,4}) (?:[^\W\d]+ ){0,3}[^\W\d]+ \((?:gồm|trong đó|bao gồm)?:? ?(\d{1,4} [^()]{3,160})\)"
)
_PART = re.compile(r"(?:^|[,;] | và )(\d{1,4}) (?=[^\W\d])")
_PERCENT = re.compile(r"(?<![\d.,])(\d{3,4})(?:[.,]\d+)? ?%")
_TERM_YEARS = 5
_WHOLE = 100
_LIST = 3_000  # characters: no list of a paper is longer


def find(text: CheckedText) -> Iterator[Found]:
    """Look at every line; the span of a review comes from its title and its directive."""
    yield from _review(text)
    for line in text.lines:
        yield from _spans(line)
        yield from _days(line)
        yield from _weekdays(line)
        yield from _lists(line)
        yield from _sums(line)


def _review(text: CheckedText) -> Iterator[Found]:
    title = " ".join(line.text for line in text.lines_in(Zone.TITLE))
    reviewed = _REVIEWED.search(title)
    first = next((one.citation.date for one in mentions_of(text) if one.zone is Zone.TITLE and one.citation.date), None)
    if not reviewed or not first:
        return
    years, start = int(reviewed[1]), first.year
    for line in text.lines_in(Zone.BODY, Zone.ANNEX):
        for match in _YEARS.finditer(line.text):
            begin, end = int(match[1]), int(match[2])
            inside = start - 1 <= begin <= end <= start + years + 1
            if inside and (end - begin not in (years, years - 1) or begin > start + 1):
                message = f"Kế hoạch đánh giá {years} năm kể từ năm {start}, nhưng khoảng này là {end - begin + 1} năm ({begin} - {end})."
                yield at("review_span", line, match.span(), message)


def _spans(line: SourceLine) -> Iterator[Found]:
    for match in _RANGE.finditer(line.text):
        if int(match[1]) > int(match[2]):
            yield at("reversed", line, match.span(), "Năm đầu lớn hơn năm cuối.", f"{match[2]} - {match[1]}")
    for match in _SPAN.finditer(line.text):
        years = int(match[3]) - int(match[2])
        if years >= 0 and int(match[1]) not in (years, years + 1):
            yield at("span", line, match.span(), f"Từ {match[2]} đến {match[3]} không phải {match[1]} năm.")
    for match in _TERM.finditer(line.text):
        if int(match[2]) - int(match[1]) != _TERM_YEARS:
            yield at("term", line, match.span(), "Một nhiệm kỳ của Đảng là 5 năm.")


def _days(line: SourceLine) -> Iterator[Found]:
    for match in _DAYS.finditer(line.text):
        parts = [int(part) for part in match.groups()]
        first, last = _date(*parts[:3]), _date(*parts[3:])
        if first and last and first > last:
            yield at("reversed", line, match.span(), "Ngày đầu sau ngày cuối.")


def _weekdays(line: SourceLine) -> Iterator[Found]:
    for pattern, name_first in ((_WEEKDAY, True), (_WEEKDAY_AFTER, False)):
        for match in pattern.finditer(line.text):
            name, *parts = match.groups() if name_first else (match[4], match[1], match[2], match[3])
            day = _date(*(int(part) for part in parts))
            if day and _WEEKDAYS[day.weekday()] != name.lower():
                right = _WEEKDAYS[day.weekday()]
                right = right[:4] + right[4:].capitalize() if right.startswith("thứ ") else "Chủ nhật"
                yield at("weekday", line, match.span(), f"Ngày {parts[0]}/{parts[1]}/{parts[2]} là {right}.")


def _lists(line: SourceLine) -> Iterator[Found]:
    for match in _LISTED.finditer(line.text):
        said = int(match[1]) if match[1].isdigit() else _COUNTS[match[1].lower()]
        numbers = [int(number) for number in _NUMBERED.findall(line.text[match.end() : match.end() + _LIST])]
        listed = 0
        for number in numbers:
            if number == listed + 1:
                listed = number
        if listed > 1 and listed != said:
            yield at("count", line, match.span(), f"Nêu {match[1]} nhưng liệt kê {listed}.")
    for match in _PERCENT.finditer(line.text):
        if int(match[1]) > _WHOLE and re.search(
            r"(?:tỷ lệ|đạt|phấn đấu|ít nhất|tối thiểu)", line.text[max(0, match.start() - 40) : match.start()]
        ):
            yield at("percent", line, match.span(), "Tỷ lệ vượt quá 100%.")


def _sums(line: SourceLine) -> Iterator[Found]:
    """ "04 đêm diễn (02 đêm ở khu phố, 03 đêm ở trường học)": the parts are counted in the same thing as the whole."""
    for match in _PARTS.finditer(line.text):
        thing = match[0].split(" ")[1].casefold()
        parts = [one for one in _PART.finditer(match[2]) if match[2][one.end() :].casefold().startswith(thing)]
        total = sum(int(one[1]) for one in parts)
        if len(parts) > 1 and len(parts) == len(_PART.findall(match[2])) and total != int(match[1]):
            yield at("sum", line, match.span(), f"Nêu {match[1]} nhưng các phần trong ngoặc cộng lại là {total}.")


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


CHECK = Check(
    id="C32",
    title="Số liệu, khoảng thời gian không khớp",
    variants={
        "review_span": "Khoảng năm của biểu, danh mục không khớp thời gian sơ kết, tổng kết.",
        "reversed": "Mốc đầu đứng sau mốc cuối.",
        "span": "Số năm không khớp hai mốc trong ngoặc.",
        "term": "Nhiệm kỳ không đủ 5 năm.",
        "weekday": "Thứ và ngày không khớp.",
        "count": "Số nêu ra khác số mục liệt kê.",
        "sum": "Tổng nêu ra khác tổng các phần trong ngoặc.",
        "percent": "Tỷ lệ vượt quá 100%.",
    },
    find=find,
)
