"""A simulated year of chasing with a clock that stands still: what happens each day, and what must hold at the end."""

import datetime as dt
import random
from collections import Counter

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from campaigns.choices import AssignmentState, Product
from campaigns.ladder import rungs_of
from campaigns.models import Assignment, CallLog, Notification, Reminder
from campaigns.quiet import quiet_until
from campaigns.services import assignments as duties
from campaigns.services import digests
from campaigns.services.calls import record_call
from campaigns.services.clock import tick
from campaigns.services.reminders import moment
from tests import factories
from tests.campaigns.owed import at
from units.choices import Role
from units.workdays import RemindingCalendar

TICKS = (dt.time(2, 0), dt.time(7, 30), dt.time(7, 40), dt.time(12, 0), dt.time(22, 0))
POINTS = ("add_to_digest", "open_deliveries", "_settle")  # of services/digests.py; the letter is cut before and after


class KilledError(BaseException):
    """Nothing in a sender may catch it, as nothing catches SIGKILL; what was not committed is gone."""


class Year:
    """A ward with `units` units, a plan every `every` days; what each unit does is drawn from `seed`."""

    def __init__(self, monkeypatch, *, units=4, every=24, seed=2027, kill_rate=0.0):
        self.chance, self.kill_rate, self.kills, self.every = random.Random(seed), kill_rate, 0, every
        self.cast = factories.make_cast()
        self.units = [self.cast.own_unit, self.cast.other_unit]
        for _ in range(units - 2):
            unit = factories.make_unit(self.cast.ward, in_charge=factories.make_user())
            factories.make_person(unit, Role.SECRETARY)
            self.units.append(unit)
        self.plans, self.acts = [], {}
        for name in POINTS:
            self._cut(monkeypatch, digests, name)
        self._cut(monkeypatch, EmailBackend, "send_messages")

    def live(self, first, last):
        """Let every day from `first` to `last` pass."""
        day, number = first, 0
        while day <= last:
            if number % self.every == 0:
                self._issue(day, number)
            for time in TICKS:
                self._tick(at(day, time))
                if time == dt.time(12, 0):
                    self._act(day)
            day, number = day + dt.timedelta(days=1), number + 1
        self.kill_rate = 0.0
        for minute in range(0, 200, 10):  # what the dead left behind is taken up by the next
            self._tick(at(RemindingCalendar.load().next_working_day(day), dt.time(9, 0)) + dt.timedelta(minutes=minute))

    def _cut(self, monkeypatch, place, name):
        """Die at random right before or right after a step of the sender."""
        real = getattr(place, name)

        def step(*args, **rest):
            self._perhaps_die()
            done = real(*args, **rest)
            self._perhaps_die()
            return done

        monkeypatch.setattr(place, name, step)

    def _perhaps_die(self):
        if self.chance.random() < self.kill_rate:
            self.kills += 1
            raise KilledError

    def _tick(self, now):
        for attempt in range(30):
            try:
                tick(now=now + dt.timedelta(seconds=attempt))
            except KilledError:
                continue
            return

    def _issue(self, day, number):
        when = at(day, dt.time(9, 0))
        plan = factories.make_plan(self.cast.ward, state="issued", issued_at=when, issued_by=self.cast.clerk)
        due = day + dt.timedelta(days=14)
        for product in (Product.STUDY, Product.REPORT):
            factories.make_duty(plan, product=product, last_day=due)
        factories.make_duty(plan, lead=self.cast.body, product=Product.ACTION, last_day=due)
        duties.expand_duties(plan=plan, by=self.cast.clerk, at=when)
        self.plans.append(plan)
        for unit in self.units:
            done = due + dt.timedelta(days=self.chance.randint(-9, 12))
            self.acts.setdefault(done, []).append(("report", unit, plan))
            if self.chance.random() < 0.25:
                self.acts.setdefault(due, []).append(("promise", unit, plan))
        if number % (3 * self.every) == 0:
            self.acts.setdefault(due - dt.timedelta(days=2), []).append(
                ("extend", self.chance.choice(self.units), plan)
            )

    def _act(self, day):
        now = at(day, dt.time(13, self.chance.randint(0, 59)))
        for what, unit, plan in self.acts.pop(day, []):
            getattr(self, f"_{what}")(unit, plan, now)

    def _report(self, unit, plan, now):
        duties.mark_studied(unit=unit, plans=[plan], by=self.cast.secretary, at=now)
        duties.mark_submitted(unit=unit, plan=plan, by=self.cast.secretary, at=now)

    def _promise(self, unit, plan, now):
        day = timezone.localdate(now) + dt.timedelta(days=self.chance.randint(1, 5))
        record_call(unit=unit, outcome="promised", promised_on=day, by=self.cast.compiler, at=now)

    def _extend(self, unit, plan, now):
        rows = Assignment.objects.open().filter(plan=plan, unit=unit).select_related("plan__ward", "unit", "duty")
        for row in rows:
            later = row.due_on + dt.timedelta(days=7)
            duties.extend(assignment=row, due_on=later, reason="Mưa lũ.", by=self.cast.compiler, at=now)


