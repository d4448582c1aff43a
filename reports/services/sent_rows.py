"""What one sending writes: the reports with their scores, sessions and frozen revisions, a statement of each kind for all plans."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from campaigns.models import Assignment, Directive, Plan
from reports.asked import only_asked
from reports.choices import SubmissionState
from reports.models import BranchReport, Score, StudySession, Submission, SubmissionRevision
from reports.places import FIGURES
from reports.selectors.branches import add_branches, add_results, branch_sessions
from reports.selectors.ground import Ground
from reports.selectors.scoring import facts_for
from reports.services.answers import freeze_answers
from reports.services.revisions import content_of
from reports.services.scores import self_scores
from units.models import Unit, User
from units.ready_writes import insert_rows

Points = dict[int, tuple[Decimal | None, str]]


@dataclass
class Sending:
    """What one press of Gửi brings, and what of it stands already. `claim`: fields of Submission that say who sent, when
    and how; `standing`: reports that exist, by plan; `late`: why a plan is locked; `held`: the unit's duties, locked; `contents`: it also
    owes the study of something issued later; `last_receipts`: the last number given, by plan."""

    unit: Unit
    plans: list[Plan]
    sessions: list[dict]
    figures: dict
    points: Points
    by: User
    at: dt.datetime
    claim: dict
    ground: Ground
    begun_at: dt.datetime | None = None
    token: str = ""
    standing: dict[int, Submission] = field(default_factory=dict)
    late: dict[int, str] = field(default_factory=dict)
    held: list[Assignment] = field(default_factory=list)
    contents: bool = False
    last_receipts: dict[int, int] = field(default_factory=dict)
    kept: list[tuple[StudySession, list[Directive]]] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)


def fill_report(sending: Sending, plan: Plan) -> Submission:
    """The report for `plan`, not yet written: claimed, with its figures; its score rows wait in `sending`.

    It takes the next number of a receipt; a report sent again keeps its own.
    """
    row = sending.standing.get(plan.pk) or Submission(unit=sending.unit, plan=plan)
    row.unit, row.plan = sending.unit, plan  # what was read without them is at hand
    lines = sending.ground.lines(plan)
    figures = only_asked(sending.figures, sending.ground.asked[plan.pk])
    row.own_counts = {name: figures.get(name) for name in FIGURES} if lines else None
    sessions = list(sending.sessions)
    if lines and not sending.unit.figures_withheld:  # the heads of a unit that keeps them to itself are added to nothing
        more = add_branches(figures, lines) | add_results(figures, lines, asked=sending.ground.asked[plan.pk])
        figures, sessions = figures | more, [*sessions, *branch_sessions(lines)]
    row.first_sent_at = row.timed_at or sending.at
    facts = facts_for(
        plan=plan,
        unit=sending.unit,
        sessions=sessions,
        figures=figures,
        received_at=row.first_sent_at,
        ground=sending.ground,
    )
    values = figures | sending.claim | {"state": SubmissionState.SUBMITTED, "after_lock": plan.pk in sending.late}
    for name, value in values.items():
        setattr(row, name, value)
    row.receipt_number = row.receipt_number or sending.last_receipts.get(plan.pk, 0) + 1
    row.revision, row.version = row.revision + 1, row.version + 1
    row.form_token = f"{sending.token}:{plan.pk}" if sending.token else None
    sending.scores += self_scores(submission=row, points=sending.points, facts=facts, ground=sending.ground)
    return row


def write_reports(sending: Sending, rows: list[Submission]) -> None:
    """Write what `fill_report` made of every plan, with sessions, scores, cells and the frozen revisions."""
    known = {row.pk for row in sending.standing.values()}
    # Their unique key cannot be taken meanwhile: whoever makes the row of a unit and plan holds the row of the plan.
    insert_rows(row for row in rows if row.pk is None)
    for row in rows:
        if row.pk in known:
            row.save()
    _write_scores(sending.scores, again=bool(known))
    _link_sessions(sending, rows, known)
    _link_cells(sending, rows, known)
    insert_rows(_revision(sending, row, again=row.pk in known) for row in rows)


def _write_scores(rows: list[Score], *, again: bool) -> None:
    if not again:
        insert_rows(rows)
        return
    written = ["suggested", "self_points", "self_note"]  # what the office appraised before stays
    unique = ["submission", "criterion"]
    Score.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=written)


def _sessions_of(sending: Sending, plan: Plan) -> list[StudySession]:
    """The sessions a report stands on: the unit's own about its plan, and those of the cells of a đảng bộ."""
    lines = [] if sending.unit.figures_withheld else sending.ground.lines(plan)
    cells = [line.session for line in lines if line.session is not None and not line.unit.figures_withheld]
    return [*(session for session, _ in _kept_for(sending, plan)), *cells]


def _kept_for(sending: Sending, plan: Plan) -> list[tuple[StudySession, list[Directive]]]:
    """The unit's own sessions, without those that were about directives of its other plans alone."""
    if len({frozenset(one.pk for one in texts) for _, texts in sending.kept}) <= 1:
        return sending.kept
    wanted = {one.pk for one in plan.directives.all()}
    return [(session, texts) for session, texts in sending.kept if wanted & {one.pk for one in texts}]


def _link_sessions(sending: Sending, rows: list[Submission], known: set[int]) -> None:
    link = Submission.sessions.through
    if known:
        link.objects.filter(submission__in=known).delete()
    pairs = {(row.pk, session.pk) for row in rows for session in _sessions_of(sending, row.plan)}
    insert_rows(link(submission_id=report, studysession_id=session) for report, session in sorted(pairs))


def _link_cells(sending: Sending, rows: list[Submission], known: set[int]) -> None:
    """What the cells gave belongs to the report that adds it up, and to no earlier one."""
    if known:
        BranchReport.objects.filter(submission__in=known).update(submission=None)
    for row in rows:
        if lines := sending.ground.lines(row.plan):
            BranchReport.objects.filter(pk__in=[line.pk for line in lines]).update(submission=row)


def _revision(sending: Sending, row: Submission, *, again: bool) -> SubmissionRevision:
    answered = again and freeze_answers(row)  # who never had a report here has no outline begun
    # of a đảng bộ the sessions of its cells are among them: they are read as they were linked
    sessions = None if sending.ground.lines(row.plan) else _kept_for(sending, row.plan)
    scores = [one for one in sending.scores if one.submission is row]
    content = content_of(row, sessions=sessions, scores=scores, answered=answered)
    return SubmissionRevision(submission=row, revision=row.revision, content=content, sent_at=sending.at, sent_by=sending.by)
