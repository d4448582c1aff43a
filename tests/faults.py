"""Faults planted at one write after the other: whatever was begun leaves nothing (reliability F-05); and the control."""

from contextlib import nullcontext

from django.db import DatabaseError, connection, transaction
from django.db.transaction import Atomic

from tests.reports.steps import writes


def fails_at(act, point):
    """Whether `act` was broken off at its write number `point` (0 is the first); False: it has no such write and went through."""
    seen = {"writes": 0}

    def fault(execute, sql, params, many, context):
        if writes(sql):
            seen["writes"] += 1
            if seen["writes"] > point:
                raise DatabaseError("planted")
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(fault):
            act()
    except DatabaseError:
        return True
    return False


def writes_of_what_leaves_nothing(act, state):
    """Run `act`, broken off at its first write, at its second ..., until it goes through; returns at how many it was.

    `state()` has to be the same after each.
    """
    before, point = state(), 0
    while fails_at(act, point):
        assert state() == before, f"write {point}"
        point += 1
    return point


def keep_what_was_written(monkeypatch):
    """The control: a transaction that is left by a fault is kept as if it had been left in peace."""
    real = Atomic.__exit__
    monkeypatch.setattr(transaction, "mark_for_rollback_on_error", lambda using=None: nullcontext())
    monkeypatch.setattr(Atomic, "__exit__", lambda self, *_fault: real(self, None, None, None))
