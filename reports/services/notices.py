"""Telling a unit's people what the office did with their report."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from campaigns.services.notifications import Notice, tell
from reports.models import Submission
from reports.wording import plan_name
from units.choices import Role, UnitKind
from units.models import Membership


def tell_unit(*, submission: Submission, title: str, body: str, at: dt.datetime) -> None:
    """One line for each secretary and helper of the unit, each contact of a body; the key makes it once per act.

    Outside working hours it is kept until the office opens again: nobody is asked for figures at night.
    """
    of_body = submission.unit.kind == UnitKind.BODY
    roles = {Role.CONTACT} if of_body else Role.BY_CARD
    people = Membership.objects.current(on=timezone.localdate(at)).filter(unit=submission.unit, role__in=roles)
    key = f"submission-{submission.pk}-{submission.version}-{submission.state}"
    title, url = f"{title}: {plan_name(submission.plan)}", reverse("reports:answer-list" if of_body else "reports:session-list")
    told = dict.fromkeys(people.order_by("pk").values_list("user", flat=True))
    ward = submission.plan.ward_id
    tell([Notice(person, f"{key}-{person}", title, body, url, ward) for person in told], at=at)
