"""C08: punctuation marks and the spaces around them."""

import re
from collections.abc import Iterator
from functools import cache

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.shipped import shipped
from documents.checks.spans import inside
from documents.checks.vietnamese import LOWER, UPPER
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

# Every repetition is bounded and begins at the edge of a word, so that hostile text costs no more than its length.
_LOW = rf"(?<![{LOWER}])[{LOWER}]{{2,20}}"
_SPACE_BEFORE = re.compile(r"(?<![\w)”])[\w)”]{1,30} {1,5}[,;:.!?)](?![.\d\w])")
_NO_SPACE_AFTER = re.compile(rf"{_LOW}[,;:][^\W\d_]{{2,20}}")
_STOP_NO_SPACE = re.compile(rf"{_LOW}\.[{UPPER}][{LOWER}]{{1,20}}")
_TWICE = re.compile(r"[,;:]\s?[,;:]|,\s?\.(?!\.)|(?<!\.)\.\s?,(?!,)|(?<![.\s])\.\.(?!\.)|;\s?\.|\.\s?;|:\s?\.(?!\.)")
_LOWER_AFTER_STOP = re.compile(rf"(?<![{UPPER}]){_LOW}\. [{LOWER}]{{1,20}}")
_ELLIPSIS = re.compile(r",\s?\.\.\.|,\s?…")
_SLASH = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,20}(?: / ?|/ )[^\W\d_]{2,20}")
_YEARS = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?:-| -|- |–| –|– )(?:19|20)\d\d(?![\d/-])")
_GLUED = re.compile(rf"{_LOW}(?:-|- | -(?! ))[{UPPER}][{LOWER}]{{1,20}}")
_HALF_HYPHEN = re.compile(rf"{_LOW}(?:- | -(?! ))[{LOWER}]{{2,20}}")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"@|://|www\.|\.vn|\.com")
_CUT = re.compile(
    r"(?:Thực hiện|Căn cứ|Triển khai|Để|Nhằm|Tiếp tục thực hiện|Trên cơ sở)\s[^\n]{20,2000}?(?P<end>\S{1,40}\.) "
    r"(?=(?:Ban Thường vụ|Ban Chấp hành|Đảng ủy|Thị ủy|Huyện ủy|Thành ủy|Tỉnh ủy|Chi ủy|Chi bộ)[^.]{0,120}?(?:xây dựng|ban hành)[^.]{0,40}?kế hoạch)",
    re.IGNORECASE,
)
_PAIRS = (("(", ")"), ("“", "”"))
_SENTENCE = 80


def find(text: CheckedText) -> Iterator[Found]:
    """Look at every line; tables are left out but for what stands between two words."""
    lines = list(zip(text.lines, text.zones, strict=True))
    for place, (line, zone) in enumerate(lines):
        following = lines[place + 1][0].text if place + 1 < len(lines) else ""
        yield from _hyphens(line, zone)
        yield from _slashes(line, zone)
        if zone is Zone.HEAD or len(line.cells) > 1:
            continue
        yield from _spaces(line)
        yield from _commas(line)
        if zone is Zone.BODY:
            yield from _cut_sentence(line)
            yield from _unbalanced(line, following)
            yield from _open_end(line, following)


def _spaces(line: SourceLine) -> Iterator[Found]:
    addresses = [match.span() for match in _TOKEN.finditer(line.text) if _ADDRESS.search(match[0])]
    for variant, pattern, message in _SPACE_RULES:
        for match in pattern.finditer(line.text):
            if inside(addresses, match.start()):
                continue
            if variant == "space_before":
                yield at(variant, line, match.span(), message, re.sub(r" +(?=\W$)", "", match[0]))
            elif variant == "no_space_after":
                yield at(variant, line, match.span(), message, re.sub(r"([,;:.])", r"\1 ", match[0]))
            elif variant != "lower_after_stop" or not match[0].startswith(("v.v", "đ.c")):
                yield at(variant, line, match.span(), message)
    for match in _ELLIPSIS.finditer(line.text):
        yield at(
            "comma_ellipsis", line, match.span(), "Dấu ba chấm không đứng sau dấu phẩy; dùng “...” hoặc “v.v.”.", "..."
        )


_SPACE_RULES = (
    ("space_before", _SPACE_BEFORE, "Thừa dấu cách trước dấu câu."),
    ("no_space_after", _NO_SPACE_AFTER, "Thiếu dấu cách sau dấu câu."),
    ("no_space_after", _STOP_NO_SPACE, "Thiếu dấu cách sau dấu chấm."),
    ("doubled_mark", _TWICE, "Hai dấu câu đứng liền nhau."),
    ("lower_after_stop", _LOWER_AFTER_STOP, "Sau dấu chấm không viết hoa; có thể dấu chấm phải là dấu phẩy."),
)


