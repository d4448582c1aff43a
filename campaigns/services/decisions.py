"""Telling the people of a unit what the office decided about their duty: extended, let off."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Assignment
from campaigns.selectors.recipients import people_of
from campaigns.services.notifications import Notice, tell


def tell_decision(*, assignment: Assignment, title: str, reason: str, at: dt.datetime) -> None:
    """One line for each person who answers for the unit, in working hours; part of the act, whose transaction it shares."""
    people = people_of([assignment.unit_id], on=timezone.localdate(at))[assignment.unit_id]
    if not people:
        return
    key = f"assignment-{assignment.pk}-{assignment.due_version}-{assignment.state}"
    title, url = f"{title}: Kế hoạch {assignment.plan}", reverse("campaigns:assignment-detail", args=[assignment.pk])
    tell([Notice(person, f"{key}-{person}", title, reason, url) for person in people], at=at)


def tell_units(*, assignments: Iterable[Assignment], key: str, title: str, body: str, at: dt.datetime) -> int:
    """One line for everybody who answers for one of `assignments`, in working hours; returns how many lines were meant.

    For what touches many units at once: two queries, whatever their number. `key` names the event and makes each line
    exactly once.
    """
    rows = list(assignments)
    people = people_of([row.unit_id for row in rows], on=timezone.localdate(at))
    lines = [
        Notice(person, f"{key}-{row.pk}-{person}", title, body, reverse("campaigns:assignment-detail", args=[row.pk]))
        for row in rows
        for person in people[row.unit_id]
    ]
    return tell(lines, at=at)
