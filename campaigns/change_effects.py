"""What a change after issue does to each obligation: one pure rule for the preview and for the change itself."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campaigns.choices import AssignmentState, ChangeKind

STATE = AssignmentState


@dataclass(frozen=True, slots=True)
class Effect:
    """An obligation (Assignment) and the state and last day it gets; `after`: let off until a day, its new day afterwards."""

    row: object
    state: str
    day: dt.date | None
    after: dt.date | None = None

    @property
    def stops(self) -> bool:
        return self.state == STATE.CANCELLED

    @property
    def key(self) -> tuple[str, dt.date | None, dt.date | None]:
        return (self.state, self.day, self.after)

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """(day before, day now) as the unit knows them."""
        return (self.row.due_after_exemption, self.after) if self.after else (self.row.due_on, self.day)


@dataclass(frozen=True, slots=True)
class Rested:
    """How an obligation stood before the plan was paused or ended, as its line tells; `stopped`: the end stopped it."""

    state: str
    day: dt.date | None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit (Unit) that gets an obligation it did not have, under `duty` (None: the one the change makes)."""

    unit: object
    duty: object = None
    day: dt.date | None = None


def effects_of(
    *,
    kind: str,
    rows: Iterable,
    new_day: dt.date | None = None,
    rested: Mapping[int, Rested] | None = None,
    again: "Again | None" = None,
) -> list[Effect]:
    """The effects of a change of `kind` on `rows` (of its duty, or of the whole plan); rows it leaves alone are absent.

    `rested` {assignment: Rested} and `again` are for RESUME: what the pause (or the end) took away, and what days the
    paper that lets the plan go on gives. A duty that was closed keeps its state whatever happens; exempted and stopped ones are asked for nothing again,
    except that RESUME gives back what the end of the plan had stopped.
    """
    rule = _RULES.get(kind, _stopped)
    if kind == ChangeKind.RESUME:
        found = [_resumed(row, rested or {}, again) for row in rows]
    elif kind in {ChangeKind.ADD, ChangeKind.HELPERS}:
        found = []
    else:
        found = [rule(row, new_day) for row in rows]
    return [effect for effect in found if effect and effect.key != (effect.row.state, effect.row.due_on, None)]


def _moved(row, new_day):
    """The new day; but a unit that was given longer keeps its longer day, and nobody is made late afterwards."""
    if row.state in STATE.OPEN:
        longer = row.extended_at is not None and row.due_on is not None and row.due_on > new_day
        return None if longer else Effect(row, row.state, new_day)
    if row.state in STATE.SETTLED and row.due_on is not None and new_day > row.due_on:
        return Effect(row, row.state, new_day)
    return _longer_after(row, new_day)


def _longer_after(row, new_day):
    """What is let off until a day is owed again by the later of the two: the office's day for it, the paper's for all."""
    if new_day is None or not row.let_off_for_now or new_day <= row.due_after_exemption:
        return None
    return Effect(row, row.state, new_day, after=new_day)


def _stopped(row, _new_day):
    return Effect(row, STATE.CANCELLED, row.due_on) if row.state in STATE.OPEN else None


def _dropped(row, new_day):
    """As `_stopped`; and what is let off until a day must not come back after the clause is gone from the unit."""
    return Effect(row, STATE.CANCELLED, row.due_on) if row.let_off_for_now else _stopped(row, new_day)


def _paused(row, _new_day):
    """No day while the plan rests: nothing can become late, on any page."""
    return Effect(row, row.state, None) if row.state in STATE.OPEN else None


def _resumed(row, rested, again):
    if row.let_off_for_now:
        return _longer_after(row, again.new_day)
    before = rested.get(row.pk)
    if before is None or row.state not in STATE.OPEN | {STATE.CANCELLED}:
        return None
    state = row.state
    if row.state == STATE.CANCELLED:
        if row.unit.active_to is not None or not before.stopped:
            return None  # merged or divided meanwhile: whoever came after it owes now; or dropped for another reason
        state = before.state if before.state in STATE.OPEN else STATE.TODO
    return Effect(row, state, again.day_for(before.day))


_RULES = {
    ChangeKind.DEADLINE: _moved,
    ChangeKind.PAUSE: _paused,
    ChangeKind.DROP: _dropped,
    ChangeKind.LEAD: _dropped,
}


@dataclass(frozen=True, slots=True)
class Again:
    """A plan that rested goes on, on the day `on`.

    `days`: how long it rested; `first_day`: the first working day after `on`; `new_day`: the day the paper names for all.
    """

    on: dt.date
    days: int
    first_day: dt.date
    new_day: dt.date | None = None

    def day_for(self, day: dt.date | None) -> dt.date | None:
        """The last day of what was due on `day`: the one the paper names, or its own as much later as the plan rested.

        What was late already when the rest began would be late again in the minute it is asked anew. Its day was taken
        away by a paper, like every day, and no paper gives a day that has gone by (services/changes.py, "past_day"); so
        it is due on the first working day after the plan goes on, and the unit can be told before it counts as late. That
        it was late before stands on the line of the change.
        """
        if day is None or self.new_day:
            return day and self.new_day
        later = day + dt.timedelta(days=self.days)
        return later if later >= self.on else self.first_day


@dataclass(frozen=True)
class Wanted:
    """What the office means to change, as it came from the form: the fields of PlanChange, and a new duty's words.

    `new_lead` is the body or unit that takes a duty over or is given a new one; None with ADD means every unit that
    reports to the ward. `joining` and `leaving` are the bodies that help with a clause from now on, and no more. `phrase` is a deadline of a new duty that counts from the conference of the plan.
    """

    kind: str
    basis_kind: str
    basis_number: str
    basis_dated_on: dt.date
    basis_issuer: str
    duty: object = None
    new_day: dt.date | None = None
    new_lead: object = None
    joining: Sequence = ()
    leaving: Sequence = ()
    successor: object = None
    text: str = ""
    product: str = ""
    phrase: str = ""
    note: str = ""
