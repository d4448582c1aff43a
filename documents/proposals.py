"""What an edited paper proposes: every difference from the paper as it stands, to be taken or refused one by one.

Nothing is lost on the way: with every change taken the old paper becomes the new one, with none it stays what it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from documents.content import Annex, Heading, Paper, Recipient, Table
from documents.sequence_match import match
from documents.word_diff import word_diff
from documents.words_of import words_of

LISTS = ("bases", "addressees", "blocks", "recipients", "annexes")
LABELS = {
    "kind": "Tên loại", "letterhead": "Tên cơ quan", "number_line": "Số và ký hiệu", "place_date": "Địa danh, ngày tháng",
    "subject": "Trích yếu", "signature": "Người ký", "second_signature": "Người ký bên trái", "closing": "Đoạn kết",
    "draft": "Dấu dự thảo", "draft_label": "Lần dự thảo", "profile": "Quy định thể thức", "duplex": "In hai mặt",
    "urgency": "Mức độ khẩn", "circulation": "Phạm vi lưu hành", "title": "Tên biểu mẫu", "copy": "Phần bản sao",
    "bases": "Căn cứ", "addressees": "Nơi kính gửi", "blocks": "Nội dung", "recipients": "Nơi nhận", "annexes": "Phụ lục",
}  # fmt: skip


class ChangeKind(StrEnum):
    """What is proposed for one place."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: changed, added, removed or moved.
        part: "subject", "blocks", "annexes", or "annexes/0/blocks" inside the first annex of the old paper.
        old_index: place in the old list; None for what is added and for parts that are no list.
        after: for what is added or moved, the old place it follows, -1 for the beginning.
        order: place in the new list, which orders what follows one and the same place.
        old, new: the values themselves; None for what is not there.
        words: the difference word by word, as ``documents.word_diff`` gives it.
    """

    kind: ChangeKind
    part: str
    old_index: int | None = None
    after: int = -1
    order: int = 0
    old: Any = None
    new: Any = None
    words: tuple[tuple[str, str], ...] = field(default=())

    @property
    def key(self) -> str:
        """A name that no other change of the same comparison has, for a tick box."""
        place = f"n{self.order}" if self.old_index is None else f"{self.old_index}"
        return f"{self.kind.value}-{self.part.replace('/', '.')}-{place}"

    @property
    def label(self) -> str:
        """Where in the paper this is, in Vietnamese."""
        names = [name for name in self.part.split("/") if not name.isdecimal()]
        where = "Phụ lục, " if len(names) > 1 else ""
        return where + LABELS.get(names[-1], "đầu phụ lục")


def compare(old: Paper, new: Paper, *, origins: Sequence[int | None] = ()) -> list[Change]:
    """Return every difference, in reading order of the new paper, what is removed beside what stood before it.

    Args:
        old, new: both in the form of ``documents.canonical`` when only what prints shall count.
        origins: for each block of `new` the number of the block of `old` it came from, as the bookmarks of a Word file
            tell; without them blocks are matched by their words.
    """
    changes: list[Change] = []
    for one in fields(Paper):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if before == after:
            continue
        if one.name in LISTS:
            changes += _list_changes(one.name, before, after, origins if one.name == "blocks" else ())
        else:
            changes.append(_changed(one.name, before, after))
    return changes


def apply(old: Paper, accepted: Iterable[Change]) -> Paper:
    """Return `old` with the accepted changes of one comparison made."""
    accepted = list(accepted)
    values: dict[str, Any] = {}
    for name in {change.part.partition("/")[0] for change in accepted}:
        value = getattr(old, name)
        if name == "annexes":
            value = tuple(_annex(annex, index, accepted) for index, annex in enumerate(value))
        own = [change for change in accepted if change.part == name]
        values[name] = _applied(value, own) if name in LISTS else own[0].new
    return replace(old, **values)


def sources(part: str, size: int, accepted: Iterable[Change]) -> tuple[int | None, ...]:
    """Return for each element of a list after :func:`apply` its place in the old list of `size`, None for a new one."""
    own = [replace(change, new=None) for change in accepted if change.part == part and change.kind != ChangeKind.CHANGED]
    return _applied(range(size), own)


def _changed(part: str, old: Any, new: Any, index: int | None = None) -> Change:
    words = tuple(word_diff(words_of(old), words_of(new)))
    return Change(ChangeKind.CHANGED, part, index, old=old, new=new, words=words)


def _list_changes(part: str, old: Sequence, new: Sequence, origins: Sequence[int | None]) -> list[Change]:
    paired = match(list(map(_key, old)), list(map(_key, new)), origins)
    partner = dict(paired.pairs)
    found: dict[int, list[Change]] = {}
    gone: dict[int, list[Change]] = {-1: []}
    anchor = -1
    for order, value in enumerate(new):
        index, here = partner.get(order), found.setdefault(order, [])
        if index is None:
            here.append(Change(ChangeKind.ADDED, part, None, anchor, order, new=value, words=(("added", words_of(value)),)))
            continue
        if order not in paired.in_place:
            words = (("same", words_of(old[index])),)
            here.append(Change(ChangeKind.MOVED, part, index, anchor, order, old=old[index], new=old[index], words=words))
        else:
            anchor = index
        here += _value_changes(part, index, old[index], value)
    kept = {index: order for order, index in paired.pairs}
    last = -1
    for index, value in enumerate(old):
        if index in kept:
            last = kept[index]
        else:
            removed = Change(ChangeKind.REMOVED, part, index, old=value, words=(("removed", words_of(value)),))
            gone.setdefault(last, []).append(removed)
    ordered = list(gone[-1])
    for order in range(len(new)):
        ordered += [*found[order], *gone.get(order, [])]
    return ordered


def _value_changes(part: str, index: int, old: Any, new: Any) -> list[Change]:
    if old == new:
        return []
    if not isinstance(old, Annex):
        return [_changed(part, old, new, index)]
    changes = []
    for one in fields(Annex):
        inner, before, after = f"{part}/{index}/{one.name}", getattr(old, one.name), getattr(new, one.name)
        if before != after:
            changes += _list_changes(inner, before, after, ()) if one.name == "blocks" else [_changed(inner, before, after)]
    return changes


def _annex(annex: Annex, index: int, accepted: list[Change]) -> Annex:
    prefix = f"annexes/{index}/"
    own = [change for change in accepted if change.part.startswith(prefix)]
    values: dict[str, Any] = {}
    for name in {change.part.removeprefix(prefix) for change in own}:
        mine = [change for change in own if change.part == prefix + name]
        values[name] = _applied(annex.blocks, mine) if name == "blocks" else mine[0].new
    return replace(annex, **values)


def _applied(old: Sequence, changes: list[Change]) -> tuple:
    values = list(old)
    gone = {change.old_index for change in changes if change.kind in {ChangeKind.REMOVED, ChangeKind.MOVED}}
    for change in changes:
        if change.kind == ChangeKind.CHANGED:
            values[change.old_index] = change.new
    following: dict[int, list[Change]] = {}
    for change in changes:
        if change.kind in {ChangeKind.ADDED, ChangeKind.MOVED}:
            following.setdefault(change.after, []).append(change)
    result = []
    for index in range(-1, len(values)):
        if index >= 0 and index not in gone:
            result.append(values[index])
        for change in sorted(following.get(index, []), key=lambda one: one.order):
            result.append(change.new if change.kind == ChangeKind.ADDED else values[change.old_index])
    return tuple(result)


def _key(value: Any) -> tuple[str, str]:
    """Return what two elements are matched by: their sort and their words."""
    if isinstance(value, Heading):
        return "Heading", value.title.upper() + value.text
    if isinstance(value, Table):
        return "Table", value.title or " ".join(column.title for column in value.columns)
    if isinstance(value, Annex):
        return "Annex", value.title.upper()
    return "text" if not isinstance(value, Recipient) else "Recipient", words_of(value)
