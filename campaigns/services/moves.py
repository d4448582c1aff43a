"""The one way an assignment changes its state: conditional, counted, recorded, and its reminders follow."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from campaigns.choices import AssignmentState
from campaigns.models import Assignment
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.reminders import cancel_reminders
from units.models import User
from units.services.audit import record_event

CHANGED_MEANWHILE = (
    "Việc này vừa được người khác thay đổi. Chưa ghi gì thêm. Đồng chí tải lại trang, xem trạng thái mới rồi thực hiện lại."
)


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
    pks = [row.pk for row in assignments]
    rows = list(
        Assignment.objects.filter(pk__in=pks, state__in=allowed)
        .order_by("pk")
        .select_for_update(of=("self",))
        .select_related("unit", "duty", "plan__ward")
    )
    shifts = Counter()
    for state in allowed:
        group = [row.pk for row in rows if row.state == state]
        if group:
            _update(group, state=state, to=to, facts=facts)
    for row in rows:
        shifts[key_of(row)] -= 1
        shifts[key_of(row, state=to)] += 1
    shift_counters(shifts)
    if to not in AssignmentState.OPEN:
        cancel_reminders(assignments=rows, reason=f"Việc đã chuyển sang “{AssignmentState(to).label}”.", at=at)
    for row in rows:
        _follow(row, to=to, by=by, at=at, reason=reason, facts=facts)
    return rows


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
