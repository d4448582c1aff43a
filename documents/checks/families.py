"""Which bodies a text names, whatever it calls them: "UBND phường", "Ủy ban nhân dân" are one family."""

import re
from functools import cache

from documents.checks.shipped import shipped

_OWN_NAME = re.compile(
    r"(?<!\w)(?:phòng|trung tâm|hội|đài|trạm|ban chỉ huy|ban quản lý) ([^,;.()]{2,60})", re.IGNORECASE
)
_CAPITAL = re.compile(r"(?<!\w)[A-ZĐÀ-Ỹ][\wÀ-ỹ]*")
_SMALL = {"phường", "xã", "huyện", "tỉnh", "thị", "thành", "việt", "nam"}


def families(text: str) -> frozenset[str]:
    """Return the families of bodies that ``text`` names, such as {"government", "front"}."""
    folded = re.sub(r"\s+", " ", text).casefold()
    return frozenset(name for name, pattern in _patterns() if pattern.search(folded))


def covered(text: str) -> frozenset[str]:
    """Return the families that a line of Nơi nhận reaches, collective names included.

    "Các cơ quan tham mưu, giúp việc Đảng ủy" reaches the committee's own boards and its office.
    """
    folded = re.sub(r"\s+", " ", text).casefold()
    reached = set(families(text))
    for pattern, names in shipped("families")["collective"].items():
        if re.search(pattern, folded):
            reached.update(names)
    return frozenset(reached)


def own_names(text: str) -> frozenset[str]:
    """Return the words and initials that tell one phòng, trung tâm or hội from another."""
    names: set[str] = set()
    for match in _OWN_NAME.finditer(text):
        words = [word for word in _CAPITAL.findall(match[1]) if word.casefold() not in _SMALL]
        names.update(word.casefold() for word in words)
    return frozenset(names)


def same_own_name(one: str, other: str) -> bool:
    """Whether two texts name the same phòng, trung tâm or hội, one perhaps by initials ("Trung tâm VH, TT-TT")."""
    ours, theirs = own_names(one), own_names(other)
    if not ours or not theirs:
        return False
    return bool(ours & theirs) or any(
        len(word) <= 4 and word.isalpha() and word[0] in {name[0] for name in ours} and word.upper() in other
        for word in theirs
    )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern], ...]:
    table = shipped("families")["names"]
    return tuple((name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for name, pattern in table.items())
