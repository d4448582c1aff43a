"""A report is sent: everything the unit typed for 1..n plans received once, in one short transaction of few statements."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Plan
from campaigns.services.moves import move_held
from documents.dates import short
from reports.choices import EntrySource, ReportState, SubmissionState
from reports.models import BranchReport, CompiledReport, Submission
from reports.selectors.ground import HELD, Ground
from reports.selectors.locks import may_finish, why_locked
from reports.services.sent_rows import Points, Sending, fill_report, write_reports
from reports.services.sessions import keep_session, wholly_studied
from reports.wording import plan_name
from units.models import Unit, User
from units.ready_queries import ReadyQuery
from units.services.audit import record_event, recorded_together

KEPT = "Những gì đồng chí đã gõ vẫn được giữ."
STATE = SubmissionState
NOBODY_TOLD = {"told_by": "", "told_on": None}  # the unit typed it itself
BY_SESSION = (Product.STUDY, Product.REPORT, Product.CONTENT)
STUDIED = (Product.STUDY, Product.CONTENT)  # what a session may close beside the duties of its own plans


@transaction.atomic
def submit(**sent) -> list[Submission]:
    """`receive` in a transaction of its own."""
    return receive(**sent)


def receive(
    *,
    unit: Unit,
    plans: Iterable[Plan],
    sessions: list[dict],
    figures: dict,
    points: Points,
    by: User,
    at: dt.datetime,
    token: str = "",
    source: str = EntrySource.UNIT,
    confirmed: bool = False,
    told: dict | None = None,
    begun_at: dt.datetime | None = None,
    ground: Ground | None = None,
) -> list[Submission]:
    """Receive what `unit` reports together for `plans`: sessions, figures and self-score, typed once (decisions 6).

    `sessions`: dicts of StudySession fields with "directives" and, when it exists, "pk"; the main one first. `figures`:
    fields of Submission; each plan keeps only what it asks. `points`: criterion id -> (points, note). `at` is when the request arrived: the receipt time.
    `told` (told_by, told_on): who of the unit gave the figures when the office typed them, and when.
    `begun_at` is when the draft was begun: one begun before the plan was locked is still received, marked as after the lock.
    `ground` is what the form read already; what may have changed since is read again.
    The same `token` again gives the same submissions. All in one transaction: sessions, submissions, a frozen revision
    each, scores, duties closed, audit; the caller holds it. Raises ValidationError "locked", "not_asked", "already_sent", or what
    check_session raises.
    """
    plans = sorted({plan.pk: plan for plan in plans}.values(), key=lambda plan: plan.pk)
    claim = {"source": source, "submitted_at": at, "submitted_by": by, "edited_at": at, "edited_by": by}
    claim |= {"confirmed_at": at, "confirmed_by": by} if confirmed else {"confirmed_at": None, "confirmed_by": None}
    sending = Sending(
        unit=unit, plans=plans, figures=figures, points=points, by=by, at=at, token=token,
        claim=claim | (told or NOBODY_TOLD), sessions=sessions, begun_at=begun_at, ground=(ground or Ground(unit, plans)).again(plans),
    )  # fmt: skip
    _hold_plans(plans)
    _hold_standing(sending)
    if token and (known := [row for row in sending.standing.values() if row.form_token == f"{token}:{row.plan_id}"]):
        return known
    with recorded_together():
        return _receive(sending)


def _hold_plans(plans: list[Plan]) -> None:
    """Lock the rows of the plans, under which receipt numbers are given, in one order (no deadlock); their state as it is now."""
    held = {pk: facts for pk, *facts in _plans_for_update(plans=[plan.pk for plan in plans])}
    for plan in plans:
        plan.state, plan.closed_at = held[plan.pk]


@ReadyQuery
def _plans_for_update(plans):
    return Plan.objects.select_for_update().filter(pk__in=plans).order_by("pk").values_list("pk", "state", "closed_at")


@ReadyQuery
def _standing(unit, plans):
    """Of each plan: its key, its last receipt number, whether `unit` has a report, whether cells below `unit` gave figures,
    whether its compiled report is out."""
    reports = Submission.objects.filter(plan=OuterRef("pk"))
    numbered = reports.filter(receipt_number__isnull=False).order_by("-receipt_number").values("receipt_number")[:1]
    cells = BranchReport.objects.filter(plan=OuterRef("pk"), unit__parent=unit, confirmed_at__isnull=False)
    compiled = CompiledReport.objects.filter(plans=OuterRef("pk"), state=ReportState.FROZEN)
    facts = Subquery(numbered), Exists(reports.filter(unit=unit)), Exists(cells), Exists(compiled)
    return Plan.objects.filter(pk__in=plans).order_by().values_list("pk", *facts)


@ReadyQuery
def _duties_for_update(unit, plans):
    """A little more than is wanted: conditions over both tables would take PostgreSQL ten times as long to plan."""
    may_be_done = Q(state__in=AssignmentState.OPEN) | Q(state=AssignmentState.EXEMPT, exempted_until__isnull=False)
    rows = Assignment.objects.filter(Q(plan__in=plans) | may_be_done, unit=unit, product__in=BY_SESSION)
    rows = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return rows.select_related("duty", "plan").only(*HELD, "plan__ward_id", "plan__state")


def _hold_standing(sending: Sending) -> None:
    """Lock the reports of the unit that exist; read what else stands in the way. No report may come meanwhile: whoever
    makes one holds the row of the plan."""
    found = {pk: facts for pk, *facts in _standing(unit=sending.unit.pk, plans=[plan.pk for plan in sending.plans])}
    sending.last_receipts = {pk: number or 0 for pk, (number, *_) in found.items()}
    if any(own for _number, own, *_ in found.values()):
        rows = Submission.objects.filter(unit=sending.unit, plan__in=sending.plans).order_by("plan_id")
        sending.standing = {row.plan_id: row for row in rows.select_for_update()}
    if not any(cells for *_, cells, _compiled in found.values()):
        sending.ground.has_no_lines()
    sending.late = why_locked(sending.plans, reported={pk for pk, (*_, compiled) in found.items() if compiled})


def _receive(sending: Sending) -> list[Submission]:
    _hold_duties(sending)
    for plan in sending.plans:
        _refuse(sending, plan)
    fresh = _keep_sessions(sending)
    rows = [fill_report(sending, plan) for plan in sending.plans]
    write_reports(sending, rows)
    _close_duties(sending, fresh=fresh)
    for row in rows:
        details = {"revision": row.revision, "receipt": row.receipt_number, "source": row.source}
        record_event(by=sending.by, verb="submission.submit", target=row, ward_id=row.plan.ward_id, details=details, at=sending.at)
    return rows


def _hold_duties(sending: Sending) -> None:
    """Lock the duties this sending may close: those of its plans, and open study of the unit's other running plans."""
    wanted = {plan.pk for plan in sending.plans}
    rows = [row for row in _duties_for_update(unit=sending.unit.pk, plans=wanted) if _concerns(row, wanted)]
    rows = sending.ground.attached(rows)
    sending.held = [row for row in rows if row.product in Product.BY_UNITS]
    sending.contents = len(rows) > len(sending.held)
    sending.ground.owed = [row for row in sending.held if row.plan_id in wanted]


