"""Changes the ladder of one plan; what was sent stays, what waits follows the new ladder."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from campaigns.choices import ChaseStep, PlanState, ReminderState
from campaigns.ladder import Ladder
from campaigns.models import LadderRung, Plan, PlanLadder, Reminder
from campaigns.services.reminders import plan_reminders
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def set_ladder(*, plan: Plan, ladder: Ladder, by: User, at: dt.datetime) -> PlanLadder:
    """Let `plan` remind by `ladder` from now on: one transaction over its rungs and over every reminder that waits.

    Raises ValidationError "ended" for a plan that reminds nobody any more.
    """
    if plan.state in {PlanState.CLOSED, PlanState.WITHDRAWN}:
        raise ValidationError("Kế hoạch này không còn nhắc việc nên không đổi được thang nhắc.", code="ended")
    kept, _created = PlanLadder.objects.update_or_create(plan=plan, defaults={"changed_at": at, "changed_by": by})
    kept.rungs.all().delete()
    rungs = [(ChaseStep.UNIT, offset) for offset in ladder.own] + list(ladder.above)
    LadderRung.objects.bulk_create(LadderRung(ladder=kept, step=step, offset=offset) for step, offset in rungs)
    _cancel_others(plan, rungs=rungs, at=at)
    if plan.state == PlanState.ISSUED:
        plan_reminders(assignments=list(plan.assignments.open()), now=at)
    details = {"own": list(ladder.own), "above": dict(ladder.above)}
    record_event(by=by, verb="plan.ladder", target=plan, ward=plan.ward, details=details, at=at)
    return kept


def _cancel_others(plan: Plan, *, rungs: list[tuple[str, int]], at: dt.datetime) -> None:
    kept = Q(pk__in=[])
    for step, offset in rungs:
        kept |= Q(step=step, rung=offset)
    waiting = Reminder.objects.filter(assignment__plan=plan, state=ReminderState.WAITING)
    dropped = Reminder.objects.filter(pk__in=list(waiting.exclude(kept).values_list("pk", flat=True)))
    words = "Thang nhắc việc của kế hoạch đã đổi."
    dropped.filter(state=ReminderState.WAITING).update(state=ReminderState.CANCELLED, handled_at=at, problem=words)
