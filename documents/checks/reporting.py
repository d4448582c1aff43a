"""Who reports the result to whom and by when, as the duties of a plan say it."""

import re
from dataclasses import dataclass

from documents.checks.context import CheckedText
from documents.checks.families import families
from documents.reading.facts import DutyFacts

_VIA = re.compile(r"\(?(?:qua|thông qua) (?:[^()]{0,20}?)(Ban [^(),;.]{3,40}|Văn phòng [^(),;.]{3,30})", re.IGNORECASE)
# "gửi báo cáo về Ủy ban nhân dân phường để tổng hợp"
_TO_COMPILE = re.compile(
    r"(?:về|cho|với|tới) (Ban [^(),;.]{3,40}?|Văn phòng [^(),;.]{3,30}?|(?:Ủy ban nhân dân|UBND)[^(),;.]{0,20}?),? (?:để )?tổng hợp",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"(?:báo cáo(?! viên)|gửi (?:văn bản )?(?:kết quả|báo cáo)|phản ánh (?:tình hình, )?kết quả)", re.IGNORECASE
)
_COMPILES = re.compile(
    r"(?:tổng hợp|dự thảo|xây dựng|hoàn thiện|tham mưu)[^.;]{0,160}?báo cáo(?! viên)|báo cáo (?:tổng hợp|chung)|tham mưu[^.;]{0,60}: báo cáo",
    re.IGNORECASE,
)
# "Tổng hợp, báo cáo ... với Ban Thường vụ (qua Ban Xây dựng Đảng)" is a unit's own report.
_BOARDS = frozenset({"party_building", "propaganda", "organisation", "mass_work", "office"})


@dataclass(frozen=True, slots=True)
class Chain:
    """The reports of one plan: those of the units and those that are compiled from them."""

    units: tuple[DutyFacts, ...]
    compiled: tuple[DutyFacts, ...]


def chain_of(text: CheckedText) -> Chain:
    """Return which duties report upward and which compile them; empty when the plan does not say."""
    duties = text.facts.duties
    through = _through(duties)
    compiled = tuple(duty for duty in duties if _compiles(duty, through))
    units = tuple(
        duty
        for duty in duties
        if duty not in compiled and _REPORTS.search(duty.text) and (via(duty.text) or not _is_board(duty, through))
    )
    return Chain(units, compiled)


def feeds(duty: DutyFacts) -> bool:
    """Whether a report surely goes into the compiled one: a party unit's, or one sent through the compiler."""
    return bool(via(duty.text)) or "cells" in families(duty.assignee)


def via(text: str) -> str:
    """Return the body that a report goes through, "Ban Xây dựng Đảng", or ""."""
    match = _VIA.search(text) or _TO_COMPILE.search(text)
    return match[1].strip() if match else ""


def inside(name: str) -> str:
    """Return the name of a body as it stands inside a sentence: "Các chi bộ" -> "các chi bộ"."""
    return name[:1].lower() + name[1:] if name.startswith(("Các ", "Những ", "Toàn ")) else name


def reports(text: str) -> bool:
    """Whether a clause asks for a report."""
    return bool(_REPORTS.search(text))


def _through(duties: tuple[DutyFacts, ...]) -> frozenset[str]:
    """The families of the bodies that the units' reports go through."""
    return frozenset(name for duty in duties if (body := via(duty.text)) for name in families(body))


def _is_board(duty: DutyFacts, through: frozenset[str]) -> bool:
    own = families(duty.assignee)
    return bool(own & (_BOARDS | through)) and "cells" not in own


def _compiles(duty: DutyFacts, through: frozenset[str]) -> bool:
    if via(duty.text) or not _COMPILES.search(duty.text):
        return False
    own = families(duty.assignee)
    return bool(own & through) if through else bool(own & _BOARDS)
