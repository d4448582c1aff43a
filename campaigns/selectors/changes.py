"""Changes after issue: what was recorded, what may be, and whom a change would touch before it is made."""

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.change_effects import Again, Asked, Effect, Rested, Wanted, effects_of
from campaigns.choices import AssignmentState, ChangeKind, DeadlineRule, LeadGroup, Product, ReminderState
from campaigns.models import Assignment, Duty, Plan, PlanChange, PlanChangeLine, Reminder
from campaigns.selectors.conference_days import counted_day
from units.models import Unit
from units.permissions import Permission
from units.selectors.successions import heirs_of
from units.workdays import WorkCalendar

RESTING = (ChangeKind.PAUSE, ChangeKind.END)


@dataclass
class Touched:
    """Whom a change touches: obligations that change, units that are asked anew, and what stays as it is."""

    effects: list[Effect] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    settled: int = 0
    reminders: int = 0
    recurs: bool = False  # turns still to come follow the change, also where nothing is open now
    leads: list[Unit] = field(default_factory=list)  # who led, who will lead those turns; whose helpers change
    joining: list[Unit] = field(default_factory=list)
    leaving: list[Unit] = field(default_factory=list)
    days_rested: int = 0

    @property
    def newcomers(self) -> list[Unit]:
        """Who is asked for something it did not owe, once."""
        return list({one.unit.pk: one.unit for one in self.asked}.values())

    @property
    def mark(self) -> str:
        """A short sum over all that the change does: two looks with the same mark showed the same."""
        done = [(one.row.pk, one.row.state, one.row.due_on, *one.key) for one in self.effects]
        given = [(one.unit.pk, one.duty and one.duty.pk, one.day) for one in self.asked]
        helping = [[unit.pk for unit in units] for units in (self.leads, self.joining, self.leaving)]
        return hashlib.sha256(repr((done, given, self.recurs, helping)).encode()).hexdigest()[:24]

    @property
    def units(self) -> list[Unit]:
        """Every unit and body touched, once, in the order of the list of units."""
        found = {effect.row.unit_id: effect.row.unit for effect in self.effects} | {
            one.unit.pk: one.unit for one in self.asked
        }
        found |= {unit.pk: unit for unit in [*self.leads, *self.joining, *self.leaving]}
        return sorted(found.values(), key=lambda unit: (unit.sort_key, unit.pk))

    @property
    def stopped(self) -> int:
        return sum(effect.stops for effect in self.effects)

    @property
    def reminded_anew(self) -> bool:
        """Whether some of what is touched goes on with a day, by which it is reminded."""
        return any(not one.stops and one.day for one in self.effects)

    @property
    def days(self) -> list[tuple[dt.date | None, dt.date | None, int]]:
        """(old day, new day, number) of the obligations that go on with another day, in the order of the days."""
        moved = Counter(one.days for one in self.effects if not one.stops and one.days[0] != one.days[1])
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
    if ChangeKind.RESUME in kinds and plan.state == "closed" and not rests(plan):
        kinds.remove(ChangeKind.RESUME)
    return kinds


def stopped_by(plan: Plan) -> PlanChange | None:
    """The paper under which the plan rests, was ended or replaced; None when it runs or was ended in the usual way."""
    if plan.state in {"issued", "withdrawn"}:
        return None
    last = PlanChange.objects.filter(plan=plan, kind__in=list(ChangeKind.MOVES_PLAN)).order_by("pk").last()
    return None if last is None or last.kind == ChangeKind.RESUME else last


def rests(plan: Plan) -> bool:
    """Whether a paper lets the plan rest or ended it: what it took away comes back by resuming, not by reopening."""
    last = stopped_by(plan)
    return last is not None and last.kind in RESTING


def clause_of(duty: Duty) -> Duty:
    """The printed clause of a turn of what recurs; any other duty is its own."""
    return duty.origin if duty.turn_on else duty


def rows_of(plan: Plan, wanted: Wanted) -> QuerySet[Assignment]:
    """The obligations a change is about: of its duty (with every turn of it), or of the whole plan.

    A day is set for one turn; a clause is dropped, or passes to another body, with all its turns.
    """
    rows = Assignment.objects.filter(plan=plan).select_related("unit", "duty__origin").order_by("pk")
    if wanted.kind not in ChangeKind.OF_A_DUTY:
        return rows
    if wanted.kind == ChangeKind.DEADLINE:
        return rows.filter(duty=wanted.duty)
    return rows.filter(of_clause(clause_of(wanted.duty)))


def of_clause(clause: Duty) -> Q:
    """Obligations under a printed clause and under its turns."""
    return Q(duty=clause) | Q(duty__origin=clause, duty__turn_on__isnull=False)


def touched_by(plan: Plan, wanted: Wanted, rows: list[Assignment], *, on: dt.date) -> Touched:
    """What the change does to `rows`; the preview reads them, the change itself holds them locked."""
    rested, since = rested_of(plan) if wanted.kind == ChangeKind.RESUME else ({}, on)
    again = _again(wanted, on=on, days=(on - since).days) if wanted.kind == ChangeKind.RESUME else None
    effects = effects_of(kind=wanted.kind, rows=rows, new_day=wanted.new_day, rested=rested, again=again)
    waiting = Reminder.objects.filter(assignment__in=[one.row.pk for one in effects], state=ReminderState.WAITING)
    asked = heirs_asked(rows, rested, again) if again else _asked(plan, wanted, effects, on=on)
    recurs = wanted.kind in {ChangeKind.DROP, ChangeKind.LEAD} and clause_of(wanted.duty) in recurring_of(plan)
    led = recurs or wanted.kind == ChangeKind.HELPERS
    return Touched(
        effects=effects,
        asked=asked,
        settled=sum(row.state in AssignmentState.SETTLED for row in rows),
        reminders=waiting.count(),
        recurs=recurs,
        days_rested=again.days if again and rested else 0,
        leads=[unit for unit in (clause_of(wanted.duty).lead, wanted.new_lead) if unit] if led else [],
        joining=list(wanted.joining),
        leaving=list(wanted.leaving),
    )


