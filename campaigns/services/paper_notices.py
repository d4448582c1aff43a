"""Telling units and bodies that a paper was issued to them: the clock finds it, whoever issued it."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from campaigns.selectors.recipients import people_of
from campaigns.services.notifications import Notice, tell
from documents.models import Dispatch

SOON, LATE = dt.timedelta(minutes=15), dt.timedelta(days=3)


def tell_addressees(*, since: dt.timedelta, now: dt.datetime) -> int:
    """A line for whoever answers for a unit to which a paper was issued within `since` before `now`, once a person and paper.

    SOON: every minute. LATE: once an hour, for addressees added afterwards and for what was issued while the clock
    stood still. Opened already, taken back, or of a plan recorded after the fact (decisions 11) is not told.
    """
    lines = Dispatch.objects.filter(
        unit__isnull=False, first_opened_at__isnull=True, paper__withdrawn_at__isnull=True,
        paper__issued_at__gt=now - since, paper__issued_at__lte=now,
    )  # fmt: skip
    lines = list(lines.exclude(paper__plan__recorded_past=True).select_related("paper", "unit").order_by("pk"))
    if not lines:
        return 0
    people = people_of({line.unit_id for line in lines}, on=timezone.localdate(now))
    told = {
        (line.paper_id, person): Notice(
            person, f"paper-{line.paper_id}-{person}", f"Văn bản gửi {line.unit.short_name}: {line.paper.number_text}",
            line.paper.subject, reverse("campaigns:inbox-detail", args=[line.pk]),
            ward_id=line.paper.ward_id, dispatch_id=line.pk,
        )
        for line in lines
        for person in people[line.unit_id]
    }  # fmt: skip
    return tell(told.values(), at=now)
