"""Keeps StateCounter equal to the assignments: every change of state or day shifts it in the same transaction."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F

from campaigns.due_keys import due_key
from campaigns.models import Assignment, StateCounter

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

    In key order, so that two transactions over the same counters wait for each other instead of deadlocking.
    """
    for key in sorted(key for key, difference in shifts.items() if difference):
        if not _add(key, shifts[key]):
            # Two first arrivals may both find no row; the one that comes second must not fail on the unique key.
            _insert({key: 0}, ignore_conflicts=True)
            _add(key, shifts[key])


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


def _add(key: CounterKey, difference: int) -> bool:
    plan, duty, _product, due, state = key
    rows = StateCounter.objects.filter(plan=plan, duty=duty, due_key=due, state=state)
    return bool(rows.update(count=F("count") + difference))


def _insert(counts: dict[CounterKey, int], *, ignore_conflicts: bool = False) -> None:
    StateCounter.objects.bulk_create(
        [
            StateCounter(plan_id=plan, duty_id=duty, product=product, due_key=due, state=state, count=number)
            for (plan, duty, product, due, state), number in counts.items()
        ],
        ignore_conflicts=ignore_conflicts,
    )
