"""The one way a line gets into the audit trail."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

from units.models import AuditEvent
from units.ready_writes import insert_rows

_held = ContextVar("held audit lines", default=None)


@contextmanager
def recorded_together():
    """Write the lines of one act by one statement when its block ends; the caller holds the transaction.

    A block that fails writes none: its transaction is rolled back with everything they would have told of.
    """
    if _held.get() is not None:
        yield  # part of a greater act, which writes them
        return
    lines = []
    mark = _held.set(lines)
    try:
        yield
    finally:
        _held.reset(mark)
    insert_rows(lines)


def record_event(*, by, verb, target, ward=None, ward_id=None, details=None, at=None, ip_address=""):
    """Write who (`by`: User or None for the clock) did `verb` ("plan.issue") to `target` (any model instance).

    `ward`, or its key alone where only that is at hand. Called inside the transaction of the act; returns the line, which has no key yet inside `recorded_together`. `details` is plain JSON without passwords, tokens or contents of papers.
    """
    line = AuditEvent(
        at=at or timezone.now(),
        actor_id=by.pk if by else None,
        actor_label=str(by)[:160] if by else "Chương trình",
        ward_id=ward.pk if ward else ward_id,
        verb=verb,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:300],
        details=details or {},
        ip_address=ip_address,
    )
    held = _held.get()
    if held is None:
        line.save(force_insert=True)
    else:
        held.append(line)
    return line
