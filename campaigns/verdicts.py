"""Was it in time? One pure function over the server's receipt time (decisions 17 and 18)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from campaigns.choices import DeadlineRule
from units.choices import DeadlineReading


@dataclass(frozen=True)
class Verdict:
    """How a receipt is judged.

    `kind`: "no_day" (nothing to be late for), "on_time", "due_day" (received on the day D of "trước ngày D", which a
    tolerant ward counts on time), "late" with `days`, or "excused" (late by `days`, let pass by the office).
    """

    kind: str
    days: int = 0

    @property
    def on_time(self) -> bool:
        """Whether reports count it as in time."""
        return self.kind not in {"late"}

    @property
    def label(self) -> str:
        """The words people read."""
        words = {
            "no_day": "không định hạn",
            "on_time": "đúng hạn",
            "due_day": "đúng ngày hạn",
            "late": f"muộn {self.days} ngày",
            "excused": f"muộn {self.days} ngày, được cho qua",
        }
        return words[self.kind]


def verdict(
    *, due_on: dt.date | None, rule: str, reading: str, received_at: dt.datetime, excused: bool = False
) -> Verdict:
    """Judge a receipt at `received_at` (aware) against the last day on time `due_on`.

    For the rule "trước ngày D" `due_on` is D - 1; the reading `tolerant` shows a receipt on D as "đúng ngày hạn", the
    reading `strict` as late. Days late are counted from the last day that still counts on time.
    """
    if due_on is None:
        return Verdict("no_day")
    received_on = timezone.localdate(received_at)
    days = (received_on - due_on).days
    if days <= 0:
        return Verdict("on_time")
    if rule == DeadlineRule.BEFORE and reading == DeadlineReading.TOLERANT:
        days -= 1
        if days == 0:
            return Verdict("due_day")
    return Verdict("excused" if excused else "late", days)


def verdict_of(assignment) -> Verdict | None:
    """The verdict on a settled Assignment (with plan and duty at hand); None while it is open.

    A day set by an extension or by a later paper is a plain last day: the phrase "trước ngày" no longer speaks for it.
    """
    if assignment.settled_at is None:
        return None
    return verdict(
        due_on=assignment.due_on,
        rule=rule_of(assignment.duty.rule, assignment.extended_at, assignment.original_due_on),
        reading=assignment.plan.deadline_reading,
        received_at=assignment.settled_at,
        excused=assignment.excused_at is not None,
    )


def rule_of(rule: str, *moved: object) -> str:
    """The rule a day is judged by: that of the plan's words, or a plain last day once any of `moved` says it was moved."""
    return DeadlineRule.BY if any(one is not None for one in moved) else rule
