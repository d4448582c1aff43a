"""What befalls plans in a simulated year: a conference called, a day moved by a paper, a pause, a merger of units."""

import datetime as dt

from django.utils import timezone

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, Product
from campaigns.models import Assignment, Plan, Reminder
from campaigns.services.carrying import merge_units
from campaigns.services.changes import change_plan
from campaigns.services.conferences import fix_time
from tests.campaigns.conferences import make_conference, make_invitee

REST = 4  # days for which a plan is paused
BASIS = {"basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_issuer": "Đảng ủy phường"}


class Events:
    """Mixed into Year: each method is one act of the office on one day; `happened` keeps when."""

    def befall(self, day, plan, index):
        """Put what befalls the plan number `index`, issued on `day`, into the diary."""
        diary = {1: [(3, "confer"), (6, "change")], 2: [(5, "merge"), (8, "pause"), (8 + REST, "resume")]}
        for later, what in diary.get(index % 6, ()):
            if what != "merge" or index == 2:
                self.acts.setdefault(day + dt.timedelta(days=later), []).append((what, None, plan))

    def _change(self, _unit, plan, now):
        report = plan.duties.get(product=Product.REPORT)
        self._record(plan, ChangeKind.DEADLINE, now, duty=report, new_day=report.last_day + dt.timedelta(days=10))

    def _pause(self, _unit, plan, now):
        self._record(plan, ChangeKind.PAUSE, now)

    def _resume(self, _unit, plan, now):
        self._record(plan, ChangeKind.RESUME, now)

    def _record(self, plan, kind, now, **facts):
        facts |= BASIS | {"basis_dated_on": timezone.localdate(now)}
        change_plan(plan=Plan.objects.get(pk=plan.pk), wanted=Wanted(kind=kind, **facts), by=self.cast.compiler, at=now)
        self.happened.append((kind, plan.pk, now))

    def _confer(self, _unit, plan, now):
        """The day of a conference is fixed, and moved an hour later."""
        conference = make_conference(
            self.cast.ward, plans=[plan], by=self.cast.clerk, state="planned", held_on=None, starts_at=None
        )
        for unit in self.units:
            make_invitee(conference, unit)
        day = timezone.localdate(now) + dt.timedelta(days=25)
        for minutes, hour, reason in ((0, 8, ""), (60, 14, "Trùng lịch.")):
            conference = fix_time(
                conference=conference, version=conference.version, held_on=day, starts_at=dt.time(hour), reason=reason,
                by=self.cast.clerk, at=now + dt.timedelta(minutes=minutes),
            )  # fmt: skip
        self.happened.append(("confer", plan.pk, now))

    def _merge(self, _unit, _plan, now):
        """The last unit goes into the second one; what it was about to do it does no more."""
        gone = self.units.pop()
        merge_units(
            units=[gone], into=self.units[1], new=None, effective_on=timezone.localdate(now),
            basis="Quyết định số 12-QĐ/ĐU", keep=[], by=self.cast.admin, at=now,
        )  # fmt: skip
        for day, acts in self.acts.items():
            self.acts[day] = [act for act in acts if act[1] != gone]
        self.happened.append(("merge", gone.pk, now))


def untouched():
    """Assignments whose days are those of the day they were given: not extended, moved, asked again, stopped or at rest."""
    rows = Assignment.objects.filter(extended_at=None, asked_at=None, due_version=1)
    rows = rows.exclude(state="cancelled").exclude(plan__changes__kind=ChangeKind.PAUSE)
    return rows.exclude(duty__product=Product.REPORT, plan__changes__kind=ChangeKind.DEADLINE)


def check_events(year):
    """Nobody was reminded of a plan at rest, of a unit that was gone, or of a day that had been moved."""
    assert {what for what, _, _ in year.happened} >= {"confer", "merge", ChangeKind.DEADLINE, ChangeKind.PAUSE}
    told = Reminder.objects.filter(state="sent")
    for what, key, now in year.happened:
        if what == "merge":
            assert not told.filter(assignment__unit=key, handled_at__gt=now).exists()
        elif what == ChangeKind.PAUSE:
            goes_on = [at for kind, plan, at in year.happened if (kind, plan) == (ChangeKind.RESUME, key)]
            at_rest = told.filter(assignment__plan=key, handled_at__gt=now)
            assert not at_rest.filter(handled_at__lt=goes_on[0] if goes_on else year.last).exists()
        elif what == ChangeKind.DEADLINE:
            moved = told.filter(assignment__plan=key, assignment__duty__product=Product.REPORT, handled_at__gt=now)
            assert not moved.filter(due_version=1).exclude(assignment__due_version=1).exists()