def _again(wanted: Wanted, *, on: dt.date, days: int) -> Again:
    """What days the paper gives that lets a plan go on which rested for `days`."""
    return Again(on, days, WorkCalendar.load().add_working_days(on, 1), wanted.new_day)


def _asked(plan: Plan, wanted: Wanted, effects: list[Effect], *, on: dt.date) -> list[Asked]:
    """Who is asked for something it did not owe: a new duty, or every open turn of one that passes to another body."""
    if wanted.kind == ChangeKind.LEAD:
        days = {one.row.duty: one.row.due_after_exemption or one.row.due_on for one in effects}
        return [Asked(wanted.new_lead, duty, day) for duty, day in days.items()]
    if wanted.kind != ChangeKind.ADD:
        return []
    units = [wanted.new_lead] if wanted.new_lead else Unit.objects.reporting_to(plan.ward_id).active(on=on)
    day = added_day(plan, wanted, on=on)
    return [Asked(unit, None, day) for unit in (units if wanted.new_lead else units.order_by("sort_key", "pk"))]


def added_day(plan: Plan, wanted: Wanted, *, on: dt.date) -> dt.date | None:
    """The last day of a new duty: the one the paper names, or the one its words count from the conference."""
    return wanted.new_day or (counted_day(plan, wanted.phrase, on=on) if wanted.phrase else None)


def heirs_asked(rows: list[Assignment], rested: dict[int, Rested], again: Again) -> list[Asked]:
    """A plan was ended, units were merged or divided meanwhile, the plan goes on: those who came after owe what was open.

    Whoever had a duty of its own under the clause is not asked twice; of several predecessors the longest day counts.
    """
    lost = [
        row
        for row in rows
        if row.state == AssignmentState.CANCELLED and row.unit.active_to and row.pk in rested and rested[row.pk].stopped
    ]
    heirs = heirs_of({row.unit_id for row in lost}) if lost else {}
    own = {(row.duty_id, row.unit_id) for row in rows}
    found: dict[tuple[int, int], Asked] = {}
    for row in lost:
        after = heirs.get(row.unit_id, [])
        day = again.day_for(rested[row.pk].day)
        for unit in after if row.duty.lead_group == LeadGroup.ALL_UNITS else after[:1]:
            place = (row.duty_id, unit.pk)
            if place not in own and (place not in found or (day or dt.date.min) > (found[place].day or dt.date.min)):
                found[place] = Asked(unit, row.duty, day)
    return list(found.values())


def rested_of(plan: Plan) -> tuple[dict[int, Rested], dt.date]:
    """What the pause (or end) that lasts took away: {assignment: as it stood}, and the day it began.

    A plan paused and ended while it rested gives back what it had before the pause.
    """
    changes = PlanChange.objects.filter(plan=plan)
    last = changes.filter(kind=ChangeKind.RESUME).order_by("pk").values_list("pk", flat=True).last() or 0
    resting = list(changes.filter(kind__in=RESTING, pk__gt=last).order_by("pk"))
    lines = list(PlanChangeLine.objects.filter(change__in=resting).order_by("change_id", "pk"))
    stopped = {line.assignment_id for line in lines if line.new_state == AssignmentState.CANCELLED}
    found: dict[int, Rested] = {}
    for line in lines:
        pk = line.assignment_id
        found.setdefault(pk, Rested(line.old_state, line.old_day, stopped=pk in stopped))
    since = timezone.localdate(resting[0].made_at) if resting else dt.date.max
    return found, since


def duties_for(plan: Plan, kind: str) -> QuerySet:
    """The clauses a change of `kind` may be about: those that still ask somebody for something, or will again.

    A day is moved turn by turn; what recurs is dropped or handed over as the clause it is. A clause that asks nobody for
    a result may have helpers too.
    """
    if kind == ChangeKind.HELPERS:
        return plan.duties.printed().exclude(changes__kind=ChangeKind.DROP).order_by("position", "pk")
    let_off = Assignment.objects.let_off_for_now().filter(plan=plan).values("duty")
    asking = Q(assignments__state__in=AssignmentState.OPEN) | Q(pk__in=let_off)
    duties = plan.duties.all()
    if kind != ChangeKind.DEADLINE:
        asking |= Q(arisen__turn_on__isnull=False, arisen__assignments__state__in=AssignmentState.OPEN)
        asking |= Q(pk__in=recurring_of(plan).values("pk"))
        asking |= Q(arisen__turn_on__isnull=False, arisen__in=let_off)
        duties = duties.filter(turn_on__isnull=True)
    if kind == ChangeKind.LEAD:
        duties = duties.filter(lead_group=LeadGroup.ONE)
    return duties.filter(pk__in=duties.filter(asking).values("pk")).order_by("position", "pk")


def recurring_of(plan: Plan) -> QuerySet:
    """The printed clauses of the plan whose turns go on: no paper dropped them."""
    clauses = plan.duties.printed().filter(rule=DeadlineRule.RECURRING).exclude(product=Product.NONE)
    return clauses.exclude(changes__kind=ChangeKind.DROP)
