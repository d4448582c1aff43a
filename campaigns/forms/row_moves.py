"""Adding, moving and removing rows of the editor's lists: plain lists in, the same lists changed."""

from campaigns.choices import Product

NEW_ROWS = {
    "directives": {},
    "sections": {"level": 1},
    "duties": {"product": Product.ACTION.value},
    "conferences": {"level": "ward"},
    "recipients": {"copies": 1},
}


def rearrange(lists: dict[str, list[dict]], act: str, *, added_directive: str = "") -> dict | None:
    """Do what a button asks: "duties-add", "duties-3-up", "-down", "-remove", "sections-3-child"; others do nothing.

    Returns the row that was taken out, as put_back() wants it.
    """
    part, _, rest = act.partition("-")
    rows = lists.get(part) if part in NEW_ROWS else None
    if rows is None:
        return None
    if rest == "add":
        _add(part, rows, added_directive)
        return None
    number, _, move = rest.partition("-")
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(rows):
        return None
    place = int(number)
    if move == "remove":
        return {"part": part, "place": place, "row": rows.pop(place)}
    if move == "child" and part == "sections":
        rows.insert(_end_of_block(rows, place), {"level": 2})
    elif move in {"up", "down"}:
        _move_section(rows, place, move) if part == "sections" else _swap(rows, place, move)
    return None


def put_back(lists: dict[str, list[dict]], removed: object) -> None:
    """Undo a removal with what rearrange() returned, as it came back from the browser; anything else does nothing."""
    if not isinstance(removed, dict) or removed.get("part") not in NEW_ROWS:
        return
    place, row, rows = removed.get("place"), removed.get("row"), lists[removed["part"]]
    if isinstance(place, int) and isinstance(row, dict) and all(isinstance(one, str) for one in [*row, *row.values()]):
        rows.insert(max(0, min(place, len(rows))), row)


def _add(part, rows, added_directive):
    if part != "directives":
        rows.append(dict(NEW_ROWS[part]))
    elif added_directive and all(str(row.get("pk")) != added_directive for row in rows):
        rows.append({"pk": added_directive})


def _swap(rows, place, move):
    other = place - 1 if move == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]


def _is_top(row):
    return str(row.get("level")) not in {"2", "3"}


def _end_of_block(rows, place):
    """The place after `place` and the small headings that belong to it."""
    end = place + 1
    while end < len(rows) and not _is_top(rows[end]):
        end += 1
    return end


def _move_section(rows, place, move):
    """A great heading moves with its small ones past a whole neighbour; a small one stays under its own."""
    if not _is_top(rows[place]):
        other = place - 1 if move == "up" else place + 1
        if 0 <= other < len(rows) and not _is_top(rows[other]):
            _swap(rows, place, move)
        return
    start, end = place, _end_of_block(rows, place)
    if move == "up":
        before = max((row for row in range(start) if _is_top(rows[row])), default=None)
        if before is not None:
            rows[before:end] = rows[start:end] + rows[before:start]
    elif end < len(rows):
        after = _end_of_block(rows, end)
        rows[start:after] = rows[end:after] + rows[start:end]
