"""The outline and forms that plans ask of bodies (UBND, MTTQ, đoàn thể, ban tham mưu): who fills them in, what stands."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Plan
from reports.body_duties import writes_own_report
from reports.choices import SubmissionState
from reports.models import CompiledReport, Submission
from reports.selectors.locks import why_locked
from reports.selectors.outline import plans_asking
from units.choices import UnitKind
from units.models import Unit
from units.permissions import Permission
from units.selectors.access import Access


def own_reach(access: Access, *, prefix: str = "") -> Q:
    """Rows of units for whose report the person speaks: a secretary's and helper's own, the body of a contact."""
    body = Q(**{f"{prefix}kind": UnitKind.BODY})
    return access.reach(Permission.REPORT_UNIT, prefix=prefix) | (
        access.reach(Permission.DO_DUTY, prefix=prefix) & body
    )


def speaks_for(access: Access, unit: Unit) -> bool:
    """Whether the person fills in the outline of `unit` as one of its own, not on behalf of it."""
    if access.can(Permission.REPORT_UNIT, unit):
        return True
    return unit.kind == UnitKind.BODY and access.can(Permission.DO_DUTY, unit)


@dataclass(frozen=True)
class BodyOutline:
    """The outline and forms of one plan as one body stands to them; `due_on` is the day of its own report, if it has one."""

    body: Unit
    plan: Plan
    due_on: dt.date | None
    submission: Submission | None
    locked: str

    @property
    def state(self) -> str:
        """ "" before anything was typed."""
        return self.submission.state if self.submission else ""

    @property
    def open(self) -> bool:
        """Whether it may still be written."""
        return not self.locked and (not self.state or self.state in SubmissionState.EDITABLE)


def body_outlines(access: Access) -> list[BodyOutline]:
    """What running plans ask of the bodies whose contact the person is, what is due first on top: few queries."""
    bodies = Unit.objects.filter(access.reach(Permission.DO_DUTY), kind=UnitKind.BODY)
    owed = list(asked_duties().filter(unit__in=bodies, plan__state=PlanState.ISSUED))
    asking = plans_asking({row.plan_id for row in owed}) if owed else set()
    by_pair: dict[tuple[int, int], list[Assignment]] = {}
    for row in owed:
        if row.plan_id in asking:
            by_pair.setdefault((row.unit_id, row.plan_id), []).append(row)
    rows = [duties[0] for duties in by_pair.values()]
    sent = Submission.objects.filter(unit__in=bodies, plan__in=asking)
    known = {(one.unit_id, one.plan_id): one for one in sent}
    locked = why_locked({row.plan_id: row.plan for row in rows}.values())
    return [
        BodyOutline(row.unit, row.plan, _due_on(duties), known.get(pair), locked.get(row.plan_id, ""))
        for row, (pair, duties) in zip(rows, by_pair.items(), strict=True)
    ]


def asked_duties() -> QuerySet[Assignment]:
    """What bodies owe and were not let off; the earliest due first."""
    rows = Assignment.objects.filter(unit__kind=UnitKind.BODY, product__in=Product.BY_BODIES)
    rows = rows.exclude(state__in=(AssignmentState.CANCELLED, AssignmentState.EXEMPT))
    return rows.select_related("unit", "duty", "plan__paper").order_by(
        F("due_on").asc(nulls_last=True), "plan_id", "unit__sort_key", "pk"
    )


def closable_duties(submission: Submission) -> list[Assignment]:
    """Open duties of the body in the plan that its outline may bring to an end."""
    return list(
        asked_duties().open().filter(unit=submission.unit_id, plan=submission.plan_id).select_related("plan__ward")
    )


def awaiting_report(report: CompiledReport) -> list[Assignment]:
    """Open duties of bodies to write a document, in the plans of a compiled report: it may be that document."""
    rows = asked_duties().open().running().filter(plan__in=report.plans.all(), product=Product.DOCUMENT)
    return list(rows.select_related("unit", "duty", "plan__ward", "plan__paper"))


def bodies_reporting(plan: Plan) -> list[Unit]:
    """Bodies of which the plan asks a report of their own, in the order of the ward's list."""
    return list(dict.fromkeys(row.unit for row in _own_reports(plan)))


def bodies_done(plan: Plan) -> set[int]:
    """Keys of the bodies whose own report for the plan is settled, as an outline or as a paper they named."""
    rows = _own_reports(plan)
    return {row.unit_id for row in rows} - {row.unit_id for row in rows if row.state not in AssignmentState.SETTLED}


def _own_reports(plan: Plan) -> list[Assignment]:
    rows = asked_duties().filter(plan=plan, product=Product.DOCUMENT).order_by("unit__sort_key", "unit_id")
    return [row for row in rows if writes_own_report(row.duty.text)]


def _due_on(duties: list[Assignment]) -> dt.date | None:
    own = [
        row.due_on
        for row in duties
        if row.due_on and row.product == Product.DOCUMENT and writes_own_report(row.duty.text)
    ]
    return min(own, default=None)
