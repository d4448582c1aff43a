"""Finding in a plan's text what its units are to study although it is still to be issued (domain.md 1.2, 001-05)."""

import re
from collections.abc import Iterable

from units.folding import fold

# "Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết 91-NQ/TU sau khi ban hành": the words before the mark,
# back to the kind of paper, within one clause. Bounded, so that reading stays linear.
_MARK = re.compile(r"(?<!\w)(?:sau khi|khi)(?: được)? ban hành(?!\w)", re.IGNORECASE)
_KIND = re.compile(
    r"(?<!\w)(?:Kế hoạch|Chương trình|Hướng dẫn|Đề án|Quy chế|Quy định|Nghị quyết|Chỉ thị|Kết luận)(?!\w)"
)
_CLAUSE_END = re.compile(r"[;:\n]|\.(?=\s)")
_LONGEST = 300  # characters of a title; longer is no title
_FEW = 3  # letters; shorter words say nothing of what a clause is about


def awaited_texts(texts: Iterable[str]) -> list[str]:
    """The documents named in `texts` as "… sau khi ban hành", each once, in their order.

    The first kind of paper in the clause begins the title, except that a directive that already exists may stand
    before it: "Nghị quyết 91-NQ/TU và Kế hoạch của … sau khi ban hành" names the plan alone.
    """
    found: dict[str, str] = {}
    for text in texts:
        for mark in _MARK.finditer(text):
            clause = _CLAUSE_END.split(text[max(0, mark.start() - _LONGEST) : mark.start()])[-1]
            kinds = list(_KIND.finditer(clause))
            if not kinds:
                continue
            own = [one for one in kinds if fold(one[0]) == "ke hoach"] or kinds
            title = " ".join(clause[own[0].start() :].split()).rstrip(" ,(")
            found.setdefault(fold(title), title)
    return list(found.values())


def closest(text: str, clauses: Iterable[tuple[int, str]]) -> int | None:
    """The key of the clause that shares most words with `text` (who is to draft that document); None when none does."""
    wanted = _words(text)
    scored = [(len(wanted & _words(clause)), -order, key) for order, (key, clause) in enumerate(clauses)]
    best = max(scored, default=(0, 0, None))
    return best[2] if best[0] else None


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= _FEW}
