"""C10: capitals in the names of bodies."""

import re
from collections.abc import Iterator
from functools import cache

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.shipped import shipped
from documents.checks.vietnamese import new_style
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_OWN_NAME = re.compile(
    r"(?<!\w)(?<!các )(?<!từng )(?<!mỗi )(chi bộ|đảng bộ) (?=(?:các )?(?:cơ quan Đảng|cơ quan Đảng|Quân sự|Công an|Trường|Trạm|Ủy ban|Tổ dân phố|Khu phố|Thôn) ?)"
)
_THIS_PLAN = re.compile(r"(?<!\w)kế hoạch này(?!\w)")
_PEOPLE = re.compile(
    r"(?<!Ủy ban )(?<!Uỷ ban )(?<!Hội đồng )(?<!Tòa án )(?<!Quân đội )(?<!Công an )(?<!kiểm sát )(?<!ủy ban )(?<!Nhà giáo )([Nn])hân dân(?!\w)"
)


def find(text: CheckedText) -> Iterator[Found]:
    """Names that begin with a capital are compared with the right form; lines all in capitals are left out."""
    for line, zone in zip(text.lines, text.zones, strict=True):
        if zone in (Zone.HEAD, Zone.SIGNATURE) or line.text.isupper():
            continue
        yield from _bodies(line)
        for match in _OWN_NAME.finditer(line.text):
            right = match[1][0].upper() + match[1][1:]
            message = f"“{right}” viết hoa khi là tên riêng của một {match[1]}."
            yield at("own_name", line, (match.start(), _name_end(line.text, match.end())), message)
        for match in _THIS_PLAN.finditer(line.text):
            yield at("this_plan", line, match.span(), "“Kế hoạch này” viết hoa khi chỉ chính văn bản.", "Kế hoạch này")
        for wrong, right in shipped("bodies")["official_names"].items():
            place = line.text.find(wrong)
            if place >= 0:
                yield at("official_name", line, (place, place + len(wrong)), f"Tên chính thức: “{right}”.", right)
    yield from _people(text)


def _name_end(text: str, start: int) -> int:
    """The end of the own name: to the next comma, two words at least."""
    stops = [place for mark in ",;.:()" if (place := text.find(mark, start, start + 30)) >= 0]
    return min([*stops, start + 30, len(text)])


def _bodies(line: SourceLine) -> Iterator[Found]:
    for match in _names().finditer(line.text):
        written = match[0]
        right = _right_forms()[new_style(written).casefold()]
        if new_style(written) == right or written.isupper():
            continue
        if written[0].islower() and not line.text[match.end() :].lstrip().startswith(
            tuple(shipped("bodies")["after_body"])
        ):
            continue
        yield at("body", line, match.span(), f"Tên cơ quan viết là “{right}”.", right)


@cache
def _right_forms() -> dict[str, str]:
    return {name.casefold(): name for name in shipped("bodies")["names"]}


@cache
def _names() -> re.Pattern:
    names = sorted(shipped("bodies")["names"], key=len, reverse=True)
    words = "|".join(name.replace("Ủy", "(?:Ủy|Uỷ)").replace("ủy", "(?:ủy|uỷ)") for name in names)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _people(text: CheckedText) -> Iterator[Found]:
    found = [
        (line, m)
        for line in text.lines_in(Zone.BODY, Zone.ANNEX)
        for m in _PEOPLE.finditer(line.text)
        if not line.text.isupper()
    ]
    capital = sum(match[1] == "N" for _, match in found)
    if not 0 < capital < len(found):
        return
    right = "N" if capital * 2 >= len(found) else "n"
    for line, match in found:
        if match[1] != right:
            message = "“Nhân dân” viết hoa, viết thường không thống nhất."
            yield at("people", line, match.span(), message, f"{right}hân dân")


CHECK = Check(
    id="C10",
    title="Viết hoa tên cơ quan, tổ chức",
    variants={
        "body": "Tên cơ quan viết hoa sai chữ, như “Ủy ban kiểm tra Đảng ủy”.",
        "own_name": "Tên riêng của chi bộ, đảng bộ không viết hoa.",
        "this_plan": "“kế hoạch này” viết thường khi chỉ chính văn bản.",
        "official_name": "Tên vùng viết khác tên chính thức.",
        "people": "“Nhân dân” lúc viết hoa, lúc viết thường.",
    },
    find=find,
)
