"""What people may see of obligations, and the lists their pages show."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from campaigns.choices import AssignmentState, DeadlineRule, PlanState, Product
from campaigns.models import Assignment, Duty, Plan
from campaigns.selectors.conference_days import nothing_to_wait_for
from documents.models import IssuedPaper
from documents.selectors.papers import visible_papers
from units.models import AuditEvent
from units.permissions import Permission


def visible_assignments(access) -> QuerySet[Assignment]:
    """The office sees what its ward asked for; a unit or a body what it owes itself, of plans that went out."""
    office = access.reach(Permission.READ_WARD, prefix="plan__ward__")
    own = access.reach(Permission.DO_DUTY, prefix="unit__") & Q(plan__state__in=PlanState.FROZEN)
    return Assignment.objects.filter(office | own)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office once decided about a duty, as it stands in the log."""

    at: dt.datetime
    by: str
    words: str
    reason: str


_DECISIONS = {
    "assignment.extend": "Gia hạn đến hết {to}",
    "assignment.exempt": "Miễn",
    "assignment.excuse": "Cho qua nộp muộn",
    "assignment.todo": "Giao lại",
    "duty.told": "Có ngày theo thông báo: hết {to}",
    "duty.counted": "Hạn tính theo ngày hội nghị: hết {to}",
    "duty.uncounted": "Hội nghị chưa có ngày: chưa tính hạn",
}
_PROGRESS = {
    "assignment.doing": "Đang thực hiện",
    "assignment.waiting": "Chờ",
    "assignment.done": "Đã hoàn thành",
    "assignment.progress": "Ghi thêm",
}
_WITH_DAY = {"assignment.extend", "duty.told", "duty.counted"}


def decisions_on(assignment: Assignment) -> list[Decision]:
    """Every extension, exemption, excuse and renewal of a duty, and the day told for it: who, when, why, until when;
    oldest first."""
    own = Q(object_type=assignment._meta.label_lower, object_id=str(assignment.pk))
    of_all = Q(object_type=Duty._meta.label_lower, object_id=str(assignment.duty_id))
    events = AuditEvent.objects.filter(own | of_all, verb__in=_DECISIONS).order_by("pk")
    return [
        Decision(event.at, event.actor_label, _DECISIONS[event.verb].format(to=_day(event)), event.details.get("reason", ""))
        for event in events
    ]


def progress_on(assignment: Assignment) -> list[Decision]:
    """What a body wrote of its duty over time, newest first: a note replaced by a later one stays readable."""
    label = assignment._meta.label_lower
    events = AuditEvent.objects.filter(object_type=label, object_id=str(assignment.pk), verb__in=_PROGRESS).order_by("-pk")
    return [Decision(event.at, event.actor_label, _PROGRESS[event.verb], event.details.get("reason", "")) for event in events]


def _day(event: AuditEvent) -> str:
    """The new last day as people write it."""
    if event.verb not in _WITH_DAY:
        return ""
    return f"{dt.date.fromisoformat(event.details['to']):%d/%m/%Y}"


def own_assignments(access) -> QuerySet[Assignment]:
    """What the person's own units and bodies owe, of plans that are running, what is due first on top."""
    rows = Assignment.objects.filter(access.reach(Permission.DO_DUTY, prefix="unit__"), plan__state=PlanState.ISSUED)
    return (
        rows.exclude(state=AssignmentState.CANCELLED)
        .select_related("duty", "unit", "plan__paper", "product_file")
        .prefetch_related("plan__directive_links__directive")
        .order_by(F("due_on").asc(nulls_last=True), "plan_id", "duty__position", "unit__sort_key")
    )


def without_day(access) -> QuerySet[Duty]:
    """Clauses of running plans whose day the office may still set: something open is owed under them without a day."""
    waiting = Assignment.objects.open().running().filter(access.reach(Permission.MOVE_DEADLINES, prefix="plan__ward__"), due_on=None)
    return Duty.objects.exclude(product__in=Product.ARISING).filter(pk__in=waiting.values("duty")).select_related("plan__paper", "plan__ward").order_by("plan_id", "position", "pk")


