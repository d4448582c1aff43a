"""Citations of documents: "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy", both ways.

Party numbers are number-kind/body (05-CT/TU), State numbers number/kind-body
(15/TTr-UBND, 30/2020/NĐ-CP); neither is ever turned into the other. Reading is
linear: white space is collapsed first and every repetition is bounded (N-05).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from documents import dates
from documents.flat_text import Flat, flatten, is_simple

KINDS = (
    "Nghị quyết", "Chỉ thị", "Kết luận", "Quy định", "Quyết định", "Quy chế", "Kế hoạch", "Hướng dẫn",
    "Chương trình hành động", "Chương trình", "Thông báo", "Thông tri", "Công văn", "Báo cáo", "Tờ trình", "Đề án",
    "Nghị định", "Thông tư", "Bộ luật", "Luật", "Công điện", "Chương trình công tác", "Kế hoạch hành động", "Quy hoạch", "Phương án",
    "Dự án", "Thông cáo", "Thông báo kết luận", "Biên bản",
)  # fmt: skip
_FIGURE = re.compile(r"\d")
_KIND_BEFORE = re.compile(
    rf"(?<!\w)({'|'.join(sorted(KINDS, key=len, reverse=True))})(?: (?:\w{{1,9}} ){{0,3}}số ?:?)? ?$", re.IGNORECASE
)
_WORD_BEFORE = re.compile(r"(?<!\w)số:? ?$", re.IGNORECASE)
_PARTY = re.compile(
    r"(?<![\w/.-])(?P<number>[0-9Oo]{1,4}) ?- ?(?P<kind>[A-ZĐ][A-ZĐ]{0,7}) ?/ ?(?P<body>[A-ZĐ]{1,12})(?!\w)",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?<![\w/.-])(?P<number>\d{1,5}) ?/ ?(?:(?P<year>\d{4}) ?/ ?)?"
    r"(?P<kind>[A-ZĐ][A-ZĐ]{0,7}) ?- ?(?P<body>[A-ZĐ]{1,12}(?:-[A-ZĐ]{1,8})?)(?!\w)",
    re.IGNORECASE,
)
# Laws and resolutions of the National Assembly: 25/2018/QH14; they name no body of their own.
_ASSEMBLY = re.compile(
    r"(?<![\w/.-])(?P<number>\d{1,4}) ?/ ?(?P<year>\d{4}) ?/ ?(?P<kind>(?:UBTV)?QH\d{1,2})(?P<body>)(?!\w)"
)
_BODY = re.compile(r"[A-ZĐ]{1,12}(?:-[A-ZĐ]{1,8})?|[A-ZĐ][a-zđ][A-ZĐ]{1,3}|[A-ZĐ]{1,6}[a-zđ]")
_DATE_AFTER = re.compile(
    r"\)?,? ?(?:ban hành )?(?:ngày )(?P<d>\d{1,2})(?:/| tháng )(?P<m>\d{1,2})(?:/| năm )(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ISSUER_AFTER = re.compile(
    r",? (?:của |(?=Hội nghị (?:lần thứ|Trung ương)|Ban Chấp hành|Bộ Chính trị|Ban Bí thư|Đại hội))"
    r"(?P<issuer>[^,.;:()“”\"\n]{2,110}?)"
    rf"(?= (?:về|V/v|ban hành|thực hiện|cụ thể hóa|thi hành|quy định|hướng dẫn|triển khai|sơ kết|tổng kết|phê duyệt|sửa đổi|tổ chức|“)(?!\w)"
    rf"| (?:và|cùng)(?: các)? (?:{'|'.join(KINDS)})(?!\w)| ?[,.;:()“”\"]|$)"
)
_KINDS_BY_LOWER = {kind.lower(): kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document.

    Attributes:
        kind: "Chỉ thị", or "" when the number stands alone.
        number: as printed, "05" or "30/2020".
        sign: "CT/TU" or "NĐ-CP".
        date: the day of issue, None when not given or impossible.
        issuer: "Ban Thường vụ Tỉnh ủy", or "".
        span: where it stands in the text, from the kind to the end of the issuer.
    """

    kind: str
    number: str
    sign: str
    date: date | None
    issuer: str
    span: tuple[int, int]

    @property
    def number_text(self) -> str:
        """Return "05-CT/TU" or "30/2020/NĐ-CP"."""
        return f"{self.number}{'-' if '/' in self.sign else '/'}{self.sign}"

    @property
    def key(self) -> str:
        """Return the key under which every spelling of this number is equal."""
        return key(self.number_text)


