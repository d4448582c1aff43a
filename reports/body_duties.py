"""What the clauses of bodies with a document as product ask for: a report of their own, or the ward's compiled one.

A plan says so in words only ("Xây dựng báo cáo kết quả thực hiện theo đề cương", "Tổng hợp, xây dựng báo cáo ... trình
Thường trực"): what is read here is offered to a person, ticked, and never done behind their back.
"""

import re

from units.folding import fold

_REPORT = "bao cao"
_JUDGE = "danh gia ket qua"  # the ward's own wording of a review: "Đánh giá kết quả ..., gửi Ban Xây dựng Đảng tổng hợp"
_OF_ALL = ("tong hop", "tham dinh")  # over what others reported
_SENT_ON = re.compile(r"\bgui [^,;.]{0,80}\btong hop\b")  # somebody else puts it together


def writes_own_report(text: str) -> bool:
    """Whether the clause asks the body itself to report; its outline and forms are that report."""
    words = fold(text)
    return (_REPORT in words or _JUDGE in words) and not _over_others(words)


def compiles_report(text: str) -> bool:
    """Whether the clause asks for the report over everybody else's."""
    words = fold(text)
    return _REPORT in words and _over_others(words)


def _over_others(words: str) -> bool:
    rest = _SENT_ON.sub("", words)
    return any(one in rest for one in _OF_ALL)
