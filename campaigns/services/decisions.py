"""Telling the people of a unit what the office decided about their duty: extended, let off."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Assignment, Plan
from campaigns.selectors.recipients import people_of
from campaigns.services.notifications import Notice, tell


def tell_decision(*, assignment: Assignment, title: str, reason: str, at: dt.datetime) -> None:
    """One line for each person who answers for the unit, in working hours; part of the act, whose transaction it shares."""
    people = people_of([assignment.unit_id], on=timezone.localdate(at))[assignment.unit_id]
    if not people:
        return
    key = f"assignment-{assignment.pk}-{assignment.due_version}-{assignment.state}"
    title, url = f"{title}: Kế hoạch {assignment.plan}", reverse("campaigns:assignment-detail", args=[assignment.pk])
    ward = assignment.plan.ward_id
    tell([Notice(person, f"{key}-{person}", title, reason, url, ward) for person in people], at=at)


def tell_units(*, assignments: Iterable[Assignment], key: str, title: str, body: str, at: dt.datetime) -> int:
    """One line for everybody who answers for one of `assignments`, in working hours; returns how many lines were meant.

    For what touches many units at once: three queries, whatever their number. `key` names the event and makes each line
    exactly once.
    """
    rows = list(assignments)
    people = people_of([row.unit_id for row in rows], on=timezone.localdate(at))
    wards = dict(Plan.objects.filter(pk__in={row.plan_id for row in rows}).order_by().values_list("pk", "ward_id"))
    lines = [
        Notice(
            person, f"{key}-{row.pk}-{person}", title, body, reverse("campaigns:assignment-detail", args=[row.pk]),
            wards[row.plan_id],
        )
        for row in rows
        for person in people[row.unit_id]
    ]  # fmt: skip
    return tell(lines, at=at)