def parse(text: str) -> list[Citation]:
    """Return the documents mentioned in ``text`` in their order; never raises, linear in the length."""
    if not _FIGURE.search(text):
        return []
    flat = flatten(text, signs=True)
    # A lower-case "05-ct/tu" is typed into search boxes; in running text a sign begins with a capital.
    matches = [match for match in _found(flat.text) if _is_sign(match) or _is_alone(match)]
    return [_citation(flat, match) for match in sorted(matches, key=lambda one: one.start())]


def key(text: str) -> str:
    """Return what is equal for every spelling of the first number in ``text``, "" when it holds none.

    "05-CT/TU", "5 – ct/tu" and "Chỉ thị số 05-СТ/TU" with Cyrillic letters all give "5-ct/tu".
    """
    return _key(str(text or "")[:1_000])


@lru_cache(maxsize=2_048)
def _key(text: str) -> str:
    found = _found(flatten(text, signs=True).text)
    if not found:
        return ""
    match = min(found, key=lambda one: one.start())
    number = _digits(match["number"]).lstrip("0") or "0"
    kind, body = match["kind"].lower(), match["body"].lower()
    if match.re is _PARTY:
        return f"{number}-{kind}/{body}"
    return f"{number}/{match['year'] + '/' if match['year'] else ''}{kind}{'-' if body else ''}{body}"


def has_lookalikes(text: str) -> bool:
    """Return whether a number holds foreign letters, other dashes or invisible characters: worth a warning."""
    return not is_simple(text)


def short_form(kind: str, number_text: str) -> str:
    """Return "Chỉ thị số 05-CT/TU", the form used after the first mention."""
    return f"{kind} số {number_text}"


def long_form(kind: str, number_text: str, day: date | None, issuer: str, subject: str = "") -> str:
    """Return the first mention: kind, number, date, issuer and, when given, the subject with its "về"."""
    text = short_form(kind, number_text)
    if day is not None:
        text += f", ngày {dates.short(day)}"
    if issuer:
        text += f" của {issuer}"
    return f"{text} {subject}".rstrip()


def _citation(flat: Flat, match: re.Match) -> Citation:
    start, end = match.start(), match.end()
    before = flat.text[max(0, start - 45) : start]
    kind = _KIND_BEFORE.search(before)
    opening = kind or _WORD_BEFORE.search(before)
    if opening:
        start -= len(before) - opening.start()
    dated = _DATE_AFTER.match(flat.text, end)
    end = dated.end() if dated else end
    issued = _ISSUER_AFTER.match(flat.text, end)
    end = issued.end("issuer") if issued else end
    number, sign = _printed(match)
    return Citation(
        kind=_KINDS_BY_LOWER[kind[1].lower()] if kind else "",
        number=number,
        sign=sign,
        date=_day(dated),
        issuer=issued["issuer"].strip() if issued else "",
        span=flat.span(start, end),
    )


def _printed(match: re.Match) -> tuple[str, str]:
    number, kind, body = _digits(match["number"]), match["kind"], match["body"]
    body = body if _BODY.fullmatch(body) else body.upper()
    if match.re is _PARTY:
        return number, f"{kind}/{body}"
    return f"{number}/{match['year']}" if match["year"] else number, f"{kind}-{body}" if body else kind


def _found(text: str) -> list[re.Match]:
    return [match for pattern in (_PARTY, _STATE, _ASSEMBLY) for match in pattern.finditer(text) if _is_number(match)]


def _is_sign(match: re.Match) -> bool:
    return match["kind"][0].isupper() and (match.re is _ASSEMBLY or bool(_BODY.fullmatch(match["body"])))


def _digits(text: str) -> str:
    return text.replace("O", "0").replace("o", "0")


def _is_number(match: re.Match) -> bool:
    return any(char.isdigit() for char in match["number"])


def _is_alone(match: re.Match) -> bool:
    return match.string.strip() == match[0].strip()


def _day(match: re.Match | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
