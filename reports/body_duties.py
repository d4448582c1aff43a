"""What the clauses of bodies with a document as product ask for: a report of their own, or the ward's compiled one.

A plan says so in words only ("Xây dựng báo cáo kết quả thực hiện theo đề cương", "Tổng hợp, xây dựng báo cáo ... trình
Thường trực"): what is read here is offered to a person, ticked, and never done behind their back.
"""

from units.folding import fold

_REPORT = "bao cao"
_OF_ALL = ("tong hop", "tham dinh")  # over what others reported


def writes_own_report(text: str) -> bool:
    """Whether the clause asks the body itself to report; its outline and forms are that report."""
    words = fold(text)
    return _REPORT in words and not any(one in words for one in _OF_ALL)


def compiles_report(text: str) -> bool:
    """Whether the clause asks for the report over everybody else's."""
    words = fold(text)
    return _REPORT in words and any(one in words for one in _OF_ALL)
