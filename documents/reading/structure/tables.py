"""Tables: their columns, and the duties that the rows of a table of tasks give."""

import re
from collections.abc import Sequence

from documents.reading.structure.blocks import Block

_TITLE = re.compile(r"(?:Biểu|BIỂU|Bảng|BẢNG|Mẫu|MẪU|Phụ biểu|PHỤ BIỂU)(?: số)? ?(?:\d{1,2}|[IVX]{1,4})?(?!\w)")
_NUMBERS = re.compile(r"\(?\d{1,2}\)?|\(?[A-Z]\)?")
_ORDINAL_HEADS = ("tt", "stt", "số tt", "số thứ tự", "t", "t t", "t / t", "t/t")


def is_title(text: str) -> bool:
    """Return whether a line names a table: "Biểu 1. ...", "Bảng 2", "Mẫu số 3"."""
    return bool(_TITLE.match(text))


def groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the runs of table rows, each one table."""
    found: list[list[Block]] = []
    last = -2
    for place, block in enumerate(blocks):
        if not block.cells:
            continue
        if place == last + 1 and found:
            found[-1].append(block)
        else:
            found.append([block])
        last = place
    return found


def columns(rows: Sequence[Block]) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns, a group's name before each of its own, and how many rows they take."""
    width = max(len(row.cells) for row in rows)
    head = _padded(rows[0], width)
    taken = 1
    while taken < min(len(rows), 4) and _continues(head, _padded(rows[taken], width)):
        head = _merged(head, _padded(rows[taken], width))
        taken += 1
    if taken < len(rows) and _is_numbering(_padded(rows[taken], width)):
        taken += 1
    names = [" ".join(name.split()) for name in head]
    while names and not names[-1]:
        names.pop()
    return tuple(names), taken


def _padded(row: Block, width: int) -> list[str]:
    return [*row.cells, *[""] * (width - len(row.cells))]


def _is_numbering(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) >= 2 and all(_NUMBERS.fullmatch(cell) for cell in filled) and len(filled) == len(cells)


def _continues(head: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether ``row`` still belongs to the heading of the table."""
    filled = [place for place, cell in enumerate(row) if cell]
    if not filled:
        return False
    if any(re.fullmatch(r"\.{2,}|…|\d{1,3}\.?", row[place]) for place in filled):
        return False
    if row[0] and row[0].lower() not in _ORDINAL_HEADS and row[0] != head[0]:
        return False
    single = [place for place in filled if len(row[place]) == 1]
    if single == filled:
        return all(0 < len(head[place]) <= 2 for place in filled)
    repeated = [place for place in filled if row[place] == head[place] or not head[place] or _grouped(head, place)]
    below = any(not head[place] or _grouped(head, place) and row[place] != head[place] for place in filled)
    return below and len(repeated) == len(filled) and (len(filled) > 1 or _grouped(head, filled[0]))


def _grouped(head: Sequence[str], place: int) -> bool:
    """Return whether a column's heading spans its neighbour: repeated there, or left empty."""
    neighbours = [head[other] for other in (place - 1, place + 1) if 0 <= other < len(head)]
    follows_empty = place + 1 < len(head) and not head[place + 1]
    return bool(head[place]) and (head[place] in neighbours or follows_empty)


def _merged(head: Sequence[str], row: Sequence[str]) -> list[str]:
    merged: list[str] = []
    group = ""
    for place, (above, below) in enumerate(zip(head, row, strict=True)):
        if above:
            group = above
        if above and len(above) <= 2 and len(below) == 1:
            merged.append(above + below)
        elif not below or below == above:
            merged.append(above)
        else:
            merged.append(f"{group} - {below}" if group and place else below)
    return merged
