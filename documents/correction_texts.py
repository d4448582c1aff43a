"""The words of a paper that corrects an issued one: it names the old paper, what it said, and what it should say.

An issued paper is never edited (house rule 18); who received it receives the correction too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.choices import PaperKind
from documents.dates import short
from documents.draft_papers import ADDRESSED
from documents.models import IssuedPaper

KEPT = "Lưu Văn phòng Đảng ủy"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One place of the old paper: where, what was printed, what it should be."""

    where: str
    was: str
    should_be: str


def name_of(paper: IssuedPaper) -> str:
    """The old paper as it is cited: kind, number, day."""
    number = f" số {paper.number_text}" if paper.number_text else ""
    return f"{paper.get_kind_display()}{number}, ngày {short(paper.dated_on)}"


def correction_texts(
    paper: IssuedPaper, *, kind: PaperKind, mistakes: Iterable[Mistake], committee: str
) -> dict[str, str]:
    """The fields of a draft of `kind` that corrects `paper`.

    Args:
        paper: the issued one, with its send list.
        kind: công văn (with Kính gửi) or thông báo.
        mistakes: at least one.
        committee: who issued the old paper and corrects it, as in "Đảng ủy phường Nông Tiến".
    """
    name = name_of(paper)
    label = paper.get_kind_display()
    number = f" số {paper.number_text}" if paper.number_text else ""
    places = [f"- {_begin(one.where)}: đã in “{one.was}”, nay sửa là “{one.should_be}”." for one in mistakes]
    opening = (
        f"{committee} đã ban hành {name}, {_lower_first(paper.subject)}. Do sơ suất trong khâu soạn thảo, "
        f"văn bản có chỗ chưa chính xác; {committee} đính chính như sau:"
    )
    body = [
        opening,
        *places,
        f"Các nội dung khác của {label}{number} không thay đổi.",
    ]
    lines = [line for line in paper.dispatches.order_by("position", "pk") if not _is_inside(line.addressee)]
    sent_to = [f"{line.addressee} ({line.note})" if line.note else line.addressee for line in lines]
    addressed = kind in ADDRESSED
    return {
        "subject": f"{'về việc ' if addressed else ''}đính chính {name}",
        "addressees": "\n".join(line.addressee for line in lines) if addressed else "",
        "body": "\n".join(body),
        "closing": f"Đề nghị nơi đã nhận {label}{number} biết, thực hiện theo nội dung đính chính.",
        "recipients": "\n".join(["Như trên", KEPT] if addressed else [*sent_to, KEPT]),
    }


def _is_inside(addressee: str) -> bool:
    """Lines of Nơi nhận that name nobody outside the office."""
    return addressee.startswith(("Lưu", "Như"))


def _begin(where: str) -> str:
    return where if where[:1].isupper() else where[:1].upper() + where[1:]


def _lower_first(subject: str) -> str:
    word = subject.split(" ", 1)[0]
    return subject if len(word) > 1 and word.isupper() else subject[:1].lower() + subject[1:]
