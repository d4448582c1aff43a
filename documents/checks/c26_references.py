"""C26: a reference to a document that does not exist yet, or that reads as another body's."""

import re
from collections.abc import Iterator

from documents import citations
from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.zones import Zone
from documents.dates import short

_PAPER = r"(?:hướng dẫn|kế hoạch|quy định|công văn|quyết định|biểu mẫu|tài liệu|đề cương)"
_TO_COME = re.compile(
    rf"(?<!\w)(?:(?:theo )?{_PAPER}(?: [\wÀ-ỹ]+){{0,3}} sẽ (?:được )?(?:ban hành|gửi|có|xây dựng|hoàn thiện)(?: (?:sau|của [^,.;]{{3,40}}))?"
    rf"|sẽ (?:ban hành|có) (?:văn bản |{_PAPER} )(?:riêng|sau|cụ thể)"
    rf"|có (?:hướng dẫn|kế hoạch|quy định|văn bản hướng dẫn) riêng"
    rf"|{_PAPER} (?:đang )(?:được )?(?:xây dựng|soạn thảo|dự thảo)"
    rf"|(?:sau )?khi có {_PAPER}(?! triệu tập)[^,.;]{{0,40}})",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r" của (?P<body>(?:Ban Thường vụ |Ban Chấp hành |Thường trực )?(?:Đảng [uủ][yỷ]|Thị [uủ][yỷ]|Huyện [uủ][yỷ]|Thành [uủ][yỷ]|Tỉnh [uủ][yỷ]|Ban [A-ZĐÀ-Ỹ])[^,.;()]{0,30})"
)
_LEVEL = {
    "TW": "trung ương",
    "TU": "tỉnh ủy thành ủy",
    "HU": "huyện ủy",
    "ĐU": "đảng ủy",
    "ThU": "thị ủy",
    "TxU": "thị ủy",
}


def find(text: CheckedText) -> Iterator[Found]:
    """Documents to come, documents of another body, documents dated after the plan."""
    for line in text.lines_in(Zone.BODY):
        for match in _TO_COME.finditer(line.text):
            message = f"“{match[0].strip()}” là văn bản chưa có; cần ghi rõ cơ quan nào ban hành, khi nào."
            yield at("not_yet_issued", line, match.span(), message)
    yield from _other_owner(text)
    yield from _later(text)


def _other_owner(text: CheckedText) -> Iterator[Found]:
    """ "Kế hoạch sơ kết ... thực hiện Chỉ thị 19-CT/TU của Thị ủy": whose is the Chỉ thị?"""
    for line, one in text.citations:
        tail = _OWNER.match(line.text, one.span[1]) if not one.issuer else None
        body = (tail["body"] if tail else one.issuer).casefold().replace("uỷ", "ủy")
        level = _LEVEL.get(one.sign.partition("/")[2], "")
        if not body or not level or _fits(body, level) or _says_which(text, one, line.text[one.span[0] :]):
            continue
        span = (one.span[0], tail.end("body")) if tail else one.span
        message = f"Câu này đọc như thể {one.kind} số {one.number}-{one.sign} là văn bản của {(tail['body'] if tail else one.issuer).strip()}."
        yield at("whose_document", line, span, message)


def _fits(body: str, level: str) -> bool:
    if level == "trung ương":
        return any(name in body for name in ("trung ương", "bộ chính trị", "ban bí thư", "tổng bí thư"))
    if "ủy" not in body:
        # "Ban Chấp hành Đảng bộ tỉnh", "Ban Thường vụ": a body of the level, differently called.
        return "đảng bộ" in body or body in ("ban thường vụ", "ban chấp hành", "thường trực")
    return any(f"{name} ủy" in body for name in level.replace(" ủy", "").split())


def _says_which(text: CheckedText, one: citations.Citation, rest: str) -> bool:
    """A first, full citation with its day says itself whose the document is."""
    return one.date is not None


def _later(text: CheckedText) -> Iterator[Found]:
    issued = text.facts.issued_on
    for line, one in text.citations:
        if issued and one.date and one.date > issued:
            message = f"Văn bản ngày {short(one.date)} được viện dẫn trong Kế hoạch ngày {short(issued)}."
            yield at("later_document", line, one.span, message)


CHECK = Check(
    id="C26",
    title="Viện dẫn văn bản chưa có hoặc dễ hiểu nhầm",
    variants={
        "not_yet_issued": "Nhiệm vụ dựa vào văn bản chưa ban hành.",
        "whose_document": "Câu văn đọc như thể văn bản là của cơ quan khác.",
        "later_document": "Văn bản viện dẫn có ngày sau ngày của Kế hoạch.",
    },
    find=find,
)