def check(year):
    """Each delivery once, none in silence, none after reporting, none lost."""
    told = list(Reminder.objects.filter(state="sent").select_related("assignment"))
    digests_written = list(Notification.objects.filter(key__startswith="digest:"))
    assert told
    per_day = Counter((one.person_id, timezone.localdate(one.created_at)) for one in digests_written)
    assert set(per_day.values()) == {1}
    own = Counter((row.person_id, row.delivery_day) for row in told if row.step in {"unit", "second"})
    above = {(row.person_id, row.delivery_day) for row in told if row.step not in {"unit", "second"}}
    for one in digests_written:
        key = (one.person_id, timezone.localdate(one.created_at))
        if key not in above:  # those above read one line a plan, not one a unit
            lines = [line for line in one.body.splitlines() if line != digests.FOLDED]
            assert len(lines) == len(set(lines)) == own[key]
    assert [one for one in digests_written if quiet_until(one.created_at)] == []
    assert [row for row in told if row.assignment.settled_at and row.handled_at > row.assignment.settled_at] == []
    assert not Reminder.objects.filter(state="failed").exists()
    check_none_lost(told)
    check_letters(year)


def check_none_lost(told):
    """Every rung of a unit that neither promised nor was given more time, as counted from the calendar alone."""
    promised = set(CallLog.objects.values_list("unit", flat=True))
    calendar = RemindingCalendar.load()
    sent = {}
    for row in told:
        if row.step == "unit":
            sent.setdefault((row.assignment_id, row.person_id), set()).add(row.rung)
    people = Counter()
    for row in Assignment.objects.exclude(unit__in=promised).filter(extended_at__isnull=True).select_related("plan"):
        ends = row.settled_at if row.state not in AssignmentState.OPEN else None
        expected = {
            rung.offset
            for rung in rungs_of(row.due_on, calendar=calendar)
            if moment(rung.day, dt.time(7, 30)) >= row.plan.issued_at
            and (ends is None or moment(rung.day, dt.time(7, 30)) < ends)
            and rung.day <= timezone.localdate(max(one.handled_at for one in told))
        }
        for (assignment, person), rungs in sent.items():
            if assignment == row.pk:
                people[person] += 1
                assert rungs == expected
        if expected:
            assert any(assignment == row.pk for assignment, _ in sent)
    assert people


def check_letters(year):
    """One letter a person a day; after a kill perhaps the same letter again, under the same Message-ID."""
    ids = Counter(letter.extra_headers["Message-ID"] for letter in mail.outbox)
    assert sum(ids.values()) - len(ids) <= year.kills
    days = set(
        Reminder.objects.filter(state="sent", person__email__gt="").values_list("person", "delivery_day").distinct()
    )
    assert len(ids) <= len(days)