def _slashes(line: SourceLine, zone: Zone) -> Iterator[Found]:
    for match in _SLASH.finditer(line.text):
        variant = "slash_in_table" if zone is Zone.ANNEX or len(line.cells) > 1 else "slash"
        yield at(variant, line, match.span(), "Thừa dấu cách bên dấu gạch chéo.", re.sub(r" ?/ ?", "/", match[0]))


def _hyphens(line: SourceLine, zone: Zone) -> Iterator[Found]:
    message = "Gạch nối giữa hai năm, hai danh từ có dấu cách ở hai bên."
    for match in _YEARS.finditer(line.text):
        yield at("hyphen", line, match.span(), message, re.sub(r" ?[-–] ?", " - ", match[0]))
    taken = [match.span() for match in _compounds().finditer(line.text)]
    for match in _compounds().finditer(line.text):
        yield at("hyphen", line, match.span(), message, match[0].replace("-", " - "))
    if zone is Zone.HEAD or _ADDRESS.search(line.text):
        return
    for pattern in (_GLUED, _HALF_HYPHEN):
        for match in pattern.finditer(line.text):
            if inside(taken, match.start()):
                continue
            yield at("hyphen_in_name", line, match.span(), message, re.sub(r" ?- ?", " - ", match[0]))


@cache
def _compounds() -> re.Pattern:
    words = "|".join(map(re.escape, shipped("punctuation")["spaced_hyphens"]))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _lost_commas() -> re.Pattern:
    words = "|".join(shipped("punctuation")["missing_commas"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _commas(line: SourceLine) -> Iterator[Found]:
    for match in _lost_commas().finditer(line.text):
        right = shipped("punctuation")["missing_commas"][match[0].lower()]
        if match[0][0].isupper():
            right = right[0].upper() + right[1:]
        yield at("missing_comma", line, match.span(), f"Thiếu dấu phẩy: “{right}”.", match[0][0] + right[1:])


def _cut_sentence(line: SourceLine) -> Iterator[Found]:
    match = _CUT.match(line.text)
    if match and not re.search(rf"[{LOWER})]\. [{UPPER}]", match[0][: match.start("end") - match.start()]):
        message = "Dấu chấm cắt đôi câu mở đầu; vế “Thực hiện …” chưa thành câu, thay bằng dấu phẩy."
        yield at("cut_sentence", line, match.span("end"), message, match["end"][:-1] + ",")


def _unbalanced(line: SourceLine, following: str) -> Iterator[Found]:
    for opening, closing in _PAIRS:
        difference = line.text.count(opening) - line.text.count(closing)
        if difference == 0 or (opening == "(" and re.match(r"(?:- )?\(?[a-zđ\d]{1,2}\)", line.text)):
            continue
        if difference > 0 and following.count(closing) > following.count(opening):
            continue
        place = line.text.rfind(opening if difference > 0 else closing)
        span = place, min(len(line.text), place + 30)
        yield at("unbalanced", line, span, f"Dấu {opening} {closing} mở mà không đóng, hoặc ngược lại.")


def _open_end(line: SourceLine, following: str) -> Iterator[Found]:
    if len(line.text) < _SENTENCE or not (line.text[-1].isalnum() or line.text[-1] == "%") or line.heading:
        return
    if following[:1].islower() or re.match(r"\d{1,2}(?:\.\d{1,2})*[.)-] ", line.text) or line.text.isupper():
        return
    if line.bold and sum(end - start for start, end in line.bold) > len(line.text) // 2:
        return
    yield at("no_end", line, (max(0, len(line.text) - 25), len(line.text)), "Đoạn văn thiếu dấu kết thúc.")


CHECK = Check(
    id="C08",
    title="Dấu câu, dấu cách",
    variants={
        "space_before": "Thừa dấu cách trước dấu câu.",
        "no_space_after": "Thiếu dấu cách sau dấu câu.",
        "doubled_mark": "Hai dấu câu đứng liền nhau.",
        "lower_after_stop": "Sau dấu chấm là chữ thường.",
        "comma_ellipsis": "Dấu ba chấm đứng sau dấu phẩy.",
        "slash": "Thừa dấu cách bên dấu gạch chéo trong câu.",
        "slash_in_table": "Thừa dấu cách bên dấu gạch chéo trong biểu, phụ lục.",
        "hyphen": "Gạch nối giữa hai năm hoặc hai danh từ thiếu dấu cách.",
        "hyphen_in_name": "Gạch nối trong tên cơ quan thiếu dấu cách.",
        "missing_comma": "Thiếu dấu phẩy giữa các từ liệt kê quen thuộc.",
        "cut_sentence": "Dấu chấm cắt đôi câu mở đầu.",
        "unbalanced": "Ngoặc đơn, ngoặc kép không cân.",
        "no_end": "Đoạn văn thiếu dấu kết thúc.",
    },
    find=find,
)
