"""Who is told: the people of a unit, and on each step above them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from campaigns.choices import ChaseStep
from units.choices import Role, UnitKind
from units.models import Membership, Unit

_DEPUTY = "phó bí thư"


def people_of(unit_ids: Iterable[int], *, on: dt.date) -> dict[int, list[int]]:
    """Whom to remind, by unit; see `answering`."""
    people = defaultdict(list)
    for unit_id, rows in answering(set(unit_ids), on=on).items():
        people[unit_id] = list(dict.fromkeys(user_id for _membership, user_id in rows))
    return people


def answering(units: Iterable[int] | QuerySet, *, on: dt.date) -> dict[int, list[tuple[int, int]]]:
    """{unit: [(membership, person)]}: the contacts of a body, the secretaries of a Party unit, else who types for them."""
    return {
        unit_id: roles[Role.CONTACT] or roles[Role.SECRETARY] or roles[Role.HELPER]
        for unit_id, roles in _by_role(units, on=on).items()
    }


def people_on_step(step: str, *, units: dict[int, int], on: dt.date) -> dict[int, list[int]]:
    """{unit: people told on `step`}; `units` gives the ward of each unit. The same few queries for any number of units."""
    if step == ChaseStep.UNIT:
        return people_of(units, on=on)
    if step == ChaseStep.SECOND:
        return _seconds(units, on=on)
    if step == ChaseStep.IN_CHARGE:
        rows = (
            Unit.objects.filter(pk__in=list(units), in_charge__is_active=True)
            .order_by()
            .values_list("pk", "in_charge_id")
        )
        return defaultdict(list, {unit_id: [person_id] for unit_id, person_id in rows})
    told = _of_ward(Role.COMPILER if step == ChaseStep.COMPILER else Role.LEADER, set(units.values()), on=on)
    return defaultdict(list, {unit_id: told[ward_id] for unit_id, ward_id in units.items()})


def _seconds(units: dict[int, int], *, on: dt.date) -> dict[int, list[int]]:
    """Those who type for a unit and are not the ones it answers by."""
    told = defaultdict(list)
    for unit_id, roles in _by_role(units, on=on).items():
        if roles[Role.SECRETARY]:
            told[unit_id] = list(dict.fromkeys(user_id for _membership, user_id in roles[Role.HELPER]))
    return told


def _of_ward(role: str, wards: set[int], *, on: dt.date) -> dict[int, list[int]]:
    """The people of a role at each ward; of the leaders the Phó Bí thư where one is named, else all."""
    rows = Membership.objects.current(on=on).filter(unit__in=wards, role=role).order_by("pk")
    people, deputies = defaultdict(list), defaultdict(list)
    for ward_id, user_id, position in rows.values_list("unit_id", "user_id", "position"):
        people[ward_id].append(user_id)
        if role == Role.LEADER and _DEPUTY in position.casefold():
            deputies[ward_id].append(user_id)
    return defaultdict(list, {ward_id: list(dict.fromkeys(deputies[ward_id] or people[ward_id])) for ward_id in people})


def _plain(units: Iterable[int] | QuerySet) -> list[int] | QuerySet:
    return units if isinstance(units, QuerySet) else list(units)


def _by_role(units: Iterable[int] | QuerySet, *, on: dt.date) -> dict[int, dict[str, list[tuple[int, int]]]]:
    current = (
        Membership.objects.current(on=on)
        .filter(unit__in=_plain(units), role__in=(Role.SECRETARY, Role.HELPER, Role.CONTACT))
        .order_by("pk")
        .values_list("pk", "unit_id", "unit__kind", "role", "user_id")
    )
    by_role = defaultdict(lambda: defaultdict(list))
    for pk, unit_id, kind, role, user_id in current:
        if (role == Role.CONTACT) == (kind == UnitKind.BODY):
            by_role[unit_id][role].append((pk, user_id))
    return by_role
