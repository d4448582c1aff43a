"""What was done to get the work of a plan, or of a unit, in: as facts, one below the other."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from campaigns.choices import CallOutcome, Channel, ChaseStep, DeliveryState, PlanState, ReminderState
from campaigns.digest_words import day_words
from campaigns.due_keys import due_day
from campaigns.ladder import Ladder, rungs_of, steps_of
from campaigns.models import CallLog, Delivery, Plan, Reminder, StateCounter
from campaigns.selectors.chase_letters import letters_to
from campaigns.selectors.ladders import ladders_of
from units.models import AuditEvent, Unit
from units.workdays import RemindingCalendar

NOBODY = "reminder.nobody"  # the audit line of a step whose place nobody held when its hour came
MOST_FACTS = 500  # of one unit on one page: some years of reminders
_CHANNEL_WORDS = {
    DeliveryState.SENT: "đã gửi",
    DeliveryState.FAILED: "không gửi được",
    DeliveryState.CANCELLED: "không cần gửi nữa",
    DeliveryState.FOLDED: "đã gộp vào lần gửi sau",
}


@dataclass(frozen=True)
class LadderDay:
    """A day of the ladder of one due day and who is told then."""

    day: dt.date
    words: str


@dataclass(frozen=True)
class Fact:
    """One thing that was done: when, what, to or by whom."""

    at: dt.datetime
    what: str
    who: str
    detail: str = ""


@dataclass(frozen=True)
class ToldNobody:
    """A step of the ladder of one plan and due day that had nobody to tell of these units."""

    at: dt.datetime
    step: str
    due_on: dt.date
    units: list[int]
    plan: str


def told_nobody(plan_ids: Iterable[int]) -> list[ToldNobody]:
    """The steps of some plans that found nobody to tell, in order; one query."""
    label = Plan._meta.label_lower
    events = AuditEvent.objects.filter(object_type=label, object_id__in=[str(pk) for pk in plan_ids], verb=NOBODY)
    return [
        ToldNobody(one.at, one.details["step"], dt.date.fromisoformat(one.details["due_on"]), one.details["units"], one.object_label)
        for one in events.order_by("pk")
    ]


def ladder_days(ladder: Ladder, due_on: dt.date) -> list[LadderDay]:
    """The days of a ladder for one due day, in order; what falls into silence has moved already."""
    calendar = RemindingCalendar.load()
    days = [(rung.day, ChaseStep.UNIT.label) for rung in rungs_of(due_on, calendar=calendar, offsets=ladder.own)]
    days += [
        (rung.day, ChaseStep(step).label) for step, rung in steps_of(due_on, calendar=calendar, above=ladder.above)
    ]
    by_day = defaultdict(list)
    for day, words in sorted(days, key=lambda one: one[0]):
        by_day[day].append(words)
    return [LadderDay(day, "; ".join(words)) for day, words in by_day.items()]


def plan_ladder(plan: Plan) -> Ladder:
    """The ladder the plan goes by."""
    return ladders_of([plan.pk])[plan.pk]


def due_days(plan: Plan) -> list[dt.date]:
    """The days by which something of the plan is due; those of its clauses before it is issued."""
    if plan.state in PlanState.FROZEN:
        keys = StateCounter.objects.filter(plan=plan, count__gt=0, due_key__gt=0).order_by("due_key")
        return [due_day(key) for key in keys.values_list("due_key", flat=True).distinct()]
    duties = plan.duties.filter(last_day__isnull=False, tentative=False).exclude(product="none").order_by("last_day")
    return list(duties.values_list("last_day", flat=True).distinct())


def unit_facts(unit: Unit, *, plan: Plan | None = None) -> list[Fact]:
    """Reminders told, letters that came or did not, calls: of one unit over all plans, or about one; newest first."""
    told = Reminder.objects.filter(assignment__unit=unit, state=ReminderState.SENT)
    told = told.filter(assignment__plan=plan) if plan else told
    rows = list(told.select_related("person", "assignment__plan__paper").order_by("-handled_at", "pk")[:MOST_FACTS])
    letters = _letters(rows)
    facts = [
        Fact(
            row.handled_at,
            f"Nhắc {row.get_step_display().lower()}: {_rung_words(row)}",
            row.person.full_name,
            _detail(row, letters),
        )
        for row in rows
    ]
    facts += [
        Fact(
            one.letter.draft.paper.issued_at,
            f"Công văn đôn đốc lần {one.letter.ordinal} số {one.letter.draft.paper.number_text}",
            one.letter.draft.paper.signer_name,
            one.owed,
        )
        for one in letters_to(unit)
    ]
    plans = [plan.pk] if plan else unit.assignments.order_by().values_list("plan", flat=True).distinct()
    facts += [
        Fact(one.at, f"Nhắc {ChaseStep(one.step).label.lower()}: không có người nhận", "", one.plan)
        for one in told_nobody(plans)
        if unit.pk in one.units
    ]
    facts += [_call_fact(call) for call in unit.calls.select_related("called_by")]
    return sorted(facts, key=lambda fact: fact.at, reverse=True)


def plan_facts(plan: Plan) -> list[tuple[dt.date, str, int, int]]:
    """(day, step, people told, units concerned) of the reminders of a plan that came due, in order; nobody to tell: 0 people."""
    rows = Reminder.objects.filter(assignment__plan=plan, state=ReminderState.SENT, delivery_day__isnull=False)
    groups = rows.order_by("delivery_day", "step").values_list("delivery_day", "step")
    counted = groups.annotate(people=Count("person", distinct=True), units=Count("assignment__unit", distinct=True))
    facts = [(day, ChaseStep(step).label, people, units) for day, step, people, units in counted]
    facts += [(timezone.localdate(one.at), ChaseStep(one.step).label, 0, len(one.units)) for one in told_nobody([plan.pk])]
    return sorted(facts, key=lambda fact: fact[0])


def plan_calls(plan: Plan) -> list[CallLog]:
    """Calls since the issue to the units that owed something under the plan, in order."""
    if plan.issued_at is None:
        return []
    units = plan.assignments.order_by().values("unit")
    calls = CallLog.objects.filter(unit__in=units, called_at__gte=plan.issued_at)
    return list(calls.select_related("unit", "called_by").order_by("called_at", "pk"))


def _letters(rows) -> dict[tuple[int, dt.date], list[str]]:
    """{(person, day): what came of the digest on the channels beside the program's own list}."""
    wanted = {(row.person_id, row.delivery_day) for row in rows}
    found = Delivery.objects.filter(person__in={one for one, _ in wanted}, day__in={day for _, day in wanted if day})
    found = found.filter(notice__isnull=True)
    words = defaultdict(list)
    for row in found.exclude(channel=Channel.IN_APP).order_by("channel"):
        words[row.person_id, row.day].append(
            f"{row.get_channel_display().lower()}: {_CHANNEL_WORDS.get(row.state, 'đang chờ gửi')}"
        )
    return words


def _detail(row: Reminder, letters: dict) -> str:
    return "; ".join([str(row.assignment.plan), *letters[row.person_id, row.delivery_day]])


def _rung_words(row: Reminder) -> str:
    if row.step != ChaseStep.UNIT:
        return f"{row.rung} ngày làm việc sau hạn"
    if row.rung == 0:
        return "trong ngày hạn"
    return f"{-row.rung} ngày trước hạn" if row.rung < 0 else f"{row.rung} ngày sau hạn"


def _call_fact(call: CallLog) -> Fact:
    words = (
        f"{call.get_outcome_display()} {day_words(call.promised_on)}"
        if call.outcome == CallOutcome.PROMISED
        else call.get_outcome_display()
    )
    return Fact(call.called_at, f"Gọi điện: {words}", call.called_by.full_name, call.note)
