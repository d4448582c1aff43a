"""Changes after issue: what was recorded, what may be, and whom a change would touch before it is made."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.change_effects import Effect, Rested, Wanted, effects_of
from campaigns.choices import AssignmentState, ChangeKind, LeadGroup, ReminderState
from campaigns.models import Assignment, Plan, PlanChange, PlanChangeLine, Reminder
from units.models import Unit
from units.permissions import Permission

RESTING = (ChangeKind.PAUSE, ChangeKind.END)


@dataclass
class Touched:
    """Whom a change touches: obligations that change, units that are asked anew, and what stays as it is."""

    effects: list[Effect] = field(default_factory=list)
    newcomers: list[Unit] = field(default_factory=list)
    settled: int = 0
    reminders: int = 0

    @property
    def units(self) -> list[Unit]:
        """Every unit and body touched, once, in the order of the list of units."""
        found = {effect.row.unit_id: effect.row.unit for effect in self.effects} | {
            unit.pk: unit for unit in self.newcomers
        }
        return sorted(found.values(), key=lambda unit: (unit.sort_key, unit.pk))

    @property
    def stopped(self) -> int:
        return sum(effect.stops for effect in self.effects)

    @property
    def days(self) -> list[tuple[dt.date | None, dt.date | None, int]]:
        """(old day, new day, number) of the obligations that go on with another day, in the order of the days."""
        moved = Counter(
            (one.row.due_on, one.day) for one in self.effects if not one.stops and one.row.due_on != one.day
        )
        far = dt.date.max
        return [
            (old, new, count)
            for (old, new), count in sorted(moved.items(), key=lambda item: (item[0][0] or far, item[0][1] or far))
        ]


def visible_changes(access) -> QuerySet[PlanChange]:
    """The office sees what was changed in the plans of its ward."""
    return PlanChange.objects.filter(access.reach(Permission.READ_WARD, prefix="plan__ward__"))


def changes_of(plan: Plan) -> QuerySet[PlanChange]:
    """The changes of a plan, oldest first, with what their sentences name."""
    rows = PlanChange.objects.filter(plan=plan).select_related(
        "duty", "old_lead", "new_lead", "successor__paper", "made_by"
    )
    return rows.order_by("pk")


def kinds_open(plan: Plan) -> list[ChangeKind]:
    """What may be changed in the plan as it stands."""
    kinds = [kind for kind in ChangeKind if plan.state in ChangeKind.STATES[kind]]
    if ChangeKind.RESUME in kinds and plan.state == "closed" and not was_ended(plan):
        kinds.remove(ChangeKind.RESUME)
    return kinds


def stopped_by(plan: Plan) -> PlanChange | None:
    """The paper under which the plan rests, was ended or replaced; None when it runs or was ended in the usual way."""
    last = PlanChange.objects.filter(plan=plan, kind__in=list(ChangeKind.MOVES_PLAN)).order_by("pk").last()
    return None if last is None or last.kind == ChangeKind.RESUME or plan.state in {"issued", "withdrawn"} else last


def was_ended(plan: Plan) -> bool:
    """Whether a paper ended the plan: what it stopped comes back by resuming, not by taking the plan up again as it was."""
    last = stopped_by(plan)
    return last is not None and last.kind == ChangeKind.END


def rows_of(plan: Plan, wanted: Wanted) -> QuerySet[Assignment]:
    """The obligations a change is about: of its duty, or of the whole plan."""
    rows = Assignment.objects.filter(plan=plan).select_related("unit", "duty").order_by("pk")
    return rows.filter(duty=wanted.duty) if wanted.kind in ChangeKind.OF_A_DUTY else rows


def touched_by(plan: Plan, wanted: Wanted, rows: list[Assignment], *, on: dt.date) -> Touched:
    """What the change does to `rows`; the preview reads them, the change itself holds them locked."""
    rested, since = rested_of(plan) if wanted.kind == ChangeKind.RESUME else ({}, on)
    effects = effects_of(
        kind=wanted.kind, rows=rows, new_day=wanted.new_day, rested=rested, days_rested=(on - since).days
    )
    waiting = Reminder.objects.filter(assignment__in=[one.row.pk for one in effects], state=ReminderState.WAITING)
    return Touched(
        effects=effects,
        newcomers=newcomers_of(plan, wanted, on=on),
        settled=sum(row.state in AssignmentState.SETTLED for row in rows),
        reminders=waiting.count(),
    )


def newcomers_of(plan: Plan, wanted: Wanted, *, on: dt.date) -> list[Unit]:
    """Who is asked for something it did not owe."""
    if wanted.kind not in {ChangeKind.ADD, ChangeKind.LEAD}:
        return []
    if wanted.new_lead is not None:
        return [wanted.new_lead]
    return list(Unit.objects.reporting_to(plan.ward_id).active(on=on).order_by("sort_key", "pk"))


def rested_of(plan: Plan) -> tuple[dict[int, Rested], dt.date]:
    """What the pause (or end) that lasts took away: {assignment: as it stood}, and the day it began.

    A plan paused and ended while it rested gives back what it had before the pause.
    """
    changes = PlanChange.objects.filter(plan=plan)
    last = changes.filter(kind=ChangeKind.RESUME).order_by("pk").values_list("pk", flat=True).last() or 0
    resting = list(changes.filter(kind__in=RESTING, pk__gt=last).order_by("pk"))
    found: dict[int, Rested] = {}
    for line in PlanChangeLine.objects.filter(change__in=resting).order_by("change_id", "pk"):
        found.setdefault(line.assignment_id, Rested(line.old_state, line.old_day))
    since = timezone.localdate(resting[0].made_at) if resting else dt.date.max
    return found, since


def duties_for(plan: Plan, kind: str) -> QuerySet:
    """The clauses a change of `kind` may be about: those that still ask somebody for something."""
    duties = plan.duties.filter(assignments__state__in=AssignmentState.OPEN).distinct().order_by("position", "pk")
    return duties.filter(lead_group=LeadGroup.ONE) if kind == ChangeKind.LEAD else duties
