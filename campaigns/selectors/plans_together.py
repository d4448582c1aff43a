"""Plans that a new directive could be studied with: those of the same weeks (decisions 1)."""

import datetime as dt
from dataclasses import dataclass

from campaigns.choices import PlanState, Product
from campaigns.models import Plan
from campaigns.selectors.plans import visible_plans

_MOST = 6
_RUNNING = frozenset(PlanState) - {PlanState.CLOSED, PlanState.WITHDRAWN}


@dataclass(frozen=True)
class Neighbour:
    """A plan of the same weeks: `last_day` is when its units have studied, `joinable` whether it is still a draft."""

    plan: Plan
    last_day: dt.date
    joinable: bool


def plans_together(access, *, today: dt.date, until: dt.date, excluding=()) -> list[Neighbour]:
    """Return the ward's plans whose study ends from this month to the month of `until`, soonest first.

    `excluding` are directives already being chosen: a plan that covers one of them is no neighbour.
    """
    first = today.replace(day=1)
    end = (until.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    plans = (
        visible_plans(access)
        .filter(
            state__in=_RUNNING, duties__product=Product.STUDY, duties__last_day__gte=max(first, today), duties__last_day__lt=end
        )
        .exclude(directive_links__directive__in=list(excluding))
        .select_related("paper")
        .prefetch_related("directive_links__directive", "duties")
        .distinct()
        .order_by("pk")
    )
    found = []
    for plan in plans:
        days = [duty.last_day for duty in plan.duties.all() if duty.product == Product.STUDY and duty.last_day]
        found.append(Neighbour(plan, min(days), plan.state in PlanState.EDITABLE))
    return sorted(found, key=lambda one: (one.last_day, one.plan.pk))[:_MOST]
