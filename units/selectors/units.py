"""Which units a person may see, and the tree as the list page shows it."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from units.choices import UnitKind
from units.folding import fold
from units.models import Unit, UnitRevision
from units.permissions import Permission
from units.selectors.access import Access

_READING = (Permission.READ_WARD, Permission.MANAGE_UNITS, Permission.REPORT_UNIT, Permission.DO_DUTY)


@dataclass(frozen=True)
class UnitGroup:
    """Units of one kind, or under one committee member in charge, in the order of the Vietnamese alphabet."""

    title: str
    units: list[Unit]
    members: int | None

    @property
    def count(self) -> int:
        return len(self.units)


def visible_units(access: Access) -> QuerySet[Unit]:
    """Units this person may open: the whole ward for the office, their own and what is below for the others."""
    condition = Q(pk__in=[])
    for permission in _READING:
        condition |= access.reach(permission)
    return Unit.objects.filter(condition)


def ward_units(access: Access, *, on: date, text: str = "", closed: bool = False) -> list[Unit]:
    """Units below the ward in tree order, found by any part of code or name without tone marks; one query."""
    units = (
        visible_units(access).exclude(kind__in=[UnitKind.PROVINCE, UnitKind.WARD]).select_related("in_charge", "parent")
    )
    units = units.filter(active_to__lt=on) if closed else units.exclude(active_to__lt=on)
    for word in fold(text).split():
        units = units.filter(search__contains=word)
    found = list(units)
    hidden = hides_members(found)
    for unit in found:
        unit.hides_members = unit.pk in hidden
    return found


def hides_members(units: list[Unit]) -> set[int]:
    """Those of `units` whose number of members is not shown: they keep it to themselves, or it contains such a unit's
    and would give it away beside the other children's (decisions 8); one query."""
    own = {unit.pk for unit in units if unit.figures_withheld}
    shown = [unit.pk for unit in units]
    above = Unit.objects.filter(parent__in=shown, figures_withheld=True).values_list("parent", flat=True)
    return own | set(above)


def grouped_units(units: list[Unit], *, by: str) -> list[UnitGroup]:
    """The units in groups `by` "kind" (in the order of the kinds) or "person" in charge; children follow their parent."""
    titles = _kind_titles() if by == "kind" else {}
    groups: dict[str, list[Unit]] = {title: [] for title in titles.values()}
    heads = {unit.pk for unit in units}
    for unit in units:
        if unit.parent_id in heads:
            continue
        title = titles[unit.kind] if by == "kind" else _person_title(unit)
        groups.setdefault(title, []).extend([unit, *_below(unit, units)])
    names = list(groups) if by == "kind" else sorted(groups, key=lambda name: (name == _NOBODY, fold(name)))
    return [UnitGroup(name, groups[name], _members(groups[name])) for name in names if groups[name]]


_NOBODY = "Chưa phân công đồng chí phụ trách"


def _kind_titles() -> dict[str, str]:
    return {kind.value: kind.label for kind in UnitKind}


def _person_title(unit: Unit) -> str:
    return f"Đồng chí {unit.in_charge.full_name}" if unit.in_charge else _NOBODY


def _below(unit: Unit, units: list[Unit]) -> list[Unit]:
    found = []
    for child in units:
        if child.parent_id == unit.pk:
            found += [child, *_below(child, units)]
    return found


def _members(units: list[Unit]) -> int | None:
    """Members of the direct units; a đảng bộ counts its cells already, and None means nobody has given a figure.

    A number that is not shown is in no sum either.
    """
    heads = {unit.pk for unit in units}
    open_units = [unit for unit in units if not getattr(unit, "hides_members", unit.figures_withheld)]
    known = [unit.member_count for unit in open_units if unit.parent_id not in heads and unit.member_count is not None]
    return sum(known) if known else None


def old_name(unit: Unit, *, on: date) -> str:
    """What `unit` was called on the day `on`, when that is another name than today's; else nothing."""
    then = unit.revisions.filter(effective_from__lte=on).order_by("-effective_from").values_list("name", flat=True).first()
    return then if then and then != unit.name else ""


class OldNames:
    """What units were called, day by day, for sheets that tell of many days; one query for all of them."""

    def __init__(self, units: Iterable[Unit]):
        known = UnitRevision.objects.filter(unit__in={unit.pk for unit in units}).order_by("effective_from", "pk")
        self._names = defaultdict(list)
        for pk, since, name, short in known.values_list("unit_id", "effective_from", "name", "short_name"):
            self._names[pk].append((since, name, short))

    def called(self, unit: Unit, *, on: date) -> Unit:
        """A copy of `unit` bearing the names of the day `on`, never to be saved; today's names where none is recorded."""
        then = copy(unit)
        for since, name, short in self._names[unit.pk]:
            if since <= on:
                then.name, then.short_name = name, short
        return then


def as_called(units: Iterable[Unit], *, on: date) -> list[Unit]:
    """`units` bearing the names they had on the day `on`, for a sheet that tells of then; never to be saved. One query.

    A unit without a record of that day keeps the name of today.
    """
    units = list(units)
    names = OldNames(units)
    return [names.called(unit, on=on) for unit in units]
