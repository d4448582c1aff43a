"""C27: the body that issues the plan is not the one that signs it."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.spots import spot_of
from documents.checks.zones import Zone

_UY = r"[uủ][yỷ]"
_ISSUERS = (
    ("BTV", re.compile(r"ban thường vụ")),
    ("TT", re.compile(r"^thường trực")),
    ("UBKT", re.compile(r"[uủ][yỷ] ban kiểm tra")),
    ("CB", re.compile(r"^chi (?:bộ|ủy|uỷ)")),
    ("DU", re.compile(rf"^(?:đảng {_UY}|ban chấp hành|huyện {_UY}|thị {_UY}|thành {_UY}|tỉnh {_UY})")),
    ("BAN", re.compile(r"^(?:ban |văn phòng)")),
)
_SIGNERS = (
    ("BTV", re.compile(r"^(?:t[/.]?[ml]\.? ?)(?:ban thường vụ|btv)")),
    ("TT", re.compile(r"^t[/.]?m\.? ?thường trực")),
    ("UBKT", re.compile(rf"{_UY} ban kiểm tra|chủ nhiệm")),
    ("CB", re.compile(rf"^t[/.]?m\.? ?chi (?:bộ|{_UY})")),
    ("DU", re.compile(rf"^t[/.]?m\.? ?(?:đảng {_UY}|ban chấp hành|bch|huyện {_UY}|thị {_UY}|thành {_UY}|tỉnh {_UY})")),
    ("BAN", re.compile(r"trưởng ban|chánh văn phòng")),
)
_NAMES = {
    "BTV": "Ban Thường vụ",
    "TT": "Thường trực",
    "UBKT": "Ủy ban Kiểm tra",
    "CB": "chi bộ",
    "DU": "cấp ủy (Ban Chấp hành)",
    "BAN": "ban, cơ quan tham mưu",
}


def find(text: CheckedText) -> Iterator[Found]:
    """Compare "Thị ủy ... xây dựng Kế hoạch" with "T/M BAN THƯỜNG VỤ"."""
    signature = text.facts.signature
    if signature is None or not text.facts.issuer:
        return
    issuer = _kind(_ISSUERS, text.facts.issuer)
    signer = _kind(_SIGNERS, signature.authority or signature.position)
    if not issuer or not signer or issuer == signer:
        return
    message = f"Phần mở đầu ghi {_NAMES[issuer]} ban hành nhưng người ký thay mặt {_NAMES[signer]}."
    opening = next((line for line in text.lines_in(Zone.BODY) if text.facts.issuer in line.text), None)
    if opening:
        start = opening.text.rfind(text.facts.issuer)
        yield at("other_issuer", opening, (start, start + len(text.facts.issuer)), message)
    words = signature.authority or signature.position
    if spot := spot_of(text, signature.line, words):
        yield at("other_signer", *spot, message)


def _kind(table: tuple, words: str) -> str:
    folded = re.sub(r"\s+", " ", words).strip().casefold()
    return next((kind for kind, pattern in table if pattern.search(folded)), "")


CHECK = Check(
    id="C27",
    title="Cơ quan ban hành khác cơ quan ký",
    variants={
        "other_issuer": "Phần mở đầu ghi một cơ quan, phần ký ghi cơ quan khác.",
        "other_signer": "Phần ký ghi cơ quan khác với phần mở đầu.",
    },
    find=find,
)
