"""Telling the people of a unit what the office decided about their duty: extended, let off."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Assignment
from campaigns.services.notifications import notify
from campaigns.services.reminders import people_of
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
