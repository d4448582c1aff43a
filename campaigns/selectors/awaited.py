"""What pages show of content that is still to be issued."""

from collections import Counter

from django.db.models import QuerySet

from campaigns.awaited_words import awaited_texts
from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, AwaitedContent, Duty, Plan, StateCounter
from campaigns.plan_content import PlanContent
from campaigns.selectors.assignments import visible_assignments
from units.permissions import Permission


def visible_contents(access) -> QuerySet[AwaitedContent]:
    """Those of the plans of the ward for the office, those that one's unit is to study for its people."""
    parts = visible_assignments(access).filter(product=Product.CONTENT)
    rows = AwaitedContent.objects.filter(part__in=parts.values("duty"))
    office = AwaitedContent.objects.filter(access.reach(Permission.READ_WARD, prefix="plan__ward__"))
    return (rows | office).distinct()


def contents_of(plan: Plan) -> list[AwaitedContent]:
    """Every content of the plan with `studied` of `asked` units, in the order in which they were recorded."""
    contents = list(
        plan.awaited_contents.select_related("part", "source", "paper", "file", "arrived_by").order_by("pk")
    )
    counts: dict[int, Counter] = {content.part_id: Counter() for content in contents}
    for duty, state, number in (
        StateCounter.objects.filter(duty__in=counts).order_by().values_list("duty_id", "state", "count")
    ):
        counts[duty][state] += number
    for content in contents:
        states = counts[content.part_id]
        content.studied = sum(states[state] for state in AssignmentState.SETTLED)
        content.asked = states.total() - states[AssignmentState.EXEMPT] - states[AssignmentState.CANCELLED]
    return contents


def announced(content: PlanContent) -> list[str]:
    """What the text of a draft announces "sau khi ban hành": at the issue every unit waits for it."""
    if not any(duty.product == Product.STUDY for duty in content.duties):
        return []
    return awaited_texts([*(one.body for one in content.sections), *(one.text for one in content.duties)])


def drafting_duties(plan: Plan) -> QuerySet[Duty]:
    """The clauses of the plan under which a document is drafted."""
    return plan.duties.printed().filter(product=Product.DOCUMENT).order_by("position", "pk")


def drafted_but_waiting(access) -> QuerySet[AwaitedContent]:
    """Contents whose drafting body says that it is done, while units still wait for a day."""
    done = Assignment.objects.settled().filter(product=Product.DOCUMENT)
    rows = AwaitedContent.objects.filter(
        access.reach(Permission.MOVE_DEADLINES, prefix="plan__ward__"), plan__state=PlanState.ISSUED
    )
    return (
        rows.filter(arrived_at=None, dropped_at=None, source__in=done.values("duty"))
        .select_related("source")
        .order_by("pk")
    )