def _concerns(row: Assignment, wanted: set[int]) -> bool:
    """A duty of the plans reported, or one that a session may close."""
    if row.plan_id in wanted and row.product in Product.BY_UNITS:
        return True
    return row.product in STUDIED and row.may_be_done and row.plan.state == PlanState.ISSUED


def _refuse(sending: Sending, plan: Plan) -> None:
    """Nothing is received for a plan that is locked or does not ask the unit; the loser of a race is told who was first."""
    why, known = sending.late.get(plan.pk), sending.standing.get(plan.pk)
    if why and not may_finish(plan, sending.begun_at):
        raise ValidationError(f"{why} {KEPT} Đồng chí gọi văn phòng Đảng ủy.", code="locked")
    asked = any(row.plan_id == plan.pk for row in sending.ground.owed)
    if not asked and not Assignment.objects.filter(plan=plan, unit=sending.unit).exists():
        raise ValidationError(f"{sending.unit} không được giao báo cáo {plan_name(plan)}. {KEPT}", code="not_asked")
    if known and known.state not in STATE.EDITABLE:
        known.unit, known.plan = sending.unit, plan
        raise _sent_before(known)


def _sent_before(submission: Submission) -> ValidationError:
    when = timezone.localtime(submission.submitted_at)
    return ValidationError(
        f"Báo cáo của {submission.unit} cho {plan_name(submission.plan)} đã được đồng chí {submission.submitted_by} gửi lúc "
        f"{when:%H} giờ {when:%M}, ngày {short(when.date())}. {KEPT} Nếu cần sửa, đồng chí gọi văn phòng để nhận lại báo cáo.",
        code="already_sent",
    )


def _keep_sessions(sending: Sending) -> bool:
    """The sessions of the report, each new, corrected or as it was; whether any is new or corrected."""
    plan_ids, fresh = {plan.pk for plan in sending.plans}, False
    for entry in sending.sessions:
        facts = {name: value for name, value in entry.items() if name not in {"pk", "directives"}}
        texts = list(entry["directives"])
        session, changed = keep_session(
            unit=sending.unit, facts=facts, directives=texts, pk=entry.get("pk"), plan_ids=plan_ids, by=sending.by, at=sending.at,
            source=sending.claim["source"], contents=sending.contents,
        )  # fmt: skip
        sending.kept.append((session, texts))
        fresh |= changed
    return fresh


def _close_duties(sending: Sending, *, fresh: bool) -> None:
    """The report closes its duty; study closes for plans now wholly studied, and for those whose cells held the sessions."""
    done = {plan.pk for plan in sending.plans if sending.ground.lines(plan)}
    if fresh:
        texts = {one.pk for _, directives in sending.kept for one in directives}
        waiting = {row.plan_id: row.plan for row in sending.held if row.product == Product.STUDY and row.may_be_done}
        done |= {plan.pk for plan in wholly_studied(sending.unit, list(waiting.values()), known=texts)}
    wanted = {plan.pk for plan in sending.plans}
    moves = [(row, AssignmentState.STUDIED) for row in sending.held if row.product == Product.STUDY and row.plan_id in done]
    moves += [(row, AssignmentState.SUBMITTED) for row in sending.held if row.product == Product.REPORT and row.plan_id in wanted]
    move_held(moves, by=sending.by, at=sending.at, settled_at=sending.at, settled_by=sending.by)
