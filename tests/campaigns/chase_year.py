"""A simulated year of chasing with a clock that stands still: what happens each day, and what must hold at the end."""

import datetime as dt
import random
from collections import Counter, defaultdict

from django.utils import timezone

from campaigns.choices import Channel, DeliveryState, Product
from campaigns.ladder import SHIPPED, rungs_of, steps_of
from campaigns.models import Assignment, CallLog, Delivery, Notification, Reminder
from campaigns.quiet import quiet_until
from campaigns.selectors.recipients import people_on_step
from campaigns.services import assignments as duties
from campaigns.services import digests
from campaigns.services.calls import record_call
from campaigns.services.reminders import DEFAULT_TIME, moment
from tests import factories
from tests.campaigns.owed import at
from tests.campaigns.year_events import Events, check_events, untouched
from tests.campaigns.year_ways import check_ways
from units.choices import Role
from units.models import User
from units.workdays import RemindingCalendar

NOON = dt.time(12, 0)
TICKS = (dt.time(2, 0), dt.time(7, 30), dt.time(7, 40), dt.time(12, 0), dt.time(22, 0))


class Year(Events):
    """A ward with `units` units, a plan every `every` days; what each unit does is drawn from `seed`.

    With `ways` (tests/campaigns/year_ways.py) it has telephones too, and conferences, changes and a merger befall it.
    """

    def __init__(self, senders, *, units=4, every=24, seed=2027, ticks=TICKS, ways=None):
        self.ways, self.happened = ways, []
        self.senders, self.chance, self.every, self.ticks = senders, random.Random(seed), every, ticks
        self.cast = factories.make_cast()
        self.units = [self.cast.own_unit, self.cast.other_unit]
        for _ in range(units - 2):
            unit = factories.make_unit(self.cast.ward, in_charge=factories.make_user())
            factories.make_person(unit, Role.SECRETARY)
            self.units.append(unit)
        for unit in self.units[1:]:
            factories.make_person(unit, Role.HELPER)
        self.plans, self.acts, self.last = [], {}, None

    @property
    def kills(self):
        return self.senders.kills

    def live(self, first, last):
        """Let every day from `first` to `last` pass."""
        day, number = first, 0
        if self.ways:
            self.ways.open(self.cast, at=at(first))
        while day <= last:
            if number % self.every == 0:
                self._issue(day, number)
            for time in self.ticks:
                if time > NOON:
                    self._act(day)
                self._tick(at(day, time))
            day, number = day + dt.timedelta(days=1), number + 1
        self.senders.calm()
        for minute in range(0, 200, 10):  # what the dead left behind is taken up by the next
            self._tick(at(RemindingCalendar.load().next_working_day(day), dt.time(9, 0)) + dt.timedelta(minutes=minute))

    def _tick(self, now):
        self.last = now
        self.senders.tick(now)

    def _issue(self, day, number):
        when = at(day, dt.time(9, 0))
        plan = factories.make_plan(self.cast.ward, state="issued", issued_at=when, issued_by=self.cast.clerk)
        due = day + dt.timedelta(days=14)
        for product in (Product.STUDY, Product.REPORT):
            factories.make_duty(plan, product=product, last_day=due)
        factories.make_duty(plan, lead=self.cast.body, product=Product.ACTION, last_day=due)
        duties.expand_duties(plan=plan, by=self.cast.clerk, at=when)
        self.plans.append(plan)
        if self.ways:
            self.befall(day, plan, len(self.plans) - 1)
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
    check_days(year, told)
    check_letters(year, per_day)
    if year.ways:
        check_ways(year, per_day)
        check_events(year)


def check_days(year, told):
    """Everybody was told of every duty on exactly the days that the calendar, the ladder and the promises give.

    Counted anew from these alone. Left out are duties that were moved or stopped: their first days are gone.
    """
    actual = defaultdict(set)
    for row in told:
        actual[row.assignment_id, row.person_id].add(row.delivery_day)
    counted = {key: days for key, days in expected_days(year).items() if days}
    kept = set(untouched().values_list("pk", flat=True))
    actual = {key: days for key, days in actual.items() if key[0] in kept}
    assert actual == counted
    assert len({assignment for assignment, _person in counted}) > len(kept) / 2
    print(f"days counted anew: {sum(map(len, counted.values()))}, of {len(told)} told")


def expected_days(year):
    """{(assignment, person): days on which that person is told of it}."""
    calendar, found = RemindingCalendar.load(), defaultdict(set)
    promises = defaultdict(list)
    for call in CallLog.objects.order_by("called_at", "pk"):
        promises[call.unit_id].append((call.called_at, calendar.next_working_day(call.promised_on)))
    for row in untouched().select_related("plan", "unit"):
        steps = [("unit", rung) for rung in rungs_of(row.due_on, calendar=calendar)]
        steps += steps_of(row.due_on, calendar=calendar, above=SHIPPED.above)
        for step, rung in steps:
            if moment(rung.day, DEFAULT_TIME) < row.plan.issued_at:
                continue
            day = put_off(rung.day, [one for one in promises[row.unit_id] if one[0] >= row.plan.issued_at])
            when = moment(day, DEFAULT_TIME)
            if when <= year.last and (row.settled_at is None or when < row.settled_at):
                for person in people_on_step(step, units={row.unit_id: row.plan.ward_id}, on=day)[row.unit_id]:
                    found[row.pk, person].add(day)
    return found


def put_off(day, promises):
    """The day of a rung after every promise, in their order, that was made before it came."""
    for called_at, until in promises:
        if moment(day, DEFAULT_TIME) > called_at:
            day = max(day, until)
    return day


def check_letters(year, per_day):
    """A letter with every digest of who has an address: sent once, or after a kill again under the same Message-ID.

    One that waited for a day is part of the newer one; one whose work had all been reported meanwhile is not sent.
    """
    letters = list(Delivery.objects.filter(channel=Channel.EMAIL).select_related("folded_into"))
    sent = [one for one in letters if one.state == DeliveryState.SENT]
    for one in letters:
        if one.state == DeliveryState.FOLDED:
            assert one.folded_into.state == DeliveryState.SENT
        elif one.state != DeliveryState.SENT:
            assert one.state == DeliveryState.CANCELLED
            told = Reminder.objects.filter(person=one.person_id, delivery_day=one.day, state="sent")
            told = told.filter(assignment__in=untouched())
            assert one.notice_id or not told.filter(assignment__settled_at=None).exists()
    folded = [one for one in letters if one.state == DeliveryState.FOLDED]
    assert len(sent) + len(folded) > len(letters) * 0.95
    assert [one for one in sent if quiet_until(one.sent_at)] == []
    asked = {key for key in per_day if key[0] in set(with_address(key[0] for key in per_day))}
    assert {(one.person_id, one.day) for one in letters if not one.notice_id} == asked
    ids = Counter(year.senders.message_ids())
    assert set(ids) == {one.message_id for one in sent}
    assert sum(ids.values()) - len(ids) <= year.kills


def with_address(people):
    """Those of `people` who have an e-mail address."""
    return User.objects.filter(pk__in=set(people)).exclude(email="").values_list("pk", flat=True)
