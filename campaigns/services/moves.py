"""The one way an assignment changes its state: conditional, counted, recorded, and its reminders follow."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from campaigns.choices import AssignmentState
from campaigns.models import Assignment
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.new_days import CHANGED_MEANWHILE, hold_owed
from campaigns.services.reminders import cancel_reminders
from campaigns.services.resting import rest_again
from units.models import User
from units.services.audit import record_event, recorded_together


def sources_of(state: str) -> list[str]:
    """The states from which `state` may be reached."""
    return [source for source, targets in AssignmentState.MOVES.items() if state in targets]


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
    rows = hold_owed(assignments.filter(state__in=allowed).select_related("unit", "duty", "plan__ward"))
    return move_held([(row, to) for row in rows], by=by, at=at, reason=reason, **facts)


def move_held(
    wanted: Iterable[tuple[Assignment, str]], *, by: User, at: dt.datetime, reason: str = "", **facts
) -> list[Assignment]:
    """Move rows that the caller read under a lock of this transaction, each to its own state; see `move`.

    Several moves of one act shift the counters and write their audit lines together. Rows that may not go where they are
    wanted are left alone.
    """
    pairs = [(row, to) for row, to in wanted if row.state in sources_of(to)]
    reopened = [row for row, to in pairs if to in AssignmentState.OPEN and row.state not in AssignmentState.OPEN]
    groups, shifts = defaultdict(list), Counter()
    for row, to in pairs:
        groups[row.state, to].append(row)
        shifts[key_of(row)] -= 1
        shifts[key_of(row, state=to)] += 1
    for (state, to), rows in sorted(groups.items()):
        _update([row.pk for row in rows], state=state, to=to, facts=facts)
    shift_counters(shifts)
    for to in sorted({to for _, to in pairs} - set(AssignmentState.OPEN)):
        gone = [row for row, target in pairs if target == to]
        cancel_reminders(assignments=gone, reason=f"Việc đã chuyển sang “{AssignmentState(to).label}”.", at=at)
    with recorded_together():
        for row, to in pairs:
            _follow(row, to=to, by=by, at=at, reason=reason, facts=facts)
    rest_again(reopened, at=at)
    return [row for row, _ in pairs]


def refuse_unmoved(moved: list[Assignment]) -> Assignment:
    """The single moved assignment; raises ValidationError "changed" when it could not be moved."""
    if not moved:
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    return moved[0]


def _update(pks: list[int], *, state: str, to: str, facts: dict) -> None:
    if Assignment.objects.filter(pk__in=pks, state=state).update(state=to, **facts) != len(pks):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")


def _follow(row: Assignment, *, to: str, by: User, at: dt.datetime, reason: str, facts: dict) -> None:
    """Bring the object in line with its row and leave the line in the audit trail."""
    details = {"from": row.state, "to": str(to)} | ({"reason": reason} if reason else {})
    row.state = to
    for name, value in facts.items():
        setattr(row, name, value)
    record_event(by=by, verb=f"assignment.{to}", target=row, ward=row.plan.ward, details=details, at=at)
