"""Keeps StateCounter equal to the assignments: every change of state or day shifts it in the same transaction."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from campaigns.due_keys import due_key
from campaigns.models import Assignment, StateCounter
from units.ready_queries import ReadyQuery
from units.ready_writes import ByRow, ReadyUpdate

# (plan id, duty id, product, due key, state)
CounterKey = tuple[int, int, str, int, str]


def key_of(row, *, state: str | None = None) -> CounterKey:
    """Where an assignment (or a row with the same fields) is counted."""
    return (row.plan_id, row.duty_id, row.product, due_key(row.due_on), state or row.state)


def open_counters(counts: dict[CounterKey, int]) -> None:
    """Write the counters of a plan that has none yet: one insert, as issuing must stay cheap."""
    _insert(counts)


def shift_counters(shifts: Counter) -> None:
    """Add each value of `shifts` (CounterKey -> difference) to its counter.

    The counters are locked in key order first, so that two transactions over the same ones wait for each other instead of
    deadlocking; then one statement changes them all.
    """
    wanted = {key: difference for key, difference in shifts.items() if difference}
    if not wanted:
        return
    held = _hold(wanted)
    if missing := sorted(set(wanted) - set(held)):
        # Two first arrivals may both find no row; the one that comes second must not fail on the unique key.
        _insert(dict.fromkeys(missing, 0), ignore_conflicts=True)
        held = _hold(wanted)
    differences = {held[key]: difference for key, difference in wanted.items()}
    _counters(pks=differences, changes={"count": ByRow(differences, added=True)})


@ReadyUpdate
def _counters(pks):
    return StateCounter.objects.filter(pk__in=pks)


@transaction.atomic
def recount(*, plan_ids: Iterable[int]) -> None:
    """Write the counters of the plans anew from their assignments: after a bulk import, or as a repair."""
    plan_ids = list(plan_ids)
    StateCounter.objects.filter(plan__in=plan_ids).delete()
    groups = (
        Assignment.objects.filter(plan__in=plan_ids)
        .order_by()
        .values_list("plan_id", "duty_id", "product", "due_on", "state")
        .annotate(number=Count("pk"))
    )
    _insert({(plan, duty, product, due_key(day), state): number for plan, duty, product, day, state, number in groups})


def _hold(keys: Iterable[CounterKey]) -> dict[CounterKey, int]:
    """Lock the counters of `keys`: {key: row}, without those that have no row yet."""
    keys = set(keys)
    rows = _for_update(duties={duty for _plan, duty, *_ in keys}, states={key[-1] for key in keys})
    found = {tuple(key): pk for pk, *key in rows}
    return {key: found[key] for key in keys if key in found}


@ReadyQuery
def _for_update(duties, states):
    rows = StateCounter.objects.filter(duty__in=duties, state__in=states).select_for_update()
    rows = rows.order_by("plan_id", "duty_id", "due_key", "state")
    return rows.values_list("pk", "plan_id", "duty_id", "product", "due_key", "state")


def _insert(counts: dict[CounterKey, int], *, ignore_conflicts: bool = False) -> None:
    StateCounter.objects.bulk_create(
        [
            StateCounter(plan_id=plan, duty_id=duty, product=product, due_key=due, state=state, count=number)
            for (plan, duty, product, due, state), number in counts.items()
        ],
        ignore_conflicts=ignore_conflicts,
    )
