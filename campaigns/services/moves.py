"""The one way an assignment changes its state: conditional, counted, recorded, and its reminders follow."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from campaigns.choices import AssignmentState
from campaigns.models import Assignment
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.new_days import CHANGED_MEANWHILE, hold_owed
from campaigns.services.reminders import cancel_reminders
from campaigns.services.resting import rest_again
from units.models import User
from units.ready_writes import ByRow, ReadyUpdate
from units.services.audit import record_event, recorded_together

EXEMPTION = ("exempted_at", "exempted_by", "exempted_until", "due_after_exemption")
_BY_DOING = frozenset({AssignmentState.STUDIED, AssignmentState.SUBMITTED})


def sources_of(state: str) -> list[str]:
    """The states from which `state` may be reached."""
    return [source for source, targets in AssignmentState.MOVES.items() if state in targets]


def _may_move(row: Assignment, to: str) -> bool:
    """As MOVES says; and what was let off until a day may be done before that day, then nothing comes back."""
    return row.state in sources_of(to) or (to in _BY_DOING and row.let_off_for_now)


def move(
    assignments: QuerySet | Iterable[Assignment],
    *,
    to: str,
    by: User,
    at: dt.datetime,
    reason: str = "",
    sources: Iterable[str] | None = None,
    **facts,
) -> list[Assignment]:
    """Move those of `assignments` that may go to the state `to`; the others are left alone. Returns the moved ones.

    Runs inside the transaction of the act. `facts` are further fields written with the state. Raises ValidationError
    "changed" when a row changed between reading and writing: the caller's transaction is then rolled back whole.
    """
    allowed = sorted(set(sources_of(to)) & set(sources or sources_of(to)))
    if not isinstance(assignments, QuerySet):
        assignments = Assignment.objects.filter(pk__in=[row.pk for row in assignments])
    wanted = Q(state__in=allowed)
    if to in _BY_DOING and not sources:
        wanted |= Q(state=AssignmentState.EXEMPT, exempted_until__isnull=False)
    rows = hold_owed(assignments.filter(wanted).select_related("unit", "duty", "plan"))
    return move_held([(row, to) for row in rows], by=by, at=at, reason=reason, **facts)


def move_held(
    wanted: Iterable[tuple[Assignment, str]], *, by: User, at: dt.datetime, reason: str = "", **facts
) -> list[Assignment]:
    """Move rows that the caller read under a lock of this transaction, each to its own state; see `move`.

    Several moves of one act shift the counters and write their audit lines together. Rows that may not go where they are
    wanted are left alone.
    """
    pairs = [(row, to) for row, to in wanted if _may_move(row, to)]
    if not pairs:
        return []
    reopened = [row for row, to in pairs if to in AssignmentState.OPEN and row.state not in AssignmentState.OPEN]
    done_early = [row for row, to in pairs if to in _BY_DOING and row.let_off_for_now]
    shifts = Counter()
    shifts.subtract(key_of(row) for row, _to in pairs)
    _update(pairs, facts=facts)
    _end_exemption(done_early)
    for row, to in pairs:
        shifts[key_of(row, state=to)] += 1
    shift_counters(shifts)
    reasons = {
        row.pk: f"Việc đã chuyển sang “{AssignmentState(to).label}”." for row, to in pairs if to not in AssignmentState.OPEN
    }
    cancel_reminders(assignments=[row for row, _ in pairs if row.pk in reasons], reason=reasons, at=at)
    with recorded_together():
        for row, to in pairs:
            _follow(row, to=to, by=by, at=at, reason=reason, facts=facts)
    rest_again(reopened, at=at)
    return [row for row, _ in pairs]


def _end_exemption(rows: list[Assignment]) -> None:
    """The unit did it while it was let off until a day: judged by the day it was given for afterwards, never asked again."""
    if not rows:
        return
    ended = dict.fromkeys(EXEMPTION)
    for row in rows:
        row.original_due_on, row.due_on = row.original_due_on or row.due_on, row.due_after_exemption
        row.due_version += 1
        for name in EXEMPTION:
            setattr(row, name, None)
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
        original_due_on=Coalesce("original_due_on", "due_on"), due_on=F("due_after_exemption"),
        due_version=F("due_version") + 1, **ended,
    )  # fmt: skip


def refuse_unmoved(moved: list[Assignment]) -> Assignment:
    """The single moved assignment; raises ValidationError "changed" when it could not be moved."""
    if not moved:
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    return moved[0]


def _update(pairs: list[tuple[Assignment, str]], *, facts: dict) -> None:
    """Write all moves by one statement for each state the rows were read in (nearly always one); each row only from it."""
    froms = defaultdict(dict)
    for row, to in pairs:
        froms[row.state][row.pk] = str(to)
    for state, targets in sorted(froms.items()):
        if _in_state(pks=targets, state=state, changes={"state": ByRow(targets)} | facts) != len(targets):
            raise ValidationError(CHANGED_MEANWHILE, code="changed")


@ReadyUpdate
def _in_state(pks, state):
    return Assignment.objects.filter(pk__in=pks, state=state)


def _follow(row: Assignment, *, to: str, by: User, at: dt.datetime, reason: str, facts: dict) -> None:
    """Bring the object in line with its row and leave the line in the audit trail."""
    details = {"from": row.state, "to": str(to)} | ({"reason": reason} if reason else {})
    row.state = to
    for name, value in facts.items():
        setattr(row, name, value)
    record_event(by=by, verb=f"assignment.{to}", target=row, ward_id=row.plan.ward_id, details=details, at=at)
