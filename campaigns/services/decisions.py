"""Telling the people of a unit what the office decided about their duty: extended, let off."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Assignment, Notification
from campaigns.selectors.recipients import people_of
from campaigns.services.notifications import notify
from campaigns.services.reminders import BATCH
from units.models import User
from units.workdays import WorkCalendar, office_moment


def tell_decision(*, assignment: Assignment, title: str, reason: str, at: dt.datetime) -> None:
    """One line for each person who answers for the unit, in working hours; part of the act, whose transaction it shares."""
    people = people_of([assignment.unit_id], on=timezone.localdate(at))[assignment.unit_id]
    if not people:
        return
    reaches = office_moment(at, WorkCalendar.load())
    for person in User.objects.filter(pk__in=people).order_by("pk"):
        notify(
            person=person,
            key=f"assignment-{assignment.pk}-{assignment.due_version}-{assignment.state}-{person.pk}",
            title=f"{title}: Kế hoạch {assignment.plan}"[:200],
            body=reason,
            url=reverse("campaigns:assignment-detail", args=[assignment.pk]),
            at=reaches,
        )


def tell_units(*, assignments: Iterable[Assignment], key: str, title: str, body: str, at: dt.datetime) -> int:
    """One line for everybody who answers for one of `assignments`, in working hours; returns how many lines were meant.

    For what touches many units at once: two queries, whatever their number. `key` names the event and makes each line
    exactly once.
    """
    rows = list(assignments)
    people = people_of([row.unit_id for row in rows], on=timezone.localdate(at))
    reaches = office_moment(at, WorkCalendar.load())
    lines = [
        Notification(
            person_id=person,
            key=f"{key}-{row.pk}-{person}"[:160],
            title=title[:200],
            body=body,
            url=reverse("campaigns:assignment-detail", args=[row.pk]),
            created_at=reaches,
        )
        for row in rows
        for person in people[row.unit_id]
    ]
    Notification.objects.bulk_create(lines, ignore_conflicts=True, batch_size=BATCH)
    return len(lines)
