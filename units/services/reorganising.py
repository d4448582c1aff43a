"""Units merged and divided by a decision: closed, followed, their cells and people carried over (domain.md 4.1)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from units.choices import SuccessionKind
from units.models import Membership, Unit, UnitSuccession, User
from units.services.people import give_role
from units.services.units import close_unit, revise_unit


@transaction.atomic
def merge_into(
    *,
    units: Iterable[Unit],
    into: Unit,
    effective_on: dt.date,
    basis: str,
    keep: Iterable[Membership],
    by: User,
    at: dt.datetime,
) -> list[UnitSuccession]:
    """End `units` the day before `effective_on` and let `into` follow them: their cells, their members, the people in `keep`.

    `keep` are roles at the old units whose holders go on in the same role. Raises ValidationError "too_late" (a day still
    to come: the page is used when the decision is in force), "itself", and what close_unit raises.
    """
    units = [unit for unit in units if unit.pk != into.pk]
    refuse_day(effective_on, on=timezone.localdate(at))
    if not units:
        raise ValidationError("Đồng chí chọn ít nhất một đơn vị khác để sáp nhập.", code="itself")
    for membership in keep:
        _go_on(membership, into, effective_on=effective_on, by=by)
    members = [one.member_count for one in [*units, into]]
    exempt = [one.exempt_count for one in [*units, into]]
    for unit in units:
        for child in unit.children.filter(active_to__isnull=True):
            revise_unit(unit=child, effective_from=effective_on, basis=basis, by=by, parent=into)
        close_unit(unit=unit, on=effective_on - dt.timedelta(days=1), by=by, reason=basis)
    facts = {"member_count": _sum(members), "exempt_count": _sum(exempt)}
    revise_unit(
        unit=into,
        effective_from=effective_on,
        basis=basis,
        by=by,
        **{name: one for name, one in facts.items() if one is not None},
    )
    return _follow(
        SuccessionKind.MERGE, [(unit, into) for unit in units], effective_on=effective_on, basis=basis, by=by, at=at
    )


@transaction.atomic
def divide(
    *, unit: Unit, parts: Iterable[Unit], ends: bool, effective_on: dt.date, basis: str, by: User, at: dt.datetime
) -> list[UnitSuccession]:
    """Let `parts` (already in the list of units) follow `unit`, which `ends` or goes on beside them.

    Raises ValidationError "too_late", "itself", and what close_unit raises (cells still below it, closed before).
    """
    parts = [part for part in parts if part.pk != unit.pk]
    refuse_day(effective_on, on=timezone.localdate(at))
    if not parts:
        raise ValidationError("Đồng chí chọn ít nhất một đơn vị tách ra.", code="itself")
    if ends:
        close_unit(unit=unit, on=effective_on - dt.timedelta(days=1), by=by, reason=basis)
    return _follow(
        SuccessionKind.SPLIT, [(unit, part) for part in parts], effective_on=effective_on, basis=basis, by=by, at=at
    )


def refuse_day(effective_on: dt.date, *, on: dt.date) -> None:
    """Raise ValidationError "too_late" for a day still to come."""
    if effective_on > on:
        words = "Đồng chí ghi việc này khi quyết định có hiệu lực; đến ngày đó đơn vị cũ vẫn làm việc bình thường."
        raise ValidationError({"effective_on": ValidationError(words, code="too_late")})


def _go_on(membership: Membership, into: Unit, *, effective_on: dt.date, by: User) -> None:
    """The person has the same role at the new unit, unless they hold it there already."""
    held = Membership.objects.filter(user=membership.user, unit=into, role=membership.role, ends_on__isnull=True)
    if not held.exists():
        give_role(
            person=membership.user,
            unit=into,
            role=membership.role,
            starts_on=effective_on,
            by=by,
            position=membership.position,
        )


def _sum(numbers: list[int | None]) -> int | None:
    """The sum of those who gave a figure; None when one did not: a part is not the whole."""
    return None if any(number is None for number in numbers) else sum(numbers)


def _follow(kind, pairs, *, effective_on, basis, by, at) -> list[UnitSuccession]:
    rows = [
        UnitSuccession(
            kind=kind,
            predecessor=old,
            successor=new,
            effective_on=effective_on,
            basis=basis,
            recorded_at=at,
            recorded_by=by,
        )
        for old, new in pairs
    ]
    return UnitSuccession.objects.bulk_create(rows)
