"""What the page of one plan shows: where it stands, its parts, and what this person may do next."""

import datetime as dt
from dataclasses import dataclass

from campaigns.choices import PlanState
from campaigns.models import Plan
from campaigns.selectors.awaited import announced
from campaigns.selectors.changes import kinds_open, stopped_by
from campaigns.selectors.plan_parts import (
    changes_in,
    clauses_of,
    conferences_on,
    corrections_of,
    directive_changes_of,
    links_of,
    names_of_steps,
    open_comments,
    recipients_of,
    remarks_on,
    speaks_of_conference,
)
from campaigns.selectors.plans import plan_content, plan_warnings
from documents.choices import PaperKind
from documents.models import NumberBook
from documents.services.numbers import gaps, suggest_number
from units.models import WardSettings
from units.permissions import Permission
from units.workdays import WorkCalendar

# act -> (states in which it makes sense, the permission it needs)
ACTS = {
    "edit": (PlanState.EDITABLE, Permission.DRAFT_PAPER),
    "submit": (PlanState.EDITABLE, Permission.DRAFT_PAPER),
    "redraft": (frozenset(PlanState), Permission.DRAFT_PAPER),
    "approve": ({PlanState.SUBMITTED}, Permission.APPROVE_PAPER),
    "return": ({PlanState.SUBMITTED, PlanState.APPROVED}, Permission.RETURN_DRAFT),
    "issue": ({PlanState.APPROVED}, Permission.ISSUE_PAPER),
    "record": (PlanState.EDITABLE | {PlanState.SUBMITTED}, Permission.ISSUE_PAPER),
    "scan": (PlanState.FROZEN, Permission.ISSUE_PAPER),
    "withdraw": (PlanState.RECEIVING, Permission.ISSUE_PAPER),
    "close": ({PlanState.ISSUED}, Permission.ISSUE_PAPER),
    "reopen": ({PlanState.CLOSED}, Permission.ISSUE_PAPER),
}
CHANGERS = (Permission.MOVE_DEADLINES, Permission.ISSUE_PAPER)  # either records what a paper changes after issue
STAGES = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED, PlanState.ISSUED, PlanState.CLOSED)


@dataclass(frozen=True)
class BookState:
    """The ward's book of plans as the issue page shows it; `book` is None before the first number."""

    book: NumberBook | None
    next_number: int
    gaps: list[int]


def book_state(plan: Plan) -> BookState:
    """Read the book without opening it: a page that is only looked at writes nothing."""
    facts = WardSettings.objects.get(ward=plan.ward)
    book = NumberBook.objects.filter(body=plan.ward, kind_sign=PaperKind.PLAN.sign, term_name=facts.term_name).first()
    if book is None:
        return BookState(None, 1, [])
    return BookState(book, suggest_number(book), gaps(book))


def dispatch_rows(plan: Plan) -> list:
    """The send list in the order of Nơi nhận."""
    return list(plan.paper.dispatches.select_related("unit", "sent_by", "received_by").order_by("position", "pk"))


def allowed_acts(plan: Plan, access) -> set[str]:
    """What this person may do with the plan as it stands."""
    acts = {act for act, (states, needed) in ACTS.items() if plan.state in states and access.can(needed, plan.ward)}
    if "submit" in acts and access.can(Permission.APPROVE_PAPER, plan.ward):
        acts.add("submit_approve")
    if "scan" in acts and plan.paper.signed_scan_id:
        acts.discard("scan")
    if "reopen" in acts and stopped_by(plan):
        acts.discard("reopen")  # a paper stopped it: a paper lets it go on
    if may_change(plan, access):
        acts.add("change")
    return acts


def may_change(plan: Plan, access) -> bool:
    """Whether this person may record a paper that changes the issued plan as it stands."""
    return any(access.can(needed, plan.ward) for needed in CHANGERS) and bool(kinds_open(plan))


def plan_page(plan: Plan, access, *, today: dt.date) -> dict:
    """The context of the plan's page; the office sees drafts' warnings, a unit what concerns it."""
    office = access.can(Permission.READ_WARD, plan.ward)
    conferences = conferences_on(plan) if plan.paper_id or office else []
    duties, arisen = clauses_of(plan)
    context = {
        "plan": plan,
        "today": today,
        "office": office,
        "acts": allowed_acts(plan, access) if office else set(),
        "stages": _stages(plan),
        "links": links_of(plan),
        "duties": duties,
        "arisen": arisen,
        "announced": [],
        "recipients": recipients_of(plan),
        "timeline": _timeline(plan),
        "remarks": remarks_on(plan) if office else (),
        "warnings": [],
        "changes": changes_in(plan),
        "stopped": stopped_by(plan) if plan.paper_id else None,
        "directive_changes": directive_changes_of(plan) if office else (),
        "directive_tasks": plan.directive_tasks.filter(handled_at__isnull=True) if office else (),
        "corrections": corrections_of(plan, access),
        "conferences": conferences,
        "may_call": not conferences and _asks_for_conference(plan) and access.can(Permission.CALL_CONFERENCE, plan.ward),
        "comments_open": open_comments(plan) if office else 0,
    }
    if office and plan.state not in PlanState.FROZEN:
        content = plan_content(plan)
        context["warnings"] = plan_warnings(content, calendar=WorkCalendar.load(), today=today)
        context["announced"] = announced(content)
    return context


def _asks_for_conference(plan):
    """The issued plan speaks of a conference of the ward."""
    return plan.state == PlanState.ISSUED and speaks_of_conference(plan)


def _stages(plan):
    """Stages of the bar on top: those gone through, the present one, those to come."""
    place = PlanState.DRAFT if plan.state == PlanState.RETURNED else plan.state
    place = PlanState.ISSUED if place in {PlanState.WITHDRAWN, PlanState.PAUSED} else place
    present = STAGES.index(place)
    return [
        {"label": PlanState(stage).label, "past": number < present, "current": number == present}
        for number, stage in enumerate(STAGES)
    ]


def _timeline(plan):
    """Who did what when, oldest first."""
    steps = [
        ("Soạn dự thảo", plan.created_at, plan.created_by_id),
        ("Trình lãnh đạo", plan.submitted_at, plan.submitted_by_id),
        ("Duyệt", plan.approved_at, plan.approved_by_id),
        ("Ghi ban hành", plan.issued_at, plan.issued_by_id),
        ("Kết thúc", plan.closed_at, plan.closed_by_id),
    ]
    if plan.paper_id and plan.paper.withdrawn_at:
        steps.append((f"Thu hồi: {plan.paper.withdrawal_reason}", plan.paper.withdrawn_at, plan.paper.withdrawn_by_id))
    names = names_of_steps(plan)
    return [{"label": label, "at": at, "by": names[by]} for label, at, by in steps if at]
