"""What happens every minute: due reminders are told, letters sent, the audit trail sealed (reliability.md 3)."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError
from django.utils import timezone

from campaigns.quiet import quiet_until
from campaigns.selectors.reminders import due_people, due_reminders
from campaigns.services.after_restore import sending_hold
from campaigns.services.deliveries import send_letters
from campaigns.services.delivery_queue import BUDGET, Watch, fold_waiting
from campaigns.services.digests import push_back, write_digest
from campaigns.services.escalation import plan_escalations
from campaigns.services.exemptions import end_exemptions
from campaigns.services.messages import send_messages
from campaigns.services.openings import open_notices
from campaigns.services.paper_notices import LATE, SOON, tell_addressees
from campaigns.services.reminders import plan_missing
from campaigns.services.turns import make_turns
from campaigns.services.weekly import tell_leaders
from units.models import Heartbeat
from units.services.audit_seals import seal_audit
from units.services.heartbeat import beat
from units.services.jobs import drop_old_results
from units.services.units import apply_due_revisions

logger = logging.getLogger(__name__)

TICK = "tick"
PLANNING = "plan-missing"
PLANNING_HELD = "plan-held"
HOUSEKEEPING = "housekeeping"
PEOPLE = 200  # asked for at once; each is claimed and told in a transaction of its own


@dataclass(frozen=True)
class Ticked:
    """What one tick did: people told in the program, reminders in it, letters and messages sent.

    held: nothing may be sent until the office has looked; quiet: nobody is disturbed at this hour.
    """

    people: int = 0
    reminders: int = 0
    letters: int = 0
    messages: int = 0
    held: bool = False
    quiet: bool = False


def tick(*, now: dt.datetime) -> Ticked:
    """One round of the clock; safe to run twice, in parallel, and after any gap.

    The parts do not stop each other: a failing one is logged, and the heartbeat is written only when the database
    took all of it.
    """
    watch = Watch(now)
    result = Ticked(held=True)
    if hold := sending_hold():
        _part("planning", lambda: _hourly(PLANNING_HELD, now, lambda: _plan_until(hold.beat_at)))
    else:
        _part("papers", lambda: tell_addressees(since=SOON, now=now))
        _part("planning", lambda: _hourly(PLANNING, now, lambda: _plan(now)))
        result = Ticked(quiet=True) if quiet_until(now) else _send(watch)
    _part("housekeeping", lambda: _hourly(HOUSEKEEPING, now, lambda: _keep_house(now)))
    _part("seals", lambda: seal_audit(now=now))
    beat(name=TICK, at=now, note="Đang tạm dừng gửi nhắc việc." if result.held else "")
    return result


def _plan(now: dt.datetime) -> None:
    make_turns(now=now)
    end_exemptions(now=now)
    plan_missing(now=now)
    plan_escalations(now=now)
    tell_addressees(since=LATE, now=now)


def _plan_until(restored_at: dt.datetime) -> None:
    """Write what the clock before the restore had written: the office's list of what may have gone out is to be whole."""
    plan_escalations(now=restored_at)
    tell_addressees(since=LATE, now=restored_at)
    tell_leaders(now=restored_at)


def _send(watch: Watch) -> Ticked:
    _part("weekly", lambda: tell_leaders(now=watch.now()))
    people, reminders = tell_people(watch=watch)
    _part("notices", lambda: open_notices(now=watch.now()))
    _part("folding", lambda: fold_waiting(now=watch.now()))
    letters = _part("letters", lambda: send_letters(watch=watch)) or 0
    messages = _part("messages", lambda: send_messages(watch=watch)) or 0
    return Ticked(people=people, reminders=reminders, letters=letters, messages=messages)


def tell_people(*, watch: Watch) -> tuple[int, int]:
    """Write the digests of everybody whose turn has come; (people told, reminders told).

    A person whose rows raise an error is put back an hour; one whose rows another sender holds is left to it.
    """
    told, lines, done = 0, 0, set()
    while watch.elapsed() < BUDGET and (people := due_people(watch.now(), limit=PEOPLE, skip=frozenset(done))):
        for person_id in people:
            done.add(person_id)
            written = _tell(person_id, now=watch.now())
            told += bool(written)
            lines += written
    return told, lines


def _tell(person_id: int, *, now: dt.datetime) -> int:
    try:
        return write_digest(person_id=person_id, now=now)
    except OperationalError:
        logger.warning("the reminders of person %s are held by another sender or the database is away", person_id)
    except Exception as failure:  # one person's reminders that cannot be written must not stop the others'
        logger.exception("the reminders of person %s failed", person_id)
        push_back(due_reminders(now).filter(person=person_id), problem=str(failure)[:300], now=now)
    return 0


def _hourly(name: str, now: dt.datetime, work: Callable) -> None:
    """Do what reads much and changes little once an hour; a beat in the future (the clock was set back) is no beat."""
    if not Heartbeat.objects.filter(name=name, beat_at__gt=now - dt.timedelta(hours=1), beat_at__lte=now).exists():
        work()
        beat(name=name, at=now)


def _keep_house(now: dt.datetime) -> None:
    """Show the units as they are called from today, drop files nobody fetched."""
    apply_due_revisions(on=timezone.localdate(now))
    drop_old_results(now=now)


def _part(name: str, work: Callable):
    try:
        return work()
    except Exception:  # the parts of a tick do not depend on one another
        logger.exception("the clock's part %s failed", name)
        return None
