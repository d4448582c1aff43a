"""Every document a plan names, its mentions gathered under one number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from documents import citations
from documents.citations import Citation
from documents.reading.facts import Cited
from documents.reading.structure import words
from documents.reading.structure.blocks import Block

_SHORT = re.compile(
    r"\((?:sau đây|dưới đây|từ đây)?,? ?(?:được )?(?:viết|gọi|xin gọi)?(?: chung)?(?: ?tắt)? ?là:? (?P<forms>[^()]{2,400})\)",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\((?:sau|dưới|từ|viết|gọi|được|xin)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?: ?\((?:khóa|khoá) [^()]{1,30}\))?,? ?[“\"]?(?P<subject>(?:về(?! việc này)|V/v|Về)(?!\w) ?[“\"]?.*)", re.DOTALL
)
# "Chương trình số 22-CTr/ĐU ... thực hiện Nghị quyết số 15-NQ/TU ... về ...": a chain without a "về" of its own.
_CHAINED = re.compile(
    rf"(?: ?\((?:khóa|khoá) [^()]{{1,30}}\))?,? (?P<subject>(?:(?:tổ chức|tiếp tục) )?(?:triển khai thực hiện|thực hiện|triển khai|"
    rf"cụ thể hóa|thi hành|sơ kết|tổng kết)(?: \d{{1,2}} năm)?(?: việc)?(?: (?:thực hiện|triển khai))?(?: các)?"
    rf" (?:{words.KIND_WORDS}|Luật|Nghị định)(?: (?:\w+ ){{0,2}}số)? \d.*)",
    re.DOTALL,
)
_TERM = re.compile(r" \((?:khóa|khoá) [^()]{1,30}\)", re.IGNORECASE)
_STOP = re.compile(
    r" ?\((?:sau đây|dưới đây|từ đây|gọi|viết|được viết|có |kèm|gửi|Hướng dẫn|Kế hoạch số)|\.(?= |$)(?! ?\d)|;|”|\"(?= ?[,.;()]|$)|"
    r", (?=(?:căn cứ|gắn với|trong đó|nhằm|và các|cụ thể|qua đó|yêu cầu|đề nghị)(?!\w))|(?:,? cụ thể)? như sau|$",
    re.IGNORECASE,
)
_ISSUING = re.compile(
    r",(?: nay)? (?=(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Đảng ủy|Đảng uỷ|Huyện ủy|Thị ủy|Thành ủy|Tỉnh ủy|Quận ủy|Đảng bộ|Chi bộ|Chi ủy|"
    r"Ủy ban|UBND|Ban |Văn phòng|Đoàn|Hội)[^,;.]{0,140}?(?:xây dựng|ban hành|đề nghị|yêu cầu|đề ra|triển khai|tổ chức|lập|báo cáo|hướng dẫn|thông báo)(?!\w))"
)
_NEXT = re.compile(rf"(?:,|;| và|,? cùng với)(?: các)? (?=(?:{words.KIND_WORDS})(?: số)? \d)")
_NESTED = re.compile(
    r"(?:thực hiện|triển khai|sơ kết|tổng kết|sửa đổi|bổ sung|thi hành|theo|tại|học tập|quán triệt|của|kết quả)(?: các| nội dung)? ?$",
    re.IGNORECASE,
)
_CARRIES_OUT = re.compile(r"(?:Thực hiện|Triển khai|thực hiện|Thi hành)[^,;.]{0,60}$")
_ANNOUNCED = re.compile(
    r"[Nn]gày (?P<d>\d{1,2})(?:/| tháng )(?P<m>\d{1,2})(?:/| năm )(?P<y>\d{4}), (?P<issuer>[^,.;()\d]{3,80}?) (?:đã )?(?:ký )?ban hành $"
)
_SLASH = re.compile("[/\u2044\u2215\u29f8\uff0f]")
_SUBJECT_LIMIT = 1_500


@dataclass(slots=True)
class _Mention:
    citation: Citation
    block: Block
    zone: str
    nested: bool = False

    @property
    def line(self) -> int:
        return self.block.line_at(self.citation.span[0])


@dataclass(slots=True)
class _Gathered:
    mentions: list[_Mention] = field(default_factory=list)
    short_form: str = ""


def read(
    title: Block | None, opening: Sequence[Block], rest: Iterable[Block], own: str, studied: range = range(0)
) -> tuple[Cited, ...]:
    """Return the documents in the order of their first mention.

    Args:
        title: the trích yếu.
        opening: the paragraphs before the first heading.
        rest: everything below, annexes too.
        own: key of the plan's own number, which is no citation.
        studied: the lines of the section that says what is studied.
    """
    gathered: dict[str, _Gathered] = {}
    zones = [("title", [title] if title else []), ("opening", opening), ("rest", rest)]
    for zone, blocks in zones:
        for block in blocks:
            mentions = _mentions(block, zone)
            for mention in mentions:
                if mention.citation.key != own:
                    gathered.setdefault(mention.citation.key, _Gathered()).mentions.append(mention)
            _short_forms(block, mentions, gathered)
    subjects = _subjects_of(gathered, title.text if title else "", studied)
    return tuple(_cited(one, _role(key, one, subjects)) for key, one in gathered.items())


def _mentions(block: Block, zone: str) -> list[_Mention]:
    """Return the mentions of one paragraph; one that stands in the subject of another is nested."""
    found: list[_Mention] = []
    if not _SLASH.search(block.text):
        return found
    before_end = 0
    for citation in citations.parse(block.text):
        between = block.text[before_end : citation.span[0]]
        nested = (
            bool(found)
            and _in_subject(block.text, found[-1].citation.span[1], between)
            and not _NEXT.search(f"{between}{block.text[citation.span[0] : citation.span[0] + 40]}")
        )
        if (
            not nested
            and found
            and found[-1].nested
            and re.fullmatch(r"[“”\" ]*", between.replace("và", "").replace(",", ""))
        ):
            nested = bool(_NESTED.search(between))
        found.append(_Mention(citation, block, zone, nested))
        before_end = citation.span[1]
    return found


def _in_subject(text: str, start: int, between: str) -> bool:
    """Return whether what stands between two mentions, from ``start``, opens a subject of the first."""
    if re.match(r"(?: \([^()]{0,40}\))?,? ?[“\"]?(?:về|V/v)(?!\w)", between):
        return True
    chained = _CHAINED.match(text[start : start + len(between) + 40])
    return bool(chained) and between.count(",") <= (between.lstrip().startswith(","))


def _short_forms(block: Block, mentions: Sequence[_Mention], gathered: dict[str, _Gathered]) -> None:
    """Give each document the short form that a bracket defines, also when one bracket defines several."""
    for match in _SHORT.finditer(block.text):
        if not _DEFINES.match(match[0]):
            continue
        before = [mention for mention in mentions if mention.citation.span[0] < match.start()]
        for form in re.split(r"[,;] ?(?:và )?| và (?=[A-ZĐ])", match["forms"]):
            form = form.strip(" “”\"'.")
            key = citations.key(form) or _meant(form, before)
            one = gathered.get(key)
            if one is not None and form:
                one.short_form = one.short_form or form


def _meant(form: str, before: Sequence[_Mention]) -> str:
    """Return the key of the document that a short form without its sign stands for: "Chỉ thị 60", "Nghị quyết"."""
    digits = re.search(r"\d+", form)
    kind = re.match(rf"(?:{words.KIND_WORDS})", form, re.IGNORECASE)
    fitting = [
        mention.citation
        for mention in before
        if (digits is None or mention.citation.number.lstrip("0") == digits[0].lstrip("0"))
        and (kind is None or mention.citation.kind.lower().startswith(kind[0].lower()))
    ]
    if not fitting:
        return ""
    heads = [mention.citation for mention in before if not mention.nested and mention.citation in fitting]
    return (fitting[-1] if digits or not heads else heads[-1]).key


def _subjects_of(gathered: dict[str, _Gathered], title: str, studied: range) -> set[str]:
    """Return the keys of what the plan studies or carries out.

    That is what its title names; where the title gives no number ("các nghị quyết của Trung ương"), what the section
    of contents lists; else the first document that the opening carries out.
    """
    titled = {key for key, one in gathered.items() if any(m.zone == "title" and not m.nested for m in one.mentions)}
    if titled:
        return titled
    kinds = {kind.lower() for kind in words.KIND_NAMES.values() if kind.lower() in title.lower()}
    listed = {
        key
        for key, one in gathered.items()
        if kinds and any(m.line in studied and not m.nested and m.citation.kind.lower() in kinds for m in one.mentions)
    }
    if listed:
        return listed
    for key, one in gathered.items():
        first = one.mentions[0]
        before = first.block.text[: first.citation.span[0]]
        if first.zone != "opening" or first.nested or not _CARRIES_OUT.search(before):
            continue
        if not kinds or first.citation.kind.lower() in kinds:
            return {key}
    return set()


def _role(key: str, one: _Gathered, subjects: set[str]) -> str:
    if key in subjects:
        return "subject"
    return "basis" if any(mention.zone in ("title", "opening") for mention in one.mentions) else "cited"


def _cited(one: _Gathered, role: str) -> Cited:
    mentions = one.mentions
    citation_list = [mention.citation for mention in mentions]
    dates: list[date] = []
    for mention in mentions:
        day = mention.citation.date or _announced(mention)[0]
        if day and day not in dates:
            dates.append(day)
    first = next((citation for citation in citation_list if citation.kind), citation_list[0])
    return Cited(
        kind=first.kind,
        number=first.number,
        sign=first.sign,
        dates=tuple(dates),
        issuer=_issuer(mentions),
        subject=_subject(mentions),
        short_form=one.short_form,
        role=role,
        lines=tuple(sorted({mention.line for mention in mentions})),
    )


def _issuer(mentions: Sequence[_Mention]) -> str:
    for mention in mentions:
        name = mention.citation.issuer
        if name:
            term = _TERM.match(mention.block.text, mention.citation.span[1])
            return name + (term[0] if term else "")
    return next((name for mention in mentions if (name := _announced(mention)[1])), "")


def _announced(mention: _Mention) -> tuple[date | None, str]:
    """Return day and issuer of "Ngày 10/8/2026, Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số ..."."""
    start = mention.citation.span[0]
    match = _ANNOUNCED.search(mention.block.text[max(0, start - 160) : start])
    if not match:
        return None, ""
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])), match["issuer"].strip()
    except ValueError:
        return None, match["issuer"].strip()


def _subject(mentions: Sequence[_Mention]) -> str:
    """Return the subject of the first long mention; where a bracket closes a shorter one soon after, that one."""
    found = [(mention, text, sure) for mention in mentions for text, sure in [_subject_after(mention)] if text]
    if not found:
        return ""
    first = found[0][1]
    for _, text, sure in found[1:3]:
        if sure and text != first and words.plain(first).startswith(words.plain(text)):
            return text
    return first


def _subject_after(mention: _Mention) -> tuple[str, bool]:
    """Return what follows a mention as its subject, and whether its end is certain."""
    rest = mention.block.text[mention.citation.span[1] :][:_SUBJECT_LIMIT]
    match = _SUBJECT.match(rest) or (_CHAINED.match(rest) if mention.zone != "rest" else None)
    if not match:
        return "", False
    text = match["subject"]
    quoted = "“" in rest[: match.start("subject") + 8]
    stop = text.find("”") if quoted and "”" in text else -1
    if stop < 0:
        ends = [found.start() for pattern in (_STOP, _ISSUING) if (found := pattern.search(words.toned(text)))]
        following = next((found for found in _NEXT.finditer(text) if not _NESTED.search(text[: found.start()])), None)
        stop = min([*ends, following.start() if following else len(text)])
    closed = r" ?\((?:sau|dưới|gọi|viết)" if mention.zone != "opening" else r" ?\((?:sau|dưới|gọi|viết)|;|,$"
    sure = quoted or bool(re.match(closed, text[stop:][:12]))
    return text[:stop].replace("“", "", 1 if quoted and text.startswith(("về “", "Về “")) else 0).strip(" ,.;:"), sure
