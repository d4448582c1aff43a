"""Who came after units that were merged or divided (domain.md 4.1)."""

from collections.abc import Iterable

from units.models import Unit, UnitSuccession


def heirs_of(units: Iterable[int]) -> dict[int, list[Unit]]:
    """{ended unit: the units that go on in its place}, also over several mergers; one query for each of them in a row.

    A unit that ended with nobody after it is absent.
    """
    present = {pk: [pk] for pk in units}
    known: dict[int, Unit] = {}
    followed: set[int] = set()
    while asked := {pk for places in present.values() for pk in places if pk not in known} - followed:
        followed |= asked
        after: dict[int, list[int]] = {}
        rows = UnitSuccession.objects.filter(predecessor__in=asked, predecessor__active_to__isnull=False)
        for row in rows.select_related("successor").order_by("pk"):
            after.setdefault(row.predecessor_id, []).append(row.successor_id)
            if row.successor.active_to is None:
                known[row.successor_id] = row.successor
        for pk, places in present.items():
            present[pk] = list(dict.fromkeys(new for old in places for new in after.get(old, [old])))
    found = {pk: [known[place] for place in places if place in known] for pk, places in present.items()}
    return {pk: heirs for pk, heirs in found.items() if heirs}
