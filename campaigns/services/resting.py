"""What becomes open again in a plan that a paper stopped: it has no day until the plan goes on."""

import datetime as dt
from collections.abc import Iterable

from campaigns.change_effects import Effect
from campaigns.choices import PlanState
from campaigns.models import Assignment, Plan, PlanChangeLine
from campaigns.selectors.changes import stopped_by
from campaigns.services.new_days import give_days


def rest_again(rows: Iterable[Assignment], *, at: dt.datetime) -> None:
    """Take the day of reopened obligations of stopped plans, as the stop took those of the others.

    A report returned, an exemption taken back while the plan rests would else be late under a deadline that is withdrawn.
    The day is kept on a line of the change that stopped the plan, so resuming gives it back with the rest.
    """
    dated = [row for row in rows if row.due_on]
    stopped = Plan.objects.filter(pk__in={row.plan_id for row in dated}).exclude(state=PlanState.ISSUED) if dated else ()
    changes = {plan.pk: change for plan in stopped if (change := stopped_by(plan))}
    resting = [row for row in dated if row.plan_id in changes]
    if not resting:
        return
    lines = [
        PlanChangeLine(
            change=changes[row.plan_id], assignment=row, unit_name=row.unit.name[:200], old_state=row.state,
            new_state=row.state, old_day=row.due_on,
        )
        for row in resting
    ]  # fmt: skip
    PlanChangeLine.objects.bulk_create(lines, ignore_conflicts=True)
    give_days([Effect(row, row.state, None) for row in resting], why="Kế hoạch đang dừng theo văn bản.", at=at)
