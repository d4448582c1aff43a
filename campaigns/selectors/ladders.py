"""The ladder by which each plan reminds."""

from collections import defaultdict
from collections.abc import Iterable

from campaigns.choices import ChaseStep
from campaigns.ladder import SHIPPED, Ladder
from campaigns.models import LadderRung, PlanLadder


def ladders_of(plan_ids: Iterable[int]) -> dict[int, Ladder]:
    """{plan: its own ladder or the usual one}; two small queries, whatever the number of plans."""
    plan_ids = set(plan_ids)
    found = dict.fromkeys(plan_ids, SHIPPED)
    own = dict(PlanLadder.objects.filter(plan__in=plan_ids).order_by().values_list("pk", "plan_id"))
    if not own:
        return found
    rungs = defaultdict(list)
    rows = LadderRung.objects.filter(ladder__in=own).order_by("offset", "pk").values_list("ladder_id", "step", "offset")
    for ladder_id, step, offset in rows:
        rungs[own[ladder_id]].append((step, offset))
    for plan_id in own.values():
        found[plan_id] = Ladder(
            own=tuple(offset for step, offset in rungs[plan_id] if step == ChaseStep.UNIT),
            above=tuple((step, offset) for step, offset in rungs[plan_id] if step != ChaseStep.UNIT),
        )
    return found