def awaiting_notice(access) -> QuerySet[Duty]:
    """Those of `without_day` that need one: somebody above tells it ("theo thông báo của tỉnh"), it begins what recurs, or
    it counts from a conference that gives none."""
    told = Q(rule__in=(DeadlineRule.ON_NOTICE, DeadlineRule.RECURRING))
    return without_day(access).filter(told | nothing_to_wait_for())


def turns_of(assignment: Assignment) -> list[Assignment]:
    """Every turn of a recurring duty that the same unit owes or owed, in their order; empty for what does not recur."""
    if assignment.duty.rule != DeadlineRule.RECURRING:
        return []
    first = assignment.duty.origin_id or assignment.duty_id
    rows = Assignment.objects.filter(Q(duty=first) | Q(duty__origin=first), unit=assignment.unit_id)
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk"))


def product_papers(access, assignment: Assignment) -> QuerySet[IssuedPaper] | None:
    """The issued papers that may be the product of a duty: of its ward, not before its plan; None when no document is owed."""
    return ward_papers_since(access, assignment.plan) if assignment.product == Product.DOCUMENT else None


def ward_papers_since(access, plan: Plan) -> QuerySet[IssuedPaper]:
    """Papers of the plan's ward that went out with it or after it, newest first; not the plan itself."""
    papers = visible_papers(access).filter(ward=plan.ward_id, withdrawn_at=None)
    if plan.paper:
        papers = papers.filter(dated_on__gte=plan.paper.dated_on).exclude(pk=plan.paper_id)
    return papers.order_by("-dated_on", "-pk")


def split_blocked(rows: list[Assignment]) -> tuple[list[Assignment], list[Assignment]]:
    """(what waits for a document that is still to be issued, the rest) of a list of open assignments."""
    blocked = [row for row in rows if row.product == Product.CONTENT and row.state == AssignmentState.WAITING]
    return blocked, [row for row in rows if row not in blocked]


def split_by_state(rows, *, on: dt.date) -> tuple[list, list, list]:
    """(overdue, open, done) of a list of assignments."""
    rows = list(rows)
    open_rows = [row for row in rows if row.state in AssignmentState.OPEN]
    overdue = [row for row in open_rows if row.due_on and row.due_on < on]
    late = {row.pk for row in overdue}
    return overdue, [row for row in open_rows if row.pk not in late], [row for row in rows if row.state not in AssignmentState.OPEN]


def plan_assignments(plan: Plan, *, show: str = "", words: str = "", on: dt.date) -> QuerySet[Assignment]:
    """The office's list of one plan; `show` is "", "open", "overdue" or "done", `words` a folded part of a unit's name."""
    rows = Assignment.objects.filter(plan=plan)
    if show == "overdue":
        rows = rows.overdue(on=on)
    elif show == "open":
        rows = rows.open()
    elif show == "done":
        rows = rows.settled()
    for word in words.split():
        rows = rows.filter(unit__search__contains=word)
    return rows.select_related("duty", "unit", "plan", "product_file", "settled_by").order_by(
        "duty__position", "duty_id", "unit__sort_key", "pk"
    )


_LINE = ("product", "state", "due_on", "original_due_on", "extended_at", "exempted_until", "settled_at", "reason", "note")


def lines_of(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """`plan_assignments` with what a line of the page shows of obligation, clause, unit and file: the whole plan beside
    each of sixty rows cost more than the rows."""
    clause = ("duty__lead_text", "duty__text", "duty__deadline_phrase", "duty__last_day")
    rows = rows.select_related(None).select_related("duty", "unit", "product_file")
    return rows.only(*_LINE, *clause, "unit__short_name", "product_file__shown_name")
