"""Checks of the counters: what the dashboards read equals what the assignments say."""

from collections import Counter
from collections.abc import Iterator

from campaigns.models import Assignment, StateCounter
from campaigns.services.counters import key_of
from units.sanity import Fault, sanity_check


@sanity_check("counters")
def counters_equal_the_assignments() -> Iterator[Fault]:
    """Each counter is the number of assignments it stands for."""
    fields = ("plan_id", "duty_id", "product", "due_on", "state")
    counted = Counter(key_of(row) for row in Assignment.objects.only(*fields).order_by().iterator())
    kept = {
        (row.plan_id, row.duty_id, row.product, row.due_key, row.state): row.count
        for row in StateCounter.objects.order_by().iterator()
        if row.count
    }
    for plan in sorted({key[0] for key in counted.keys() | kept.keys() if counted.get(key) != kept.get(key)}):
        yield Fault("counters", "error", f"Số đếm của kế hoạch {plan} khác với các việc được giao.")
