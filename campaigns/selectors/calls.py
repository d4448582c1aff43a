"""Whom to call today: units and bodies that owe something soon or already, by the committee member in charge.

What still waits to be issued has no day: nobody is rung for it, and the book says so where the unit is rung for the rest.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.digest_words import day_words, duty_words, plan_words
from campaigns.models import Assignment, AwaitedContent, CallLog, Plan
from units.choices import Role, UnitKind
from units.models import Membership, Unit

SOON = 3  # days ahead
_TASKS = {Product.STUDY: "tổ chức buổi học", Product.REPORT: "báo cáo kết quả"}


@dataclass
class CallRow:
    """One unit to call: what it owes (each row with its `clause` as a message words it), who answers the telephone, what was said last, a text ready for Zalo.

    `secretary` is the contact where the unit is a body.
    """

    unit: Unit
    owed: list[Assignment] = field(default_factory=list)
    blocked: list[Assignment] = field(default_factory=list)
    secretary: str = ""
    phone: str = ""
    helper: str = ""
    helper_phone: str = ""
    last_call: CallLog | None = None
    promise: CallLog | None = None  # the latest about work still owed: it holds the reminders back, whatever was rung after it
    text: str = ""

    @property
    def due_on(self) -> dt.date:
        """The earliest due day."""
        return min(row.due_on for row in self.owed)

    @property
    def is_body(self) -> bool:
        """A body answers by its contact and stands apart from the Party units."""
        return self.unit.kind == UnitKind.BODY

    @property
    def text_id(self) -> str:
        """The id of its ready text on the page."""
        return f"tin-{self.unit.pk}"

    def is_broken(self, *, on: dt.date) -> bool:
        """Whether the unit promised a day that has passed."""
        return bool(self.promise and self.promise.promised_on < on)

    def is_about_owed(self, call: CallLog) -> bool:
        """Whether something the unit owes was already asked of it when it was rung."""
        return any(row.plan.issued_at and row.plan.issued_at <= call.called_at for row in self.owed)

    def is_called(self, *, on: dt.date) -> bool:
        """Whether somebody rang the unit on the day `on`."""
        return bool(self.last_call and timezone.localdate(self.last_call.called_at) == on)

    def urgency(self, *, on: dt.date) -> int:
        """Broken promises first, then whom nobody rang today, then who was rung, last who promised a day ahead."""
        if self.is_broken(on=on) and not self.is_called(on=on):
            return 0
        return 3 if self.is_promised(on=on) else 2 if self.is_called(on=on) else 1

    def waits_for_call(self, *, on: dt.date) -> bool:
        """Whether a call is still to be made: not rung on that day, and no promise whose day has not come."""
        return self.urgency(on=on) <= 1

    def is_promised(self, *, on: dt.date) -> bool:
        """Whether the unit promised a day that has not come."""
        return bool(self.promise and self.promise.promised_on > on)


@dataclass
class CallGroup:
    """The units of one committee member, or all bodies."""

    person_id: int | None
    person: str
    phone: str
    rows: list[CallRow]
    bodies: bool = False


def call_groups(
    ward: Unit, *, on: dt.date, plan_id: int | None = None, person_id: int | None = None
) -> list[CallGroup]:
    """The book of calls of `ward` on the day `on`; the same few queries for 3 units as for 300.

    With `plan_id` only units that owe something under that plan are shown, each with that alone; the message to send
    speaks of all plans all the same.
    """
    rows = _owed(ward, until=on + dt.timedelta(days=SOON))
    if plan_id:
        rows = rows.filter(unit__in=rows.filter(plan=plan_id).order_by().values("unit"))
    if person_id:
        rows = rows.filter(unit__in_charge=person_id)
    rows = list(
        rows.select_related("unit__in_charge", "duty__awaited_content")
        .order_by("unit__in_charge__full_name", "unit__sort_key", "due_on", "plan_id", "pk")
    )  # fmt: skip
    _put_plans(rows)
    for row in rows:
        row.clause = duty_words(row)
    by_unit = _by_unit(rows)
    _add_people(by_unit, on=on)
    _add_calls(by_unit)
    _add_blocked(by_unit)
    for row in by_unit.values():
        row.text = zalo_text(row, office=ward.short_name, on=on)
        if plan_id:
            row.owed, row.blocked = ([one for one in rows if one.plan_id == plan_id] for rows in (row.owed, row.blocked))
    return _grouped(sorted(by_unit.values(), key=lambda row: row.urgency(on=on)))


def units_to_ring(ward: Unit, *, on: dt.date) -> list[CallRow]:
    """What the book still asks for today of what is due by tomorrow: who was rung or promised a day is left out; two queries."""
    rows = _owed(ward, until=on + dt.timedelta(days=SOON)).select_related("plan", "unit").order_by("unit_id", "pk")
    by_unit = _by_unit(rows.only("due_on", "plan__issued_at", "unit__kind"))
    _add_calls(by_unit)
    tomorrow = on + dt.timedelta(days=1)
    return [row for row in by_unit.values() if row.due_on <= tomorrow and row.waits_for_call(on=on)]


def _owed(ward: Unit, *, until: dt.date) -> QuerySet[Assignment]:
    """Every open duty of the units and bodies of `ward` that has a day, up to `until`; the ward does not ring itself."""
    rows = Assignment.objects.open().running().filter(plan__ward=ward, due_on__lte=until)
    return rows.exclude(unit__kind__in=(UnitKind.WARD, UnitKind.PROVINCE))


def _by_unit(rows) -> dict[int, CallRow]:
    by_unit = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, CallRow(unit=row.unit)).owed.append(row)
    return by_unit


def _put_plans(rows: list[Assignment]) -> None:
    """Give all rows of one plan the same plan, read once: its paper alone is a page of text."""
    plans = Plan.objects.filter(pk__in={row.plan_id for row in rows}).select_related("paper").order_by()
    plans = plans.defer("opening", "closing", "search", "paper__content").prefetch_related("directive_links__directive")
    found = {plan.pk: plan for plan in plans}
    for row in rows:
        row.plan = found[row.plan_id]


def contents_waited_for(ward: Unit, *, plan_id: int | None = None) -> list[AwaitedContent]:
    """What is still to be issued under running plans, with `units` that wait for it and are not rung; one query."""
    contents = AwaitedContent.objects.filter(plan__ward=ward, plan__state=PlanState.ISSUED, arrived_at=None, dropped_at=None)
    if plan_id:
        contents = contents.filter(plan=plan_id)
    waiting = Count("part__assignments", filter=Q(part__assignments__state=AssignmentState.WAITING))
    return list(contents.select_related("plan__paper", "source").annotate(units=waiting).filter(units__gt=0).order_by("pk"))


def filter_choices(ward: Unit) -> tuple[list, list]:
    """(plans that run, committee members in charge) as choices of the filter; two queries."""
    plans = Plan.objects.filter(ward=ward, state=PlanState.ISSUED).select_related("paper").order_by("-issued_at")
    people = (
        Unit.objects.reporting_to(ward)
        .filter(in_charge__isnull=False)
        .order_by("in_charge__full_name")
        .values_list("in_charge_id", "in_charge__full_name")
        .distinct()
    )
    return [(plan.pk, str(plan)) for plan in plans], list(people)


def zalo_text(row: CallRow, *, office: str, on: dt.date) -> str:
    """One message to one unit over all its plans, what is late apart from what is due soon; no other unit is in it."""
    who = "đầu mối" if row.is_body else "Bí thư"
    lines = [f"Văn phòng Đảng ủy {office} kính gửi đồng chí {who} {row.unit.name}."]
    late = [one for one in row.owed if one.due_on < on]
    soon = [one for one in row.owed if one.due_on >= on]
    if late:
        lines += ["Đến nay Văn phòng chưa nhận được kết quả việc đã quá hạn:", *_task_lines(late, due="đã quá hạn ngày")]
    if soon:
        lines += ["Văn phòng xin nhắc việc sắp đến hạn:", *_task_lines(soon, due="hạn hết")]
    lines += [f"{_capital(one.duty.awaited_content.text)} đang chờ ban hành, đơn vị chưa phải học." for one in row.blocked]
    lines.append("Đề nghị đồng chí báo cáo trên chương trình Lan Tỏa hoặc trả lời tin này. Xin cảm ơn đồng chí.")
    return "\n".join(lines)


def _task_lines(owed: list[Assignment], *, due: str) -> list[str]:
    """A numbered line a plan and day; `due` are the words before the day."""
    groups = defaultdict(list)
    for one in owed:
        groups[one.plan_id, one.due_on].append(one)
    lines = []
    for number, ((_plan, day), rows) in enumerate(groups.items(), start=1):
        tasks = " và ".join(dict.fromkeys(_task(one) for one in rows))
        lines.append(f"{number}. {_capital(tasks)} theo {plan_words(rows[0].plan)}, {due} {day_words(day)}.")
    return lines


def _task(one: Assignment) -> str:
    if one.product == Product.CONTENT:
        return f"học {one.duty.awaited_content.text}"
    return _TASKS.get(one.product) or f"việc “{duty_words(one)}”"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _add_blocked(by_unit: dict[int, CallRow]) -> None:
    """What each unit waits for: it stands there so that nobody asks for it."""
    rows = Assignment.objects.running().filter(
        unit__in=list(by_unit), product=Product.CONTENT, state=AssignmentState.WAITING
    )
    rows = list(rows.select_related("duty__awaited_content").order_by("plan_id", "pk"))
    _put_plans(rows)
    for row in rows:
        by_unit[row.unit_id].blocked.append(row)


def _add_people(by_unit: dict[int, CallRow], *, on: dt.date) -> None:
    roles = (Role.SECRETARY, Role.HELPER, Role.CONTACT)
    people = Membership.objects.current(on=on).filter(unit__in=list(by_unit), role__in=roles).order_by("-pk")
    for unit_id, role, name, phone in people.values_list("unit_id", "role", "user__full_name", "user__phone"):
        row = by_unit[unit_id]
        if (role == Role.CONTACT) != row.is_body:
            continue
        if role == Role.HELPER:
            row.helper, row.helper_phone = name, phone
        else:
            row.secretary, row.phone = name, phone


def _add_calls(by_unit: dict[int, CallRow]) -> None:
    """The latest call and the latest promise of each unit; older ones are read on the unit's own page.

    What was promised before any plan of the row was issued is about work that is done: neither kept nor broken here.
    """
    calls = CallLog.objects.filter(unit__in=list(by_unit)).select_related("called_by").order_by("called_at", "pk")
    for call in calls:
        row = by_unit[call.unit_id]
        row.last_call = call
        if call.promised_on and row.is_about_owed(call):
            row.promise = call


def _grouped(rows) -> list[CallGroup]:
    groups = {}
    for row in rows:
        person = None if row.is_body else row.unit.in_charge
        group = groups.setdefault(
            (row.is_body, person.pk if person else None),
            CallGroup(
                person_id=person.pk if person else None,
                person=person.full_name if person else "",
                phone=person.phone if person else "",
                rows=[],
                bodies=row.is_body,
            ),
        )
        group.rows.append(row)
    return sorted(groups.values(), key=lambda group: (group.bodies, not group.person, group.person, group.person_id or 0))
